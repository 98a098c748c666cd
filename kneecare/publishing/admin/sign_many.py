"""Many live pages signed at once by one clinician: each is listed with its sources beside it, and signed as it was listed."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.template.response import TemplateResponse

from kneecare.core.admin.ask_first import SURE, is_sure
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.publish import show_signature
from kneecare.publishing.reviews import requests
from kneecare.publishing.reviews.signatures import sign, signer_of


def sign_many(admin: Any, request: Any, queryset: Any) -> TemplateResponse | None:
    """Sign what patients read of the chosen pages; before that, the page that shows what it is."""
    pages = [page for page in queryset if page.is_published]
    if not is_sure(request):
        return _list_of(admin, request, pages)
    for page in pages:
        try:
            _sign(request, page)
        except Refused as refusal:
            admin.message_user(request, f"“{page}”: {refusal}", messages.WARNING)
        else:
            admin.message_user(request, f"“{page}” is signed.", messages.SUCCESS)
    return None


@transaction.atomic
def _sign(request: Any, page: Any) -> None:
    """Raises ``Refused`` where it is not as it was listed any more."""
    seen = request.POST.get(f"seen-{page.pk}", "")
    signature = sign(page.live_version.to_sign(), by=request.user, seen=seen)
    requests.settle(page, by=signature.clinician)
    show_signature(page, by=request.user)


def _list_of(admin: Any, request: Any, pages: list[Any]) -> TemplateResponse:
    context = {
        **admin.admin_site.each_context(request),
        "title": f"Sign as {signer_of(request.user)}",
        "opts": admin.model._meta,
        "rows": [_row(page) for page in pages],
        "checkbox": ACTION_CHECKBOX_NAME,
        "sure": SURE,
        "list_url": admin_url(admin.model, "changelist"),
    }
    return TemplateResponse(request, "admin/versions/sign_many.html", context)


def _row(page: Any) -> dict[str, Any]:
    live = page.live_version
    return {
        "page": page,
        "title": live.title,
        "digest": live.to_sign().digest,
        "sources": live.sources(),
    }
