from typing import Any

from django.db.models import Model
from django.urls import reverse


def admin_url(of: Model | type[Model], page: str = "change", *args: Any) -> str:
    """The URL of an admin page of a row, such as "change", or of a model, such as "changelist"."""
    options = of._meta
    own = [of.pk] if isinstance(of, Model) else []
    name = f"admin:{options.app_label}_{options.model_name}_{page}"
    return reverse(name, args=[*own, *args])
