"""What every answer says to the browser beside the page: for each address of the URL resolver, and for what has none."""

import logging
import re
from urllib.robotparser import RobotFileParser

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.urls import reverse

import kneecare.settings
from kneecare.accounts.devices import LAST, cookie_name
from kneecare.core.http.csp import EDITOR_STYLE_HASHES
from kneecare.core.http.logs import PrivateFormatter
from tests.site.addresses import every_name, is_for_staff, path_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content", "nobody_guessed"),
    pytest.mark.same_on_any_database("headers"),
]
OURS = "'self'"
# What a browser may load, run and send to: our own files alone.
POLICY = {
    "default-src": {"'none'"},
    "script-src": {OURS},
    "style-src": {OURS},
    "img-src": {OURS},
    "media-src": {OURS},
    "font-src": {OURS},
    "connect-src": {OURS},
    "manifest-src": {OURS},
    "worker-src": {OURS},
    "form-action": {OURS},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
}
# The rich-text editor of the admin adds two style elements that never change.
ADMIN_POLICY = POLICY | {"style-src": {OURS, *EDITOR_STYLE_HASHES}}
# A picture alone, which has one style of its own (its hash is read in tests/exercises/test_figure_files.py).
PICTURES = {"figure", "drawing"}
STYLE = re.compile(r"'sha256-[\w+/]{43}='")
ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
# Whose URL holds a key to one person's page.
WITH_A_KEY = {
    *["booking", "move", "earlier", "invite", "calendar", "shared_preview"],
    *["handouts:detail", "handouts:play", "handouts:pdf"],
    *["handouts:without_slash", "handouts:lost"],
}
# Who is not signed in is sent to sign in.
FOR_STAFF = {
    *["articles:preview", "exercises:preview", "routines:preview"],
    "routines:handout_preview",
    *filter(is_for_staff, every_name()),
}
# Whoever asks, no cache keeps the answer.
NOT_KEPT = WITH_A_KEY | FOR_STAFF | {"search", "media"}
KEPT_ALL_THE_SAME = {
    "admin:jsi18n": "words for scripts, of nobody",
    "admin:password_change": "an empty form",
    "admin:password_change_done": "says that it is done",
}
PUBLIC = {*every_name()} - WITH_A_KEY - FOR_STAFF
every_address = pytest.mark.parametrize("name", every_name())


def directives(policy):
    """What each directive lets pass, besides what carries the one-time key of an answer."""
    named = [each.split() for each in policy.split(";") if each.strip()]
    return {
        name: {source for source in sources if not source.startswith("'nonce-")}
        for name, *sources in named
    }


def policy_of_a_picture(response):
    said = directives(response.headers["Content-Security-Policy"])
    kept = {name: {"'none'"} for name in ["form-action", "frame-ancestors", "base-uri"]}
    (style,) = said["style-src"]
    assert STYLE.fullmatch(style)
    return {"default-src": {"'none'"}, "style-src": {style}, **kept}


def unsafe(response, policy=POLICY):
    """Each header that is not as it should be, with its value."""
    found = {
        name: response.headers.get(name)
        for name, value in ALWAYS.items()
        if response.headers.get(name) != value
    }
    if directives(response.headers.get("Content-Security-Policy", "")) != policy:
        found["Content-Security-Policy"] = response.headers.get(
            "Content-Security-Policy"
        )
    if response.headers.get("Referrer-Policy") not in ["same-origin", "no-referrer"]:
        found["Referrer-Policy"] = response.headers.get("Referrer-Policy")
    return found


@every_address
def test_an_answer_cannot_be_framed_sniffed_scripted_or_read_by_another_site(
    staff_client, name
):
    response = staff_client.get(path_of(name), secure=True)

    has_editor = (
        name.startswith("admin:")
        and name not in ["admin:login", "admin:logout"]
        and response.status_code != 403
    )
    assert response.status_code < 500 or name == "readyz"  # no worker runs here
    policy = ADMIN_POLICY if has_editor else POLICY
    if name in PICTURES:
        policy = policy_of_a_picture(response)
    assert unsafe(response, policy) == {}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/no-such-page/", 404), ("/articles/%00/", 400), ("/static/no-such.css", 404)],
)
def test_an_answer_that_is_no_page_is_as_safe(client, path, status):
    response = client.get(path, secure=True)

    assert response.status_code == status
    assert unsafe(response) == {}


