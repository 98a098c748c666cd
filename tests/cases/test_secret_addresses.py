"""No redirect of the admin hands out an address that whoever asks may not have."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from articles.models import Article
from articles.preview_links import make_link
from bookings.tokens import url_token
from tests.cases.filling import fill
from tests.factories import make_article, make_booking, make_slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(first_content, staff):
    fill(staff)
    return staff


def page_of(row):
    kind = ContentType.objects.get_for_model(row)
    return f"/admin/r/{kind.pk}/{row.pk}/"


def rows_with_a_page():
    for kind in ContentType.objects.all():
        model = kind.model_class()
        if model is not None and hasattr(model, "get_absolute_url"):
            yield from model._base_manager.all()[:2]


def signed_in(users, *groups):
    user = users.objects.create_user("member", is_staff=True)
    user.groups.set([Group.objects.get(name=name) for name in groups])
    client = Client()
    client.force_login(user)
    return client, user


def may_see(user, row):
    options = row._meta
    return user.has_perm(f"{options.app_label}.view_{options.model_name}")


def is_shown_on_the_site(row):
    options = admin.site._registry.get(type(row))
    return options is not None and options.view_on_site is not False


@pytest.mark.parametrize("role", [[], ["Editors"], ["Front desk"], ["Clinicians"]])
def test_view_on_site_leads_to_what_whoever_asks_may_see_alone(
    filled, django_user_model, role
):
    client, user = signed_in(django_user_model, *role)
    wrong = {}
    asked = list(rows_with_a_page())

    for row in asked:
        response = client.get(page_of(row))
        expected = 302 if may_see(user, row) else 403
        if not is_shown_on_the_site(row):
            expected = 404
        if response.status_code != expected:
            wrong[row] = (response.status_code, expected)

    assert len(asked) > 8
    assert wrong == {}


@pytest.fixture
def keyed(first_content):
    """What stands at an address with a key, by what is asked for below it."""
    token = url_token(make_booking(slot=make_slot(), state="requested"))
    preview = make_link(Article.objects.first(), days=1, by=None)[0].rstrip("/")
    preview = preview.partition("/preview/")[2]
    return [
        *(
            f"/bookings/{token}{rest}"
            for rest in ["", "/", "/x", "/cancel", "/move/x/"]
        ),
        *(f"/calls/{token}{rest}" for rest in ["", ".ics", "/x"]),
        *(f"/preview/{preview}{rest}" for rest in ["", "/", "/x/"]),
    ]


def test_no_answer_below_an_address_with_a_key_tells_the_key(client, keyed):
    told = {}
    for path in keyed:
        answer = client.get(path)
        part = path.split("/")[2].split(".")[0]
        is_kept = "no-store" in answer.headers.get("Cache-Control", "")
        is_told = answer.headers["Referrer-Policy"] != "no-referrer"
        head = answer.text.partition("</head>")[0]
        if not is_kept or is_told or part in head:
            told[path.replace(part, "KEY")] = (answer.status_code, is_kept, is_told)

    assert told == {}


def test_a_public_page_names_its_own_address_even_with_a_number_in_it(client):
    article = make_article(slug="the-10-best-exercises-of-2026")

    page = client.get(article.get_absolute_url())

    assert 'rel="canonical" href="https://' in page.text
    assert "no-store" not in page.headers.get("Cache-Control", "")


def test_nobody_is_led_to_a_private_handout(filled, client):
    client.force_login(filled)
    [handout] = [row for row in rows_with_a_page() if row._meta.model_name == "handout"]

    response = client.get(page_of(handout))

    assert response.status_code == 404
    assert handout.code not in response.text


@pytest.mark.parametrize("path", ["/admin/r/999999/1/", "/admin/r/1/x/", "/admin/r/1/999999999999999999999/"])  # fmt: skip
def test_a_junk_address_is_not_found(filled, client, path):
    client.force_login(filled)

    assert client.get(path).status_code == 404


def test_a_stranger_is_sent_to_sign_in(filled, client):
    row = next(rows_with_a_page())

    response = client.get(page_of(row))

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")
