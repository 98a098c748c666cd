"""The rows of an inline formset, as a browser posted them."""

import re

from kneecare.core.identifiers import parse_id

MOST = 2000  # rows: what Django takes at the most


def ids(data, prefix):
    """The ids of the stored rows among them."""
    posted = (
        parse_id(value)
        for name, value in data.items()
        if name.startswith(f"{prefix}-") and name.endswith("-id")
    )
    return {pk for pk in posted if pk}


def is_typed(data, prefix, *but):
    """Whether anything stands in the first row, besides the fields called ``but``."""
    row = f"{prefix}-0-"
    fields = (name for name in data if name.startswith(row) and data[name])
    return any(name.removeprefix(row) not in but for name in fields)


def as_new(data, files, prefix, gone):
    """``data`` and ``files`` in which the rows with the ids ``gone`` are new ones: after the stored ones, with what was typed."""
    stored = range(min(parse_id(data.get(f"{prefix}-INITIAL_FORMS")) or 0, MOST))
    is_gone = {row: parse_id(data.get(f"{prefix}-{row}-id")) in gone for row in stored}
    order = {
        row: place for place, row in enumerate(sorted(stored, key=is_gone.__getitem__))
    }
    data, files = (_renumbered(each, prefix, order) for each in (data, files))
    kept = len(stored) - sum(is_gone.values())
    data[f"{prefix}-INITIAL_FORMS"] = str(kept)
    for row in range(kept, len(stored)):
        data[f"{prefix}-{row}-id"] = ""
    return data, files


def all_new(data, files, links):
    """``data`` and ``files`` of a page that is gone, in which all rows are new ones.

    ``links`` maps the prefix of each formset to the field by which its rows point at the page.
    """
    for prefix, link in links.items():
        data, files = as_new(data, files, prefix, ids(data, prefix))
        for name in list(data):
            if name.startswith(f"{prefix}-") and name.endswith(f"-{link}"):
                data[name] = ""
    return data, files


def _renumbered(values, prefix, order):
    pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,9}})-(.+)")
    renumbered = values.copy()
    renumbered.clear()
    for name in values:
        match = pattern.fullmatch(name)
        row = match and int(match[1])
        place = order.get(row, row)
        kept = f"{prefix}-{place}-{match[2]}" if match else name
        renumbered.setlist(kept, values.getlist(name))
    return renumbered
