"""Junk sent to the pages of one's own account is a refusal, as everywhere."""

import base64
import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_guessed")]
P = "/admin/account/"


@pytest.fixture
def strict():
    return Client(raise_request_exception=False)


def test_a_host_that_is_not_ours_is_refused(strict):
    assert strict.get(f"{P}link/", HTTP_HOST="evil.example").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        *["?x=%00", "%00/", "link/%00/%00/", "link/%00/", "link/sent/?x=%00"],
        *["link/NA/set-password/?a=%00", "invited/%00/x/", "signed-out/?next=%00"],
        *["second-step/%00/", "sessions/%00/end/"],
    ],
)
def test_a_letter_that_no_text_holds_is_refused(strict, path):
    assert strict.get(P + path).status_code in (400, 404)


@pytest.mark.parametrize("charset", ["utf-7", "latin-1"])
def test_a_form_in_letters_that_nobody_knows_is_refused(staff_client, charset):
    staff_client.raise_request_exception = False
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    answer = staff_client.post(f"{P}second-step/", b"a=b", content_type=kind)

    assert answer.status_code in (400, 415)


WHOLE = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "response": {
        "clientDataJSON": "e30",
        "authenticatorData": "AAAA",
        "signature": "AAAA",
        "userHandle": "MQ",
    },
    "clientExtensionResults": {},
}
NESTED = base64.urlsafe_b64encode(b"[" * 20_000).decode().rstrip("=")


@pytest.mark.parametrize("path", ["passkey/", "second-step/passkeys/add/"])
@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{",
        "[" * 20_000,
        '{"a":' * 3_000 + "1" + "}" * 3_000,
        "9" * 5_000,
        *map(
            json.dumps,
            [
                None,
                7,
                [],
                {},
                {"id": "x"},
                {"id": "x", "rawId": 5},
                WHOLE,
                WHOLE | {"id": "BBBB"},
                WHOLE | {"rawId": None},
                WHOLE | {"type": []},
                WHOLE | {"response": 5},
                WHOLE | {"response": {}},
                WHOLE | {"response": {**WHOLE["response"], "userHandle": 5}},
                WHOLE | {"response": {**WHOLE["response"], "userHandle": "////"}},
                WHOLE | {"response": {**WHOLE["response"], "clientDataJSON": NESTED}},
                WHOLE | {"clientExtensionResults": 5},
                WHOLE | {"clientExtensionResults": None},
                WHOLE | {"x": "y" * 30_000},
            ],
        ),
    ],
    ids=lambda text: text[:40],
)
def test_what_no_passkey_says_is_refused(staff_client, strict, path, credential):
    client = strict if path == "passkey/" else staff_client
    client.raise_request_exception = False
    client.get(P + path)

    answer = client.post(P + path, {"credential": credential, "name": "Mine"})

    assert answer.status_code == 200
    assert not Authenticator.objects.exists()
