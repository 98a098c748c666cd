"""The rows of a page in a form that may be older than the page, as another editor has saved or deleted meanwhile."""

from functools import cached_property
from typing import Any

from django import forms

from kneecare.core.identifiers import parse_id
from kneecare.publishing.snapshots import last_kept

# The stubs leave out what Django's own form sets override.
BaseInlineFormSet: Any = forms.BaseInlineFormSet
NOT_OF_THIS_PAGE = (
    "This came with the form as a part that the page has, and the page has no such part. Nothing is saved. "
    "Copy what you typed, and open the page again."
)


class ChildFormSet(BaseInlineFormSet):  # type: ignore[misc]
    """Nothing that was typed is lost, and nothing is written before the whole form is valid.

    A row that somebody has deleted since stands here as the history kept it last, and is stored again with the form;
    one that cannot come back is a new row, after the stored ones. Where a page has but one row of a kind, what was
    typed goes into the one that it has now.
    """

    may_restore = True  # whether this editor may change rows of this kind

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.restored: dict[int, Any] = {}  # rows that were made again, by their ids

    @cached_property
    def posted(self) -> list[tuple[int, Any]]:
        """The places of the posted rows that were stored once, with what they are now; those that are gone come last."""
        if not self.is_bound or self.save_as_new:
            return []
        count = min(super().initial_form_count(), self.absolute_max)
        rows = [
            (place, self._existing_object(self._id(place))) for place in range(count)
        ]
        return sorted(rows, key=lambda each: each[1] is None)

    def initial_form_count(self) -> int:
        if not self.is_bound:
            return int(super().initial_form_count())
        return sum(row is not None for _, row in self.posted)

    def add_prefix(self, index: Any) -> str:
        is_posted = isinstance(index, int) and index < len(self.posted)
        place = self.posted[index][0] if is_posted else index
        return str(super().add_prefix(place))

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        name = self.model._meta.pk.name
        if not self.is_bound or index is None:
            return
        if index >= self.initial_form_count():
            # A new row has no id, whatever was posted.
            form.fields[name].disabled = True
        elif not self._is_there(self._id(self.posted[index][0])):
            form.fields[name] = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> None:
        """Nobody has saved since, and so nobody has deleted: what the page never had would only double what it has."""
        super().clean()
        unknown = sum(row is None for _, row in self.posted)
        if unknown and self._is_of_this_save:
            first = self.initial_form_count()
            for form in self.forms[first : first + unknown]:
                form.add_error(None, NOT_OF_THIS_PAGE)

    @property
    def _is_of_this_save(self) -> bool:
        return parse_id(self.data.get("seen")) == getattr(self.instance, "revision", 0)

    def save(self, commit: bool = True) -> Any:
        kept = [form for form in self.initial_forms if form not in self.deleted_forms]
        for form in kept:
            if form.instance.pk in self.restored:
                form.instance.save(force_insert=True)
        return super().save(commit)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        is_new = self.is_bound and i >= self.initial_form_count()
        if is_new and self._only_one and form.has_changed():
            form = super()._construct_form(i, **{**kwargs, "instance": self._only_one})
        return form

    def _existing_object(self, pk: Any) -> Any:
        if pk is None or self._is_there(pk) or not self.may_restore:
            return super()._existing_object(pk)
        if self._only_one:
            return self._only_one
        if pk not in self.restored:
            self._make_again(pk)
        return self.restored.get(pk)

    def _make_again(self, pk: int) -> None:
        if row := last_kept(self.instance, self.model, pk):
            row._state.adding = False  # so that who may change rows may bring it back
            self.restored[pk] = row

    def _is_there(self, pk: Any) -> bool:
        return super()._existing_object(pk) is not None

    @cached_property
    def _only_one(self) -> Any:
        """The row that the page has now of a kind of which it has but one."""
        return next(iter(self.get_queryset()), None) if self.fk.unique else None

    def _id(self, place: int) -> int | None:
        name = f"{self.prefix}-{place}-{self.model._meta.pk.name}"
        return parse_id(self.data.get(name))
