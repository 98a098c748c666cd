"""The three kinds of staff and what each may do. Later changes to a group are the clinic's."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = ["articles", "exercises"]
CLINIC = ["clinic", "clinician", "program", "sociallink"]
GROUPS = ["Editors", "Front desk", "Clinicians"]


def make_groups(apps, schema_editor):
    # Django makes permissions after the last migration; the groups need them now.
    for label in [*CONTENT, "clinic", "bookings"]:
        create_permissions(installed.get_app_config(label), verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects
    content = permissions.filter(content_type__app_label__in=CONTENT)
    clinic = permissions.filter(content_type__app_label="clinic")
    bookings = permissions.filter(content_type__app_label="bookings")
    about_us = clinic.filter(content_type__model__in=CLINIC) | clinic.filter(codename="view_helplevel")
    seen_by_front_desk = clinic.filter(codename__startswith="view_")

    groups = apps.get_model("auth", "Group").objects
    editors, front_desk, clinicians = [groups.get_or_create(name=name)[0] for name in GROUPS]
    editors.permissions.add(*content, *about_us)
    front_desk.permissions.add(*bookings, *seen_by_front_desk)
    clinicians.permissions.add(*content, *clinic, *bookings)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("clinic", "0001_initial"),
        ("exercises", "0001_initial"),
        ("articles", "0001_initial"),
        ("bookings", "0001_initial"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
