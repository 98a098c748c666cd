"""Editors and clinicians may say which words mean the same in search. Later changes to a group are the clinic's."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ["Editors", "Clinicians"]


def allow_synonyms(apps, schema_editor):
    # Django makes permissions after the last migration; the groups need them now.
    create_permissions(installed.get_app_config("search"), verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects
    synonyms = permissions.filter(content_type__app_label="search", content_type__model="synonymgroup")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*synonyms)


class Migration(migrations.Migration):
    dependencies = [
        ("kneecare", "0002_gate_permissions"),
        ("search", "0003_first_synonyms"),
    ]
    operations = [migrations.RunPython(allow_synonyms, migrations.RunPython.noop)]
