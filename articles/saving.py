"""Two editors in one article: each save counts, is kept, and knows what it was made upon."""

from django.utils import timezone

from articles.freezing import keep
from articles.models import PARTS
from articles.restoring import put_back


def note_save(article, *, by, has_changed):
    """Count the save of a working copy that has changed, and keep the state that it made."""
    if has_changed or not article.saved_by_id:
        article.revision += 1
        article.saved_by, article.saved_at = by, timezone.now()
        article.save(update_fields=["revision", "saved_by", "saved_at"])
    keep(article, by=by)


def bring_back_blocks(article, posted):
    """Store again the blocks of ``article`` among ``posted`` that somebody has deleted since, as they were kept last.

    ``posted`` maps each kind of block to the ids that an editor's form holds.
    """
    for model in PARTS:
        ids = posted.get(model, set())
        there = model._base_manager.filter(pk__in=ids).values_list("pk", flat=True)
        for pk in ids - set(there):
            put_back(_last_kept(article, model._meta.label_lower, pk), article)


def _last_kept(article, label, pk):
    """``[part]`` as the last version that had it holds it, or ``[]``."""
    for source in article.publications.values_list("source", flat=True):
        for part in source.get("parts", []):
            if (part["model"], part["pk"]) == (label, pk):
                return [part]
    return []


def drop_other_blocks(article, kept):
    """Delete the blocks of ``article`` that are not in ``kept``, which maps each kind of block to its ids."""
    for model, owner in PARTS.items():
        others = model._base_manager.filter(**{owner: article})
        others.exclude(pk__in=kept.get(model, set())).delete()
