"""Which changes of a table the release before bears: it still serves while ``prepare`` migrates, and a step back runs it again."""

from django.db import connection
from django.db.migrations import operations as ops

# What code that knows nothing of it does not meet, or meets with one rule less.
HARMLESS = (
    ops.CreateModel,
    ops.AddIndex,
    ops.RemoveIndex,
    ops.RenameIndex,
    ops.RemoveConstraint,
    ops.AlterModelOptions,
    ops.AlterModelManagers,
    ops.AlterModelTableComment,
)


def refused(migration, state):
    """What ``migration`` does that the release before it does not bear, in words; ``state`` is that of the models before it."""
    if str(getattr(migration, "contract", "")).strip():
        return []
    found = []
    for operation in migration.operations:
        if why := _why_not(operation, migration.app_label, state):
            found.append(f"{migration}: {operation.describe()}: {why}")
        state = state.clone()
        operation.state_forwards(migration.app_label, state)
    return found


def _why_not(operation, app, state):
    if isinstance(operation, HARMLESS):
        return ""
    if isinstance(operation, ops.AddField):
        return _added(operation.field)
    if isinstance(operation, ops.AlterField):
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        return _altered(before, operation.field)
    if isinstance(operation, ops.SeparateDatabaseAndState):
        whys = [_why_not(each, app, state) for each in operation.database_operations]
        return next(filter(None, whys), "")
    return "the older code may meet it"


def _added(field):
    is_filled = field.null or field.has_db_default() or field.many_to_many
    if is_filled or getattr(field, "generated", False):
        return _narrower(field.unique and not field.null, "unique")
    return "the older code writes rows without it: null=True, or a db_default"


def _altered(before, after):
    longest = before.max_length or 0
    reasons = [
        _narrower(before.null and not after.null, "NOT NULL"),
        _narrower(after.unique and not before.unique, "unique"),
        _narrower(after.max_length and after.max_length < longest, "shorter"),
        _narrower(before.has_db_default() and not after.has_db_default(), "without its db_default"),
        _narrower(_kind(before) != _kind(after), "of another type"),
        _narrower(before.db_column != after.db_column, "another column"),
    ]  # fmt: skip
    return next(filter(None, reasons), "")


def _kind(field):
    """The type of its column, but for its length."""
    return (field.db_type(connection) or "").partition("(")[0]


def _narrower(is_so, words):
    return f"it becomes {words}, which the older code does not know" if is_so else ""
