"""Which files of videos stored versions keep, of whatever kind of page. Pictures are linked by themselves."""

from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from kneecare.media.registry import keeps_files
from kneecare.publishing.models import VersionFile


@keeps_files
def of_versions() -> list[QuerySet[Any]]:
    kinds = [each for each in apps.get_models() if issubclass(each, VersionFile)]
    return [kind._base_manager.all() for kind in kinds]
