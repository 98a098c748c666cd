"""What each group may do with the models that came after the groups. Later changes to a group are the clinic's."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT, DESK, BOTH = ["Editors", "Clinicians"], ["Front desk", "Clinicians"], ["Editors", "Front desk", "Clinicians"]
NEW = {
    "articles": CONTENT,
    "exercises": CONTENT,
}


def grant(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    groups = apps.get_model("auth", "Group").objects
    for label, names in NEW.items():
        # Django makes permissions after the last migration; the groups need them now.
        before = set(permissions.filter(content_type__app_label=label).values_list("pk", flat=True))
        create_permissions(installed.get_app_config(label), verbosity=0, apps=apps)
        new = permissions.filter(content_type__app_label=label).exclude(pk__in=before)
        for group in groups.filter(name__in=names):
            group.permissions.add(*new)


class Migration(migrations.Migration):
    dependencies = [
        ("kneecare", "0004_pictures_permissions"),
        ("articles", "0008_pictures"),
        ("exercises", "0007_old_addresses_lead_on"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
