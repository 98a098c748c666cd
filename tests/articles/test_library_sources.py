"""Every fact of the starter library has its source: each mark leads to one that is known, and no source is named in vain."""

import pytest

from articles.first_content import FOLDER, MARK, Footnotes
from kneecare.clinic.first_content import sources
from kneecare.core.first_content import read, read_pages

pytestmark = pytest.mark.same_on_any_database("files")
PAGES = read_pages([FOLDER / "own/pages", FOLDER / "library/pages"])
# What the starter packs hold an article about.
CONDITIONS = {
    *["knee-osteoarthritis", "patellofemoral-pain", "meniscus-tear", "ligament-injury"],
    *["bakers-cyst", "patellar-tendinitis", "it-band-syndrome"],
    *["pes-anserine-bursitis", "prepatellar-bursitis", "gout-in-the-knee"],
}
SECTIONS = [
    *["Where it hurts", "What it feels like", "Who gets it", "What helps today"],
    *["How long it may take", "Treatments", "When to get help"],
]


def keys(page):
    texts = [text for block in page["blocks"] for text in block.values()]
    return {
        key
        for text in texts
        if isinstance(text, str)
        for mark in MARK.findall(text)
        for key in mark.split(", ")
    }


def said(page):
    return "\n".join(str(block.get("html", "")) for block in page["blocks"])


@pytest.mark.parametrize("slug", PAGES)
def test_every_mark_names_a_source_that_is_known(slug):
    assert keys(PAGES[slug])
    assert keys(PAGES[slug]) - sources().keys() == set()


@pytest.mark.parametrize("slug", sorted(CONDITIONS))
def test_an_article_about_a_condition_has_all_its_sections_a_routine_and_one_call(slug):
    page = PAGES[slug]
    types = [block["type"] for block in page["blocks"]]
    headings = [title for title in SECTIONS if f"<h2>{title}</h2>" not in said(page)]

    assert headings == []
    assert types.count("routine") == 1
    assert types[-1] == "call_to_action"
    assert types.count("call_to_action") == 1


@pytest.mark.parametrize("slug", sorted(CONDITIONS))
def test_each_section_about_a_condition_names_a_source(slug):
    sections = said(PAGES[slug]).split("<h2>")[1:]
    told = [each for each in sections if each.partition("</h2>")[0] in SECTIONS]

    assert [each.partition("</h2>")[0] for each in told if not MARK.search(each)] == []


def test_an_article_s_links_lead_to_pages_of_a_pack():
    topics = read(FOLDER / "library/topics.toml")["topics"]

    assert {slug for page in PAGES.values() for slug in page["related"]} <= PAGES.keys()
    assert {slug for page in PAGES.values() for slug in page["topics"]} <= {
        "knee-pain",
        *(topic["slug"] for topic in topics),
    }


def test_no_source_stands_in_the_list_in_vain():
    exercises = read_pages(
        [FOLDER.parents[1] / "exercises/first_content" / pack for pack in ["own", "library"]]
    )  # fmt: skip
    doses = {page["dose"]["from"] for page in exercises.values() if "dose" in page}
    named = doses.union(*map(keys, PAGES.values()))
    for_clinicians = "\n".join(
        line for page in exercises.values() for line in page.get("for_clinicians", [])
    )

    assert {key for key in sources().keys() - named if f"({key})" not in for_clinicians} == set()  # fmt: skip


def test_sources_are_numbered_as_they_are_named_first():
    notes = Footnotes()

    first = notes.numbered({"html": "<p>It hurts [B-2, A1]. It swells [A1].</p>"})
    second = notes.numbered({"html": "<p>It heals [C, B-2], see [note 3].</p>"})

    assert first["html"] == "<p>It hurts [1, 2]. It swells [2].</p>"
    assert second["html"] == "<p>It heals [3, 1], see [note 3].</p>"
    assert notes.keys == ["B-2", "A1", "C"]
