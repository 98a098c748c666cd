"""A person's words in every free text column of every model, whatever models there are."""

from django.apps import apps
from django.db import models
from phonenumber_field.modelfields import PhoneNumberField

from exercises.models.dose import StatedDose
from exercises.models.dose_constraints import STATES
from kneecare.publishing.models import Version

APPS = {"kneecare", "articles", "exercises", "bookings"}
KEPT_TO_A_SHAPE = (
    models.SlugField,
    models.URLField,
    models.EmailField,
    models.FileField,
    PhoneNumberField,
)
OURS = "a name that we give, and nobody types"
KEY = "a key that we make"
INDEX = "the index, made of what is published"
# Models and columns in which nobody can put words of their own, each with the reason.
NOT_FREE = {
    "accounts.AccountMail.about": "which device or what changed, in words from a list, or a digest",
    "accounts.AccountMail.message_id": KEY,
    "accounts.SignInThrottle.key": KEY,
    "articles.ArticleEvent.made_by_name": "the account's name, and planted there",
    "articles.ArticleFile.name": OURS,
    "articles.SelfScore.answers": "yes, no or n/a",
    "articles.SelfScore.scores": "numbers",
    "articles.SelfScore.text_digest": KEY,
    "audit.AuditEvent": "written once, with names and references",
    "bookings.Booking.fingerprint": KEY,
    "bookings.Booking.public_id": KEY,
    "bookings.Booking.reference": KEY,
    "bookings.Booking.client_ip_key": KEY,
    "bookings.Booking.email_key": KEY,
    "bookings.Booking.suspicion": "reasons from a list, which the database knows",
    "bookings.Booking.idempotency_key": KEY,
    "bookings.Booking.visitor_zone": "one of the time zones that there are",
    "bookings.Booking.searchable_name": "made of the name",
    "bookings.CalendarFeed.number": KEY,
    "bookings.OutboxMail.recipient_key": KEY,
    "bookings.OutboxMail.message_id": KEY,
    "bookings.OutboxMail.returned_email_key": KEY,
    "bookings.HoldLimit.key": KEY,
    "bookings.TextStop.phone_key": KEY,
    "bookings.Slot.made_for": "one of the time zones that there are",
    "clinic.Clinic.time_zone": "one of the time zones that there are",
    "core.SlugRedirect.kind": OURS,
    "exercises.ExerciseEvent.made_by_name": "the account's name, and planted there",
    "exercises.ExerciseFile.name": OURS,
    "exercises.Handout.code": KEY,
    "exercises.Handout.reference": KEY,
    "exercises.RoutineEvent.made_by_name": "the account's name, and planted there",
    "media.Picture.name": OURS,
    "media.Rendition.format": OURS,
    "media.Rendition.name": OURS,
    "media.Rendition.shape": OURS,
    "exercises.Figure": "a drawing under the hash of it, which the database lets nobody change",
    "publishing.Signature": "written once, with a name and a hash",
    "search.Document": INDEX,
    "search.PromotedPage.url": "an address on this site, which the database knows",
    "search.Spelling": INDEX,
    "search.Word": INDEX,
}
PROSE_IN_JSON = {"label"}


def free_columns():
    """Every column that holds words as somebody typed them, as ``(model, field)``."""
    return [
        (model, field)
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in APPS
        for field in model._meta.concrete_fields
        if _is_free(model, field)
    ]


def plant(words):
    """Write ``words`` into each free column of each row; what is left without a row is given back by name."""
    return [
        f"{model._meta.label}.{field.name}"
        for model, field in free_columns()
        if not sum(
            _write(model, row, field, words) for row in _rows(model, field)
        )
    ]  # fmt: skip


def _is_free(model, field):
    if not isinstance(field, models.CharField | models.TextField | models.JSONField):
        return False
    if isinstance(field, KEPT_TO_A_SHAPE) or field.choices:
        return False
    if issubclass(model, Version):
        return False  # written once, when what was planted is published
    label = model._meta.label
    if field.name == "region" and hasattr(model, "parent"):
        return False  # the part of a page that content-editor puts a block in
    return label not in NOT_FREE and f"{label}.{field.name}" not in NOT_FREE


def _rows(model, field):
    """The rows that may hold words in ``field``: a dose has some only where it states something."""
    rows = model._base_manager.all()
    if not issubclass(model, StatedDose):
        return rows
    if field.name == "as_able":  # in place of a number
        return rows.exclude(as_able="")
    return rows.filter(STATES)


def _write(model, row, field, words):
    value = getattr(row, field.name)
    if isinstance(field, models.JSONField):
        value = _with_words(value, words)
    else:
        # What must be unique ends with the row's key.
        end = f" {row.pk}" if field.unique or field.name == "word" else ""
        value = words[: (field.max_length or 10_000) - len(end)] + end
    return model._base_manager.filter(pk=row.pk).update(**{field.name: value})


def _with_words(value, words):
    if isinstance(value, list):
        return [_with_words(each, words) for each in value]
    if isinstance(value, dict):
        return {
            key: words if key in PROSE_IN_JSON else _with_words(each, words)
            for key, each in value.items()
        }
    return value
