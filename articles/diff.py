"""What changed from one version of an article to another, in words that an editor reads: field by field, part by part."""

import json
from bisect import bisect_left

from django.apps import apps
from django.db.models import Model
from django.utils.text import capfirst

from articles.models import Article
from articles.rendering.embeds import dose_lines
from kneecare.core.text.richtext import RichTextField
from kneecare.publishing.diff import Difference, Formatted, side_by_side

# The order of the parts says it.
UNSAID = {"parent", "article", "region", "ordering", "position"}


def compare(old, new):
    """The ``Difference`` between two versions, either of them perhaps not stored."""
    rows = side_by_side(_article_words(old), _article_words(new))
    changed = [row for row in rows if row["changed"]]
    return Difference(changed, _parts(old, new))


def _parts(old, new):
    before, after = _described(old), _described(new)
    steady = _steady([key for key in after if key in before], list(before))
    parts = []
    for key, part in after.items():
        was = before.get(key, {"words": {}})
        rows = side_by_side(was["words"], part["words"])
        if key not in before:
            change = "added"
        else:
            rows = [row for row in rows if row["changed"]]
            change = "changed" if rows else "same"
        moved = key in before and key not in steady
        parts.append(
            {**part, "change": change, "moved": moved, "rows": rows, "key": key}
        )
    return _with_removed(parts, before)


def _with_removed(parts, before):
    """``parts`` with those that are gone, each after the one that it stood behind."""
    parts, place = list(parts), 0
    for key, part in before.items():
        places = [n for n, each in enumerate(parts) if each["key"] == key]
        if places:
            place = places[0] + 1
            continue
        rows = side_by_side(part["words"], {})
        gone = {**part, "change": "removed", "moved": False, "rows": rows, "key": key}
        parts.insert(place, gone)
        place += 1
    return parts


def _described(version):
    """The parts of ``version`` by what makes each of them the same one in another version."""
    described = {}
    for place, part in enumerate(version.source.get("children", []), start=1):
        model = apps.get_model(part["model"])
        words = _words(model, part["fields"]) | _embedded(version, part["fields"])
        key = part["model"], part["pk"]
        name = capfirst(model._meta.verbose_name)
        described[key] = {"name": name, "place": place, "words": words}
    return described


def _steady(order, before):
    """Those of ``order`` that kept their order: the longest run of them that rises as in ``before``; others moved."""
    places = [before.index(key) for key in order]
    tails: list[int] = []
    chains: list[list] = []
    for place, key in zip(places, order, strict=True):
        at = bisect_left(tails, place)
        chain = [*(chains[at - 1] if at else []), key]
        tails[at:] = [place, *tails[at + 1 :]]
        chains[at:] = [chain, *chains[at + 1 :]]
    return set(chains[-1]) if chains else set()


def _article_words(version):
    return _words(Article, version.source.get("fields", {}))


def _words(model, fields):
    """The values of a row as text, by the names that editors know them by; empty ones left out."""
    said = {}
    for name, value in fields.items():
        field = model._meta.get_field(name)
        if name not in UNSAID and field.editable:
            said[capfirst(field.verbose_name)] = _said(field, value)
    return {label: text for label, text in said.items() if text}


def _embedded(version, fields):
    """What patients read of the exercise or the routine that a part names."""
    for kind, kept in version.embeds.items():
        if data := kept.get(str(fields.get(kind))):
            lines = [data["summary"], *dose_lines(data)]
            return {"As patients read it": "\n".join(lines)}
    return {}


def _said(field, value):
    if value in (None, "", []):
        return ""
    if isinstance(field, RichTextField):
        return Formatted(value)
    if field.is_relation:
        return _named(field.related_model, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return str(value)


def _named(model: type[Model], keys):
    keys = keys if isinstance(keys, list) else [keys]
    rows = model._base_manager.in_bulk(keys)
    return ", ".join(str(rows.get(key, "something that is gone")) for key in keys)
