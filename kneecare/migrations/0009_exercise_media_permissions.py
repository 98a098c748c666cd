"""Who works with content works with the pictures and videos of an exercise, too."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

NEW = ["exercisepicture", "exercisevideo", "exercisefile"]


def grant(apps, schema_editor):
    # Django makes permissions after the last migration; the groups need them now.
    create_permissions(installed.get_app_config("exercises"), verbosity=0, apps=apps)
    new = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="exercises", content_type__model__in=NEW
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Clinicians"]):
        group.permissions.add(*new)


class Migration(migrations.Migration):
    dependencies = [
        ("kneecare", "0008_handouts_permissions"),
        ("exercises", "0010_pictures_and_videos"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
