"""The page where staff sign in, and what it says to whom."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kneecare.accounts.models import SignInThrottle
from tests.accounts.signing_in import LOGIN, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


def test_staff_sign_in_and_go_where_they_wanted(client, staff):
    response = sign_in(client, next="/admin/articles/article/")

    assert response.status_code == 302
    assert response.url == "/admin/articles/article/"
    assert is_signed_in(client)


def test_nobody_is_led_to_another_site(client, staff):
    assert sign_in(client, next="https://elsewhere.example/").url == "/admin/"


@pytest.mark.parametrize("fields", [{"is_staff": False}, {"is_active": False}])
def test_who_may_not_come_in_hears_what_a_wrong_password_hears(
    client, django_user_model, fields
):
    django_user_model.objects.create_user("eve", password="right-all-the-same", **({"is_staff": True} | fields))  # fmt: skip

    refused = sign_in(client, "eve", "right-all-the-same")
    wrong = sign_in(Client(), "eve", "wrong")

    assert errors_of(refused) == errors_of(wrong)
    assert not is_signed_in(client)


def errors_of(response):
    return list(response.context["form"].non_field_errors())


def test_a_name_that_nobody_has_is_answered_as_one_that_somebody_has(client, staff):
    known = sign_in(client, "admin", "wrong")
    unknown = sign_in(Client(), "nobody-of-that-name", "wrong")

    assert known.status_code == unknown.status_code == 200
    assert errors_of(known) == errors_of(unknown) != []
    assert without_what_differs(known) == without_what_differs(unknown)


def without_what_differs(response):
    text = response.text.replace("nobody-of-that-name", "admin")
    return "".join(
        line for line in text.splitlines() if "csrfmiddlewaretoken" not in line
    )


def test_a_name_that_nobody_has_costs_the_same_work(client, staff, monkeypatch):
    hashed = []
    users = type(staff)
    monkeypatch.setattr(users, "check_password", lambda *_: hashed.append("known"))
    monkeypatch.setattr(users, "set_password", lambda *_: hashed.append("unknown"))

    sign_in(client, "warm", "up")
    hashed.clear()
    with CaptureQueriesContext(connection) as known:
        sign_in(Client(REMOTE_ADDR="198.51.100.1"), "admin", "wrong")
    with CaptureQueriesContext(connection) as unknown:
        sign_in(Client(REMOTE_ADDR="198.51.100.2"), "nobody", "wrong")

    assert hashed == ["known", "unknown"]
    assert kinds(known) == kinds(unknown)
    assert "INSERT" in kinds(known)


def kinds(captured):
    return [query["sql"].split()[0] for query in captured.captured_queries]


def test_what_happens_is_logged_without_a_name_or_a_password(client, staff, caplog):
    with caplog.at_level(logging.INFO):
        sign_in(client, "admin", "a-wrong-guess")
        sign_in(client)
        client.post("/admin/logout/")

    ours = [
        r.getMessage() for r in caplog.records if r.name == "kneecare.accounts.events"
    ]
    assert [line.partition(" (")[0] for line in ours] == [
        "A sign-in failed",
        "Signed in",
        "Signed out",
    ]
    assert "admin" not in "".join(ours)
    assert "guess" not in caplog.text
    assert f"account {staff.pk}" in ours[1]


def test_a_row_of_the_throttle_names_nobody(client, staff):
    sign_in(client, "admin", "wrong")

    rows = [str(vars(row)) for row in SignInThrottle.objects.all()]
    assert len(rows) == 2
    assert not [row for row in rows if "admin" in row or "127.0.0.1" in row]


def test_signing_out_empties_the_browser_and_ends_the_session(client, staff):
    sign_in(client)

    response = client.post("/admin/logout/")

    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(client)
    assert client.get(response.url).status_code == 200
    assert client.get("/admin/logout/").status_code == 405


def test_the_page_keeps_the_name_that_was_typed_and_no_password(client, staff):
    html = sign_in(client, "admin", "a-wrong-guess").text

    assert 'value="admin"' in html
    assert "a-wrong-guess" not in html
    assert client.get(LOGIN).headers["Cache-Control"].count("no-store") == 1
