"""What MDN's HTTP Observatory would give: its rules, for a page, a form, the sign-in and a page of staff.

A hundred points to begin with; bonuses count from ninety on. Being on the browsers' preload list (5) cannot be asked here.
"""

import re

import pytest
from django.test import Client

import kneecare.settings

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content"),
    pytest.mark.same_on_any_database("headers"),
]
HALF_A_YEAR = 15_768_000  # seconds
PRIVATE = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}


def score(response, plain):
    """The points of an answer over HTTPS; ``plain`` is the answer to the same without."""
    found = [
        policy_points(response.headers.get("Content-Security-Policy", "")),
        frame_points(response),
        0 if response.headers.get("X-Content-Type-Options") == "nosniff" else -5,
        5 if response.headers.get("Referrer-Policy") in PRIVATE else -5,
        {"same-origin": 10, "same-site": 10}.get(
            response.headers.get("Cross-Origin-Resource-Policy"), 0
        ),
        hsts_points(response.headers.get("Strict-Transport-Security", "")),
        0 if "Access-Control-Allow-Origin" not in response.headers else -50,
        script_points(response.text),
        cookie_points(response.cookies.values()),
        0 if plain.headers.get("Location", "").startswith("https://") else -20,
    ]
    without = 100 + sum(points for points in found if points < 0)
    return without + (sum(points for points in found if points > 0) if without >= 90 else 0)  # fmt: skip


def policy_points(policy):
    rules = dict(rule.split(maxsplit=1) for rule in policy.split("; ") if " " in rule)
    script = rules.get("script-src", rules.get("default-src", ""))
    style = rules.get("style-src", rules.get("default-src", ""))
    if not policy:
        return -25
    if "'unsafe-eval'" in script:
        return -10
    if re.search(r"'unsafe-inline'|\s(\*|https?:|data:)", f" {script}"):
        return -20
    if "'unsafe-inline'" in style:
        return 0
    return 10 if rules.get("default-src") == "'none'" else 5


def frame_points(response):
    if "frame-ancestors 'none'" in response.headers.get("Content-Security-Policy", ""):
        return 5
    return 0 if response.headers.get("X-Frame-Options") == "DENY" else -20


def hsts_points(header):
    age = re.search(r"max-age=(\d+)", header)
    if not age:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def script_points(html):
    """Subresource integrity: nothing to lose where all scripts are our own."""
    elsewhere = re.findall(r'<script[^>]* src="(?:https?:)?//', html)
    return -50 if elsewhere else 0


def cookie_points(cookies):
    if any(not cookie["secure"] for cookie in cookies):
        return -20
    if any(not cookie["httponly"] for cookie in cookies):
        return -5
    return 5 if cookies and all(cookie["samesite"] for cookie in cookies) else 0


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("/", 130),
        ("/articles/knee-pain-why-it-matters/", 130),
        ("/book/", 130),
        ("/contact/", 130),
        ("/admin/login/", 135),
        ("/admin/account/link/", 135),
        ("/admin/", 130),
        ("/admin/articles/article/1/change/", 130),
        ("/admin/bookings/booking/?when=needs", 130),
        ("/admin/account/", 130),
    ],
)
def test_a_page_gets_130_points_or_more(staff_client, settings, path, least):
    # Read when the first answer is made.
    settings.SECURE_SSL_REDIRECT = kneecare.settings.SECURE_SSL_REDIRECT
    browser = staff_client if path.startswith("/admin/") and least == 130 else Client()

    response, plain = browser.get(path, secure=True), browser.get(path)

    assert response.status_code == 200
    assert score(response, plain) >= least


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'"),
        ("Strict-Transport-Security", "max-age=60"),
        ("Referrer-Policy", "unsafe-url"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("X-Content-Type-Options", ""),
        ("Access-Control-Allow-Origin", "*"),
    ],
)
def test_one_header_that_is_wrong_costs_what_the_rules_say(client, header, value):
    response = client.get("/", secure=True)
    plain = {"Location": "https://testserver/"}
    response.headers[header] = value

    assert score(response, type("Plain", (), {"headers": plain})) < 130
