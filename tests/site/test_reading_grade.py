"""What we ship reads at grade 6 or lower, by Flesch and Kincaid."""

import re

import pytest
from django.core.management import call_command

from articles.models import Article
from articles.readability.grade import grade
from articles.rendering.words import RICH
from exercises.handouts.versions import store_version
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Clinic, HelpLevel, Program
from kneecare.core.html import plain_lines
from tests.factories import make_clinic, make_exercise, make_handout

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("texts")]
LIMIT = 6


def texts():
    for article in Article.objects.published():
        html = [
            f"<p>{block[name]}</p>"
            for block in article.live_version.blocks
            for name in [*RICH, "text", "question", "myth"]
            if block.get(name)
        ]
        yield article.slug, plain_lines("\n".join(html))
    for exercise in Exercise.objects.published():
        yield (
            exercise.slug,
            plain_lines(f"{exercise.summary}\n{exercise.steps}\n{exercise.why}"),
        )
    for routine in Routine.objects.published():
        yield routine.slug, plain_lines(f"{routine.summary}\n{routine.intro}")
    for program in Program.objects.published():
        yield program.slug, plain_lines(f"{program.summary}\n{program.body}")
    clinic = Clinic.objects.get()
    yield "about", plain_lines(clinic.about)
    yield "privacy", plain_lines(clinic.privacy)
    yield "help", "\n".join(level.signs for level in HelpLevel.objects.all())


def test_grade_tells_plain_words_from_hard_ones():
    plain_words = "Bend your knee. Hold it for a while. Then let it go."
    hard_words = "Patellofemoral malalignment predisposes individuals to degenerative osteoarthritic changes."

    assert grade(plain_words) < 2
    assert grade(hard_words) > 20


def test_what_we_ship_reads_at_grade_six_or_lower():
    call_command("first_content", verbosity=0, stdout=None)

    grades = {slug: round(grade(text), 1) for slug, text in texts()}

    assert len(grades) == 15
    assert {slug: found for slug, found in grades.items() if found > LIMIT} == {}


def test_what_a_handout_says_by_itself_reads_at_grade_six_or_lower(client):
    make_clinic(phone="+16235550142")
    handout = make_handout(make_exercise(title="Sit", steps="Sit."), title="Sit")
    address = handout.get_absolute_url()
    old = client.get(address)
    handout.note = "Sit."
    store_version(handout, by=None, on=handout.made_on, is_checked=True)
    pages = [old, client.get(address, {"sheet": 1}), client.get("/handouts/x/")]
    handout.withdraw(on=handout.made_on)
    pages.append(client.get(address))

    grades = [round(grade(plain_lines(main_of(page))), 1) for page in pages]

    assert [found for found in grades if found > LIMIT] == []


def main_of(page):
    main = page.text.partition('tabindex="-1">')[2].partition("</main>")[0]
    return re.sub(r"<svg.*?</svg>", "", main, flags=re.DOTALL)
