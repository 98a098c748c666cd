import zoneinfo
from datetime import UTC

from django.db import models
from django.db.models import Subquery

from kneecare.clinic.models import Clinic


class ClinicTimeQuerySet(models.QuerySet):
    def with_zone(self):
        """Attach the clinic's time zone, so that a list can show its times without asking again for each row."""
        zone = Clinic.objects.order_by("pk").values("time_zone")[:1]
        return self.annotate(clinic_zone=Subquery(zone))


class ClinicTimeMixin(models.Model):
    """A row whose times are shown on the clinic's clock."""

    clinic_zone: str | None

    class Meta:
        abstract = True

    @property
    def zone(self):
        """The clinic's zone as ``with_zone()`` read it; UTC before there is a clinic."""
        return zoneinfo.ZoneInfo(self.clinic_zone) if self.clinic_zone else UTC
