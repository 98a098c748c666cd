from datetime import date

import pytest
from django.db import IntegrityError, transaction

from articles.models import Reference
from kneecare.publishing.publish import publish
from tests.articles.admin.test_article import change_url, form_of
from tests.factories import make_draft

pytestmark = pytest.mark.django_db
FIELDS = {
    "title": "Knee pain",
    "authors": "",
    "publisher": "NHS",
    "year": 2024,
    "url": "https://example.com/knee",
    "accessed_on": date(2026, 11, 22),
}


def posted(**fields):
    """What the admin posts for one new reference."""
    row = {f"references-0-{name}": value for name, value in fields.items()}
    return {"references-TOTAL_FORMS": 1, "references-0-position": 0} | row


def test_a_version_keeps_its_references_in_order_whatever_happens_later():
    article = make_draft(referenced=False)
    Reference.objects.create(article=article, title="Second", position=2)
    Reference.objects.create(article=article, position=1, **FIELDS)

    version = publish(article, by=None)
    Reference.objects.all().delete()

    version.refresh_from_db()
    assert version.references == [
        FIELDS | {"accessed_on": "2026-11-22"},
        {
            "title": "Second",
            "authors": "",
            "publisher": "",
            "year": None,
            "url": "",
            "accessed_on": None,
        },
    ]


def test_references_are_numbered_within_their_article():
    first, second = make_draft(referenced=False), make_draft(referenced=False)
    for article, title, position in [
        (first, "b", 2),
        (first, "a", 1),
        (second, "c", 5),
    ]:
        Reference.objects.create(article=article, title=title, position=position)

    numbered = Reference.objects.numbered().values_list("title", "number")

    assert sorted(numbered) == [("a", 1), ("b", 2), ("c", 1)]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"url": "javascript:alert(1)"}, "a_reference_leads_to_the_web_or_nowhere"),
        ({"url": "ftp://example.com"}, "a_reference_leads_to_the_web_or_nowhere"),
        ({"year": 24}, "a_reference_is_from_a_year_of_print"),
    ],
)
def test_the_database_refuses_a_reference_that_leads_nowhere(fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Reference.objects.create(
            article=make_draft(referenced=False), title="x", **fields
        )


def test_editors_list_references_beside_the_article_and_see_their_marks(staff_client):
    article = make_draft(referenced=False)

    staff_client.post(change_url(article), form_of(article, **posted(**FIELDS)))

    assert article.references.get().publisher == "NHS"
    assert "[1]" in staff_client.get(change_url(article)).text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"url": "ftp://example.com/x"}, "Enter a valid URL."),
        ({"year": "24"}, "Give the year with four digits"),
        ({"year": "-1"}, "greater than or equal to 0"),
        ({"title": ""}, "This field is required."),
    ],
)
def test_a_bad_reference_comes_back_with_a_message(staff_client, fields, message):
    article = make_draft(referenced=False)

    response = staff_client.post(
        change_url(article), form_of(article, **posted(**(FIELDS | fields)))
    )

    assert response.status_code == 200
    assert message in response.text
    assert not article.references.exists()
