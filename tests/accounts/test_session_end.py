"""How long a session lasts, that one can be ended, and that nothing typed is lost when it has."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from bookings.models import BookingNote
from exercises.models import Exercise
from kneecare.accounts.models import Account, AccountMail, SignInSettings
from tests.accounts.signing_in import (
    PASSWORD,
    code_now,
    is_signed_in,
    sign_in,
    with_app,
)
from tests.admin_forms import filled
from tests.factories import make_article, make_booking, make_exercise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database(
        "a session that ends and what was sent too late are Django and the session table"
    ),
]
START = timezone.now().replace(microsecond=0)
WORDS = "Straighten the knee slowly, and <rest> & breathe."
LEFT = "/admin/account/session/"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def signed_in(clock, client, staff):
    sign_in(client)
    return client


# How long -------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "is_over"), [(29, False), (31, True)])
def test_who_does_nothing_for_half_an_hour_is_signed_off(
    signed_in, clock, minutes, is_over
):
    clock.shift(timedelta(minutes=minutes))

    assert (signed_in.get("/admin/").status_code == 302) == is_over


def test_who_does_something_stays(signed_in, clock):
    for _ in range(6):
        clock.shift(timedelta(minutes=20))
        assert signed_in.get("/admin/").status_code == 200


def test_nobody_stays_for_more_than_twelve_hours(signed_in, clock):
    for _ in range(35):
        clock.shift(timedelta(minutes=20))
        assert signed_in.get("/admin/").status_code == 200
    clock.shift(timedelta(minutes=21))

    assert signed_in.get("/admin/").status_code == 302


def test_the_owner_says_how_long(clock, client, staff):
    SignInSettings.objects.update(idle_minutes=5)
    sign_in(client)
    clock.shift(timedelta(minutes=6))

    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("minutes", [4, 61])
def test_half_an_hour_can_be_five_minutes_to_an_hour(staff_client, minutes):
    form = {"idle_minutes": minutes, "second_step_grace_days": 7}

    staff_client.post("/admin/accounts/signinsettings/1/change/", form)

    assert SignInSettings.objects.get().idle_minutes == 30


def test_asking_how_long_it_lasts_makes_it_no_longer(signed_in, clock, staff):
    for _ in range(4):
        clock.shift(timedelta(minutes=7))
        said = signed_in.get(LEFT).json()

    assert (said["left"], said["user"]) == (2 * 60, staff.pk)
    clock.shift(timedelta(minutes=3))
    assert signed_in.get(LEFT).json()["left"] == 0
    assert signed_in.get("/admin/").status_code == 302


def test_saying_that_somebody_is_there_does(signed_in, clock):
    clock.shift(timedelta(minutes=29))
    assert signed_in.post(LEFT).json()["left"] == 30 * 60
    clock.shift(timedelta(minutes=29))

    assert signed_in.get("/admin/").status_code == 200


def test_a_stranger_is_told_of_no_session(client):
    for ask in [client.get, client.post]:
        said = ask(LEFT).json()
        assert (said["left"], said["user"]) == (0, None)


def test_a_page_costs_no_query_more_for_all_that(staff_client):
    staff_client.get("/admin/guide/")

    with CaptureQueriesContext(connection) as captured:
        staff_client.get("/admin/guide/")

    asked = [query["sql"] for query in captured.captured_queries]
    assert asked
    assert not [sql for sql in asked if "accounts_account" in sql or "UPDATE" in sql]


def test_a_public_page_asks_nothing_of_a_session(signed_in, clock):
    clock.shift(timedelta(minutes=29))
    signed_in.get("/healthz")
    clock.shift(timedelta(minutes=2))

    assert signed_in.get("/admin/").status_code == 302


# One's own sessions ---------------------------------------------------------


def test_one_sees_where_one_is_signed_in_and_can_end_it(client, staff):
    phone = Client(
        REMOTE_ADDR="203.0.113.9",
        headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/604.1"},
    )
    sign_in(phone)
    sign_in(client)

    html = client.get("/admin/account/").text
    assert "Safari on an iPhone" in html
    assert "From 203.0.113.9" in html
    theirs = UserSession.objects.get(ip="203.0.113.9")
    assert f"/admin/account/sessions/{theirs.pk}/end/" in html
    assert html.count("/end/") == 1
    client.post(f"/admin/account/sessions/{theirs.pk}/end/")

    assert not is_signed_in(phone)
    assert is_signed_in(client)
    assert client.get("/admin/account/").text.count("account-list__row") == 1


def test_nobody_ends_or_sees_the_session_of_another(client, staff, django_user_model):
    django_user_model.objects.create_user("eve", password="x" * 12, is_staff=True)
    eve = Client()
    sign_in(eve, "eve", "x" * 12)
    sign_in(client)
    [theirs] = UserSession.objects.filter(user=staff)

    assert eve.post(f"/admin/account/sessions/{theirs.pk}/end/").status_code == 404
    assert eve.get("/admin/account/").text.count("account-list__row") == 1
    assert is_signed_in(client)


def test_a_session_that_is_over_is_not_listed(signed_in, clock):
    clock.shift(timedelta(minutes=31))
    again = Client()
    sign_in(again)

    assert again.get("/admin/account/").text.count("account-list__row") == 1


# What is told ---------------------------------------------------------------


def kinds():
    return [mail.kind for mail in AccountMail.objects.order_by("pk")]


def test_a_sign_in_from_a_new_device_is_told_by_mail_and_no_other(client, staff):
    sign_in(client)
    client.post("/admin/logout/")
    sign_in(client)
    assert kinds() == ["new_device"]

    sign_in(Client())
    assert kinds() == ["new_device", "new_device"]


def test_who_wishes_is_told_of_each_sign_in(client, staff):
    sign_in(client)
    client.post("/admin/account/notices/", {"tell_each_sign_in": "on"})
    client.post("/admin/logout/")
    sign_in(client)
    assert kinds() == ["new_device", "signed_in"]

    client.post("/admin/account/notices/", {})
    assert not Account.objects.get().tell_each_sign_in


# Nothing typed is lost ------------------------------------------------------


def fields_in(html, kind="textarea"):
    """The fields of the form that holds what was sent, as their sender's browser sends them."""
    found = re.findall(
        r'<textarea name="([^"]*)" readonly>\n(.*?)</textarea>', html, re.S
    )
    return [(unescape(name), unescape(value)) for name, value in found]


