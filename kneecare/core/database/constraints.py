"""Which promise of the database a refused row would have broken."""


def refused_by(error, model, name):
    """Whether ``error``, an ``IntegrityError``, came of the unique constraint ``name`` on columns of ``model``.

    Asked of the error and not of the rows: the one that stood in the way may be gone by now. PostgreSQL names the
    constraint, SQLite its columns.
    """
    told = getattr(error.__cause__, "diag", None)
    if told:
        return told.constraint_name == name
    (constraint,) = [each for each in model._meta.constraints if each.name == name]
    fields = map(model._meta.get_field, constraint.fields)
    columns = ", ".join(f"{model._meta.db_table}.{field.column}" for field in fields)
    return str(error) == f"UNIQUE constraint failed: {columns}"
