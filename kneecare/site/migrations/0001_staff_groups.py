"""The four kinds of staff and what each may do, in one place. Later changes to a group are the clinic's."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.models import Q

PICTURES = ["media.view_picture", "media.view_rendition"]
SEARCH = ["search.promotedpage", "search.synonymgroup"]
ABOUT_US = ["clinic.clinic", "clinic.clinician", "clinic.program", "clinic.sociallink"]
HANDOUTS = ["exercises.handout", "exercises.handoutitem", "exercises.handoutversion"]
# The owner's alone: who there is, whose name stands under pages.
PEOPLE = ["clinic.add_clinician", "clinic.delete_clinician"]
# And: how long what patients wrote is kept, what they agree to, how many requests are taken.
SETTINGS = ["bookings.change_callsettings", "bookings.add_callsettings"]
# A clinician's alone, of whoever has it: see kneecare/publishing/reviews/signatures.py.
SIGN = "publishing.add_signature"
# An app, a model of it, or one permission; and what of that the group does not get.
GROUPS = {
    "Editors": {
        "all": [
            *["articles", "exercises", *SEARCH, *ABOUT_US, *PICTURES],
            *["clinic.view_helplevel", "publishing.view_reviewreminder"],
        ],
        # Handouts hold words to one patient.
        "but": [*HANDOUTS, *PEOPLE],
    },
    "Front desk": {
        "all": [
            *["bookings", "clinic.view_helplevel", "publishing.view_reviewreminder"],
            *[f"clinic.view_{name.removeprefix('clinic.')}" for name in ABOUT_US],
        ],
        "but": SETTINGS,
    },
    "Clinicians": {
        "all": [
            *["articles", "exercises", "bookings", "clinic"],
            *["publishing.reviewreminder", SIGN, *SEARCH, *PICTURES],
        ],
        "but": [*SETTINGS, *PEOPLE],
    },
    "Owners": {
        "all": [
            *["accounts", "articles", "audit", "auth", "bookings", "clinic"],
            *["exercises", "media", "publishing", "search"],
        ],
        "but": [SIGN],
    },
}


def make_groups(apps, schema_editor):
    # Django makes permissions after the last migration; the groups need them now.
    for config in installed.get_app_configs():
        create_permissions(config, verbosity=0, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects
    for name, rules in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        given = permissions.filter(_any_of(rules["all"]))
        group.permissions.set(given.exclude(_any_of(rules["but"])))


def _any_of(names):
    found = Q(pk__in=[])
    for name in names:
        label, _, rest = name.partition(".")
        inside = Q(content_type__model=rest) | Q(codename=rest) if rest else Q()
        found |= Q(content_type__app_label=label) & inside
    return found


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("accounts", "0001_initial"),
        ("audit", "0001_initial"),
        ("media", "0001_initial"),
        ("publishing", "0002_signatures_are_written_once"),
        ("search", "0002_full_text_and_first_synonyms"),
        ("clinic", "0001_initial"),
        ("exercises", "0001_initial"),
        ("articles", "0001_initial"),
        ("bookings", "0001_initial"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
