"""Who reads wishes, and reads and writes notes: those who answer requests."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

ANSWERING = ["Front desk", "Clinicians"]
CODENAMES = ["view_callwish", "view_bookingnote", "add_bookingnote"]


def allow(apps, schema_editor):
    # Django makes permissions after the last migration; the groups need them now.
    create_permissions(installed.get_app_config("bookings"), verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects
    bookings = permissions.filter(content_type__app_label="bookings")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ANSWERING):
        group.permissions.add(*bookings.filter(codename__in=CODENAMES))


class Migration(migrations.Migration):
    dependencies = [
        ("kneecare", "0005_what_came_after_the_groups"),
        ("bookings", "0004_calls_call_backs"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
