from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.forms import Field


class WebURLField(models.URLField):  # type: ignore[type-arg]
    """A web URL, http or https; one typed without its scheme is taken to be https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs: Any) -> Field | None:
        return super().formfield(**{"assume_scheme": "https", **kwargs})
