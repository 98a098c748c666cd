"""An action on rows that is not easily taken back asks before it acts, as Django does before it deletes."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse

from kneecare.core.admin.urls import admin_url

SURE = "is_sure"


def is_sure(request: Any) -> bool:
    return SURE in request.POST


def ask_first(
    admin: Any,
    request: Any,
    rows: Any,
    *,
    action: str,
    title: str,
    lines: Sequence[str],
    button: str,
) -> TemplateResponse:
    """The page that says what ``action`` would do with ``rows``, with a button that does it."""
    context = {
        **admin.admin_site.each_context(request),
        "title": title,
        "opts": admin.model._meta,
        "rows": rows,
        "lines": lines,
        "button": button,
        "action": action,
        "checkbox": ACTION_CHECKBOX_NAME,
        "sure": SURE,
        "list_url": admin_url(admin.model, "changelist"),
    }
    return TemplateResponse(request, "admin/ask_first.html", context)
