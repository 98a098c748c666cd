"""What staff do to a page: a plan takes what its person saw, a long page is saved, and what was changed is told in time."""

import random
import re
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from xml.etree import ElementTree

import pytest
from django.conf import settings

from articles.models import Article, TextBlock
from kneecare.core.admin.formset_limits import MOST_ROWS
from kneecare.core.admin.urls import admin_url
from kneecare.publishing import diff
from kneecare.publishing.exceptions import EditedMeanwhile
from kneecare.publishing.publish import publish
from kneecare.publishing.schedule import schedule
from tests.admin_forms import filled, ticked
from tests.factories import (
    make_article,
    make_clinic,
    make_clinician,
    make_draft,
    make_exercise,
    make_program,
    make_routine,
)

pytestmark = pytest.mark.django_db
LATER = datetime(2090, 1, 1, tzinfo=UTC)
SOON = "2090-07-02T09:00"


@pytest.fixture(params=[make_draft, make_exercise, make_routine])
def versioned(request):
    make_clinic()
    return request.param()


def draft_of(make):
    return partial(make, published_at=None)


def save(client, row, **changes):
    url = admin_url(type(row), "change", row.pk)
    return client.post(url, filled(client.get(url)) | changes)


def seen_of(response):
    return re.search(r'name="seen" value="(\d+)"', response.text)[1]


def test_a_plan_takes_no_half_edit_that_its_person_has_not_seen(ada, bob, versioned):
    url = admin_url(type(versioned), "schedule", versioned.pk)
    opened = seen_of(bob.get(url))
    save(ada, versioned, title="Half an edi")

    answer = bob.post(url, {"goes_live_at": SOON, "note": "Mine", "seen": opened})

    assert "Ada Byron saved this" in answer.text
    assert "Nothing is planned yet." in answer.text
    assert 'value="Mine"' in answer.text
    versioned.refresh_from_db()
    assert versioned.scheduled_version is None


def test_who_was_told_can_plan_what_there_is_now(ada, bob, versioned):
    url = admin_url(type(versioned), "schedule", versioned.pk)
    opened = seen_of(bob.get(url))
    save(ada, versioned, title="A whole edit")
    told = bob.post(url, {"goes_live_at": SOON, "seen": opened})

    bob.post(url, {"goes_live_at": SOON, "seen": seen_of(told)})

    versioned.refresh_from_db()
    assert versioned.scheduled_version.source["fields"]["title"] == "A whole edit"


def test_who_saves_and_plans_plans_what_they_saved(ada, bob, versioned):
    leads_to = save(bob, versioned, title="By Bob", _plan="1")["Location"]
    save(ada, versioned, title="By Ada, after it")

    plan = bob.get(leads_to)
    answer = bob.post(leads_to, {"goes_live_at": SOON, "seen": seen_of(plan)})

    assert "Ada Byron saved this" in answer.text
    versioned.refresh_from_db()
    assert versioned.scheduled_version is None


def test_a_plan_whose_time_alone_moves_asks_for_no_other_look(ada, bob, versioned):
    schedule(versioned, goes_live_at=LATER, by=None)
    url = admin_url(type(versioned), "schedule", versioned.pk)
    opened = seen_of(bob.get(url))
    before = versioned.scheduled_version
    save(ada, versioned, title="Half an edi")

    answer = bob.post(url, {"goes_live_at": SOON, "what": "planned", "seen": opened})

    assert answer.status_code == 302
    versioned.refresh_from_db()
    assert versioned.scheduled_version == before


def test_the_service_refuses_a_draft_that_was_not_seen():
    draft = make_draft()
    Article.objects.update(revision=7)

    with pytest.raises(EditedMeanwhile):
        schedule(draft, goes_live_at=LATER, by=None, seen=6)


def test_an_article_of_145_blocks_is_saved(staff_client):
    article = make_draft()
    for number in range(144):
        TextBlock.objects.create(parent=article, region="main", ordering=20 + number, html="<p>Words.</p>")  # fmt: skip

    response = save(staff_client, article, title="Long and whole")

    assert response.status_code == 302
    article.refresh_from_db()
    assert article.title == "Long and whole"
    assert TextBlock.objects.count() == 145


def test_as_many_rows_as_a_page_may_have_fit_into_one_form(staff_client):
    form = filled(staff_client.get(admin_url(make_draft())))
    rows = Counter(name.rpartition("-")[0] for name in form if "-0-" in name)
    of_a_row = max(rows.values())

    assert MOST_ROWS * of_a_row < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def entries(client):
    feed = ElementTree.fromstring(client.get("/feeds/articles/").content)  # noqa: S314 - ours
    atom = "{http://www.w3.org/2005/Atom}"
    return [(each.find(f"{atom}id").text, each.find(f"{atom}link").get("href")) for each in feed.iter(f"{atom}entry")]  # fmt: skip


