"""The colours of the tokens in both themes, and where the stylesheets use them."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib import admin

CSS = Path(settings.BASE_DIR) / "static" / "css"
SHEETS = [
    sheet
    for sheet in sorted(CSS.rglob("*.css"))
    if sheet.parent.name != "admin" and sheet.name != "tokens.css"
]
ROLE = re.compile(r"var\(--color-([\w-]+)\)")
VARIABLE = re.compile(r"var\((--[\w-]+)")


def declared(css):
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", css))


def _themes():
    light, dark = (CSS / "tokens.css").read_text().split("prefers-color-scheme: dark")
    light = declared(light)
    dark = declared(dark.split("@media")[0])
    return {"light": light, "dark": light | dark}


THEMES = _themes()


def colour(theme, value):
    """Red, green and blue from 0 to 1 of ``value``, which may be a variable."""
    while name := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = THEMES[theme][name[1]]
    return [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def contrast(one, other):
    low, high = sorted(map(_luminance, [one, other]))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour
    ]
    return sum(
        weight * c for weight, c in zip([0.2126, 0.7152, 0.0722], linear, strict=True)
    )


def rules(css):
    """The declarations of each block of a stylesheet, without those of the blocks within it."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    open_blocks = [{}]
    for piece, end in re.findall(r"([^{};]*)([{};])", css):
        if end == "{":
            open_blocks.append({})
            continue
        name, colon, value = piece.partition(":")
        if colon:
            open_blocks[-1][name.strip()] = value.strip()
        if end == "}":
            yield open_blocks.pop()


def ground_of(rule):
    return rule.get("background") or rule.get("background-color") or ""


def words_and_grounds(sheet):
    """``(words, ground)`` of each rule of ``sheet``, roles or "", where its variables stand for what a block gives them."""
    found = [*rules(sheet.read_text())]
    drawn = [(rule.get("color", ""), ground_of(rule)) for rule in found]
    as_words = {name for words, _ in drawn for name in VARIABLE.findall(words)}
    as_ground = {name for _, ground in drawn for name in VARIABLE.findall(ground)}
    for rule in found:
        # A tone gives its words and its ground together, and other rules draw with them.
        words = " ".join(rule[name] for name in as_words & rule.keys())
        ground = " ".join(rule[name] for name in as_ground & rule.keys())
        yield from _pairs(ROLE.findall(words), ROLE.findall(ground))
    for words, ground in drawn:
        yield from _pairs(ROLE.findall(words), ROLE.findall(ground))


def _pairs(words, grounds):
    for one in words or [""]:
        for other in grounds or [""]:
            if one or other:
                yield one, other


def lines():
    """The roles that draw the edge of something: a field, a button, what has the focus."""
    for sheet in SHEETS:
        for rule in rules(sheet.read_text()):
            for name, value in rule.items():
                if name.startswith(("border", "outline")) or name == "stroke":
                    yield from ROLE.findall(value)


# The admin's stylesheets: Django's, and ours on top of them.
ADMIN_SHEETS = [
    *sorted((Path(admin.__file__).parent / "static/admin/css").glob("*.css")),
    *sorted((CSS / "admin").glob("*.css")),
]
# Each of its variables, and what it is in light and in dark.
ADMIN_THEME = {
    name: values.split(", ")
    for name, values in re.findall(
        r"--([\w-]+): light-dark\((.*?)\);", (CSS / "admin" / "theme.css").read_text()
    )
}
FIXED = re.compile(r"#[0-9a-f]{3}(?:[0-9a-f]{3})?\b|\bwhite\b|\bblack\b")
NAMED = {"white": "#ffffff", "black": "#000000"}


def admin_words_and_grounds():
    """``(words, ground)`` of each rule of the admin: variables, colours as ``#rrggbb``, or "" for none."""
    for sheet in ADMIN_SHEETS:
        for rule in rules(sheet.read_text()):
            found = map(_admin_colours, [rule.get("color", ""), ground_of(rule)])
            yield from _pairs(*found)


def _admin_colours(value):
    names = [name for name in re.findall(r"var\(--([\w-]+)", value) if name in ADMIN_THEME]  # fmt: skip
    return names or [_long(each) for each in FIXED.findall(value.lower())]


def _long(value):
    value = NAMED.get(value, value)
    return value if len(value) == 7 else "#" + "".join(2 * each for each in value[1:])


def admin_colour(theme, name):
    if name.startswith("#"):
        return colour(theme, name)
    return colour(theme, ADMIN_THEME[name][theme == "dark"])
