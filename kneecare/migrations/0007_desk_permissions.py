"""The front desk opens extra hours, and exports requests: the same people as answer them."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

ANSWERING = ["Front desk", "Clinicians"]


def allow(apps, schema_editor):
    # Django makes permissions after the last migration; the groups need them now.
    create_permissions(installed.get_app_config("bookings"), verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects
    bookings = permissions.filter(content_type__app_label="bookings")
    new = bookings.filter(content_type__model="extrahours") | bookings.filter(codename="export_booking")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ANSWERING):
        group.permissions.add(*new)


class Migration(migrations.Migration):
    dependencies = [
        ("kneecare", "0006_calls_permissions"),
        ("bookings", "0005_desk_hours_and_addresses"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
