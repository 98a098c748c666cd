"""Published pages from stored bytes, before Django is asked.

A cache inside Django would still pay for the request, the middleware and the compression, which are most of it.
"""

import time
from collections.abc import Iterable, Iterator
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

from kneecare.core.telemetry import answers as telemetry
from kneecare.stored import files, memory, revision
from kneecare.stored.answers import COMPRESS, Answer, Page, is_for_all
from kneecare.stored.asked import encoding_for, key_of
from kneecare.stored.decorators import ASKED

# In the figures and the access log: which page it was, Django's routes alone could say, and they were not asked.
ROUTE = "stored/"


def from_stored(application: WSGIApplication) -> WSGIApplication:
    """Answer what may be stored from what is stored; ``application`` makes it the first time, and all else each time."""

    def answering(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        key = "" if settings.DEBUG else key_of(environ)
        if not key:
            return application(environ, start_response)
        began = time.perf_counter()
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if answer := _stored(key, encoding):
            _tell(answer, environ, time.perf_counter() - began)
            return answer.respond(environ, start_response)
        made = _ask(application, environ, key)
        if isinstance(made, Page):
            body = made.answer(encoding).respond(environ, start_response)
            return KeptWhenSent(body, made)
        start_response(*made.begun)
        return made.response

    return answering


def _stored(key: str, encoding: str) -> Answer | None:
    """The answer that holds now: what this process sent last, or the file, which another may have made since."""
    token, now = revision.current(), time.time()
    for find in (memory.find, files.read):
        answer = find(key, encoding)
        if answer and answer.validity.holds(token, now):
            memory.hold(key, encoding, answer)
            return answer
    return None


def _tell(answer: Answer, environ: WSGIEnvironment, seconds: float) -> None:
    """What Django's middleware does for what Django answers."""
    telemetry.begin(environ)
    status = answer.status_for(environ)
    telemetry.end(environ["REQUEST_METHOD"], ROUTE, status, seconds)


class Passed:
    """An answer that is not to be stored, begun but not sent."""

    def __init__(self, response: Any, begun: list[Any]) -> None:
        self.response, self.begun = response, begun


def _ask(application: WSGIApplication, environ: WSGIEnvironment, key: str) -> Any:
    begun: list[Any] = []
    environ[ASKED] = True
    response: Any = application(environ, lambda *told: begun.extend(told))  # type: ignore[arg-type]
    validity = getattr(response, "validity", None)
    if validity is None or not is_for_all(*begun[:2]):
        return Passed(response, begun)
    try:
        body = b"".join(response)
    finally:
        response.close()
    return Page.of(key, validity, begun[1], body)


class KeptWhenSent:
    """The body of an answer. A server closes it when it has sent it: then, nobody waits any more."""

    def __init__(self, body: Iterable[bytes], page: Page) -> None:
        self.body, self.page = body, page

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.body)

    def close(self) -> None:
        """Keep the page in all encodings, unless something changed while it was made."""
        page = self.page
        if page.validity.holds(revision.current(), time.time()):
            answers = (
                (name, page.again(name, files.read(page.key, name)))
                for name in COMPRESS
            )
            files.write(answers, page.key)
