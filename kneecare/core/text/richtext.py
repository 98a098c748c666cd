"""Formatted text: one list configures the editor and what may pass, on the way in and on the way out.

Text that was pasted from Word, Google Docs or a web page is brought to the few elements that our texts have:
``plain_markup`` reads the meaning out of foreign markup before the allow-list drops it, ``tidied`` clears up what is
left. Neither makes anything safe: the allow-list between them does.
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django_prose_editor.fields import ProseEditorField, create_sanitizer

from kneecare.core.text.characters import printable
from kneecare.core.text.pasted_markup import plain_markup

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Heading": {"levels": [2, 3]},
    "HardBreak": True,
    **dict.fromkeys(["Table", "TableRow", "TableHeader", "TableCell"], True),
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "HTML": False,
}

sanitize: Callable[[str], str] = create_sanitizer(EXTENSIONS)

# In cleaned HTML, "<" starts a tag and never stands in the words.
INTERNAL_LINK = re.compile(r'<a\b[^<>]*? href="(/(?!/)[^"]*)"')


# A table wider than a phone is moved sideways by itself, with the keyboard too.
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
SCROLLED = (
    r'<div class="wide-table" role="region" aria-label="Table" tabindex="0">\g<0></div>'
)


def shown(html: str) -> str:
    """``html``, cleaned, for a page: its links inside the site know their whole URL, for paper."""
    linked = INTERNAL_LINK.sub(
        rf'\g<0> data-print="{settings.SITE_URL}\g<1>"', sanitize(html)
    )
    return TABLE.sub(SCROLLED, linked)


def clean(html: str) -> str:
    """``html`` as an editor would have written it here, wherever it was pasted from; nothing else passes."""
    cleaned: str = printable(tidied(sanitize(plain_markup(html))))
    return cleaned


# Characters with their tags: the longest article that was tried has 40,000.
LONGEST = 200_000


class RichTextField(ProseEditorField):  # type: ignore[misc]
    """A text field edited as formatted text, cleaned by allow-list whenever it is validated or saved.

    What a program stored is the very text that its form sends back: a save that changes nothing changes nothing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", clean)
        super().__init__(*args, **kwargs)

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        """Refused by its length first: cleaning a megabyte takes a minute."""
        return super().formfield(
            *args, **{"max_length": self.max_length or LONGEST, **kwargs}
        )

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        html = super().pre_save(model_instance, add)
        if html:
            html = clean(html)
            setattr(model_instance, self.attname, html)
        return html


SPACE = r"(?:&nbsp;|\s)"
RUN = re.compile(rf"{SPACE}{{2,}}")
# Word draws its bullets and numbers as text, with blanks after them.
BULLET = rf"<p>{SPACE}*(?:[·•▪]{SPACE}*|[o§-]{SPACE}{{2,}})(.*?)</p>"
NUMBER = rf"<p>{SPACE}*\d+[.)]{SPACE}{{3,}}(.*?)</p>"
FIRST_NUMBER = re.compile(rf"<p>{SPACE}*0*(\d{{1,9}})[.)]")
EMPTY = re.compile(rf"<(p|h2|h3|li|ul|ol)(?: [^<>]*)?>(?:{SPACE}|<br>)*</\1>")
EMPTY_WORDS = re.compile(rf"<(strong|em|a|sup|sub)(?: [^>]*)?>({SPACE}*)</\1>")
EDGES = re.compile(rf"(<(?:p|h2|h3|li)>){SPACE}|{SPACE}(</(?:p|h2|h3|li)>)")
DEEPEST = 4  # empty elements inside of each other in a text that somebody wrote
BETWEEN = re.compile(
    r"(^|</(?:p|h2|h3|ul|ol|table|tbody|tr|td|th)>|<(?:table|tbody|tr)>)(?:\s|<br>)+"
)
INNERMOST_TABLE = re.compile(r"<table>((?:(?!</?table>).)*)</table>", re.DOTALL)
SECOND_CELL = re.compile(r"</t[dh]>\s*<t[dh]\b")
CELL = re.compile(r"<t[dh](?: [^<>]*)?>(.*?)</t[dh]>", re.DOTALL)
TABLE_PARTS = re.compile(r"</?(?:tbody|thead|tfoot|tr)>")


def tidied(html: str) -> str:
    """Clean ``html`` without empty paragraphs, runs of blanks, and lists and tables that are only drawn as such."""
    html = _as_list(_as_list(html, BULLET, "ul"), NUMBER, "ol")
    html = RUN.sub(lambda run: " " if "&nbsp;" in run[0] else run[0][0], html)
    for _ in range(DEEPEST):
        html = EMPTY.sub("", EMPTY_WORDS.sub(r"\2", html))
        html = INNERMOST_TABLE.sub(_as_table, html)
    return BETWEEN.sub(r"\1", EDGES.sub(r"\1\2", html)).strip()


def _as_list(html: str, item: str, kind: str) -> str:
    """``html`` with paragraphs that begin with a drawn bullet or number as a list."""
    items = re.compile(rf"{item}\s*", re.DOTALL)
    run = re.compile(rf"(?:{item}\s*)+", re.DOTALL)

    def listed(found: re.Match[str]) -> str:
        inner = items.sub(r"<li><p>\1</p></li>", found[0])
        first = FIRST_NUMBER.match(found[0]) if kind == "ol" else None
        start = f' start="{first[1]}"' if first and first[1] != "1" else ""
        return f"<{kind}{start}>{inner}</{kind}>"

    return run.sub(listed, html)


def _as_table(found: re.Match[str]) -> str:
    """A table with columns as it is; one that only holds its cells in place as their paragraphs."""
    if SECOND_CELL.search(found[1]):
        return found[0]
    return TABLE_PARTS.sub("", CELL.sub(_as_paragraph, found[1]))


def _as_paragraph(cell: re.Match[str]) -> str:
    words = cell[1].strip()
    return words if words.startswith("<") and words.endswith(">") else f"<p>{words}</p>"