def send_when_the_session_is_over(client, clock, path, form):
    clock.shift(timedelta(minutes=31))
    answer = client.post(path, form)
    assert answer.status_code == 403
    assert "You were signed off before this reached us" in answer.text
    return answer


def sign_in_with_words(client, answer, **fields):
    kept = answer.context["kept_words"]
    assert f'value="{path_in(answer)}"' in answer.text
    return sign_in(client, kept_words=kept, next=path_in(answer), **fields)


def path_in(answer):
    return answer.context["next"]


def send_again(client):
    page = client.get("/admin/account/kept/")
    path = re.search(r'<form method="post" action="([^"]+)">', page.text)[1]
    form = {}
    for name, value in fields_in(page.text):
        form.setdefault(name, []).append(value)
    return client.post(unescape(path), form)


def test_an_article_that_was_sent_too_late_is_saved_after_the_sign_in(signed_in, clock):
    article = make_article()
    path = f"/admin/articles/article/{article.pk}/change/"
    form = filled(signed_in.get(path)) | {"summary": WORDS, "_continue": "Save"}

    answer = send_when_the_session_is_over(signed_in, clock, path, form)
    assert Article.objects.get().summary != WORDS
    assert sign_in_with_words(signed_in, answer).url == "/admin/account/kept/"
    assert f"<p>To {path}</p>" in signed_in.get("/admin/account/kept/").text
    sent = send_again(signed_in)

    assert sent.status_code == 302
    assert sent.url == path
    assert Article.objects.get().summary == WORDS
    assert signed_in.get("/admin/account/kept/").url == "/admin/"


