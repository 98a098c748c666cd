"""Rows that versions name, such as topics and tags: what patients once read cannot lose them."""

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete


def keep_while_named(model: Any) -> None:
    """Let no code delete a row of ``model`` that a version names (``versions``): its rows of names would go with it."""
    pre_delete.connect(_refuse, sender=model, dispatch_uid=f"keep {model.__name__}")


def _refuse(instance: Any, **kwargs: Any) -> None:
    if named := list(instance.versions.all()[:5]):
        raise ProtectedError("A version names it.", {*named})
