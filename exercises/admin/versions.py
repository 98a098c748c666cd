"""The history of an exercise or a routine: its versions, what changed between any two, and the way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst

from exercises.comparing import compare
from exercises.page import render_preview
from exercises.refusals import NotRestored
from exercises.restoring import restore
from kneecare.clinic.admin_pages import OwnPages, address
from kneecare.clinic.clock import on_clinic_clock

PER_PAGE = 50
WORKING_COPY = "now"


class Versions(OwnPages):
    pages_folder = "admin/exercises"
    pages_related = ["live"]
    pages = {
        "compare/": "compare",
        "versions/<int:version_pk>/": "look",
        "versions/<int:version_pk>/restore/": "restore",
    }

    @on_clinic_clock
    def history_view(self, request, object_id, extra_context=None):
        """In the place of Django's own list of changes, which knows nothing of versions."""
        pk = int(object_id) if object_id.isascii() and object_id.isdigit() else 0
        row = self.get_row(request, pk)
        versions = row.publications.defer("data", "source").select_related("made_by")
        page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
        return self.page(request, row, "history", page=page, urls=self._urls(row))

    def compare(self, request, pk):
        row = self.get_row(request, pk)
        named = [
            self._chosen(row, request.GET.get(name, "")) for name in ["old", "new"]
        ]
        (old, before), (new, after) = named
        rows = compare(before, after)
        context = {"old": old, "new": new, "rows": rows, "urls": self._urls(row)}
        return self.page(request, row, "compare", **context)

    def look(self, request, pk, version_pk):
        """How a version looks, or looked, to patients."""
        row = self.get_row(request, pk)
        version = get_object_or_404(row.publications, pk=version_pk)
        note = f"{capfirst(version.label)}, from the history. Only staff see this page."
        return render_preview(request, row, version.frozen(), version, note=note)

    def restore(self, request, pk, version_pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = self.get_row(request, pk, to_change=True)
        version = get_object_or_404(row.publications, pk=version_pk)
        try:
            lost = restore(version, by=request.user)
        except NotRestored as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(address(self.model, "history", pk))
        told = f"The working copy is {version.label} again. Patients read what they read before."
        self.message_user(request, told, messages.SUCCESS)
        if lost:
            gone = f"Left out, as it no longer exists: {', '.join(lost)}."
            self.message_user(request, gone, messages.WARNING)
        return HttpResponseRedirect(address(self.model, "change", pk))

    def _chosen(self, row, name):
        """What an address names by its key, or the working copy: a label, and what patients would read."""
        if name == WORKING_COPY:
            return "the working copy", row.frozen()
        if not (name.isascii() and name.isdigit()):
            raise Http404
        version = get_object_or_404(row.publications, pk=int(name))
        return version.label, version.frozen()

    def _urls(self, row):
        names = ["history", "change", "compare"]
        urls = {name: address(self.model, name, row.pk) for name in names}
        return {
            **urls,
            "list": address(self.model, "changelist"),
            "preview": f"{row.get_absolute_url()}preview/",
        }
