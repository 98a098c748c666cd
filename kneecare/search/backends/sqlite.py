"""SQLite: the FTS5 table ``search_fts`` over the stems of the documents, kept by triggers."""

COLUMNS = {
    "title": "{title_stems} : ",
    "lead": "{title_stems summary_stems} : ",
    "whole": "",
}
LOCK = ""  # a transaction that writes is alone from its start


def ids_of(scope, units, exact, every, *, kind, limit):
    asked = [f"({_any(unit.phrases)})" for unit in units]
    if every:
        asked += [_quoted(phrase) for phrase in exact]
    joined = (" AND " if every else " OR ").join(asked)
    sql = "SELECT rowid AS id FROM search_fts WHERE search_fts MATCH %s"
    values = [f"{COLUMNS[scope]}({joined})"]
    if kind:
        sql += " AND rowid IN (SELECT id FROM search_document WHERE kind = %s)"
        values.append(kind)
    return f"{sql} ORDER BY rowid DESC LIMIT {limit}", values


def _any(phrases):
    return " OR ".join(map(_quoted, phrases))


def _quoted(phrase):
    # Stems are letters and digits: nothing in them ends the quotation.
    return f'"{" ".join(phrase)}"'
