"""What was sent to the admin and cannot be taken, given back in words: whoever typed it copies what they need."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpResponse
from django.template.response import TemplateResponse

NOT_TYPED = ("csrfmiddlewaretoken", "seen", "version", "back", "initial-", "_")
NOT_WORDS = ("_FORMS", "_kept", "-id", "-seen_state")


def refused(request: Any, title: str, advice: str) -> HttpResponse:
    """A page that says what is wrong and what to do, with every word that was typed. It is a bad request all the same."""
    context = {
        **admin.site.each_context(request),
        "title": title,
        "advice": advice,
        "typed": "\n\n".join(_typed(request.POST)),
        "had_files": bool(request.FILES),
    }
    return TemplateResponse(request, "admin/refused.html", context, status=400)


def _typed(sent: Any) -> Iterator[str]:
    for name, values in sent.lists():
        words = "\n".join(values).strip()
        is_ours = name.startswith(NOT_TYPED) or name.endswith(NOT_WORDS)
        if words and not is_ours and "password" not in name:
            yield f"{name.replace('-', ' ').replace('_', ' ')}:\n{words}"
