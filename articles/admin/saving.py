"""The second of two editors is told who saved when, and loses nothing."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpResponseRedirect

from articles.models import BLOCKS, PARTS, Article, name_of
from articles.saving import bring_back_blocks, drop_other_blocks, note_save
from kneecare.clinic.clock import moment_words, on_clinic_clock


class ArticleForm(forms.ModelForm):
    """Knows which save of the working copy it was opened on (``seen``), and which it may overwrite."""

    class Meta:
        model = Article
        fields: Any = []  # the admin says which

    @property
    def seen(self):
        return _number(self.data.get("seen")) or self.instance.revision

    @property
    def is_stale(self):
        return bool(self.instance.pk) and self.seen != self.instance.revision

    @property
    def overwrites(self):
        """Whether the editor chose to save over the very state that the message told them of."""
        told = _number(self.data.get("_overwrite"))
        return self.is_stale and told == self.instance.revision

    @property
    def stale_words(self):
        who = name_of(self.instance.saved_by) or "Somebody"
        when = moment_words(self.instance.saved_at)
        return (
            f"{who} saved this article on {when}, after you had opened it. "
            "Yours is not saved yet. All that you typed is still below."
        )

    def clean(self):
        if self.is_stale and not self.overwrites:
            raise forms.ValidationError(self.stale_words, code="saved_meanwhile")
        return super().clean()


class SafeSaving(ModelAdmin):
    form = ArticleForm

    @on_clinic_clock
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """As Django does it; but the form finds blocks again that another editor has deleted meanwhile.

        Where nothing was saved in the end, nothing is left of these.
        """
        save = partial(
            super().changeform_view, request, object_id, form_url, extra_context
        )
        if request.method != "POST" or not object_id:
            return save()
        with transaction.atomic():
            before = transaction.savepoint()
            if article := self.get_object(request, unquote(object_id)):
                bring_back_blocks(article, _posted_blocks(request.POST))
            response = save()
            if hasattr(response, "render"):
                response.render()
                transaction.savepoint_rollback(before)
            return response

    def get_object(self, request, object_id, from_field=None):
        """The article; while one editor saves it, nobody else does."""
        article = super().get_object(request, object_id, from_field)
        if article and request.method == "POST":
            locked = Article.objects.select_for_update(of=("self",))
            article = locked.select_related("saved_by").get(pk=article.pk)
        return article

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        article = form.instance
        if form.overwrites:
            drop_other_blocks(article, _saved_blocks(formsets))
        has_changed = any(each.has_changed() for each in [form, *formsets])
        note_save(article, by=request.user, has_changed=change and has_changed)

    def response_change(self, request, obj):
        if "_overwrite" in request.POST:
            told = "Yours is saved. What it replaced is in the history of the article."
            self.message_user(request, told, messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def render_change_form(self, request, context, *args, **kwargs):
        form, article = context["adminform"].form, context.get("original")
        if article:
            context["seen"] = form.seen
            context["is_stale"] = form.is_stale
            opened = article.publications.filter(revision=form.seen).first()
            context["version_seen"] = opened
        return super().render_change_form(request, context, *args, **kwargs)


def _posted_blocks(data):
    """The ids of the blocks that a form holds, by kind."""
    return {
        model: {
            pk
            for name, value in data.items()
            if name.startswith(f"{_prefix(model)}-") and name.endswith("-id")
            if (pk := _number(value))
        }
        for model in PARTS
    }


def _prefix(model):
    own = f"articles_{model._meta.model_name}_set"
    return (
        own
        if model in BLOCKS
        else model._meta.get_field("article").remote_field.related_name
    )


def _saved_blocks(formsets):
    """The ids of the blocks that stand in saved ``formsets``, by kind."""
    return {
        formset.model: {
            form.instance.pk
            for form in formset.forms
            if form.instance.pk and form not in formset.deleted_forms
        }
        for formset in formsets
        if formset.model in PARTS
    }


def _number(text):
    """``text`` as a whole number that a column can hold, or ``None``."""
    is_number = text and text.isascii() and text.isdigit() and len(text) < 16
    return int(text) if is_number else None
