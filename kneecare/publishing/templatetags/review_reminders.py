from datetime import date
from typing import Any

from django import template

from kneecare.core.admin.urls import admin_url
from kneecare.publishing.models import ReviewRequest, versioned_models
from kneecare.publishing.reviews.reminders import due_pages, is_renewed
from kneecare.publishing.reviews.requests import review_url
from kneecare.publishing.reviews.signatures import signer_of

register = template.Library()
WAITING = "published_at__isnull=False&live_version__reviewed_on__isnull=True"


@register.inclusion_tag("admin/_reviews_due.html", takes_context=True)
def review_work_list(context: Any) -> dict[str, Any]:
    """Pages to review that the signed-in member of staff may see, and how many of each kind were never reviewed."""
    user, today = context["request"].user, context["clinic"].today
    models = [model for model in versioned_models() if _may_see(user, model)]
    rows = [_row(page, today) for page in due_pages(today, models)]
    waiting = [_waiting(model) for model in models]
    return {
        "may_see": bool(models),
        "overdue": [row for row in rows if row["is_overdue"]],
        "soon": [row for row in rows if not row["is_overdue"]],
        "never": sum(kind["count"] for kind in waiting),
        "waiting": [kind for kind in waiting if kind["count"]],
    }


def _waiting(model: Any) -> dict[str, Any]:
    """How many published pages of a kind nobody has reviewed, and the list of them, which takes them down in bulk."""
    options, count = model._meta, model.objects.never_reviewed().count()
    return {
        "count": count,
        "kind": options.verbose_name if count == 1 else options.verbose_name_plural,
        "url": f"{admin_url(model, 'changelist')}?{WAITING}",
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


@register.inclusion_tag("admin/_reviews_asked.html", takes_context=True)
def asked_reviews(context: Any) -> dict[str, Any]:
    """What the signed-in clinician is asked to sign, and what came back to whoever is signed in and had asked."""
    user = context["request"].user
    requests = ReviewRequest.objects.prefetch_related("subject")
    signer = signer_of(user)
    mine = requests.open().filter(clinician=signer) if signer else []
    back = requests.sent_back().filter(asked_by=user).select_related("clinician")
    return {"asked": _asked(mine), "sent_back": _asked(back)}


def _asked(requests: Any) -> list[dict[str, Any]]:
    return [
        {"request": each, "url": review_url(each.subject), "of": each.subject}
        for each in requests
        if each.subject is not None
    ]
