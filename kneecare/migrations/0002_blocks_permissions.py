"""Editors and clinicians may work with the blocks and references that came after the groups."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

MODELS = ["drawingblock", "mythblock", "questionblock", "reference", "stepsblock", "videoblock", "publicationfile"]
GROUPS = ["Editors", "Clinicians"]


def allow(apps, schema_editor):
    # Django makes permissions after the last migration; the groups need them now.
    create_permissions(installed.get_app_config("articles"), verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="articles", content_type__model__in=MODELS
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("kneecare", "0001_staff_groups"),
        ("articles", "0004_blocks"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
