"""A row of every model that staff see, beside what the first content holds."""

from datetime import date, time, timedelta

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType

from articles.models import Article, ExternalLink
from bookings.models import Closure, ExtraHours, ReplyTemplate
from kneecare.audit.record import record
from kneecare.media.models import Picture
from kneecare.publishing.models import ReviewReminder
from tests.factories import (
    make_booking,
    make_clinician,
    make_exercise,
    make_external_calendar,
    make_handout,
    make_image_block,
    make_mail,
    make_program,
    make_slot,
    numbers,
)

DAY = date(2090, 1, 2)


def make_picture():
    make_image_block(Article.objects.first())
    return Picture.objects.first()  # the newest


def make_reminder():
    article = Article.objects.first()
    return ReviewReminder.objects.create(
        content_type=ContentType.objects.get_for_model(article),
        object_id=article.pk,
        due_on=DAY + timedelta(days=next(numbers)),
        clinician=article.author,
    )


def make_extra_hours():
    hours = {"starts": time(9), "ends": time(10)}
    return ExtraHours.objects.create(clinician=make_clinician(), day=DAY, **hours)


# For models of which the first content has no row, or none that each page is about.
MAKERS = {
    "auth.User": lambda: get_user_model().objects.create_user(
        f"somebody {next(numbers)}"
    ),
    "media.Picture": make_picture,
    "publishing.ReviewReminder": make_reminder,
    "exercises.Handout": lambda: make_handout(make_exercise()),
    "articles.ExternalLink": lambda: ExternalLink.objects.create(
        url=f"https://x.example/{next(numbers)}"
    ),
    "audit.AuditEvent": lambda: record("exported", subject="Requests"),
    "bookings.Booking": make_booking,
    "bookings.Closure": lambda: Closure.objects.create(first_day=DAY, last_day=DAY),
    "bookings.ExtraHours": make_extra_hours,
    "bookings.ExternalCalendar": make_external_calendar,
    "bookings.OutboxMail": lambda: make_mail(state="failed", last_error="OddError"),
    "bookings.ReplyTemplate": lambda: ReplyTemplate.objects.create(
        title=f"Thanks {next(numbers)}", text="Thank you."
    ),
    "bookings.Slot": make_slot,
    "clinic.Program": make_program,
}
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def row_of(model):
    """A row of ``model`` that its admin shows; with the first content there is one of each."""
    make = MAKERS.get(model._meta.label, model._base_manager.first)
    return make()
