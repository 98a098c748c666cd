from typing import Any

from django.contrib import admin

from articles.models import Reference
from kneecare.publishing.admin.formsets import ChildFormSet


class ReferenceInline(admin.StackedInline):
    """The sources of an article, each with the mark that points at it in the text."""

    model = Reference
    formset = ChildFormSet
    extra = 0
    readonly_fields = ["mark"]
    fields = [
        ("position", "mark"),
        "title",
        ("authors", "publisher", "year"),
        ("url", "accessed_on"),
    ]

    def get_queryset(self, request):
        references: Any = super().get_queryset(request)
        return references.numbered()

    @admin.display(description="mark to type in the text")
    def mark(self, reference):
        number = getattr(reference, "number", None)
        return f"[{number}]" if number else "known once it is saved"