def test_an_exercise_that_was_sent_too_late_is_saved_after_the_sign_in(
    signed_in, clock
):
    exercise = make_exercise()
    path = f"/admin/exercises/exercise/{exercise.pk}/change/"
    form = filled(signed_in.get(path)) | {"summary": WORDS}

    answer = send_when_the_session_is_over(signed_in, clock, path, form)
    sign_in_with_words(signed_in, answer)

    assert send_again(signed_in).status_code == 302
    assert Exercise.objects.get(pk=exercise.pk).summary == WORDS


def test_a_note_on_a_request_that_was_sent_too_late_is_saved_after_the_sign_in(
    signed_in, clock
):
    booking = make_booking()
    path = f"/admin/bookings/booking/{booking.pk}/note/"

    answer = send_when_the_session_is_over(signed_in, clock, path, {"text": WORDS})
    sign_in_with_words(signed_in, answer)
    send_again(signed_in)

    assert BookingNote.objects.get().text == WORDS


def test_words_wait_for_the_second_step_as_well(signed_in, clock, staff):
    booking = make_booking()
    path = f"/admin/bookings/booking/{booking.pk}/note/"
    with_app(staff)

    answer = send_when_the_session_is_over(signed_in, clock, path, {"text": WORDS})
    assert sign_in_with_words(signed_in, answer).url == "/admin/account/second-step/code/"  # fmt: skip
    code = {"code": code_now()}
    assert signed_in.post("/admin/account/second-step/code/", code).url == "/admin/account/kept/"  # fmt: skip
    send_again(signed_in)

    assert BookingNote.objects.get().text == WORDS


def test_words_are_shown_to_no_other_account_of_the_same_computer(
    signed_in, clock, django_user_model
):
    other = django_user_model.objects.create_user("edith", password=PASSWORD, is_staff=True)  # fmt: skip
    booking = make_booking()
    path = f"/admin/bookings/booking/{booking.pk}/note/"

    answer = send_when_the_session_is_over(signed_in, clock, path, {"text": WORDS})
    sign_in_with_words(signed_in, answer, username=other.username)
    saved = signed_in.post("/admin/articles/topic/add/", {"title": "Mine"})
    kept = signed_in.get("/admin/account/kept/", follow=True)

    assert is_signed_in(signed_in)
    assert saved.status_code in (200, 403)
    assert WORDS not in unescape(kept.text)
    assert kept.redirect_chain[0][0] == "/admin/"


@pytest.mark.parametrize(
    "path",
    [
        "/admin/auth/user/add/",
        "/admin/articles/article/1/delete/",
        "/admin/exercises/handout/1/withdraw/",
    ],
)
def test_an_act_that_was_sent_too_late_is_shown_and_done_by_no_press(
    signed_in, clock, path
):
    form = {"username": "zed", "groups": "4", "text": WORDS}

    answer = send_when_the_session_is_over(signed_in, clock, path, form)
    sign_in_with_words(signed_in, answer)
    kept = signed_in.get("/admin/account/kept/")

    assert ("text", WORDS) in fields_in(kept.text)
    assert "<button" not in kept.text.partition(f'action="{path}"')[2].partition("</form>")[0]  # fmt: skip


@pytest.mark.parametrize("words", ["[" * 5_000, "{", "7", "[[1]]"])
def test_what_is_no_list_of_fields_signs_in_all_the_same(client, staff, words):
    assert sign_in(client, next="/admin/", kept_words=words).status_code == 302
    assert is_signed_in(client)


def test_words_are_kept_over_a_wrong_password(signed_in, clock):
    answer = send_when_the_session_is_over(signed_in, clock, "/admin/", {"text": WORDS})

    wrong = sign_in_with_words(signed_in, answer, password="wrong")

    assert wrong.context["kept_words"] == answer.context["kept_words"]
    assert sign_in_with_words(signed_in, answer).url == "/admin/account/kept/"


def test_words_are_kept_by_who_has_signed_in_elsewhere_meanwhile(signed_in, clock):
    answer = send_when_the_session_is_over(signed_in, clock, "/admin/", {"text": WORDS})
    sign_in(signed_in)

    assert sign_in_with_words(signed_in, answer).url == "/admin/account/kept/"
    assert unescape(signed_in.get("/admin/account/kept/").text).count(WORDS) == 1


