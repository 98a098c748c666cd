"""A password of one's own: by a link from a mail, by an invitation, in the place of one that was given."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail as sent
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.models import CalendarFeed
from kneecare.accounts.jobs import forget_mail
from kneecare.accounts.mail import messages
from kneecare.accounts.models import Account, AccountMail
from kneecare.core.http.logs import PART, _masked
from tests.accounts.signing_in import PASSWORD, from_network, is_signed_in, sign_in
from tests.admin_forms import seen_state

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database(
        "mails and links of accounts, which count nothing at once"
    ),
]
NEW = "quite-another-password"
TWICE = {"new_password1": NEW, "new_password2": NEW}
ASK = "/admin/account/link/"


@pytest.fixture
def person(django_user_model):
    return django_user_model.objects.create_user(
        "nora", email="nora@example.com", password=PASSWORD, is_staff=True
    )


def link_in(message):
    return re.search(r"https://testserver(/\S+)", message.body)[1]


def mailed():
    """What the worker sends now."""
    sent.outbox.clear()
    messages.deliver()
    return list(sent.outbox)


def asked_for_link(client, email="nora@example.com"):
    assert client.post(ASK, {"email": email}).url == "/admin/account/link/sent/"
    return link_in(mailed()[-1])


def open_link(client, link):
    return client.get(link, follow=True)


def choose(client, link, **fields):
    page = open_link(client, link)
    return client.post(page.request["PATH_INFO"], TWICE | fields)


def test_a_forgotten_password_is_chosen_anew_by_a_link_from_a_mail(client, person):
    link = asked_for_link(client)

    response = choose(client, link)

    assert response.url == "/admin/login/"
    assert sign_in(client, "nora").status_code == 200
    assert sign_in(client, "nora", NEW).status_code == 302


def test_a_link_is_good_once(client, person):
    link = asked_for_link(client)
    choose(client, link)

    page = open_link(Client(), link)

    assert "This link is over" in page.text
    assert "new_password1" not in page.text


@pytest.mark.parametrize(("hours", "is_over"), [(0.9, False), (1.1, True)])
def test_a_link_is_good_for_an_hour(client, person, hours, is_over):
    link = asked_for_link(client)

    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        assert ("This link is over" in open_link(client, link).text) == is_over


def test_the_page_that_a_link_opened_ends_with_it(client, person):
    page = open_link(client, asked_for_link(client))

    with time_machine.travel(timezone.now() + timedelta(hours=1.1)):
        response = client.post(page.request["PATH_INFO"], TWICE)

    assert "This link is over" in response.text
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize(
    "change",
    [
        {"email": "other@example.com"},
        {"is_active": False},
        {"is_staff": False},
        {"last_login": timezone.now()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_link_ends_when_the_account_changes(client, person, change):
    link = asked_for_link(client)
    type(person).objects.filter(pk=person.pk).update(**change)

    assert "This link is over" in open_link(client, link).text


def test_a_link_of_a_password_that_was_changed_meanwhile_is_over(client, person):
    link = asked_for_link(client)
    person.set_password("changed-in-the-meantime")
    person.save()

    assert "This link is over" in open_link(client, link).text


def test_an_e_mail_that_nobody_has_is_answered_alike_and_costs_the_same(person):
    with CaptureQueriesContext(connection) as known:
        one = from_network(1).post(ASK, {"email": "nora@example.com"})
    with CaptureQueriesContext(connection) as unknown:
        other = from_network(2).post(ASK, {"email": "nobody@example.com"})

    assert (one.status_code, one.url) == (other.status_code, other.url)
    first, second = ([q["sql"].split()[0] for q in each.captured_queries] for each in [known, unknown])  # fmt: skip
    assert first == second
    assert [message.to for message in mailed()] == [["nora@example.com"]]


def test_who_asks_in_somebodys_name_fills_no_mailbox_and_keeps_no_link_from_them(
    client, person
):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for number in range(8):
            from_network(number).post(ASK, {"email": "nora@example.com"})
        (message,) = mailed()
        clock.shift(timedelta(minutes=29))
        client.post(ASK, {"email": "nora@example.com"})
        assert mailed() == []

        # The one that they have is good until there is another.
        assert choose(client, link_in(message)).url == "/admin/login/"
        clock.shift(timedelta(minutes=2))
        mailed()
        assert asked_for_link(from_network(9))


def sign_in_by_password(person):
    assert sign_in(Client(), "nora").status_code == 302


def choose_another(person):
    person.set_password("changed-in-the-meantime")
    person.save()


def take_another_e_mail(person):
    type(person).objects.filter(pk=person.pk).update(email="Nora@example.com")


@pytest.mark.parametrize(
    "ends", [sign_in_by_password, choose_another, take_another_e_mail]
)
def test_who_asks_again_after_their_link_has_ended_gets_a_new_one_at_once(
    client, person, ends
):
    first = asked_for_link(client)
    ends(person)

    second = asked_for_link(client)

    assert "This link is over" in open_link(Client(), first).text
    assert choose(Client(), second).url == "/admin/login/"


def test_asking_for_links_is_slowed_down_as_guessing_is(client, person):
    answers = [client.post(ASK, {"email": f"n{n}@example.com"}) for n in range(21)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [200]
    assert "too many tries" in answers[20].text
    assert 'value="n20@example.com"' in answers[20].text


def test_no_row_holds_the_key_of_a_link_and_no_log_line_its_url(client, person):
    link = asked_for_link(client)
    key = link.rstrip("/").rpartition("/")[2]

    rows = [str(vars(mail)) for mail in AccountMail.objects.all()]
    assert not [row for row in rows if key in row]
    assert key not in PART.sub(_masked, link)


def test_a_link_lets_its_reader_in_while_somebody_guesses_at_the_account(
    client, person
):
    for number in range(60):
        sign_in(from_network(number), "nora", "wrong")
    assert "too many tries" in sign_in(client, "nora").text

    choose(client, asked_for_link(client))

    assert sign_in(client, "nora", NEW).status_code == 302


def test_a_new_password_ends_all_sessions_and_is_told_by_mail(client, person):
    elsewhere = Client()
    sign_in(elsewhere, "nora")
    link = asked_for_link(client)
    # The link is of before the sign-in from here on.
    assert is_signed_in(elsewhere)

    choose(client, link)

    assert not is_signed_in(elsewhere)
    assert "Your password was changed" in [m.subject for m in mailed()]


def test_the_old_password_is_guessed_at_no_more_often_than_at_the_sign_in(person):
    client = Client()
    sign_in(client, "nora")
    path = "/admin/password_change/"

    answers = [client.post(path, {"old_password": "wrong", **TWICE}) for _ in range(6)]

    assert ["too many tries" in answer.text for answer in answers] == [False] * 5 + [True]  # fmt: skip
    assert "too many tries" in client.post(path, {"old_password": PASSWORD, **TWICE}).text  # fmt: skip


def change_it(client, person):
    sign_in(client, "nora")
    form = {"old_password": PASSWORD, **TWICE}
    return client.post("/admin/password_change/", form, follow=True)


def reset_it(client, person):
    choose(client, asked_for_link(client))
    return client.get("/admin/login/")


@pytest.mark.parametrize("way", [change_it, reset_it])
def test_a_new_password_ends_the_address_of_the_calendar_and_says_so(
    client, person, way
):
    person.groups.set(Group.objects.filter(name="Front desk"))
    url = CalendarFeed.objects.create(user=person).url
    assert Client().get(url).status_code == 200

    page = way(client, person)

    assert Client().get(url).status_code == 404
    assert "The secret address of your calendar has ended" in page.text


def test_where_one_is_signed_in_the_address_of_the_calendar_is_named_and_ends(
    client, person
):
    person.groups.set(Group.objects.filter(name="Front desk"))
    sign_in(client, "nora")
    words = "The secret address of your calendar"
    assert words not in client.get("/admin/account/").text
    url = CalendarFeed.objects.create(user=person).url

    page = client.get("/admin/account/")
    [(action, name)] = re.findall(r'action="(\S+calendar/)".*?<button type="submit" name="(\w+)"', page.text, re.S)  # fmt: skip
    client.post(action, {name: "1"})

    assert words in page.text
    assert Client().get(url).status_code == 404


def test_the_password_that_one_has_is_no_new_one(client, person):
    link = asked_for_link(client)
    same = {"new_password1": PASSWORD, "new_password2": PASSWORD}

    by_link = choose(client, link, **same)
    sign_in(client, "nora")
    changed = client.post("/admin/password_change/", {"old_password": PASSWORD, **same})

    for answer in (by_link, changed):
        assert answer.status_code == 200
        assert "the password that the account has now" in answer.text


LONG = "a long one, " * 17  # 204 letters


def test_a_password_that_is_too_long_is_refused_wherever_one_is_typed(client, person):
    long, twice = {"old_password": LONG}, {"new_password1": LONG, "new_password2": LONG}
    asked = [choose(client, asked_for_link(client), **twice)]
    asked += [sign_in(client, "nora", LONG)]
    sign_in(client, "nora")
    asked += [
        client.post("/admin/password_change/", TWICE | long),
        client.post("/admin/password_change/", {"old_password": PASSWORD, **twice}),
        client.post("/admin/account/again/", {"password": LONG}),
    ]

    for answer in asked:
        assert answer.status_code == 200
        assert "200 letters at the most. This one has 204." in answer.text
        assert LONG not in answer.text


def test_what_is_too_long_is_no_try_of_a_password(person, monkeypatch):
    tried = []
    monkeypatch.setattr("kneecare.accounts.throttle.begin", lambda *given, **more: tried.append(given))  # fmt: skip

    sign_in(Client(), "nora", "x" * 100_000)

    assert tried == []


def test_a_changed_password_keeps_this_session_and_ends_the_others(person):
    here, elsewhere = Client(), Client()
    sign_in(here, "nora")
    sign_in(elsewhere, "nora")

    response = here.post("/admin/password_change/", {"old_password": PASSWORD, **TWICE})

    assert response.url == "/admin/account/"
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


# Invitations ----------------------------------------------------------------


def invitation(**fields):
    desk = Group.objects.get(name="Front desk").pk
    return {"username": "ines", "first_name": "Ines", "last_name": "Ruiz", "email": "ines@example.com", "groups": [desk]} | fields  # fmt: skip


def test_new_staff_are_invited_by_mail_and_choose_their_password(
    staff_client, django_user_model
):
    desk = Group.objects.get(name="Front desk")

    staff_client.post("/admin/auth/user/add/", invitation(groups=[desk.pk]))

    ines = django_user_model.objects.get(username="ines")
    assert not ines.has_usable_password()
    assert (ines.is_staff, ines.is_superuser) == (True, False)
    assert [*ines.groups.all()] == [desk]
    (message,) = mailed()
    assert message.to == ["ines@example.com"]
    guest = Client()
    choose(guest, link_in(message))
    assert sign_in(guest, "ines", NEW).status_code == 302


def test_an_invitation_is_good_for_three_days(staff_client):
    staff_client.post("/admin/auth/user/add/", invitation())
    (message,) = mailed()
    link = link_in(message)

    for hours, is_over in [(71, False), (73, True)]:
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            assert ("This link is over" in open_link(Client(), link).text) == is_over


def test_an_invitation_opens_no_page_for_a_forgotten_password(staff_client, person):
    staff_client.post("/admin/auth/user/add/", invitation())
    (message,) = mailed()

    other = link_in(message).replace("/invited/", "/link/")

    assert "This link is over" in open_link(Client(), other).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": ""}, "This field is required"),
        ({"email": "Nora@Example.com"}, "Another account has this e-mail"),
        ({"username": "NORA"}, "Somebody has this user name"),
        ({"groups": []}, "without one they could open nothing"),
    ],
)
def test_an_invitation_needs_a_name_and_an_e_mail_of_their_own(
    staff_client, person, django_user_model, fields, words
):
    response = staff_client.post("/admin/auth/user/add/", invitation(**fields))

    assert words in response.text
    assert 'value="Ines"' in response.text
    assert django_user_model.objects.count() == 2


def test_nobody_types_the_password_of_another(staff_client, person):
    for path in ["add/", f"{person.pk}/change/", f"{person.pk}/password/"]:
        html = staff_client.get(f"/admin/auth/user/{path}", follow=True).text
        assert 'type="password"' not in html
        assert "argon2" not in html
        assert "pbkdf2" not in html


def test_a_link_can_be_sent_to_staff_again(staff_client, person):
    action = {"action": "send_link", "_selected_action": [person.pk]}

    staff_client.post("/admin/auth/user/", action)

    assert [message.to for message in mailed()] == [["nora@example.com"]]


def test_a_changed_e_mail_is_told_to_the_old_one(staff_client, person):
    form = {"username": "nora", "email": "new@example.com", "is_active": "on"}
    form["seen_state"] = seen_state(person)

    response = staff_client.post(f"/admin/auth/user/{person.pk}/change/", form)

    assert response.status_code == 302
    (message,) = mailed()
    assert message.to == ["nora@example.com"]
    assert "new@example.com" not in message.body


# The password that was given ------------------------------------------------


@pytest.fixture
def given(staff):
    """The first account, with the password that was printed."""
    Account.objects.create(user=staff, password_given_at=timezone.now())
    return staff


def test_a_printed_password_opens_one_page_until_it_is_changed(client, given):
    sign_in(client)

    for path in ["/admin/", "/admin/bookings/booking/", "/admin/guide/"]:
        assert client.get(path).url == "/admin/password_change/"
    assert "only you shall know it" in client.get("/admin/password_change/").text


def test_the_first_password_of_ones_own_comes_with_an_e_mail(client, given):
    sign_in(client)
    form = TWICE | {"email": "owner@example.com"}

    response = client.post("/admin/password_change/", form)

    assert response.url == "/admin/"
    assert client.get("/admin/").status_code == 200
    given.refresh_from_db()
    assert given.email == "owner@example.com"
    assert sign_in(Client(), password=NEW).status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": ""}, "This field is required"),
        ({"new_password2": "another"}, "password fields didn"),
        ({"new_password1": PASSWORD, "new_password2": PASSWORD}, "the password that the account has now"),
        ({"new_password1": "short", "new_password2": "short"}, "too short"),
    ],
)  # fmt: skip
def test_a_first_password_that_is_none_is_refused(client, given, fields, words):
    sign_in(client)
    form = TWICE | {"email": "owner@example.com"} | fields

    response = client.post("/admin/password_change/", form)

    assert words in response.text
    assert NEW not in response.text
    assert client.get("/admin/").status_code == 302


def test_mail_about_accounts_is_kept_for_a_month(person):
    old = AccountMail.objects.owe(
        person, "signed_in", created_at=timezone.now() - timedelta(days=31)
    )
    AccountMail.objects.filter(pk=old.pk).update(state="sent")
    kept = AccountMail.objects.owe(person, "signed_in")

    forget_mail()

    assert [*AccountMail.objects.all()] == [kept]
