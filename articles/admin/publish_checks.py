"""The publish gate on an article's page: the check list, and saying that the clinical review is pending."""

from django.contrib import messages
from django.forms import Script
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from articles import link_checking
from articles.admin.readability import ReadingAdmin
from articles.models import PendingReview
from articles.publish_checks import findings

CHECK_LIST = "#publish-check"


class GateAdmin(ReadingAdmin):
    """Shows the check list of the saved working copy beside the Publish button, anew on each load."""

    class Media:
        css = {"all": ["css/admin/publish-checks.css"]}
        js = [Script("js/field-links.js", type="module")]

    def render_change_form(self, request, context, *args, **kwargs):
        article = kwargs.get("obj")
        if article is not None:
            context["gate"] = self._gate(request, context, article)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.instance.is_reviewed:
            form.instance.pending_reviews.end()
        link_checking.remember(form.instance)

    def response_change(self, request, obj):
        if "_pending" in request.POST:
            PendingReview.objects.say(obj, by=request.user)
        elif "_not_pending" in request.POST:
            obj.pending_reviews.end()
        elif "_check" not in request.POST:
            return super().response_change(request, obj)
        self.message_user(request, "Saved and checked.", messages.SUCCESS)
        return HttpResponseRedirect(request.path + CHECK_LIST)

    def tell_why_not(self, request, article, not_ready):
        """What stopped the publishing of ``article``, with the way to its check list."""
        count = len(not_ready.findings)
        url = reverse("admin:articles_article_change", args=[article.pk]) + CHECK_LIST
        text = format_html(
            "“{}” was not published: {} to mend first. "
            '<a href="{}">See the check list</a>',
            article.title,
            "1 thing" if count == 1 else f"{count} things",
            url,
        )
        self.message_user(request, text, messages.ERROR)

    def _gate(self, request, context, article):
        anchors = Anchors(context.get("inline_admin_formsets", []))
        items = [
            {"finding": finding, "url": finding.url or anchors.of(finding)}
            for finding in findings(article)
        ]
        pending = article.pending_reviews.open().select_related("said_by").first()
        may_change = self.has_change_permission(request, article)
        return {
            "errors": [item for item in items if item["finding"].is_error],
            "advice": [item for item in items if not item["finding"].is_error],
            "pending": pending,
            "may_change": may_change,
            "may_say_pending": may_change and not pending and not article.is_reviewed,
            "reading_url": reverse("admin:articles_article_reading", args=[article.pk]),
        }


class Anchors:
    """Where on the form each row of an article stands."""

    def __init__(self, inline_admin_formsets):
        self.formsets = [each.formset for each in inline_admin_formsets]

    def of(self, finding):
        for formset in self.formsets:
            if finding.field == formset.prefix:
                return f"#{formset.prefix}-group"
            for form in formset.initial_forms:
                if form.instance == finding.row:
                    return f"#id_{form.prefix}-{finding.field}"
        return f"#id_{finding.field}"
