"""What came with the publish gate: who may score a text, keep the word list, and see how links and mails fared."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

CHANGED = ["plainword", "selfscore", "pendingreview"]
GROUPS = ["Editors", "Clinicians"]


def give(apps, schema_editor):
    # Django makes permissions after the last migration; the groups need them now.
    for label in ["articles", "clinic"]:
        create_permissions(installed.get_app_config(label), verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects
    changed = permissions.filter(content_type__app_label="articles", content_type__model__in=CHANGED)
    links = permissions.filter(codename="view_externallink")
    reminders = permissions.filter(codename="view_reviewreminder")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=[*GROUPS, "Front desk"]):
        group.permissions.add(*reminders)
        if group.name in GROUPS:
            group.permissions.add(*changed, *links)


class Migration(migrations.Migration):
    dependencies = [
        ("kneecare", "0001_staff_groups"),
        ("articles", "0005_gate"),
        ("clinic", "0002_review_reminders"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
