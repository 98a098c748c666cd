"""What the apps' admin classes share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from js_asset import Media

from kneecare.core import slug_redirects
from kneecare.core.admin.urls import admin_url
from kneecare.core.text.glyphs import not_drawn
from kneecare.core.text.html import plain_text

MOST_NAMED = 20  # letters
CHANGED = "“{}” was not published, as somebody saved it after you had opened the list. Look at it first."

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:  # takes no argument while it runs
    ModelAdmin = admin.ModelAdmin


class EditorAdmin(ModelAdmin):
    """An admin whose forms hold formatted text: their import map passes the content security policy."""

    class Media:
        js = [Script("js/admin/clean-paste.js", type="module")]

    def render_change_form(
        self, request: Any, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["media"] = Media.from_media(context["media"]).with_nonce(
            request.csp_nonce
        )
        return super().render_change_form(request, context, *args, **kwargs)


class PrintedAdmin(ModelAdmin):
    """For words that are drawn, on paper or in a picture: whoever saves letters that cannot be is told which they are."""

    drawn_fields: list[str] | None = None  # all of them, where None

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: Any
    ) -> None:
        super().save_related(request, form, formsets, change)
        if missing := not_drawn(self._drawn(form, formsets)):
            messages.warning(
                request,
                f"Paper and pictures for shared links cannot show: {' '.join(missing[:MOST_NAMED])} . "
                "There they are left out, or an empty square stands for them. The pages show them.",
            )

    def _drawn(self, form: Any, formsets: Any) -> Iterator[str]:
        """Each text that was typed into the form and its rows."""
        rows = [
            row
            for formset in formsets
            for row in formset.forms
            if row not in formset.deleted_forms
        ]
        for typed in [form, *(rows if self.drawn_fields is None else [])]:
            for name, value in getattr(typed, "cleaned_data", {}).items():
                is_drawn = self.drawn_fields is None or name in self.drawn_fields
                if is_drawn and isinstance(value, str):
                    yield plain_text(value)


class OneRowAdmin(ModelAdmin):
    """For settings of which there is one row: its list leads straight to it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not self.model.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.model.objects.first()
        if row is None:
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(admin_url(row))


class ReadOnlyMixin:
    """For what the site writes down itself: to look at, never to change."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnlyMixin, ModelAdmin):
    pass


class SlugRedirectAdmin(ModelAdmin):
    """For pages with a slug: whoever knows the URL of an old one is led to the new."""

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: Any
    ) -> None:
        before = slug_redirects.slug_now(obj) if change else None
        super().save_model(request, obj, form, change)
        if slug_redirects.moved(obj, before=before):
            messages.info(
                request,
                f"The address has changed. The old one, which ends in {before}, leads to the new one.",
            )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        slug_redirects.forget(self.model.objects.filter(pk=obj.pk))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        slug_redirects.forget(queryset)
        super().delete_queryset(request, queryset)


class SeenRowsMixin(ModelAdmin):
    """A list whose rows carry the state in which it showed them: an action that shows a row to visitors takes no other."""

    def state_of(self, row: Any) -> str:
        """What is another with each save of ``row``."""
        raise NotImplementedError

    def action_checkbox(self, obj: Any) -> SafeString:
        return format_html(
            '{}<input type="hidden" name="seen-{}" value="{}">',
            super().action_checkbox(obj),
            obj.pk,
            self.state_of(obj),
        )

    def shown(self, request: HttpRequest, row: Any) -> str:
        """The state in which the list showed ``row``; "" where it did not."""
        return request.POST.get(f"seen-{row.pk}", "")

    def seen_rows(self, request: HttpRequest, queryset: QuerySet[Any]) -> Iterator[Any]:
        """The rows that the list did show; whoever chose others with them, as on other pages of the list, is told."""
        for row in queryset:
            if self.shown(request, row):
                yield row
                continue
            told = f"“{row}” was not published, as it did not stand on this page of the list. Look at it first."
            self.message_user(request, told, messages.WARNING)


class PublishableAdmin(SeenRowsMixin, SlugRedirectAdmin):
    """Draft and published, told apart and changed from the list."""

    list_filter = ["published_at"]
    prepopulated_fields = {"slug": ["title"]}
    date_hierarchy = "published_at"
    actions = ["publish_now", "take_down"]

    @admin.display(boolean=True, description="published", ordering="published_at")
    def is_published(self, page: Any) -> bool:
        return bool(page.is_published)

    def state_of(self, page: Any) -> str:
        return str(page.updated_at.isoformat())

    @admin.action(description="Publish the selected pages now", permissions=["change"])
    def publish_now(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for page in self.seen_rows(request, queryset.filter(published_at=None)):
            is_as_shown = self.shown(request, page) == self.state_of(page)
            rows = queryset.filter(pk=page.pk, updated_at=page.updated_at)
            if is_as_shown and rows.update(published_at=timezone.now()):
                self.message_user(request, f"“{page}” is published.", messages.SUCCESS)
            else:
                self.message_user(request, CHANGED.format(page), messages.WARNING)

    @admin.action(description="Take the selected pages down", permissions=["change"])
    def take_down(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        count = queryset.exclude(published_at=None).update(published_at=None)
        self.message_user(
            request,
            f"{count} taken down. Visitors no longer see them.",
            messages.SUCCESS,
        )
