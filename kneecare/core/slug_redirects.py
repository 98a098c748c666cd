"""What a page was called before still leads to it. Only an address that nobody answers is looked up."""

from typing import Any

from django.db.models import QuerySet

from kneecare.core.models import SlugRedirect


def slug_now(page: Any) -> str | None:
    """The slug under which ``page`` stands in the database; nothing for a page that is new."""
    rows = type(page)._default_manager.filter(pk=page.pk)
    slug: str | None = rows.values_list("slug", flat=True).first()
    return slug


def moved(page: Any, *, before: str | None) -> bool:
    """Keep the way to ``page`` from the slug ``before``, which may be ``None``; say whether it moved.

    Whatever led elsewhere from where the page stands now gives way to it. Call it in the transaction that saves.
    """
    known = SlugRedirect.objects.of(type(page))
    known.filter(slug=page.slug).delete()
    if before in (None, page.slug):
        return False
    known.update_or_create(
        slug=before,
        defaults={"page_id": page.pk},
        create_defaults={"kind": page._meta.label_lower, "page_id": page.pk},
    )
    return True


def forget(pages: QuerySet[Any]) -> None:
    """No old address leads to any of ``pages``, which are about to go."""
    ids = pages.values_list("pk", flat=True)
    SlugRedirect.objects.of(pages.model).filter(page_id__in=list(ids)).delete()


def find(pages: QuerySet[Any], slug: str) -> Any:
    """The one of ``pages`` that once had ``slug``, or ``None``, in one query."""
    ids = SlugRedirect.objects.of(pages.model).filter(slug=slug).values("page_id")
    return pages.filter(pk__in=ids).first()
