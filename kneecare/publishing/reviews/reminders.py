"""Which pages are due for a clinical review again, and telling their reviewers, once for each due date."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from kneecare.core.admin.urls import admin_url
from kneecare.core.structured_data import absolute
from kneecare.publishing.models import ReviewReminder, versioned_models

logger = logging.getLogger(__name__)

SOON = timedelta(days=30)


def due_pages(today: date, models: list[Any] | None = None) -> list[Any]:
    """Published pages whose review is overdue or due within ``SOON``, the longest overdue first."""
    chosen = versioned_models() if models is None else models
    pages = [page for model in chosen for page in model.objects.due_by(today + SOON)]
    return sorted(pages, key=lambda page: (page.live_version.review_by, page.title))


def is_renewed(page: Any) -> bool:
    """Whether the draft names a later day already, and only has to be published."""
    return page.review_by is not None and bool(
        page.review_by > page.live_version.review_by
    )


def remind(clinic: Any) -> None:
    """Mail each reviewer the pages that are newly due, on the clinic's clock and in its name.

    Several workers may do so: each page is told by one.
    """
    by_reviewer: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
    for page in due_pages(clinic.today):
        reviewer = page.live_version.reviewer
        if not reviewer or not reviewer.reminder_email or is_renewed(page):
            continue
        if reminder := ReviewReminder.objects.claim(_reminder(page).pk):
            by_reviewer[reviewer].append((page, reminder))
    for reviewer, claimed in by_reviewer.items():
        pages, reminders = zip(*claimed, strict=True)
        _send(_message(clinic, reviewer, pages), reminders)


def _reminder(page: Any) -> ReviewReminder:
    reminder, _ = ReviewReminder.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(page),
        object_id=page.pk,
        due_on=page.live_version.review_by,
        defaults={"clinician": page.live_version.reviewer},
    )
    return reminder


def _send(message: EmailMessage, reminders: Iterable[Any]) -> None:
    try:
        message.send()
    except Exception as error:
        logger.exception("A review reminder could not be sent.")
        for reminder in reminders:
            reminder.try_later(type(error).__name__)
    else:
        with transaction.atomic():
            for reminder in reminders:
                reminder.settle(sent_at=timezone.now(), last_error="")


def _message(clinic: Any, reviewer: Any, pages: Iterable[Any]) -> EmailMessage:
    context = {
        "clinic": clinic,
        "reviewer": reviewer,
        "pages": [
            {
                "title": page.live_version.title,
                "due_on": page.live_version.review_by,
                "is_overdue": page.live_version.review_by < clinic.today,
                "url": absolute(admin_url(page)),
            }
            for page in pages
        ],
    }
    subject = render_to_string("emails/review_due_subject.txt", context)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string("emails/review_due.txt", context),
        to=[reviewer.reminder_email],
        reply_to=[clinic.email] if clinic.email else None,
        headers={"Auto-Submitted": "auto-generated"},
    )
