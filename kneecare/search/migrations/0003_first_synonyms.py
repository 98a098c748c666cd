"""The synonyms that a site starts with: from the facts of the first article, and plain dictionary words. Staff change them."""

from django.db import migrations

FIRST = [
    ["kneecap", "knee cap", "patella"],
    ["glutes", "buttocks"],
    ["IT band", "iliotibial band", "ITB"],
    ["calf", "calves"],
    ["tendinitis", "tendonitis"],
    ["pain", "ache", "hurt", "sore"],
    ["swollen", "swelling"],
    ["physical therapy", "physiotherapy", "physio"],
    ["physical therapist", "physiotherapist"],
    ["exercise", "workout"],
    ["foot", "feet"],
    ["tear", "torn"],
    ["surgery", "operation"],
]


def add(apps, schema_editor):
    groups = apps.get_model("search", "SynonymGroup").objects
    groups.bulk_create(groups.model(words="\n".join(words)) for words in FIRST)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
