"""Many pages like one that there is: rows alone, as publishing each would take hours."""

from copy import copy

from django.db.models.base import ModelState

FEW, MANY = 10, 1_000


def multiply(page, count):
    """``count`` more pages that are published as ``page`` is, and show what it shows."""
    model, version = type(page), page.live_version
    pages = model.objects.bulk_create(_copies(page, count, live_version=None, published_at=None))  # fmt: skip
    versions = type(version).objects.bulk_create(
        _of(version, each, number) for number, each in enumerate(pages)
    )
    for each, made in zip(pages, versions, strict=True):
        each.live_version, each.published_at = made, page.published_at
    model.objects.bulk_update(pages, ["live_version", "published_at"], batch_size=200)
    for field in type(version)._meta.many_to_many:
        _link(field, version, versions)
    return pages


def _copies(page, count, **fields):
    number = type(page).objects.count()
    for index in range(number, number + count):
        made = _copy(page, **fields)
        made.slug, made.title = f"{page.slug[:60]}-{index}", f"Copy {index}"
        yield made


def _of(version, page, number):
    return _copy(version, page=page, title=f"Copy {number}")


def _copy(row, **fields):
    made = copy(row)
    made.pk, made._state = None, ModelState()
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _link(field, version, versions):
    through, mine, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()  # fmt: skip
    others = through.objects.filter(**{mine: version}).values_list(f"{other}_id", flat=True)  # fmt: skip
    through.objects.bulk_create(
        through(**{f"{mine}_id": each.pk, f"{other}_id": pk})
        for pk in [*others]
        for each in versions
    )
