"""What each database looks words up with, kept by the database itself whenever a document is written; and first synonyms."""

from django.db import migrations

TABLE = "search_document"
COLUMNS = "title_stems, summary_stems, body_stems"


def _values(row):
    return ", ".join(f"{row}.{name}" for name in ["id", *COLUMNS.split(", ")])


FORGET = f"INSERT INTO search_fts (search_fts, rowid, {COLUMNS}) VALUES ('delete', {_values('old')});"
LEARN = f"INSERT INTO search_fts (rowid, {COLUMNS}) VALUES ({_values('new')});"
SQLITE = [
    # The stems are words of ASCII letters and digits: the plain tokenizer takes them as they are.
    f"CREATE VIRTUAL TABLE search_fts USING fts5 ({COLUMNS}, content='{TABLE}', content_rowid='id', tokenize='unicode61')",
    f"CREATE TRIGGER search_fts_insert AFTER INSERT ON {TABLE} BEGIN {LEARN} END",
    f"CREATE TRIGGER search_fts_delete AFTER DELETE ON {TABLE} BEGIN {FORGET} END",
    f"CREATE TRIGGER search_fts_update AFTER UPDATE ON {TABLE} BEGIN {FORGET} {LEARN} END",
]

# No stem is "0", so that no phrase runs from one text into the next.
LEAD = "title_stems || ' 0 ' || summary_stems"
VECTORS = {"title_vector": "title_stems", "lead_vector": LEAD, "whole_vector": f"{LEAD} || ' 0 ' || body_stems"}
POSTGRESQL = [
    statement
    for name, text in VECTORS.items()
    for statement in [
        f"ALTER TABLE {TABLE} ADD COLUMN {name} tsvector GENERATED ALWAYS AS (to_tsvector('simple', {text})) STORED",
        # Without its list of pending entries, which every search would read through.
        f"CREATE INDEX {TABLE}_{name} ON {TABLE} USING gin ({name}) WITH (fastupdate = off)",
    ]
]

STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
UNDO = {
    "sqlite": [
        *(f"DROP TRIGGER search_fts_{event}" for event in ["insert", "delete", "update"]),
        "DROP TABLE search_fts",
    ],
    "postgresql": [f"ALTER TABLE {TABLE} DROP COLUMN {name}" for name in VECTORS],
}


def make(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def undo(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


# From the facts of the first article, and plain dictionary words. Staff change them.
FIRST = [
    ["kneecap", "knee cap", "patella"],
    ["glutes", "buttocks"],
    ["IT band", "iliotibial band", "ITB", "ITBS", "IT band syndrome"],
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
    # Of the starter library: short forms and everyday names of conditions, exercises and what helps.
    ["osteoarthritis", "OA", "arthritis", "arthrosis", "bone on bone"],
    ["patellofemoral pain", "kneecap pain", "PFP", "PFPS", "runner's knee", "anterior knee pain", "cinema knee", "theater knee"],
    ["patellar tendinitis", "patellar tendinopathy", "jumper's knee"],
    ["prepatellar bursitis", "housemaid's knee", "carpet layer's knee"],
    ["pes anserine", "pes anserinus", "goose foot"],
    ["Baker's cyst", "popliteal cyst"],
    ["meniscus tear", "torn cartilage", "cartilage tear"],
    ["ACL", "anterior cruciate ligament", "cruciate"],
    ["MCL", "medial collateral ligament"],
    ["quads", "quadriceps"],
    ["straight-leg raise", "SLR"],
    ["calf raise", "heel raise", "toe raise"],
    ["sit to stand", "chair stand", "chair rise"],
    ["half squat", "mini squat", "partial squat"],
    ["wall squat", "wall sit", "wall slide"],
    ["seated knee extension", "leg extension"],
    ["hamstring curl", "leg curl", "knee curl"],
    ["clamshell", "clam"],
    ["crab walk", "side steps", "lateral band walk"],
    ["walking stick", "cane"],
    ["pain relief", "painkiller", "pain medicine"],
    ["acetaminophen", "paracetamol", "Tylenol"],
    ["injection", "shot"],
    ["scan", "MRI"],
    ["running", "jogging"],
    ["clicking", "grinding", "crunching", "creaking"],
    ["gives way", "buckles", "unstable"],
    ["lump", "bump"],
    ["flare-up", "flare"],
    ["sprain", "strain"],
    ["raise", "elevate"],
    ["steroid", "cortisone"],
    ["RICE method", "PRICE method", "first days after an injury"],
    ["brace", "knee support", "bandage"],
    ["couch to 5K", "C25K", "return to running"],
    ["the same as harm", "hurt and harm", "good pain", "good pain bad pain"],
    ["prepare", "what to ask", "questions to ask"],
    ["joint replacement", "knee replacement", "new knee", "TKR"],
]


def add_synonyms(apps, schema_editor):
    groups = apps.get_model("search", "SynonymGroup").objects
    groups.bulk_create(groups.model(words="\n".join(words)) for words in FIRST)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunPython(make, undo),
        migrations.RunPython(add_synonyms, migrations.RunPython.noop),
    ]
