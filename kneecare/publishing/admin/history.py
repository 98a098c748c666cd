"""The history of a page: its versions, what changed between any two, and the way back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import (
    HttpRequest,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst

from kneecare.core.admin.urls import admin_url
from kneecare.core.identifiers import parse_id
from kneecare.publishing.admin.schedule import schedule_words
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.restore import restore as restore_version

PER_PAGE = 50
NOW = "now"


def listed_versions(page: Any) -> Any:
    """The versions that the history shows, newest first: of a save that was published, the numbered one alone."""
    made = page.versions.filter(
        number__isnull=False, revision=OuterRef("revision"), revision__gt=0
    )
    shown = page.versions.filter(Q(number__isnull=False) | ~Exists(made))
    ordered = shown.order_by("-made_at", "-pk")
    return ordered.defer("data", "source").prefetch_related("events")


def history(admin: Any, request: HttpRequest, page: Any) -> Any:
    """In the place of Django's own list of changes, which knows nothing of versions."""
    pages = Paginator(listed_versions(page), PER_PAGE)
    return admin.render_page(
        request,
        page,
        "versions/history",
        page=pages.get_page(request.GET.get("page")),
        events=page.events.select_related("version")[:PER_PAGE],
        schedule_words=schedule_words(page),
    )


def compare(admin: Any, request: HttpRequest, page: Any) -> Any:
    old, new = [_chosen(page, request.GET.get(name)) for name in ["old", "new"]]
    draft = None if old and new else page.version_model().of(page)
    found = admin.compare(old or draft, new or draft)
    context = {"old": old, "new": new, "rows": found.rows, "parts": found.parts}
    return admin.render_page(request, page, "versions/compare", **context)


def look(admin: Any, request: HttpRequest, page: Any, version_pk: int) -> Any:
    """How a version looks, or looked, to patients."""
    version = get_object_or_404(page.versions, pk=version_pk)
    note = f"{capfirst(version.label)}, from the history. Only staff see this page."
    return admin.render_version(request, page, version, note)


def restore(admin: Any, request: HttpRequest, page: Any, version_pk: int) -> Any:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    version = get_object_or_404(page.versions, pk=version_pk)
    try:
        lost = restore_version(version, by=request.user)
    except Refused as refusal:
        admin.message_user(request, str(refusal), messages.ERROR)
        return HttpResponseRedirect(admin_url(admin.model, "history", page.pk))
    told = f"The working copy is {version.label} again. Patients read what they read before."
    admin.message_user(request, told, messages.SUCCESS)
    if lost:
        gone = f"Left out, as it no longer exists: {', '.join(lost)}."
        admin.message_user(request, gone, messages.WARNING)
    return HttpResponseRedirect(admin_url(admin.model, "change", page.pk))


def _chosen(page: Any, name: str | None) -> Any:
    """The version that a URL names by its key, or ``None`` for the draft."""
    if name == NOW:
        return None
    return get_object_or_404(page.versions, pk=parse_id(name))
