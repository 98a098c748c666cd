"""Two editors in one page: each save counts, and what one deletes the other may still hold in a form.

``parts`` maps each kind of row that a page is made of to the way up to it, as a query says it; ``posted`` maps kinds of
parts to the ids that an editor's form holds.
"""

from kneecare.publishing.snapshots import put_parts_back


def note_save(page, *, by, has_changed):
    """Count the save of a working copy that has changed."""
    if has_changed or not page.saved_by_id:
        page.count_save(by=by)
        page.save(update_fields=["revision", "saved_by", "saved_at"])


def bring_back(page, parts, posted):
    """Store again the parts of ``page`` among ``posted`` that somebody has deleted since, as they were kept last.

    Each comes with the parts below it. Returns by kind the ids of those that cannot come back.
    """
    gone = {}
    for model, ids in posted.items():
        there = set(_ids(model, pk__in=ids))
        if not _is_taken(page, model, parts[model]):
            for pk in ids - there:
                put_parts_back(_last_kept(page, parts, model, pk), parts, page)
        gone[model] = ids - set(_ids(model, pk__in=ids))
    return gone


def make_room(page, parts, posted):
    """Delete what another editor has put where a page has but one part of a kind, and ``posted`` holds another."""
    for model, ids in posted.items():
        if _is_single(model, parts[model]):
            drop_others(page, parts, {model: ids})


def drop_others(page, parts, kept):
    """Delete the parts of ``page`` that are not in ``kept``, which maps kinds of parts to ids."""
    for model, ids in kept.items():
        others = model._base_manager.filter(**{parts[model]: page})
        others.exclude(pk__in=ids).delete()


def _is_single(model, way):
    return model._meta.get_field(way).one_to_one


def _is_taken(page, model, way):
    return _is_single(model, way) and bool(_ids(model, **{way: page}))


def _ids(model, **those):
    return model._base_manager.filter(**those).values_list("pk", flat=True)


def _last_kept(page, parts, model, pk):
    """A part and those below it as the last version that had it holds them, or ``[]``."""
    for source in page.versions.values_list("source", flat=True):
        kept = source.get("parts", [])
        for part in kept:
            if (part["model"], part["pk"]) == (model._meta.label_lower, pk):
                return [part, *_below(kept, parts, model, pk)]
    return []


def _below(kept, parts, model, pk):
    links = {
        below._meta.label_lower: way.partition("__")[0]
        for below, way in parts.items()
        if "__" in way
        and below._meta.get_field(way.partition("__")[0]).related_model is model
    }
    return [
        part
        for part in kept
        if part["model"] in links and part["fields"][links[part["model"]]] == pk
    ]
