"""Writing the record. It is part of what is done: where it cannot be written, that is not done either."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kneecare.audit.models import AuditEvent
from kneecare.core.http.client_ip import client_ip
from kneecare.core.people import name_of

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class AuditMiddleware:
    """Lets what is written down know who asks, however deep it happens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def record(
    kind: str, *, user: Any = None, subject: str = "", details: str = ""
) -> AuditEvent:
    """Write that ``user``, or else whoever asks, did this; nobody where a command did.

    ``subject`` and ``details`` hold references and names of rights, never a word of a patient's.
    """
    event = _event(kind, user, subject, details)
    event.save(force_insert=True)
    return event


def record_opened(subjects: Iterable[object]) -> None:
    """Write that whoever asks is shown what a patient wrote in each of ``subjects``, told by its reference."""
    record_each(AuditEvent.Kind.OPENED, subjects)


def record_each(kind: str, subjects: Iterable[object]) -> None:
    """Write that whoever asks did this to each of ``subjects``, told by a reference or a title of the clinic's own."""
    events = [_event(kind, None, str(each), "") for each in subjects]
    AuditEvent.objects.bulk_create(events)


def _event(kind: str, user: Any, subject: str, details: str) -> AuditEvent:
    request = _request.get()
    who = user or getattr(request, "user", None)
    known = who if who and who.is_authenticated else None
    return AuditEvent(
        kind=kind,
        account_id=known.pk if known else None,
        account_name=name_of(known),
        subject=_cut("subject", subject),
        details=_cut("details", details),
        client_ip=client_ip(request) if request else "",
    )


def _cut(name: str, text: str) -> str:
    field: Any = AuditEvent._meta.get_field(name)
    return text[: field.max_length]