def test_a_password_and_a_file_are_not_kept_and_the_file_is_told(signed_in, clock):
    form = {
        "text": WORDS,
        "new_password1": "secret-words",
        "photo": SimpleUploadedFile("x.png", b"x"),
    }

    answer = send_when_the_session_is_over(signed_in, clock, "/admin/", form)

    kept = dict(json.loads(answer.context["kept_words"]))
    assert [name for name in kept if name != "kept_whose"] == ["text"]
    assert kept["text"] == WORDS
    assert "Files cannot be kept" in answer.text
    assert "secret-words" not in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_a_stranger_who_sends_a_form_of_staff_fills_no_table(client):
    for _ in range(3):
        client.post("/admin/bookings/booking/1/note/", {"text": WORDS * 100})

    assert not Session.objects.exists()


@pytest.mark.parametrize("text", ["", "no json", "{}", '["x"]', "[[1, 2]]", "[]"])
def test_what_is_no_list_of_fields_is_dropped(client, staff, text):
    assert sign_in(client, kept_words=text, next="/admin/guide/").url == "/admin/guide/"


@pytest.mark.parametrize("half", ["\\ud800", "\\udfff", "\\u0000"])
def test_a_letter_that_no_page_can_show_is_taken_out_of_the_words(client, staff, half):
    kept = f'[["line{half}", "a knee{half}"]]'
    sign_in(client, kept_words=kept, next="/admin/bookings/booking/1/decide/cancel/")

    page = client.get("/admin/account/kept/")

    assert page.status_code == 200
    assert "a knee" in page.text
    assert 'name="line"' in page.text


def test_words_go_to_no_other_site(client, staff):
    kept = json.dumps([["text", WORDS]])

    assert sign_in(client, kept_words=kept, next="https://elsewhere.example/").url == "/admin/"  # fmt: skip


# The key of a form ------------------------------------------------------------

NOTE = "/admin/bookings/booking/1/note/"
HERE, ELSEWHERE = {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def strict(staff):
    """A browser whose forms need their keys."""
    return Client(enforce_csrf_checks=True)


def test_a_form_whose_key_a_sign_in_elsewhere_made_void_keeps_its_words(strict, staff):
    booking = make_booking()
    path = f"/admin/bookings/booking/{booking.pk}/note/"
    strict.force_login(staff)

    answer = strict.post(path, {"text": WORDS}, headers=HERE)

    assert answer.url == "/admin/account/kept/"
    page = strict.get(answer.url)
    assert fields_in(page.text) == [("text", WORDS)]
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    strict.post(path, {"text": WORDS, "csrfmiddlewaretoken": token})
    assert BookingNote.objects.get().text == WORDS


def test_a_form_without_a_key_and_without_a_session_keeps_its_words(strict):
    answer = strict.post(NOTE, {"text": WORDS}, headers=HERE)

    assert answer.status_code == 403
    assert json.loads(answer.context["kept_words"]) == [["text", WORDS]]


@pytest.mark.parametrize("headers", [ELSEWHERE, {}], ids=["elsewhere", "unknown"])
def test_what_another_site_made_up_is_kept_for_nobody(strict, staff, headers):
    for _ in range(2):
        answer = strict.post(NOTE, {"text": WORDS}, headers=headers)
        assert answer.status_code == 403
        assert "kept_words" not in answer.text
        strict.force_login(staff)

    assert strict.get("/admin/account/kept/").url == "/admin/"


def test_a_sign_in_whose_key_is_void_is_asked_for_again_with_its_words(strict, staff):
    kept = json.dumps([["text", WORDS]])
    form = {"username": "admin", "password": "x", "kept_words": kept, "next": NOTE}

    answer = strict.post("/admin/login/", form, headers=HERE)
    assert answer.status_code == 403
    assert (answer.context["kept_words"], answer.context["next"]) == (kept, NOTE)

    strict.force_login(staff)
    assert strict.post("/admin/login/", form, headers=HERE).url == "/admin/account/kept/"  # fmt: skip
    assert fields_in(strict.get("/admin/account/kept/").text) == [("text", WORDS)]
