"""The content security policy. Everything that names django-csp is here: Django 6 has its own."""

import base64
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar, cast

from csp.constants import NONCE, NONE, SELF
from csp.decorators import csp, csp_update
from django.http import HttpResponse

View = TypeVar("View", bound=Callable[..., Any])

# The admin's rich-text editor adds two constant <style> elements; a browser test fails when they change.
EDITOR_STYLE_HASHES = [
    "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='",
    "'sha256-N1v+9oYdxeZd/nv2iKYNMLWqP5BlGZff7wM0R1mK4ws='",
]


def policy() -> dict[str, Any]:
    """Nothing but our own files."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF, NONCE],
            "style-src": [SELF],
            "img-src": [SELF],
            "media-src": [SELF],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "worker-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }


def allow_editor_styles(view: View) -> View:
    """Let the rich-text editor's own styles pass; for admin views only."""
    allowed = csp_update({"style-src": EDITOR_STYLE_HASHES})(view)
    return cast(View, wraps(view)(allowed))


def allow_one_style(response: HttpResponse, style: str) -> HttpResponse:
    """For an answer that is a picture: nothing but the ``style`` in it, if it has one."""
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    source = f"'sha256-{digest}'" if style else NONE
    directives = {"default-src": [NONE], "style-src": [source]}
    kept = ["form-action", "frame-ancestors", "base-uri"]
    directives |= {name: [NONE] for name in kept}
    set_policy: Any = csp(directives)
    answered: HttpResponse = set_policy(lambda: response)()
    return answered
