"""The columns of a dose: an amount or a few parts in each, which staff type in short."""

from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.query_utils import DeferredAttribute

from exercises.dose.amount import QUANTITIES
from exercises.dose.parsing import Unreadable, amount_of, problem, typed
from exercises.dose.parts import (
    parts_of,
    read_parts,
    read_tempo,
    typed_parts,
    typed_tempo,
)

LONGEST = 200  # letters that somebody may type of one of them


class Coerced(DeferredAttribute):
    """What is given as it is typed is kept as what it means."""

    def __set__(self, instance, value):
        is_expression = hasattr(value, "resolve_expression")
        kept = value if is_expression else self.field.to_python(value)
        instance.__dict__[self.field.attname] = kept


class Key(KeyTransform):
    """One number of an amount: a plain value, and no amount itself."""

    output_field = models.JSONField()


class ShortTextField(forms.CharField):
    """Shows a value as it would be typed, and reads what is typed; ``model_field`` knows how."""

    def __init__(self, *, model_field, **kwargs):
        super().__init__(max_length=LONGEST, **kwargs)
        self.model_field = model_field

    def prepare_value(self, value):
        return value if isinstance(value, str) else self.model_field.as_typed(value)

    def to_python(self, value):
        return self.model_field.to_python(super().to_python(value))

    def run_validators(self, value):
        """Those of the model know what was typed, the field's own only letters."""

    def clean(self, value):
        if isinstance(value, str) and len(value) > LONGEST:
            raise ValidationError(f"That is too long: {LONGEST} letters at the most.")
        return super().clean(value)

    def has_changed(self, initial, data):
        try:
            return self.model_field.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class ShortField(models.JSONField):
    """What is typed in short and kept as numbers; not stated is NULL."""

    descriptor_class = Coerced
    width = 12  # letters, in a form

    def from_typed(self, value):
        """The value of whatever states it; raises ``Unreadable``."""
        raise NotImplementedError

    def as_typed(self, value):
        """``value`` as it stands in a form."""
        raise NotImplementedError

    def as_data(self, value):
        """``value`` for JSON."""
        raise NotImplementedError

    def __init__(self, *args, **kwargs):
        kwargs |= {"null": True, "blank": True}
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        try:
            return self.from_typed(value)
        except Unreadable as error:
            raise ValidationError(str(error), code="unreadable") from error

    def get_prep_value(self, value):
        if value is None or hasattr(value, "resolve_expression"):
            return value
        kept = self.from_typed(value)
        return self.as_data(kept) if kept else None

    def get_db_prep_value(self, value, connection, prepared=False):
        value = value if prepared else self.get_prep_value(value)
        if value is None:
            return None  # not stated is no value, and not JSON's null
        return super().get_db_prep_value(value, connection, prepared=True)

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def get_transform(self, name):
        return super(models.JSONField, self).get_transform(name) or partial(Key, name)

    def validate(self, value, model_instance):
        """What was read has been judged."""

    def formfield(self, **kwargs):
        kwargs = {"form_class": ShortTextField, "model_field": self, **kwargs}
        kwargs.setdefault("widget", forms.TextInput(attrs={"size": self.width}))
        return models.Field.formfield(self, **kwargs)


class AmountField(ShortField):
    """An ``Amount`` of the quantity that the field is named for."""

    def from_typed(self, value):
        return amount_of(value, self.name)

    def as_typed(self, value):
        return typed(value, QUANTITIES[self.name]) if value else ""

    def as_data(self, value):
        return value.as_data()

    def validate(self, value, model_instance):
        wrong = value and problem(value, QUANTITIES[self.name])
        if wrong:
            raise ValidationError(wrong)


class PartsField(ShortField):
    """Things that are done in turn."""

    width = 50
    read = staticmethod(read_parts)
    type = staticmethod(typed_parts)

    def from_typed(self, value):
        return parts_of(value, self.read)

    def as_typed(self, value):
        return self.type(value) if value else ""

    def as_data(self, value):
        return [part.as_data() for part in value]


class TempoField(PartsField):
    """The seconds of one repetition, phase by phase."""

    width = 30
    read = staticmethod(read_tempo)
    type = staticmethod(typed_tempo)
