"""Sending text messages: into files of the data folder, or by a provider that speaks as Twilio does."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare

from kneecare.core.environment import refuse
from kneecare.core.outbound.guarded_client import answer_of

DEADLINE = 15  # seconds
LONGEST_ANSWER = 10_000  # bytes
BAD_REQUEST = 400


class TextRefused(ValueError):
    """The provider will never send this one: the number is wrong, or does not want it."""

    def __init__(self, code: object) -> None:
        super().__init__("refused")
        self.code = code


class TextNotTaken(ConnectionError):
    """The provider did not take it now; it may later."""

    def __init__(self, code: object) -> None:
        super().__init__("not taken")
        self.code = code


@dataclass(frozen=True)
class Twilio:
    """An account at Twilio, or at somebody who speaks as it does."""

    host: str
    account: str
    token: str
    sender: str

    def send(self, to: str, words: str) -> None:
        """Raises ``TextRefused`` where trying again is of no use, ``TextNotTaken`` or ``OSError`` where it may be."""
        url = f"https://{self.host}/2010-04-01/Accounts/{self.account}/Messages.json"
        pair = f"{self.account}:{self.token}".encode()
        headers = {
            "Authorization": f"Basic {base64.b64encode(pair).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        body = urlencode({"To": to, "From": self.sender, "Body": words}).encode()
        with answer_of(
            "POST", url, headers=headers, deadline=DEADLINE, body=body
        ) as answer:
            self._read(answer)

    def _read(self, answer: HTTPResponse) -> None:
        if answer.status in (200, 201):
            return
        if answer.status == BAD_REQUEST:
            raise TextRefused(_code(answer.read(LONGEST_ANSWER)) or BAD_REQUEST)
        raise TextNotTaken(answer.status)

    def signature(self, url: str, fields: Iterable[tuple[str, str]]) -> str:
        """What Twilio's header ``X-Twilio-Signature`` holds for a form that it posts to ``url``."""
        told = url + "".join(name + value for name, value in sorted(fields))
        digest = hmac.new(self.token.encode(), told.encode(), hashlib.sha1).digest()
        return base64.b64encode(digest).decode()

    def has_signed(
        self, signature: str, url: str, fields: Iterable[tuple[str, str]]
    ) -> bool:
        return constant_time_compare(signature, self.signature(url, fields))


def read_url(url: str) -> Twilio | None:
    """What ``SMS_URL`` stands for, such as twilio://ACCOUNT:TOKEN@api.twilio.com/+16025550100; None for files."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        found = [parts.hostname, parts.username, parts.password, parts.path.strip("/")]
    except ValueError:
        found = [None]
    if not all(found) or parts.scheme != "twilio":
        refuse("SMS_URL", "has to look like twilio://ACCOUNT:TOKEN@api.twilio.com/+16025550100.")  # fmt: skip
    return Twilio(*(unquote(str(part)) for part in found))


def send_text(to: str, words: str) -> None:
    """Send ``words`` to the number ``to``, in international form. Raises as ``Twilio.send`` does."""
    if settings.SMS:
        settings.SMS.send(to, words)
        return
    folder = Path(settings.SMS_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex}.log"
    (folder / name).write_text(f"To: {to}\n\n{words}\n")


def _code(body: bytes) -> object:
    try:
        told = json.loads(body)
    except ValueError:
        return None
    code = told.get("code") if isinstance(told, dict) else None
    return code if isinstance(code, int) else None
