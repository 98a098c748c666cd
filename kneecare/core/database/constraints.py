"""Which promise of the database a refused row would have broken."""

from typing import Any

from django.db import IntegrityError
from django.db.models import Model, UniqueConstraint


def refused_by(error: IntegrityError, model: type[Model], name: str) -> bool:
    """Whether ``error``, an ``IntegrityError``, came of the unique constraint ``name`` on columns of ``model``.

    Asked of the error and not of the rows: the one that stood in the way may be gone by now. PostgreSQL names the
    constraint, SQLite its columns.
    """
    told = getattr(error.__cause__, "diag", None)
    if told:
        return bool(told.constraint_name == name)
    constraints: Any = model._meta.constraints
    (constraint,) = [each for each in constraints if each.name == name]
    fields: list[Any] = [model._meta.get_field(each) for each in constraint.fields]
    columns = ", ".join(f"{model._meta.db_table}.{field.column}" for field in fields)
    return str(error) == f"UNIQUE constraint failed: {columns}"


def broken_constraint(error: IntegrityError, model: type[Model]) -> Any:
    """The unique constraint of ``model`` that ``error`` came of, or ``None``."""
    constraints: Any = model._meta.constraints
    unique = [each for each in constraints if isinstance(each, UniqueConstraint)]
    return next((each for each in unique if refused_by(error, model, each.name)), None)
