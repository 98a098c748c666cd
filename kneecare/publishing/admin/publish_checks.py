"""The check list of the saved draft, beside the Publish button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html

from kneecare.core.admin.urls import admin_url
from kneecare.publishing.publish_checks import Finding, NotReady, findings

CHECK_LIST = "#publish-check"


def check_list(
    page: Any, inline_admin_formsets: Any, *, may_change: bool
) -> dict[str, Any]:
    """What the findings in the draft are, and where on the form each is mended."""
    anchors = Anchors(inline_admin_formsets)
    items: list[dict[str, Any]] = [
        {"finding": finding, "url": finding.url or anchors.of(finding)}
        for finding in findings(page)
    ]
    return {
        "errors": [item for item in items if item["finding"].is_error],
        "advice": [item for item in items if not item["finding"].is_error],
        "may_change": may_change,
        "pending": None,
        "may_say_pending": False,
        "reading_url": "",
    }


def tell_not_ready(
    admin: Any, request: HttpRequest, page: Any, refusal: NotReady
) -> None:
    """What stopped the publishing of ``page``, with the way to its check list."""
    count = len(refusal.findings)
    text = format_html(
        '“{}” was not published: {} to mend first. {} <a href="{}">See the check list</a>',
        page.title,
        "1 thing" if count == 1 else f"{count} things",
        refusal.findings[0].text,
        admin_url(admin.model, "change", page.pk) + CHECK_LIST,
    )
    admin.message_user(request, text, messages.ERROR)


class Anchors:
    """Where on the form each row of a page stands."""

    def __init__(self, inline_admin_formsets: Any) -> None:
        self.formsets = [each.formset for each in inline_admin_formsets]

    def of(self, finding: Finding) -> str:
        for formset in self.formsets:
            if finding.field == formset.prefix:
                return f"#{formset.prefix}-group"
            for form in formset.initial_forms:
                if form.instance == finding.row:
                    return f"#id_{form.prefix}-{finding.field}"
        return f"#id_{finding.field}"
