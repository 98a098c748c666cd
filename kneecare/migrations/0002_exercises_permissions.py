"""Editors and clinicians look after what is new in exercises: progressions, doses in a routine, publications."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def grant(apps, schema_editor):
    create_permissions(installed.get_app_config("exercises"), verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects
    found = permissions.filter(content_type__app_label="exercises")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Clinicians"]):
        group.permissions.add(*found)


class Migration(migrations.Migration):

    dependencies = [
        ("kneecare", "0001_staff_groups"),
        ("exercises", "0006_published_means_frozen"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
