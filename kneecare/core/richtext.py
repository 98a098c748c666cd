"""Formatted text: one list configures the editor and what may pass, on the way in and on the way out.

Text that was pasted from Word, Google Docs or a web page is brought to the few elements that our texts have:
``plain_markup`` reads the meaning out of foreign markup before the allow-list drops it, ``tidied`` clears up what is
left. Neither makes anything safe: the allow-list between them does.
"""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nh3
from django.conf import settings
from django_prose_editor.fields import ProseEditorField, create_sanitizer

from kneecare.core.characters import printable

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

sanitize: Callable[[str], str] = create_sanitizer(EXTENSIONS)

# In cleaned HTML, "<" starts a tag and never stands in the words.
INTERNAL_LINK = re.compile(r'<a\b[^<>]*? href="(/(?!/)[^"]*)"')


def shown(html: str) -> str:
    """``html``, cleaned, for a page: its links inside the site know their whole URL, for paper."""
    return INTERNAL_LINK.sub(
        rf'\g<0> data-print="{settings.SITE_URL}\g<1>"', sanitize(html)
    )


def clean(html: str) -> str:
    """``html`` as an editor would have written it here, wherever it was pasted from; nothing else passes."""
    return printable(tidied(sanitize(plain_markup(html))))


class RichTextField(ProseEditorField):  # type: ignore[misc]
    """A text field edited as formatted text and cleaned by allow-list whenever it is validated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", clean)
        super().__init__(*args, **kwargs)


RENAMED = {
    **{"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"},
    **{"b": "strong", "i": "em", "div": "p", "tr": "p", "dt": "p", "dd": "p"},
}
SPLIT = ["td", "th"]  # set apart by a space
HEAVY = re.compile(r"(?:^|;)\s*font-weight:\s*(bold|[6-9]00)")
LIGHT = re.compile(r"(?:^|;)\s*font-weight:\s*(normal|[1-5]00)")
SLANTED = re.compile(r"(?:^|;)\s*font-style:\s*italic")
REDIRECT = "https://www.google.com/url?"  # around every link that Google Docs copies
KEPT = {
    *RENAMED,
    *SPLIT,
    *["p", "h2", "h3", "ul", "ol", "li", "a", "br", "strong", "em", "span", "table"],
}
FOREIGN = nh3.Cleaner(
    tags=KEPT,
    attributes={"*": {"style"}, "a": {"href"}},
    clean_content_tags={"script", "style", "title", "xml", "svg", "template"},
    link_rel=None,
)


def plain_markup(html: str) -> str:
    """``html`` with the few elements that our texts have in place of those that mean the same."""
    reader = _PastedReader()
    reader.feed(FOREIGN.clean(html))
    reader.close()
    return "".join(reader.out)


class _PastedReader(HTMLParser):
    """Writes down again what it reads, under our names; reads only what nh3 has put in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        # (name, what ends it) of each element around this place
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        names = _names(tag, given.get("style") or "")
        href = _destination(given.get("href") or "")
        if tag == "a":
            names = ["a"] if href else []
        if tag in SPLIT:
            self.out.append(" ")
        for name in names:
            self.out.append(
                f'<a href="{escape(href)}">' if name == "a" else f"<{name}>"
            )
        if tag != "br":
            ends = "".join(f"</{name}>" for name in reversed(names))
            self.open.append((tag, ends))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, ends = self.open.pop()
            self.out.append(ends)
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")


def _names(tag: str, style: str) -> list[str]:
    """What an element with ``style`` is with us: none, one or two elements."""
    if tag in ["b", "strong"] and LIGHT.search(style):
        return []  # Google Docs wraps everything in <b style="font-weight:normal">
    if tag == "span":
        strong = ["strong"] if HEAVY.search(style) else []
        return strong + (["em"] if SLANTED.search(style) else [])
    if tag in [*SPLIT, "table"]:
        return []
    return [RENAMED.get(tag, tag)]


def _destination(href: str) -> str:
    """Where a pasted link leads: without the redirect around it; nowhere for a mark within the old document."""
    if href.startswith("#"):
        return ""
    if href.startswith(REDIRECT):
        return parse_qs(urlsplit(href).query).get("q", [""])[0]
    return href


SPACE = r"(?:&nbsp;|\s)"
RUN = re.compile(rf"{SPACE}{{2,}}")
# Word draws its bullets and numbers as text, with blanks after them.
BULLET = rf"<p>{SPACE}*(?:[·•▪]{SPACE}*|[o§-]{SPACE}{{2,}})(.*?)</p>"
NUMBER = rf"<p>{SPACE}*\d+[.)]{SPACE}{{3,}}(.*?)</p>"
EMPTY = re.compile(rf"<(p|h2|h3|li|ul|ol)>(?:{SPACE}|<br>)*</\1>")
EMPTY_WORDS = re.compile(rf"<(strong|em|a)(?: [^>]*)?>({SPACE}*)</\1>")
EDGES = re.compile(rf"(<(?:p|h2|h3|li)>){SPACE}|{SPACE}(</(?:p|h2|h3|li)>)")
DEEPEST = 4  # empty elements inside of each other in a text that somebody wrote
BETWEEN = re.compile(r"(^|</(?:p|h2|h3|ul|ol)>)(?:\s|<br>)+")


def tidied(html: str) -> str:
    """Clean ``html`` without empty paragraphs, runs of blanks, and lists that are only drawn as lists."""
    html = _as_list(_as_list(html, BULLET, "ul"), NUMBER, "ol")
    html = RUN.sub(lambda run: " " if "&nbsp;" in run[0] else run[0][0], html)
    for _ in range(DEEPEST):
        html = EMPTY.sub("", EMPTY_WORDS.sub(r"\2", html))
    return BETWEEN.sub(r"\1", EDGES.sub(r"\1\2", html)).strip()


def _as_list(html: str, item: str, kind: str) -> str:
    """``html`` with paragraphs that begin with a drawn bullet or number as a list."""
    items = re.compile(rf"{item}\s*", re.DOTALL)
    run = re.compile(rf"(?:{item}\s*)+", re.DOTALL)

    def listed(found: re.Match[str]) -> str:
        inner = items.sub(r"<li><p>\1</p></li>", found[0])
        return f"<{kind}>{inner}</{kind}>"

    return run.sub(listed, html)