def test_an_answer_that_failed_is_as_safe(client, monkeypatch):
    def fail(*args):
        raise DatabaseError

    client.raise_request_exception = False
    monkeypatch.setattr("kneecare.site.views.find", fail)

    response = client.get("/search/?q=knee", secure=True)

    assert response.status_code == 500
    assert unsafe(response) == {}


@pytest.mark.parametrize("name", sorted(WITH_A_KEY))
def test_a_page_with_a_key_in_its_address_is_told_to_no_site_and_listed_by_none(
    client, name
):
    response = client.get(path_of(name))

    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]


@pytest.mark.parametrize("name", sorted(WITH_A_KEY - {"handouts:lost"}))
def test_a_key_stands_in_no_log(name):
    path = path_of(name)
    key = path.split("/")[2]
    record = logging.LogRecord(
        "test", logging.WARNING, "x.py", 1, "Gone: %s", (path,), None
    )

    line = PrivateFormatter().format(record)

    assert len(key) >= 16
    assert f"Gone: /{path.split('/')[1]}/…" in line
    assert key[:16] not in line
    assert key[-16:] not in line


@pytest.mark.parametrize("name", sorted(NOT_KEPT - KEPT_ALL_THE_SAME.keys()))
def test_what_is_not_for_everybody_is_kept_by_no_cache(staff_client, name):
    response = staff_client.get(path_of(name))

    # A refusal says nothing that is anybody's.
    is_refused = response.status_code in (403, 404)
    assert is_refused or "no-store" in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("name", ["book", "contact", "program"])
def test_a_form_is_kept_by_no_shared_cache_and_with_what_was_typed_by_none(
    client, name
):
    path = path_of(name)

    assert client.get(path).headers["Cache-Control"] == "private, no-cache"
    typed = client.post(path, {"message": "My knee hurts."})
    assert "no-store" in typed.headers["Cache-Control"]


@every_address
def test_robots_are_kept_from_what_is_private_and_from_nothing_else(client, name):
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())
    path = path_of(name)

    response = client.get(path)

    if name in PUBLIC:
        assert robots.can_fetch("*", path)
        assert name in NOT_FOUND or "noindex" not in response.get("X-Robots-Tag", "")
    else:
        asks_who = response.status_code == 302 and "/admin/login/" in response.url
        assert asks_who or not robots.can_fetch("*", path)


# A sheet of paper is found through the page that it belongs to, and a list of pages is none itself.
NOT_FOUND = {"routines:handout", "sitemap", "sitemap_section"}


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_visitor_gets_no_cookie(client, name):
    assert dict(client.get(path_of(name)).cookies) == {}


def test_a_cookie_of_staff_is_for_this_site_alone_and_out_of_reach_of_scripts(
    client, staff
):
    form = client.get(reverse("admin:login"), secure=True)
    fields = {"username": "admin", "password": "a-password-for-tests"}
    token = form.cookies["csrftoken"].value

    signed_in = client.post(
        reverse("admin:login"),
        fields | {"csrfmiddlewaretoken": token},
        secure=True,
        headers={"referer": "https://testserver/admin/login/"},
    )

    told = client.post(path_of("admin:bookings_booking_calendar"), secure=True)
    cookies = {**form.cookies, **signed_in.cookies, **told.cookies}
    device = cookie_name("admin")
    assert {*cookies} == {"csrftoken", "sessionid", "messages", device, LAST}
    for cookie in cookies.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["domain"] == ""
    assert 29 * 60 <= signed_in.cookies["sessionid"]["max-age"] <= 30 * 60
    assert signed_in.cookies[device]["path"] == "/admin/"


def test_what_is_asked_for_in_the_open_is_led_to_where_nobody_listens(client, settings):
    cache.clear()
    settings.SECURE_SSL_REDIRECT = kneecare.settings.SECURE_SSL_REDIRECT

    assert client.get("/book/?x=1").url == "https://testserver/book/?x=1"
    assert client.get("/healthz").status_code == 200
