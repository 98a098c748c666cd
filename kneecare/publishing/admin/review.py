"""The page on which a clinician signs what patients read, as themselves, and everybody sees who did."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect

from kneecare.publishing.exceptions import Refused
from kneecare.publishing.models import Signable, Signature
from kneecare.publishing.publish import publish
from kneecare.publishing.signatures import NOT_YOURS, sign, signer_of


def review(admin: Any, request: HttpRequest, page: Any) -> Any:
    """Of the working copy of a page. What is live and signed as it is becomes a version that says so."""
    draft = page.version_model().shown(page)
    if request.method == "POST":
        if _signs(admin, request, draft.to_sign()):
            _tell_patients(admin, request, page, draft.digest)
        return HttpResponseRedirect(request.path)
    preview = f"{page.get_absolute_url()}preview/"
    return show(admin, request, page, draft.to_sign(), look=preview)


def show(
    admin: Any, request: HttpRequest, row: Any, signable: Signable, *, look: str
) -> Any:
    """``look`` is where to see what is signed."""
    context = {
        "signature": Signature.objects.holding(signable).first(),
        "before": Signature.objects.of(row).filter(act=signable.act)[:20],
        "digest": signable.digest,
        "signer": signer_of(request.user),
        "look": look,
    }
    return admin.render_page(request, row, "versions/review", **context)


def _signs(admin: Any, request: HttpRequest, signable: Signable) -> bool:
    """Sign what whoever asks has seen; they are told where it was not signed."""
    try:
        signature = sign(signable, by=request.user, seen=request.POST.get("seen", ""))
    except Refused as refusal:
        admin.message_user(request, str(refusal), messages.WARNING)
        return False
    told = f"Signed as {signature.clinician_name}. It holds until something changes."
    admin.message_user(request, told, messages.SUCCESS)
    return True


def sign_seen(
    admin: Any, request: HttpRequest, signable: Signable
) -> HttpResponseRedirect:
    _signs(admin, request, signable)
    return HttpResponseRedirect(request.path)


def _tell_patients(admin: Any, request: HttpRequest, page: Any, digest: str) -> None:
    """Publish what is live once more, with the signature: the same words, and who checked them."""
    is_live = page.is_published and page.live_version.digest == digest
    if not is_live or not admin.has_change_permission(request, page):
        return
    try:
        publish(page, by=request.user, note="Clinical review.", seen=page.revision)
    except Refused as refusal:
        admin.message_user(request, str(refusal), messages.WARNING)


def warn_of_forgery(admin: Any, request: HttpRequest, names: list[str]) -> None:
    """Tell who sent one of these fields, by which a clinician signs, and is none. Nothing was taken of it."""
    is_sent = any(key.split("-")[-1] in names for key in request.POST)
    if is_sent and signer_of(request.user) is None:
        admin.message_user(request, NOT_YOURS, messages.WARNING)
