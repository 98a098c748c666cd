"""Which files of videos stored versions keep, of whatever kind of page. Pictures are linked by themselves."""

from django.apps import apps

from kneecare.media.registry import keeps_files
from kneecare.publishing.models import VersionFile


@keeps_files
def of_versions():
    kinds = [each for each in apps.get_models() if issubclass(each, VersionFile)]
    return [kind._base_manager.all() for kind in kinds]
