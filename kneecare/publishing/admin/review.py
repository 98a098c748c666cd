"""The page on which a clinician signs what patients read, as themselves, and everybody sees who did."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect

from kneecare.core.identifiers import parse_id
from kneecare.publishing import review_requests
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.models import ReviewRequest, Signable, Signature
from kneecare.publishing.publish import publish
from kneecare.publishing.signatures import NOT_YOURS, sign, signer_of

LONGEST_NOTE, MOST = 500, 20
NOT_FOR_YOU = "Whoever may change it asks for its review."
NOBODY = "Nobody with this name can sign."


def review(admin: Any, request: HttpRequest, page: Any) -> Any:
    """Of the working copy of a page. What is live and signed as it is becomes a version that says so."""
    draft = page.version_model().shown(page)
    look = f"{page.get_absolute_url()}preview/"
    return answer(
        *[admin, request, page, draft.to_sign()],
        look=look,
        then=lambda: _tell_patients(admin, request, page, draft.digest),
    )


def answer(
    admin: Any,
    request: HttpRequest,
    row: Any,
    signable: Signable,
    *,
    look: str,
    then: Callable[[], None] = lambda: None,
) -> Any:
    """``look`` is where to see what is signed; ``then`` is done once it is."""
    if request.method != "POST":
        return _show(admin, request, row, signable, look)
    try:
        told = _do(admin, request, row, signable, then)
    except Refused as refusal:
        admin.message_user(request, str(refusal), messages.WARNING)
    else:
        admin.message_user(request, told, messages.SUCCESS)
    return HttpResponseRedirect(request.path)


def _show(
    admin: Any, request: HttpRequest, row: Any, signable: Signable, look: str
) -> Any:
    asked = ReviewRequest.objects.of(row).select_related("clinician")
    context = {
        "signature": Signature.objects.holding(signable).first(),
        "before": Signature.objects.of(row).filter(act=signable.act)[:MOST],
        "digest": signable.digest,
        "signer": signer_of(request.user),
        "asked": asked.open().first(),
        "sent_back": asked.sent_back().first(),
        "clinicians": _clinicians(),
        "look": look,
    }
    return admin.render_page(request, row, "versions/review", **context)


def _do(
    admin: Any, request: HttpRequest, row: Any, signable: Signable, then: Any
) -> str:
    """What a button asks for; what is told of it."""
    typed = request.POST
    if "ask" in typed:
        if not admin.has_change_permission(request, row):
            raise Refused(NOT_FOR_YOU)
        clinician = _clinicians().filter(pk=parse_id(typed["ask"])).first()
        if clinician is None:
            raise Refused(NOBODY)
        review_requests.ask(row, clinician, by=request.user)
        return f"{clinician} is asked, on the front page and by mail."
    if "send_back" in typed:
        note = typed.get("note", "").strip()[:LONGEST_NOTE]
        review_requests.send_back(row, by=request.user, note=note)
        return "Sent back. Whoever asked reads your note."
    signature = sign(signable, by=request.user, seen=typed.get("seen", ""))
    review_requests.settle(row)
    then()
    return f"Signed as {signature.clinician_name}. It holds until something changes."


def _clinicians() -> Any:
    """Those who can be asked."""
    clinician: Any = Signature._meta.get_field("clinician").related_model
    return clinician.objects.who_can_sign()


def _tell_patients(admin: Any, request: HttpRequest, page: Any, digest: str) -> None:
    """Publish what is live once more, with the signature: the same words, and who checked them."""
    is_live = page.is_published and page.live_version.digest == digest
    if not is_live or not admin.has_change_permission(request, page):
        return
    try:
        publish(
            page,
            by=request.user,
            note="Clinical review.",
            seen=page.revision,
            is_live_already=True,
        )
    except Refused as refusal:
        admin.message_user(request, str(refusal), messages.WARNING)


def warn_of_forgery(admin: Any, request: HttpRequest, names: list[str]) -> None:
    """Tell who sent one of these fields, by which a clinician signs, and is none. Nothing was taken of it."""
    is_sent = any(key.split("-")[-1] in names for key in request.POST)
    if is_sent and signer_of(request.user) is None:
        admin.message_user(request, NOT_YOURS, messages.WARNING)
