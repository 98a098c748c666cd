"""The page on which a clinician signs what patients read, as themselves, and everybody sees who did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect

from kneecare.core.admin.urls import admin_url
from kneecare.core.identifiers import parse_id
from kneecare.publishing.admin.history import NOW
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.models import ReviewRequest, Signable, Signature
from kneecare.publishing.publish import show_signature
from kneecare.publishing.reviews import requests
from kneecare.publishing.reviews.signatures import NOT_YOURS, sign, signer_of, take_back

LONGEST_NOTE, MOST = 500, 20
NOT_FOR_YOU = "Whoever may change it asks for its review."
NOBODY = "Nobody with this name can sign this."
GONE = "There is no such signature here."


def review(admin: Any, request: HttpRequest, page: Any) -> Any:
    """Of the working copy of a page. What is live and signed as it is becomes a version that says so."""
    draft = page.version_model().shown(page)
    look = f"{page.get_absolute_url()}preview/"
    return answer(
        *[admin, request, page, draft.to_sign()],
        look=look,
        then=lambda: show_signature(page, by=request.user),
        differs_url=_differs_url(page, draft),
    )


def _differs_url(page: Any, draft: Any) -> str:
    """Where to see how ``draft`` differs from what patients read; empty where it does not, or they read nothing."""
    live = page.live_version
    if not page.is_published or live.digest == draft.digest:
        return ""
    return f"{admin_url(type(page), 'compare', page.pk)}?old={live.pk}&new={NOW}"


def answer(
    admin: Any,
    request: HttpRequest,
    row: Any,
    signable: Signable,
    *,
    look: str,
    then: Callable[[], None] = lambda: None,
    only: Any = None,
    differs_url: str = "",
) -> Any:
    """``look`` is where to see what is signed; ``then`` is done once it is, or once a signature is taken back.

    ``only`` is the clinician who may sign it, where not each may.
    """
    page = ReviewPage(admin, request, row, signable, only)
    if request.method != "POST":
        return page.show(look=look, differs_url=differs_url)
    try:
        with transaction.atomic():
            told = page.do(then)
    except Refused as refusal:
        admin.message_user(request, str(refusal), messages.WARNING)
    else:
        admin.message_user(request, told, messages.SUCCESS)
    return HttpResponseRedirect(request.path)


@dataclass(frozen=True)
class ReviewPage:
    """The page of ``row``, of which ``signable`` is signed; by ``only`` this clinician, or by each."""

    admin: Any
    request: HttpRequest
    row: Any
    signable: Signable
    only: Any = None

    def show(self, **urls: str) -> Any:
        asked = ReviewRequest.objects.of(self.row).select_related("clinician")
        context = {
            "signature": Signature.objects.holding(self.signable).first(),
            "before": self._signatures().select_related("withdrawal", "account")[:MOST],
            "digest": self.signable.digest,
            "signer": self._signer(),
            "only": self.only,
            "asked": asked.open().first(),
            "sent_back": asked.sent_back().first(),
            "clinicians": self._clinicians(),
            **urls,
        }
        return self.admin.render_page(
            self.request, self.row, "versions/review", **context
        )

    def do(self, then: Callable[[], None]) -> str:
        """What a button asks for; returns what is told of it. Raises ``Refused``."""
        typed, user = self.request.POST, self.request.user
        if "ask" in typed:
            return self._ask(parse_id(typed["ask"]), _note(typed, "wish"))
        if "send_back" in typed:
            requests.send_back(self.row, by=user, note=_note(typed, "note"))
            return "Sent back. Whoever asked reads your note."
        if "take_back" in typed:
            signature = self._signatures().filter(pk=parse_id(typed["take_back"]))
            self._take_back(signature.first())
            then()
            return "Taken back. It is said nowhere any more that you have signed this."
        if signer_of(user) and self._signer() is None:
            raise Refused(f"Only {self.only} signs this, who stands behind it.")
        signature = sign(self.signable, by=user, seen=typed.get("seen", ""))
        requests.settle(self.row, by=signature.clinician)
        then()
        return (
            f"Signed as {signature.clinician_name}. It holds until something changes."
        )

    def _ask(self, pk: int | None, wish: str) -> str:
        if not self.admin.has_change_permission(self.request, self.row):
            raise Refused(NOT_FOR_YOU)
        clinician = self._clinicians().filter(pk=pk).first()
        if clinician is None:
            raise Refused(NOBODY)
        requests.ask(self.row, clinician, by=self.request.user, wish=wish)
        return f"{clinician} is asked, on the front page and by mail."

    def _take_back(self, signature: Signature | None) -> None:
        if signature is None:
            raise Refused(GONE)
        take_back(signature, by=self.request.user)

    def _signer(self) -> Any:
        """Whom the signed-in person may sign as, here."""
        signer = signer_of(self.request.user)
        return signer if self.only in (None, signer) else None

    def _signatures(self) -> Any:
        return Signature.objects.of(self.row).filter(act=self.signable.act)

    def _clinicians(self) -> Any:
        """Those who can be asked."""
        clinician: Any = Signature._meta.get_field("clinician").related_model
        able = clinician.objects.who_can_sign()
        return able.filter(pk=self.only.pk) if self.only else able


def _note(typed: Any, name: str) -> str:
    return str(typed.get(name, "")).strip()[:LONGEST_NOTE]


def warn_of_forgery(admin: Any, request: HttpRequest, names: list[str]) -> None:
    """Tell who sent one of these fields, by which a clinician signs, and is none. Nothing was taken of it."""
    is_sent = any(key.split("-")[-1] in names for key in request.POST)
    if is_sent and signer_of(request.user) is None:
        admin.message_user(request, NOT_YOURS, messages.WARNING)
