"""The admin of a page that is published by version: saving changes the draft, publishing what patients read."""

from typing import Any

from django.contrib import admin, messages
from django.forms import Script
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format

from kneecare.core.admin.model_admin import (
    EditorAdmin,
    SeenRowsMixin,
    SlugRedirectAdmin,
)
from kneecare.core.admin.urls import admin_url
from kneecare.core.clock import moment_words
from kneecare.core.identifiers import parse_id
from kneecare.publishing.admin import history, schedule
from kneecare.publishing.admin.edit_conflicts import EditConflictMixin
from kneecare.publishing.admin.object_views import (
    ObjectView,
    ObjectViewsMixin,
)
from kneecare.publishing.admin.publish_checks import (
    CHECK_LIST,
    check_list,
    tell_not_ready,
)
from kneecare.publishing.admin.review import review
from kneecare.publishing.admin.sign_many import sign_many
from kneecare.publishing.diff import Difference
from kneecare.publishing.exceptions import EditedMeanwhile, Refused
from kneecare.publishing.publish import publish, take_down
from kneecare.publishing.publish_checks import NotReady
from kneecare.publishing.reviews.signatures import signer_of
from kneecare.publishing.signals import visibility_changed

LONGEST_NOTE = 200
CHANGED = ", changed since"
NOT_YET = "What was changed since waits here until it is published."
REVIEW: Any = (
    "Review",
    {
        "description": "While no clinician has signed it, the page says that the clinical review is pending. They sign on the page “Clinical review”.",
        "fields": ["author", "reviewed", "review_by"],
    },
)
PUBLISHING: Any = ("Publishing", {"fields": ["state", "plans"]})
TOLD = ["state", "plans", "reviewed"]  # in these, and not typed
OBJECT_VIEWS = [
    ObjectView("compare/", history.compare),
    ObjectView("versions/<int:version_pk>/", history.look),
    ObjectView("versions/<int:version_pk>/restore/", history.restore, to_change=True),
    ObjectView("plan/", schedule.schedule, to_change=True),
    ObjectView("review/", review),
]


