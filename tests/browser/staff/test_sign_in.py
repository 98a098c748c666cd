"""Signing in with a passkey and with a code, and a session that ends in the middle of a form."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from tests.accounts.signing_in import PASSWORD
from tests.browser.axe import axe_at_both_sizes, without_policy
from tests.factories import make_exercise

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def admin_url(site, staff):
    cache.clear()
    return site + "/admin/"


@pytest.fixture
def passkeys(page):
    """The device's own authenticator, whose owner always agrees."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def sign_in(page, admin_url):
    page.goto(admin_url)
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in again").click()


def add_passkey(page, admin_url):
    page.goto(f"{admin_url}account/second-step/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Its name").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("link", name="I have kept them").click()


def test_a_passkey_signs_in_by_itself(page, admin_url, passkeys):
    sign_in(page, admin_url)
    add_passkey(page, admin_url)
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("heading", name="What would you like to do?")).to_be_visible()  # fmt: skip
    page.goto(f"{admin_url}account/second-step/")
    expect(page.get_by_text("My phone")).to_be_visible()


def test_a_passkey_is_the_second_step_after_the_password(page, admin_url, passkeys):
    sign_in(page, admin_url)
    add_passkey(page, admin_url)
    sign_out(page)

    sign_in(page, admin_url)
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="What would you like to do?")).to_be_visible()  # fmt: skip


def test_a_passkey_whose_owner_is_not_there_signs_nobody_in(page, admin_url, passkeys):
    sign_in(page, admin_url)
    add_passkey(page, admin_url)
    sign_out(page)
    devtools, device = passkeys
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})  # fmt: skip

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("That did not work")).to_be_visible()
    page.goto(admin_url)
    expect(page).to_have_url(re.compile("/admin/login/"))


def test_a_passkey_that_was_removed_signs_nobody_in(page, admin_url, passkeys):
    sign_in(page, admin_url)
    add_passkey(page, admin_url)
    page.goto(f"{admin_url}account/second-step/")
    page.get_by_role("link", name="Remove My phone").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("None yet.").first).to_be_visible()
    assert not Authenticator.objects.exists()
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("This passkey signs nobody in here.")).to_be_visible()
    page.goto(admin_url)
    expect(page).to_have_url(re.compile("/admin/login/"))


def test_words_that_were_sent_too_late_come_back_after_a_passkey(
    page, admin_url, passkeys
):
    sign_in(page, admin_url)
    add_passkey(page, admin_url)
    exercise = make_exercise()
    page.goto(f"{admin_url}exercises/exercise/{exercise.pk}/change/")
    page.get_by_label("Summary:").fill("Typed before the end.")
    Session.objects.all().delete()
    page.evaluate("document.querySelector('session-watch').remove()")
    page.locator("input[name=_continue]").click()

    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Send what I typed").click()

    expect(page.get_by_label("Summary:")).to_have_value("Typed before the end.")
    exercise.refresh_from_db()
    assert exercise.summary == "Typed before the end."


def test_an_app_is_added_by_its_key_and_its_code_is_asked_for(page, admin_url):
    sign_in(page, admin_url)
    page.goto(f"{admin_url}account/second-step/")
    page.get_by_role("link", name="Add an authenticator app").click()
    expect(page.locator(".account-qr svg")).to_be_visible()
    key = page.locator(".account-key").inner_text()
    page.get_by_label("code").fill(code_of(key))
    page.get_by_role("button", name="Add this app").click()
    recovery_code = page.locator(".account-codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    sign_out(page)

    sign_in(page, admin_url)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Incorrect code")).to_be_visible()
    page.get_by_label("Code").fill(recovery_code)
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_role("heading", name="What would you like to do?")).to_be_visible()  # fmt: skip


def code_of(key):
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


# A session that ends ----------------------------------------------------------


@pytest.fixture
def form(page, desk):
    exercise = make_exercise()
    page.goto(f"{desk}exercises/exercise/{exercise.pk}/change/")
    page.get_by_label("Summary:").fill("Typed before the end.")
    return exercise


def look_again(page):
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_who_is_about_to_be_signed_off_is_asked_and_can_stay(page, desk, form):
    session = Session.objects.get()
    left_is(session, minutes=1)
    look_again(page)
    dialog = page.get_by_role("dialog", name="Are you still there?")
    expect(dialog).to_be_visible()

    dialog.get_by_role("button", name="Stay signed in").click()

    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Summary:")).to_have_value("Typed before the end.")


def left_is(session, *, minutes):
    """As if they had done nothing for all but these minutes."""
    store = SessionStore(session.session_key)
    store.set_expiry(timezone.now() + timedelta(minutes=minutes))
    store.save()


def test_who_was_signed_off_signs_in_over_the_form_and_saves_it(page, desk, form):
    Session.objects.all().delete()
    look_again(page)
    dialog = page.get_by_role("dialog", name="You were signed off")
    expect(dialog).to_be_visible()

    with page.expect_popup() as opened:
        dialog.get_by_role("link", name="Sign in again").click()
    window = opened.value
    window.get_by_label("Username").fill("admin")
    window.get_by_label("Password").fill(PASSWORD)
    window.get_by_role("button", name="Sign in", exact=True).click()
    expect(window.get_by_text("Close this window")).to_be_visible()
    window.close()
    expect(dialog).to_be_hidden()
    page.locator("input[name=_continue]").click()

    expect(page.get_by_text("was changed successfully").or_(page.get_by_text("saved")).first).to_be_visible()  # fmt: skip
    form.refresh_from_db()
    assert form.summary == "Typed before the end."


# How it looks -----------------------------------------------------------------

PAGES = [
    "login/",
    "account/link/",
    "account/link/sent/",
    "account/signed-out/",
]
OWN_PAGES = [
    "password_change/",
    "account/",
    "account/second-step/",
    "account/second-step/app/",
    "account/second-step/passkeys/add/",
    "account/back/",
    "accounts/signinsettings/1/change/",
]


@without_policy
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_sign_in_pleases_axe_at_both_sizes(page, site, path):
    page.goto(f"{site}/admin/{path}")

    assert axe_at_both_sizes(page) == []


@without_policy
@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_page_of_ones_account_pleases_axe_at_both_sizes(page, desk, path):
    page.goto(f"{desk}{path}")

    assert axe_at_both_sizes(page) == []


@pytest.mark.parametrize("path", [*PAGES, *OWN_PAGES])
def test_a_page_fits_a_small_phone_with_letters_twice_as_large(page, desk, path):
    if path in PAGES:
        page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(f"{desk}{path}")

    for letters in ["100%", "200%"]:
        page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{path} is {wide} wide at {letters}"
