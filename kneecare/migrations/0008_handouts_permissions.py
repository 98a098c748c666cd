"""Handouts hold words to one patient: clinicians make and read them, nobody else. Later changes to a group are the clinic's."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

MODELS = ["handout", "handoutitem", "handoutversion"]


def allow(apps, schema_editor):
    # Django makes permissions after the last migration; the groups need them now.
    create_permissions(installed.get_app_config("exercises"), verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects
    handouts = permissions.filter(content_type__app_label="exercises", content_type__model__in=MODELS)
    groups = apps.get_model("auth", "Group").objects
    # On a new site the groups are made when handouts are there already, and given all of the app.
    for group in groups.filter(name="Editors"):
        group.permissions.remove(*handouts)
    for group in groups.filter(name="Clinicians"):
        group.permissions.add(*handouts)


class Migration(migrations.Migration):
    dependencies = [
        ("kneecare", "0007_desk_permissions"),
        ("exercises", "0008_handouts"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
