"""A migration bears the release before it: expand, migrate, contract. What does not is refused, unless it says why it may."""

from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Q

from tests.migrations.expand_contract import refused

OURS = ("articles", "exercises", "bookings", "kneecare.")
RELEASED = Path(__file__).parent / "first_release.txt"


def of_first_release():
    lines = RELEASED.read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def ours(loader):
    return {
        f"{app}.{name}": migration
        for (app, name), migration in loader.disk_migrations.items()
        if migration.__module__.startswith(OURS)
    }


def test_no_migration_since_the_first_release_breaks_the_release_before_it():
    loader = MigrationLoader(None)
    found = []
    for key, migration in ours(loader).items():
        if key not in of_first_release():
            before = loader.project_state((migration.app_label, migration.name), at_end=False)  # fmt: skip
            found += refused(migration, before)

    assert found == []


def test_the_first_release_names_migrations_that_there_are():
    assert of_first_release() <= ours(MigrationLoader(None)).keys()


def made(*operations, **attributes):
    kind = type("Migration", (migrations.Migration,), {"operations": list(operations), **attributes})  # fmt: skip
    return kind("0003_next", "bookings")


def before():
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=80)),
        ("number", models.IntegerField(null=True)),
        ("size", models.IntegerField(db_default=1)),
    ]
    state.add_model(ModelState("bookings", "Row", fields))
    return state


def add(field):
    return migrations.AddField("row", "new", field)


def alter(name, field):
    return migrations.AlterField("row", name, field)


BREAKS = [
    migrations.RemoveField("row", "name"),
    migrations.RenameField("row", "name", "title"),
    migrations.RenameModel("Row", "Line"),
    migrations.DeleteModel("Row"),
    migrations.AlterModelTable("row", "another"),
    migrations.AlterUniqueTogether("row", {("name", "number")}),
    migrations.AddConstraint("row", models.CheckConstraint(condition=~Q(name=""), name="named")),
    migrations.RunSQL("DROP TABLE bookings_row"),
    migrations.RunPython(migrations.RunPython.noop),
    migrations.SeparateDatabaseAndState(database_operations=[migrations.RunSQL("SELECT 1")]),
    add(models.IntegerField()),
    add(models.IntegerField(default=3)),
    add(models.IntegerField(db_default=3, unique=True)),
    alter("number", models.IntegerField()),
    alter("number", models.IntegerField(default=0)),
    alter("name", models.CharField(max_length=40)),
    alter("name", models.CharField(max_length=80, unique=True)),
    alter("name", models.IntegerField()),
    alter("name", models.CharField(max_length=80, db_column="title")),
    alter("size", models.IntegerField(default=1)),
]  # fmt: skip
BORNE = [
    migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
    migrations.AddIndex("row", models.Index(fields=["name"], name="by_name")),
    migrations.AlterModelOptions("row", {"verbose_name": "line"}),
    add(models.IntegerField(null=True)),
    add(models.IntegerField(db_default=3)),
    add(models.ManyToManyField("bookings.Row")),
    alter("name", models.CharField("title", max_length=80, help_text="New.")),
    alter("name", models.CharField(max_length=120, null=True)),
    alter("number", models.IntegerField(null=True, db_default=0)),
    migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("row", "name")]),
]  # fmt: skip


def said(operation):
    return f"{type(operation).__name__}: {operation.describe()}"


@pytest.mark.parametrize("operation", BREAKS, ids=said)
def test_what_the_older_code_would_meet_is_refused(operation):
    (words,) = refused(made(operation), before())

    assert words.startswith(f"bookings.0003_next: {operation.describe()}: ")


@pytest.mark.parametrize("operation", BREAKS, ids=said)
def test_a_contract_step_says_why_it_may(operation):
    assert refused(made(operation, contract="No code reads it since 1.1."), before()) == []  # fmt: skip
    assert refused(made(operation, contract=" "), before()) != []


@pytest.mark.parametrize("operation", BORNE, ids=said)
def test_what_the_older_code_does_not_meet_passes(operation):
    assert refused(made(operation), before()) == []


def test_each_operation_is_judged_by_what_those_before_it_made():
    new = add(models.IntegerField(null=True))
    narrowed = migrations.AlterField("row", "new", models.IntegerField())

    assert len(refused(made(new, narrowed), before())) == 1


def test_the_first_migration_of_all_would_be_refused_were_it_newer():
    """So that the rules are asked of real migrations, too."""
    loader = MigrationLoader(None)
    key = ("bookings", "0001_initial")

    found = refused(loader.disk_migrations[key], loader.project_state(key, at_end=False))  # fmt: skip

    assert any("constraint" in words for words in found)
