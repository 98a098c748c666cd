import unicodedata
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.forms import Field
from phonenumber_field.formfields import PhoneNumberField


class WebURLField(models.URLField):  # type: ignore[type-arg]
    """A web URL, http or https; one typed without its scheme is taken to be https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs: Any) -> Field | None:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


def without_marks(text: Any) -> str:
    """``text`` without what nobody sees, as the marks of direction that contact lists put around a number."""
    return "".join(
        sign for sign in str(text or "") if unicodedata.category(sign) != "Cf"
    )


class PhoneField(PhoneNumberField):  # type: ignore[misc]
    """A phone number, with its extension where it has one."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(without_marks(value))
