from itertools import groupby

from django import forms
from django.contrib import admin

from exercises.models import Progression, Tag
from kneecare.publishing.admin.named_by_versions import NamedByVersionsAdmin


class TagsByKind(forms.models.ModelChoiceIterator):
    def __iter__(self):
        for kind, tags in groupby(self.queryset, Tag.get_kind_display):
            yield kind, [self.choice(tag) for tag in tags]


class TagField(forms.ModelMultipleChoiceField):
    """A box to tick for each tag, those of a kind together."""

    iterator = TagsByKind
    widget = forms.CheckboxSelectMultiple


@admin.register(Tag)
class TagAdmin(NamedByVersionsAdmin):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Progression)
class ProgressionAdmin(admin.ModelAdmin):
    """Versions of one movement; each exercise names its own level."""

    list_display = ["title"]
    search_fields = ["title"]
