"""Deleting what cannot be deleted says what to do instead."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.html import format_html

from kneecare.core.admin.urls import admin_url

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

IN_USE = "It stays as long as what stands below names it. Take it out of there first."


class SaysWhatInstead(ModelAdmin):
    """Each admin class of the site becomes one of these as it is registered: see ``ClinicAdminSite``.

    One with an ``instead`` leads to the form of the row, where that is done.
    """

    def get_deleted_objects(self, objs: Any, request: Any) -> Any:
        rows, counts, missing, protected = super().get_deleted_objects(objs, request)
        if protected:
            missing = (
                set()
            )  # no right would help, and the page would tell of these alone
        # No attribute of this class, as it stands before the one that says so.
        instead = getattr(self, "instead", "")
        if protected and instead:
            words = '{}: <a href="{}">{}</a>'
            ways = [format_html(words, instead, admin_url(row), row) for row in objs]
            protected = [*ways, *protected]
        elif protected:
            protected = [IN_USE, *protected]
        return rows, counts, missing, protected
