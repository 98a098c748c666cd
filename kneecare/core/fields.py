from django.db import models


class WebAddressField(models.URLField):
    """A web address; one typed without its scheme is taken to be https."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
