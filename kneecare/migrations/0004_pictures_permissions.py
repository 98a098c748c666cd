"""Who works with content sees pictures before they are published, too."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def allow(apps, schema_editor):
    create_permissions(installed.get_app_config("core"), verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="core", codename__in=["view_picture", "view_rendition"]
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Clinicians"]):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("kneecare", "0003_search_permissions"),
        ("core", "0002_pictures"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
