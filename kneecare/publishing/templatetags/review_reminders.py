from datetime import date
from typing import Any

from django import template

from kneecare.core.admin_urls import admin_url
from kneecare.publishing.models import versioned_models
from kneecare.publishing.review_reminders import due_pages, is_renewed

register = template.Library()


@register.inclusion_tag("admin/_reviews_due.html", takes_context=True)
def review_work_list(context: Any) -> dict[str, Any]:
    """Pages to review that the signed-in member of staff may see, and how many were never reviewed."""
    user, today = context["request"].user, context["clinic"].today
    models = [model for model in versioned_models() if _may_see(user, model)]
    rows = [_row(page, today) for page in due_pages(today, models)]
    return {
        "may_see": bool(models),
        "overdue": [row for row in rows if row["is_overdue"]],
        "soon": [row for row in rows if not row["is_overdue"]],
        "never": sum(model.objects.never_reviewed().count() for model in models),
    }


def _may_see(user: Any, model: Any) -> bool:
    options = model._meta
    return bool(user.has_perm(f"{options.app_label}.view_{options.model_name}"))


def _row(page: Any, today: date) -> dict[str, Any]:
    shown = page.live_version
    return {
        "title": shown.title,
        "url": admin_url(page),
        "kind": page._meta.verbose_name,
        "due_on": shown.review_by,
        "reviewer": shown.reviewer,
        "is_overdue": shown.review_by < today,
        "is_renewed": is_renewed(page),
        "is_told": bool(shown.reviewer and shown.reviewer.reminder_email),
    }
