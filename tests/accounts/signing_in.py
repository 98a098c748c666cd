"""Signing in as a person does, for tests: by the form, with the token that it holds."""

import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

PASSWORD = "a-password-for-tests"
KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
LOGIN = "/admin/login/"


def sign_in(client, username="admin", password=PASSWORD, **fields):
    return client.post(LOGIN, {"username": username, "password": password, **fields})


def from_network(number):
    """A client of a network of its own."""
    return Client(REMOTE_ADDR=f"198.51.{number // 256}.{number % 256}")


def is_signed_in(client):
    return client.get(reverse("account_sessions")).status_code == 200


def with_app(user):
    """Give ``user`` an authenticator app."""
    return TOTP.activate(user, KEY)


def code_now(steps=0, key=KEY):
    """The code that the app shows now, or ``steps`` half minutes later."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + steps))
