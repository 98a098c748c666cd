"""A drawing of the site as an SVG file. No stylesheet reaches into an image, so that it carries the rules that it needs, for
light and dark, for more contrast and for paper, as they stand in the site's own stylesheets."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse

from kneecare.core.http.csp import allow_one_style

CSS = Path(settings.BASE_DIR) / "static" / "css"
TOKENS = CSS / "tokens.css"
# What colours a drawing; where it stands and how large it is, is the page's to say.
COLOURING = ("--", "fill", "stroke", "font", "opacity", "forced-color-adjust")
FONT = ("--font-text", "system-ui,sans-serif")  # an image loads no font
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS = re.compile(r"\.([a-z][\w-]*)")
CLASSES = re.compile(r'class="([^"]+)"')
MORE = re.compile(r"@media \(prefers-contrast: more\)\{(:root\{[^{}]*\})\}")
VARIABLE = re.compile(r"var\((--[\w-]+)")
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_NOW = "public, no-cache"


class DrawingFile(NamedTuple):
    svg: str
    style: str  # as it stands in the file

    def response(self, *, is_current: bool) -> HttpResponse:
        """``is_current``: whether what was asked for is just this, and not what another release made of it."""
        response = HttpResponse(self.svg, content_type="image/svg+xml")
        response["Cache-Control"] = FOR_GOOD if is_current else FOR_NOW
        return allow_one_style(response, self.style)


def as_file(
    svg: str, sheets: tuple[str, ...] = ("figure",), *, more: bool = False
) -> DrawingFile:
    """``svg``, as it stands in a page, with what colours it in these stylesheets of components.

    ``more``: with more contrast whatever is asked for, as Chromium does not tell an image.
    """
    head, end, rest = svg[svg.index("<svg") :].partition(">")
    head = re.sub(r' (?:aria-hidden|focusable)="[^"]*"', "", head)
    names = frozenset(" ".join(CLASSES.findall(svg)).split())
    style = _style(names, sheets)
    if more:
        style = MORE.sub(r"\1", style)
    alone = head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    styled = f"<style>{style}</style>" if style else ""
    return DrawingFile(f"{alone}{end}{styled}{rest.strip()}", style)


def version_of(paths: Iterable[Path]) -> str:
    """A name for what draws: these files, this module and the stylesheets."""
    digest = sha256(Path(__file__).read_bytes())
    for path in [*sorted(paths), TOKENS, *sorted(CSS.glob("components/*.css"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


@cache
def _style(names: frozenset[str], sheets: tuple[str, ...]) -> str:
    texts = (_read(CSS / "components" / f"{sheet}.css") for sheet in sheets)
    rules = "".join(_rules(text, names) for text in texts)
    if not rules:
        return ""
    tokens = _read(TOKENS)
    needed = {*VARIABLE.findall(rules)}
    needed |= {*VARIABLE.findall(_roles(tokens, needed))}  # a role by another one
    return _roles(tokens, needed) + rules


def _read(path: Path) -> str:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    return re.sub(r"@layer[^{;]*;", "", text)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """What stands before each outermost pair of braces, and within it."""
    depth = start = 0
    head = ""
    for brace in re.finditer(r"[{}]", css):
        if brace[0] == "{":
            if not depth:
                head, start = " ".join(css[start : brace.start()].split()), brace.end()
            depth += 1
        else:
            depth -= 1
            if not depth:
                yield head, css[start : brace.start()]
                start = brace.end()


def _rules(css: str, names: frozenset[str]) -> str:
    """The rules of ``css`` that colour something of one of these classes."""
    found = []
    for head, body in _blocks(css):
        if head.startswith("@layer"):
            found.append(_rules(body, names))
            continue
        is_group = head.startswith("@")
        kept = _rules(body, names) if is_group else _colouring(body)
        head = head if is_group else _selectors(head, names)
        found.append(f"{head}{{{kept}}}" if head and kept else "")
    return "".join(found)


def _selectors(head: str, names: frozenset[str]) -> str:
    each = (selector.strip() for selector in head.split(","))
    return ",".join(one for one in each if {*CLASS.findall(one)} <= names)


def _declarations(body: str) -> list[tuple[str, str]]:
    pairs = (each.partition(":") for each in body.split(";") if ":" in each)
    return [(name.strip(), " ".join(value.split())) for name, _, value in pairs]


def _colouring(body: str) -> str:
    pairs = [pair for pair in _declarations(body) if pair[0].startswith(COLOURING)]
    return ";".join(f"{name}:{value}" for name, value in pairs)


def _roles(css: str, needed: set[str]) -> str:
    """The roles among the tokens that are needed, each by the colour that it has in the palette."""
    palette = dict(_declarations(next(_blocks(css))[1])) | dict([FONT])
    blocks = []
    for head, body in _blocks(css):
        is_theme = head.startswith("@")
        declared = dict(_declarations(next(_blocks(body))[1] if is_theme else body))
        roles = ";".join(
            f"{name}:{palette[name] if name == FONT[0] else _looked_up(value, palette)}"
            for name, value in declared.items()
            if name in needed
        )
        blocks.append(
            f"{head}{{:root{{{roles}}}}}" if is_theme else f"{head}{{{roles}}}"
        )
    return "".join(blocks)


def _looked_up(value: str, palette: dict[str, str]) -> str:
    """A colour of the palette; a role that stands for another one stays what it is, as that may differ."""
    name = VARIABLE.match(value)
    is_role = name and name[1].startswith("--color-")
    return palette.get(name[1], value) if name and not is_role else value
