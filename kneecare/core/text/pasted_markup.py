"""The meaning of markup from Word, Google Docs, spreadsheets and web pages, in the few elements that our texts have.

What somebody deleted, hid or said in a comment is no part of a text: "Hold <del>60</del><ins>20</ins> seconds" must not
become a hold of 6020 seconds.
"""

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import nh3

RENAMED = {
    **{"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"},
    **{"b": "strong", "i": "em", "div": "p", "dt": "p", "dd": "p"},
}
OURS = {
    *["p", "h2", "h3", "ul", "ol", "li", "a", "br", "strong", "em", "sup", "sub"],
    *["table", "tbody", "tr", "td", "th"],
}
# What means nothing here, but may be hidden together with what is in it.
TRANSPARENT = {
    *["span", "font", "ins", "u", "small", "big", "mark", "code", "pre", "blockquote", "q", "cite", "abbr", "dfn"],
    *["time", "kbd", "samp", "var", "center", "section", "article", "aside", "header", "footer", "main", "nav"],
    *["figure", "figcaption", "address", "hgroup", "details", "summary", "form", "fieldset", "label", "legend"],
    *["button", "output", "bdi", "bdo", "dl", "thead", "tfoot", "caption", "o:p", "shape", "w:sdt"],
}  # fmt: skip
NEVER_SHOWN = {
    *["script", "style", "title", "xml", "svg", "template", "noscript", "datalist", "select", "textarea"],
    *["object", "iframe", "canvas", "audio", "video", "dialog", "rp"],
}  # fmt: skip
DELETED = {"del", "s", "strike", "w:del", "w:movefrom"}
FOREIGN = nh3.Cleaner(
    tags={*RENAMED, *OURS, *TRANSPARENT},
    attributes={
        "*": {"style", "class", "hidden"},
        "a": {"href", "title"},
        "ol": {"start", "type", "data-type"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    clean_content_tags=NEVER_SHOWN | DELETED,
    link_rel=None,
)
COUNT = re.compile(r"[2-9]|[1-4]\d")
KEPT = {
    "start": re.compile(r"\d{1,9}"),
    "type": re.compile(r"[1aAiI]"),
    "data-type": re.compile(r"[\w-]{1,20}"),
    "colspan": COUNT,
    "rowspan": COUNT,
    "title": re.compile(r"[^<>]{1,200}"),
}
HEAVY = re.compile(r"(?:^|;)\s*font-weight:\s*(bold|[6-9]00)")
LIGHT = re.compile(r"(?:^|;)\s*font-weight:\s*(normal|[1-5]00)")
SLANTED = re.compile(r"(?:^|;)\s*font-style:\s*italic")
RAISED = re.compile(r"(?:^|;)\s*vertical-align:\s*(sup|sub)(?:er)?\b")
# Words that are not to be read; Word keeps its comments so, and a comment's number beside what it is about.
HIDING = re.compile(
    r"(?:^|;)\s*(?:display:\s*none|visibility:\s*(?:hidden|collapse)|mso-hide:\s*all|font-size:\s*0(?![.\d])|opacity:\s*0(?![.\d])"
    r"|mso-element:\s*comment|mso-special-character:\s*comment|text-decoration(?:-line)?:[^;]*line-through)",
    re.IGNORECASE,
)
HIDING_CLASS = re.compile(
    r"(?:^|\s)(?:msodel|msocommentreference|msocommenttext|msocomanchor|msocomtxt|msocomoff)(?:\s|$)",
    re.IGNORECASE,
)
REDIRECT = "https://www.google.com/url?"  # around every link that Google Docs copies


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
        self.hidden_below = 0  # elements around the outermost hidden one, with it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":  # holds nothing, and nothing ends it
            if not _is_hidden(given):
                self._write(_start(tag, given))
            return
        names = _names(tag, given)
        if not self.hidden_below and _is_hidden(given):
            self.hidden_below = len(self.open) + 1
        for name in names:
            self._write(_start(name, given))
        ends = "".join(f"</{name}>" for name in reversed(names))
        self.open.append((tag, ends))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, ends = self.open.pop()
            self._write(ends)
            if len(self.open) < self.hidden_below:
                self.hidden_below = 0
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def _write(self, text: str) -> None:
        if not self.hidden_below:
            self.out.append(text)


def _is_hidden(given: dict[str, str]) -> bool:
    return bool(
        "hidden" in given
        or HIDING.search(given.get("style", ""))
        or HIDING_CLASS.search(given.get("class", ""))
    )


def _names(tag: str, given: dict[str, str]) -> list[str]:
    """What an element is with us: none, or one or more elements."""
    style = given.get("style", "")
    if tag in ["b", "strong"] and LIGHT.search(style):
        return []  # Google Docs wraps everything in <b style="font-weight:normal">
    if tag == "a" and not _destination(given.get("href", "")):
        return []
    if tag == "span":
        raised = RAISED.search(style)
        return [
            *(["strong"] if HEAVY.search(style) else []),
            *(["em"] if SLANTED.search(style) else []),
            *([raised[1]] if raised else []),
        ]
    name = RENAMED.get(tag, tag)
    return [name] if name in OURS else []


def _start(name: str, given: dict[str, str]) -> str:
    kept = {
        key: value
        for key, value in given.items()
        if key in KEPT and KEPT[key].fullmatch(value)
    }
    if name == "a":
        kept["href"] = _destination(given.get("href", ""))
    said = [f' {key}="{escape(value)}"' for key, value in sorted(kept.items())]
    return f"<{name}{''.join(said)}>"


def _destination(href: str) -> str:
    """Where a pasted link leads: without the redirect around it; nowhere for a mark within the old document."""
    if href.startswith("#"):
        return ""
    if href.startswith(REDIRECT):
        return parse_qs(urlsplit(href).query).get("q", [""])[0]
    return href
