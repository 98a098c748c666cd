"""The history of a page that is published by freezing: its versions, what changed between any two, and the way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst

from kneecare.clinic.clock import on_clinic_clock
from kneecare.core.identifiers import parse_id
from kneecare.publishing.admin.object_views import OwnPages, address
from kneecare.publishing.exceptions import Refused

PER_PAGE = 50
NOW = "now"


class VersionPages(OwnPages):
    """An admin of rows with ``versions``. What is to be filled in by each kind of page raises here."""

    pages = {
        "compare/": "compare",
        "versions/<int:version_pk>/": "look",
        "versions/<int:version_pk>/restore/": "restore",
    }

    def listed_versions(self, row):
        """The versions that the history shows, newest first: of a save that was published, the numbered one alone."""
        made = row.versions.filter(
            number__isnull=False, revision=OuterRef("revision"), revision__gt=0
        )
        shown = Q(number__isnull=False) | ~Exists(made)
        return row.versions.filter(shown).order_by("-made_at", "-pk")

    def difference(self, row, old, new):
        """What stands on the page that compares two versions; ``None`` is the working copy. ``rows`` or ``parts``."""
        raise NotImplementedError

    def preview(self, request, row, version, note):
        """The page as patients read, or would have read, that version."""
        raise NotImplementedError

    def bring_back(self, version, *, by):
        """Put the version into the working copy; return the names of what is gone meanwhile. Raises ``Refused``."""
        raise NotImplementedError

    def happenings(self, row):
        """More for the history: ``events``, each with a time and a person, and ``plan_words``."""
        return {}

    @on_clinic_clock
    def history_view(self, request, object_id, extra_context=None):
        """In the place of Django's own list of changes, which knows nothing of versions."""
        row = self.get_row(request, parse_id(object_id) or 0)
        pages = Paginator(self.listed_versions(row), PER_PAGE)
        page = pages.get_page(request.GET.get("page"))
        return self.page(
            request, row, "versions/history", page=page, **self.happenings(row)
        )

    def compare(self, request, pk):
        row = self.get_row(request, pk)
        old, new = [_chosen(row, request.GET.get(name)) for name in ["old", "new"]]
        context = {"old": old, "new": new, **self.difference(row, old, new)}
        return self.page(request, row, "versions/compare", **context)

    def look(self, request, pk, version_pk):
        """How a version looks, or looked, to patients."""
        row = self.get_row(request, pk)
        version = get_object_or_404(row.versions, pk=version_pk)
        note = f"{capfirst(version.label)}, from the history. Only staff see this page."
        return self.preview(request, row, version, note)

    def restore(self, request, pk, version_pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = self.get_row(request, pk, to_change=True)
        version = get_object_or_404(row.versions, pk=version_pk)
        try:
            lost = self.bring_back(version, by=request.user)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(address(self.model, "history", pk))
        told = f"The working copy is {version.label} again. Patients read what they read before."
        self.message_user(request, told, messages.SUCCESS)
        if lost:
            gone = f"Left out, as it no longer exists: {', '.join(lost)}."
            self.message_user(request, gone, messages.WARNING)
        return HttpResponseRedirect(address(self.model, "change", pk))


def _chosen(row, name):
    """The version that an address names by its key, or ``None`` for the working copy."""
    if name == NOW:
        return None
    return get_object_or_404(row.versions, pk=parse_id(name))
