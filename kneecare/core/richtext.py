"""Formatted text: one list configures the editor and what may pass, on the way in and on the way out."""

import re

from django.conf import settings
from django_prose_editor.fields import ProseEditorField, create_sanitizer

from kneecare.core.pasted import plain_markup, tidied

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Heading": {"levels": [2, 3]},
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "HTML": False,
}

sanitize = create_sanitizer(EXTENSIONS)

# In cleaned HTML, "<" starts a tag and never stands in the words.
INTERNAL_LINK = re.compile(r'<a\b[^<>]*? href="(/(?!/)[^"]*)"')


def shown(html):
    """``html``, cleaned, for a page: its links inside the site know their whole address, for paper."""
    return INTERNAL_LINK.sub(
        rf'\g<0> data-print="{settings.SITE_URL}\g<1>"', sanitize(html)
    )


def clean(html):
    """``html`` as an editor would have written it here, wherever it was pasted from; nothing else passes."""
    return tidied(sanitize(plain_markup(html)))


class RichTextField(ProseEditorField):
    """A text field edited as formatted text and cleaned by allow-list whenever it is validated."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", clean)
        super().__init__(*args, **kwargs)
