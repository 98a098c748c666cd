"""Each page about health says who wrote it and whether a clinician has checked it; none claims a check that was not."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from kneecare.publishing.publish import publish
from tests.factories import (
    make_article,
    make_clinic,
    make_clinician,
    make_exercise,
    make_handout,
    make_routine,
    sign_review,
)
from tests.review_line import review_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("pages as they are drawn"),
]

PENDING = "Clinical review pending"
CHECKED = "Checked by Ana Ruiz"


def published(make, publish):
    """A page of that kind, and how it comes to patients again after a check."""
    return lambda: (make(), lambda page: publish(page, by=None))


KINDS = {
    "article": published(make_article, publish),
    "exercise": published(make_exercise, publish),
    "routine": published(lambda: make_routine(make_exercise()), publish),
}


@pytest.fixture(params=KINDS)
def page_and_publish(request):
    make_clinic()
    return KINDS[request.param]()


def read(client, page):
    return review_line(client.get(page.get_absolute_url()))


def check(page, **fields):
    page.review_by = timezone.localdate() + timedelta(days=365)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save()
    sign_review(page, make_clinician(name="Ana Ruiz"), on=date(2026, 1, 5))


def test_a_page_that_nobody_has_checked_says_so(client, page_and_publish):
    page, _ = page_and_publish

    text = read(client, page)

    assert PENDING in text
    assert "Checked by" not in text
    assert f'<a href="{page.author.get_absolute_url()}">{page.author}</a>' in text


def test_a_page_that_was_checked_says_by_whom_and_when(client, page_and_publish):
    page, publish_again = page_and_publish
    check(page)
    publish_again(page)

    text = read(client, page)

    assert PENDING not in text
    assert CHECKED in text
    assert "January 5, 2026" in text


def test_a_page_whose_next_check_is_due_says_so_until_the_day_and_after_it(
    client, page_and_publish
):
    page, publish_again = page_and_publish
    with time_machine.travel(date(2026, 2, 1)):
        check(page, review_by=date(2026, 3, 1))
        publish_again(page)

    with time_machine.travel("2026-03-01T20:00Z"):
        assert "Next check due" in read(client, page)
    with time_machine.travel("2026-03-02T20:00Z"):
        overdue = read(client, page)

    assert "This page was due for a clinical review on" in overdue
    assert "March 1, 2026" in overdue


def test_a_handout_that_nobody_has_checked_says_so(client):
    make_clinic()

    text = read(client, make_handout(make_exercise()))

    assert PENDING in text
    assert "Checked by" not in text