class VersionedPageAdmin(
    SeenRowsMixin, EditConflictMixin, ObjectViewsMixin, SlugRedirectAdmin, EditorAdmin
):
    """What differs from one kind of page to another raises here."""

    change_form_template = "admin/versions/change_form.html"
    prepopulated_fields = {"slug": ["title"]}
    date_hierarchy = "published_at"
    actions = ["publish_now", "take_down", "sign_selected"]
    object_views = OBJECT_VIEWS
    instead = "Patients have read it, and it is kept. Take it down instead"
    object_views_related = ["live_version", "scheduled_version", "saved_by"]

    class Media:
        css = {"all": ["css/admin/publish-checks.css"]}
        js = [Script("js/field-links.js", type="module")]

    def compare(self, old: Any, new: Any) -> Difference:
        """What changed from one version to another, either of them perhaps not stored."""
        raise NotImplementedError

    def render_version(
        self, request: Any, page: Any, version: Any, note: str
    ) -> HttpResponse:
        """The page as patients read, or would have read, that version."""
        raise NotImplementedError

    def check_list(self, request: Any, page: Any, formsets: Any) -> dict[str, Any]:
        may_change = self.has_change_permission(request, page)
        return check_list(page, formsets, may_change=may_change)

    def state_of(self, page: Any) -> str:
        return str(page.revision)

    def get_queryset(self, request: Any) -> Any:
        """With all that a list shows: Django joins no ``list_select_related`` to what joins something already."""
        shown: Any = self.list_select_related or []
        related = {"live_version", "scheduled_version", *shown}
        return super().get_queryset(request).select_related(*related)

    def get_changeform_initial_data(self, request: Any) -> dict[str, Any]:
        """A clinician who writes is the author, until they choose another."""
        given = super().get_changeform_initial_data(request)
        own = getattr(request.user, "clinician", None)
        return {"author": own.pk, **given} if own else given

    @admin.display(
        boolean=True, description="reviewed", ordering="live_version__reviewed_on"
    )
    def is_reviewed(self, page: Any) -> bool:
        return bool(page.live_version and page.live_version.is_reviewed)

    @admin.display(description="clinical review")
    def reviewed(self, page: Any) -> str:
        """Of the working copy, as it was saved last."""
        signature = page.signature if page and page.pk else None
        if signature is None:
            return "Pending: no clinician has signed it as it stands."
        day = date_format(signature.signed_on, "F j, Y")
        return f"Signed by {signature.clinician} on {day}."

    @admin.display(boolean=True, description="published", ordering="published_at")
    def is_published(self, page: Any) -> bool:
        return bool(page.is_published)

    @admin.display(description="version", ordering="live_version__number")
    def version(self, page: Any) -> Any:
        if not page.live_version:
            return "none yet"
        return f"{page.live_version.number}{CHANGED if _is_changed(page) else ''}"

    @admin.display(description="now")
    def state(self, page: Any) -> str:
        if not page.is_published:
            return f"Patients do not see this {self.opts.verbose_name}."
        since, number = moment_words(page.published_at), page.live_version.number
        told = f"Patients read version {number}. Published on {since}."
        return f"{told} {NOT_YET}" if _is_changed(page) else told

    @admin.display(description="planned")
    def plans(self, page: Any) -> str:
        return schedule.schedule_words(page)

    def view_on_site(self, page: Any) -> str:
        url = page.get_absolute_url()
        return url if page.is_published else f"{url}preview/"

    def history_view(
        self, request: Any, object_id: str, extra_context: Any = None
    ) -> Any:
        page = self.get_row(request, parse_id(object_id) or 0)
        return history.history(self, request, page)

    def get_deleted_objects(self, objs: Any, request: Any) -> Any:
        """A draft takes along what was kept of it; what was ever live is protected, and is taken down instead."""
        rows, counts, missing, protected = super().get_deleted_objects(objs, request)
        kept = {self.model.version_model()._meta.verbose_name}
        return rows, counts, missing - kept, protected

    def render_change_form(
        self, request: Any, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        page = kwargs.get("obj")
        context["has_preview"] = True
        if page is not None:
            formsets = context.get("inline_admin_formsets", [])
            context["check_list"] = self.check_list(request, page, formsets)
            context["schedule_url"] = admin_url(self.model, "schedule", page.pk)
            context["review_url"] = admin_url(page, "review")
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(
        self, request: Any, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        # The slug may be another one.
        visibility_changed.send(self.model, page=form.instance)

    def response_add(
        self, request: Any, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        if "_preview" in request.POST:
            return HttpResponseRedirect(f"{obj.get_absolute_url()}preview/")
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: Any, obj: Any) -> Any:
        if "_publish" in request.POST:
            note = request.POST.get("note", "").strip()[:LONGEST_NOTE]
            self._publish(request, obj, note=note)
            return HttpResponseRedirect(request.path)
        if "_takedown" in request.POST:
            self._take_down(request, obj)
            return HttpResponseRedirect(request.path)
        if "_preview" in request.POST:
            return HttpResponseRedirect(f"{obj.get_absolute_url()}preview/")
        if "_plan" in request.POST:
            plan = admin_url(self.model, "schedule", obj.pk)
            return HttpResponseRedirect(f"{plan}?seen={obj.revision}")
        if "_check" in request.POST:
            return self.lead_to_check_list(request)
        return super().response_change(request, obj)

    def lead_to_check_list(self, request: Any) -> HttpResponse:
        self.message_user(request, "Saved and checked.", messages.SUCCESS)
        return HttpResponseRedirect(request.path + CHECK_LIST)

    @admin.action(description="Publish the selected pages now", permissions=["change"])
    def publish_now(self, request: Any, queryset: Any) -> None:
        for page in self.seen_rows(request, queryset):
            seen = parse_id(self.shown(request, page)) or 0  # 0: no draft
            self._publish(request, page, seen=seen)

    @admin.action(description="Take the selected pages down", permissions=["change"])
    def take_down(self, request: Any, queryset: Any) -> None:
        for page in queryset:
            self._take_down(request, page)

    @admin.action(description="Sign the selected pages …", permissions=["sign"])
    def sign_selected(self, request: Any, queryset: Any) -> Any:
        return sign_many(self, request, queryset)

    def has_sign_permission(self, request: Any) -> bool:
        return signer_of(request.user) is not None

    def _publish(
        self, request: Any, page: Any, *, note: str = "", seen: int | None = None
    ) -> None:
        try:
            version = publish(page, by=request.user, note=note, seen=seen)
        except NotReady as refusal:
            tell_not_ready(self, request, page, refusal)
        except EditedMeanwhile as refusal:
            self.message_user(request, f"“{page}”: {refusal}", messages.WARNING)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            told = f"“{page}”: published as version {version.number}."
            self.message_user(request, told, messages.SUCCESS)

    def _take_down(self, request: Any, page: Any) -> None:
        try:
            take_down(page, by=request.user)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            told = f"“{page}” is taken down. Visitors no longer see it."
            self.message_user(request, told, messages.SUCCESS)


def _is_changed(page: Any) -> bool:
    """Whether the draft was saved with another content after what patients read was made of it."""
    return bool(page.revision != page.live_version.revision)
