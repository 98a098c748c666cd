"""Whom the forms of the admin offer: nobody who has left, and not the starter library, which is nobody."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from kneecare.clinic.models import Clinician
from kneecare.core.identifiers import parse_id

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class OffersWhoWorksHere(ModelAdmin):
    """Each admin class of the site becomes one of these as it is registered: see ``ClinicAdminSite``."""

    def formfield_for_foreignkey(
        self, db_field: Any, request: Any, **kwargs: Any
    ) -> Any:
        if db_field.related_model is Clinician:
            kwargs.setdefault("queryset", self._offered(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _offered(self, field: Any, request: Any) -> Any:
        """Those, and whomever the row of this form names already."""
        match = request.resolver_match
        pk = parse_id(match.kwargs.get("object_id", "")) if match else None
        row = self.model._base_manager.filter(pk=pk).values(field.attname)
        named = Clinician.objects.filter(pk__in=row)
        return Clinician.objects.offered() | named
