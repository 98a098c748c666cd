"""The second step: who needs one from when on, codes of an app and for recovery, and what it takes to change them."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from kneecare.accounts.models import Account, AccountMail, SignInSettings
from kneecare.accounts.session import gate
from tests.accounts.signing_in import (
    KEY,
    PASSWORD,
    code_now,
    from_network,
    is_signed_in,
    sign_in,
    with_app,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("allauth and its tables"),
]
START = timezone.now().replace(microsecond=0)
CODE = "/admin/account/second-step/code/"
STEP = "/admin/account/second-step/"


@pytest.fixture(autouse=True)
def no_code_was_used():
    """allauth notes used codes in the cache as well, which outlives a test."""
    cache.clear()


@pytest.fixture
def desk(django_user_model):
    """Somebody who may read what patients write."""
    return a_person(django_user_model, "dora", "Front desk")


def a_person(users, name, group):
    person = users.objects.create_user(
        name, password=PASSWORD, email=f"{name}@example.com", is_staff=True
    )
    person.groups.set(Group.objects.filter(name=group))
    return person


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def sign_in_later(clock, name, **later):
    clock.shift(timedelta(**later))
    client = Client()
    sign_in(client, name)
    return client


# Who needs one --------------------------------------------------------------


def test_the_rights_that_need_a_second_step_exist():
    for name in gate.READS_PATIENTS_WORDS:
        app, _, codename = name.partition(".")
        assert Permission.objects.filter(content_type__app_label=app, codename=codename)


@pytest.mark.parametrize(
    ("group", "needs"), [("Front desk", True), ("Clinicians", True), ("Editors", False)]
)
def test_who_reads_what_patients_write_needs_a_second_step(
    django_user_model, clock, group, needs
):
    a_person(django_user_model, "pia", group)
    sign_in_later(clock, "pia")

    client = sign_in_later(clock, "pia", days=8)

    assert (client.get("/admin/").status_code == 302) == needs


def test_there_are_seven_days_which_the_front_page_tells(desk, clock):
    first = sign_in_later(clock, "dora")
    assert "you need a second step to sign in" in first.get("/admin/").text

    assert sign_in_later(clock, "dora", days=6, hours=23).get("/admin/").status_code == 200  # fmt: skip
    late = sign_in_later(clock, "dora", hours=1)
    assert late.get("/admin/").url == STEP
    assert late.get("/admin/bookings/booking/").url == STEP
    assert "Set one up to go on" in late.get(STEP).text


@pytest.mark.parametrize("days", [0, 3])
def test_the_owner_can_shorten_the_time(desk, clock, days):
    SignInSettings.objects.update(second_step_grace_days=days)
    client = sign_in_later(clock, "dora")
    assert (client.get("/admin/").status_code == 302) == (days == 0)

    assert sign_in_later(clock, "dora", days=days).get("/admin/").url == STEP


def test_a_shorter_time_counts_within_a_minute_for_who_is_signed_in(desk, clock):
    client = sign_in_later(clock, "dora")
    SignInSettings.objects.update(second_step_grace_days=0)
    clock.shift(timedelta(seconds=61))
    client.get("/admin/")

    assert client.get("/admin/").url == STEP


@pytest.mark.parametrize("days", [-1, 8])
def test_the_time_is_a_week_at_the_most(staff_client, days):
    form = {"idle_minutes": 30, "second_step_grace_days": days}
    staff_client.post("/admin/accounts/signinsettings/1/change/", form)

    assert SignInSettings.objects.get().second_step_grace_days == 7


def test_who_has_a_second_step_is_asked_for_none(desk, clock):
    with_app(desk)

    client = sign_in_later(clock, "dora")
    client.post(CODE, {"code": code_now()})

    assert client.get("/admin/").status_code == 200
    assert "you need a second step" not in client.get("/admin/").text


# Codes ----------------------------------------------------------------------


def test_after_the_password_comes_the_code(desk, client):
    with_app(desk)

    assert sign_in(client, "dora").url == CODE
    assert not is_signed_in(client)
    assert client.post(CODE, {"code": code_now()}).url == "/admin/"
    assert is_signed_in(client)


def test_a_code_is_good_once_whichever_process_asks(desk, clock, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    with_app(desk)
    first = sign_in_later(clock, "dora")
    first.post(CODE, {"code": code_now()})

    second = sign_in_later(clock, "dora")
    answer = second.post(CODE, {"code": code_now()})

    assert "This code was used before" in answer.text
    assert not is_signed_in(second)
    assert second.post(CODE, {"code": code_now(1)}).status_code == 302


def test_the_code_that_added_an_app_signs_nobody_in(desk, clock):
    client = sign_in_later(clock, "dora")
    key = client.get(f"{STEP}app/").context["form"].secret
    used = code_now(key=key)
    client.post(f"{STEP}app/", {"code": used})

    second = sign_in_later(clock, "dora")
    answer = second.post(CODE, {"code": used})

    assert "This code was used before" in answer.text
    assert not is_signed_in(second)
    assert second.post(CODE, {"code": code_now(1, key)}).status_code == 302


def test_codes_are_guessed_at_five_times_and_apart_from_the_password(desk, clock):
    with_app(desk)
    guesser = from_network(1)
    sign_in(guesser, "dora")

    answers = [guesser.post(CODE, {"code": "000000"}) for _ in range(6)]

    assert ["too many tries" in answer.text for answer in answers] == [False] * 5 + [True]  # fmt: skip
    assert "too many tries" in guesser.post(CODE, {"code": code_now()}).text
    # Where the guesser knows the password, the real person still gets as far as the code.
    assert sign_in(from_network(2), "dora").url == CODE


def test_a_recovery_code_signs_in_once(desk, client):
    codes = recovery_codes_of(desk)

    for expected in [302, 200]:
        other = Client()
        sign_in(other, "dora")
        assert other.post(CODE, {"code": codes[0]}).status_code == expected


def recovery_codes_of(user):
    client = Client()
    sign_in(client, user.username)
    client.get(f"{STEP}app/")
    secret = client.session["mfa.totp.secret"]
    form = {"code": code_now(key=secret)}
    assert client.post(f"{STEP}app/", form).url == f"{STEP}codes/"
    page = client.get(f"{STEP}codes/")
    assert "They are not shown again" in page.text
    assert not any(c in client.get(f"{STEP}codes/").text for c in page.context["unused_codes"])  # fmt: skip
    return page.context["unused_codes"]


def test_a_sign_in_that_waits_for_its_code_can_be_stopped(desk, client):
    with_app(desk)
    sign_in(client, "dora")
    assert client.get("/admin/login/").url == CODE

    client.post("/admin/logout/")

    assert client.get("/admin/login/").status_code == 200


def test_a_new_password_by_mail_is_no_way_round_the_second_step(desk, client):
    with_app(desk)
    desk.set_password("quite-another-password")
    desk.save()

    assert sign_in(client, "dora", "quite-another-password").url == CODE


def test_the_database_holds_no_key_that_makes_codes(desk):
    with_app(desk)

    assert KEY not in str(Authenticator.objects.get().data)


def test_a_site_with_another_secret_takes_no_code_and_does_not_fail(
    desk, client, settings
):
    with_app(desk)
    settings.SECRET_KEY = "another"

    sign_in(client, "dora")

    assert client.post(CODE, {"code": code_now()}).status_code == 200
    settings.SECRET_KEY_FALLBACKS = ["for-tests-only"]
    assert client.post(CODE, {"code": code_now()}).status_code == 302


# Changing it ----------------------------------------------------------------


def test_to_change_it_later_one_shows_again_who_one_is(desk, clock):
    client = sign_in_later(clock, "dora")
    clock.shift(timedelta(minutes=11))

    assert client.get(f"{STEP}app/").url.startswith("/admin/account/again/")
    client.post("/admin/account/again/", {"password": PASSWORD, "next": f"{STEP}app/"})
    assert client.get(f"{STEP}app/").status_code == 200


def test_who_is_asked_again_may_guess_five_times(desk, clock):
    client = sign_in_later(clock, "dora")
    again = "/admin/account/again/"

    answers = [client.post(again, {"password": "wrong"}) for _ in range(6)]

    assert ["too many tries" in answer.text for answer in answers] == [False] * 5 + [True]  # fmt: skip


def test_a_change_is_told_by_mail(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        recovery_codes_of(desk)

    mails = AccountMail.objects.filter(user=desk, kind="second_step")
    assert [mail.about for mail in mails] == ["An authenticator app was added."]


def test_the_owner_removes_the_second_step_of_who_lost_the_phone(staff_client, desk):
    with_app(desk)
    Account.objects.create(user=desk, second_step_asked_at=START - timedelta(days=90))

    staff_client.post(
        "/admin/auth/user/",
        {"action": "remove_second_step", "_selected_action": [desk.pk]},
    )
    assert Authenticator.objects.filter(user=desk).exists()
    staff_client.post(
        "/admin/auth/user/",
        {
            "action": "remove_second_step",
            "_selected_action": [desk.pk],
            "is_sure": "yes",
        },
    )

    client = Client()
    assert sign_in(client, "dora").url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert AccountMail.objects.get(user=desk, kind="second_step").about == "It was removed by the clinic."  # fmt: skip


def test_nobody_removes_the_passkey_of_another(desk, staff_client):
    theirs = Authenticator.objects.create(user=desk, type="webauthn", data={})

    path = f"{STEP}passkeys/{theirs.pk}/remove/"

    assert staff_client.get(path).status_code == 404
    assert staff_client.post(path).status_code == 404
    assert Authenticator.objects.count() == 1