def test_an_entry_of_the_feed_keeps_its_id_when_its_article_moves(client, staff_client):
    make_clinic()
    article = make_article()
    [(before, old_url)] = entries(client)

    save(staff_client, article, slug="another-slug")
    article.refresh_from_db()
    publish(article, by=None)

    [(after, url)] = entries(client)
    assert after == before
    assert url != old_url


def test_entries_have_ids_of_their_own(client):
    make_clinic()
    for _ in range(3):
        make_article()

    assert len({each for each, _ in entries(client)}) == 3


def rewritten(count, seed):
    pick = random.Random(seed)  # noqa: S311 - no secret
    words = [f"word{number}" for number in range(800)]
    return " ".join(pick.choice(words) for _ in range(count))


@pytest.fixture
def compared(monkeypatch):
    """How many pairs of places difflib was given to look at."""
    pairs = []

    class Counting(diff.SequenceMatcher):
        def __init__(self, junk, old, new, **kwargs):
            pairs.append(diff._pairs(old, new))
            super().__init__(junk, old, new, **kwargs)

    monkeypatch.setattr(diff, "SequenceMatcher", Counting)
    return pairs


@pytest.mark.parametrize("count", [1000, 4000, 16_000])
def test_comparing_two_texts_takes_as_long_as_they_are(compared, count):
    old, new = rewritten(count, 1), rewritten(count, 2)

    found = diff.runs(old, new)

    assert sum(compared) <= 100 * count
    assert text_of(found, "added") == new
    assert text_of(found, "removed") == old


def text_of(found, op):
    return "".join(run["text"] for run in found if run["op"] in ("same", op))


def test_a_few_changes_in_a_long_text_are_shown_as_few(compared):
    old = rewritten(8000, 1)
    words = old.split(" ")
    words[4000] = "changed"
    del words[6000:6003]
    new = " ".join(words)

    found = diff.runs(old, new)

    [added] = [run["text"] for run in found if run["op"] == "added"]
    assert added.split() == ["changed"]
    assert sum(len(run["text"].split()) for run in found if run["op"] == "removed") == 4
    assert text_of(found, "added") == new
    assert sum(compared) < 50_000


def test_who_is_to_be_reminded_of_reviews_can_be_told_where(staff_client):
    clinician = make_clinician()

    save(staff_client, clinician, reminder_email="rae@example.com")

    clinician.refresh_from_db()
    assert clinician.reminder_email == "rae@example.com"


@pytest.fixture(
    params=[
        make_draft,
        draft_of(make_exercise),
        draft_of(make_routine),
        draft_of(make_program),
    ]
)
def unpublished(request):
    make_clinic()
    return request.param()


def publish_ticked(client, row, data):
    url = admin_url(type(row), "changelist")
    return client.post(url, {"action": "publish_now", **data}, follow=True).text


def is_live(row):
    return type(row).objects.published().filter(pk=row.pk).exists()


def test_the_list_publishes_no_draft_that_was_saved_after_it_was_opened(
    ada, bob, unpublished
):
    opened = ticked(bob, unpublished)
    save(ada, unpublished, title="Half an edi")

    told = publish_ticked(bob, unpublished, opened)

    assert not is_live(unpublished)
    assert "“Half an edi”" in told
    assert "saved" in told
    assert "not published" in told


def test_who_saved_it_is_told_by_name(ada, bob):
    draft = make_draft()
    opened = ticked(bob, draft)
    save(ada, draft, title="Half an edi")

    assert "“Half an edi”: Ada Byron saved this article" in publish_ticked(bob, draft, opened)  # fmt: skip


def test_who_was_told_can_publish_what_the_list_shows_now(ada, bob, unpublished):
    opened = ticked(bob, unpublished)
    save(ada, unpublished, title="A whole edit")
    publish_ticked(bob, unpublished, opened)

    publish_ticked(bob, unpublished, ticked(bob, unpublished))

    assert is_live(unpublished)


def test_the_others_that_were_ticked_are_published(ada, bob):
    edited, same = make_draft(), make_draft()
    opened = ticked(bob, edited, same)
    save(ada, edited, title="Half an edi")

    publish_ticked(bob, same, opened)

    assert (is_live(edited), is_live(same)) == (False, True)


def test_what_stands_on_another_page_of_the_list_is_not_published_unseen(
    bob, unpublished
):
    told = publish_ticked(
        bob, unpublished, {"_selected_action": [unpublished.pk], "select_across": "1"}
    )

    assert not is_live(unpublished)
    assert f"“{unpublished}” was not published, as it did not stand" in told


@pytest.mark.parametrize("seen", ["", "0", "-1", "1; x", "9" * 40, "2026-99-99T00:00"])
def test_a_state_that_no_list_shows_publishes_nothing(bob, unpublished, seen):
    publish_ticked(
        bob, unpublished, ticked(bob, unpublished) | {f"seen-{unpublished.pk}": seen}
    )

    assert not is_live(unpublished)
