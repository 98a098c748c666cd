from django.core.validators import URLValidator
from django.db import models


class WebAddressField(models.URLField):
    """A web address, http or https; one typed without its scheme is taken to be https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
