"""Saves that nobody would want back any more.

What was made for patients has a number and stays for good. Of all else stays whatever the draft was in the last days,
the last of each day for a year, and what any row still names, such as an event.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone

from kneecare.publishing.models import VersionFile, versioned_models

YEAR = timedelta(days=365)
BATCH = 100  # saves that one transaction deletes


def prune(*, zone: tzinfo, days: int) -> None:
    """Delete the rest, of all pages. Days begin and end in ``zone``; of the last ``days`` all saves stay."""
    now = timezone.now()
    wanted = Wanted(zone, now - timedelta(days=days), (now - YEAR).astimezone(zone))
    for model in versioned_models():
        for pk in list(model._default_manager.values_list("pk", flat=True)):
            while wanted.others(model, pk):
                _delete_some(model, pk, wanted)


def _delete_some(model: Any, pk: int, wanted: "Wanted") -> None:
    """Whoever saves the page, or brings a version of it back, waits or is waited for."""
    with transaction.atomic():
        model._default_manager.select_for_update(of=("self",)).filter(pk=pk).first()
        some = wanted.others(model, pk)[:BATCH]
        model.version_model()._base_manager.filter(pk__in=some).delete()


class Wanted:
    """What to keep: all that the draft was since ``all_since``, and since ``daily_since`` the last of each day."""

    def __init__(
        self, zone: tzinfo, all_since: datetime, daily_since: datetime
    ) -> None:
        self.zone, self.all_since = zone, all_since
        self.first_day = daily_since.date()

    def others(self, model: Any, page: int) -> list[int]:
        """The ids of the versions of a page that are not wanted, oldest first."""
        versions = model.version_model()._base_manager.filter(page=page)
        made = versions.order_by("made_at", "pk").values_list("pk", "made_at", "number")
        named = set(_named(model.version_model(), page))
        return [
            pk
            for (pk, at, number), (_, until, _) in pairwise(made)
            if number is None and pk not in named and not self._is_wanted(at, until)
        ]

    def _is_wanted(self, at: datetime, until: datetime) -> bool:
        """``until`` the next save, the draft was as this one: who opened it then, and saves now, is shown what they saw."""
        if until >= self.all_since:
            return True
        day = self._day(at)
        return day >= self.first_day and day != self._day(until)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


def _named(version: Any, page: int) -> Iterator[int]:
    """The ids of the versions of a page that rows name which are no part of the version itself."""
    for link in version._meta.get_fields(include_hidden=True):
        other = link.related_model
        is_named = link.auto_created and (link.one_to_many or link.one_to_one)
        if is_named and not (
            other._meta.auto_created or issubclass(other, VersionFile)
        ):
            column = link.field.attname
            rows = other._base_manager.filter(**{f"{link.field.name}__page": page})
            yield from rows.values_list(column, flat=True)
