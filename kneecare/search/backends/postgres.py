"""PostgreSQL: three generated ``tsvector`` columns of the documents, each with a GIN index."""

COLUMNS = {"title": "title_vector", "lead": "lead_vector", "whole": "whole_vector"}
LOCK = "SELECT pg_advisory_xact_lock(hashtext('kneecare.search'))"


def ids_of(scope, units, exact, every, *, kind, limit):
    asked = [f"({_any(unit.phrases)})" for unit in units]
    if every:
        asked += [_followed(phrase) for phrase in exact]
    joined = (" & " if every else " | ").join(asked)
    sql = f"SELECT id FROM search_document WHERE {COLUMNS[scope]} @@ %s::tsquery"  # noqa: S608 - a name of ours
    values = [joined]
    if kind:
        sql += " AND kind = %s"
        values.append(kind)
    return f"{sql} ORDER BY id DESC LIMIT {limit}", values


def _any(phrases):
    return " | ".join(map(_followed, phrases))


def _followed(phrase):
    # Stems are letters and digits: nothing in them ends the quotation.
    return "(" + " <-> ".join(f"'{stem}'" for stem in phrase) + ")"
