"""Template words that are always loaded: formatting filters and components that wrap content."""

import json
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kneecare.core.drawings import drawn_by
from kneecare.core.http.static_files import BUNDLE
from kneecare.core.http.static_files import stylesheets as all_stylesheets
from kneecare.core.structured_data import absolute, language_tag, locale
from kneecare.core.text.html import split_lines
from kneecare.core.text.richtext import shown

register = template.Library()

SCHEMES = {"http", "https", "mailto", "tel"}
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def richtext(html: str | None) -> SafeString:
    """Editors' HTML, cleaned again on its way out whatever reached the database."""
    return mark_safe(shown(html or ""))  # noqa: S308 - cleaned by the allow-list


@register.filter
def lines(text: str | None) -> list[str]:
    return split_lines(text or "")


@register.filter
def host(url: str) -> str:
    """The site that ``url`` leads to, as a visitor knows it: "youtube.com"."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.filter
def web_url(url: str) -> str:
    """``url`` if a browser follows it to a page, a mail or a phone; "" for one that runs, however it got here."""
    # Browsers pass over blanks and control characters in front of and within a scheme.
    plain = "".join(character for character in url or "" if character > " ")
    scheme, colon, _ = plain.partition(":")
    is_relative = not colon or any(sign in scheme for sign in "/?#")
    return url if is_relative or scheme.lower() in SCHEMES else ""


@register.filter
def absolute_url(path: str) -> str:
    """The public URL of a path on this site."""
    return absolute(path)


register.filter(language_tag)
register.filter(locale)


@register.filter
def day(text: str) -> str:
    """A day that JSON holds, such as 2026-11-22, as people write it."""
    return date_format(date.fromisoformat(text), "F j, Y")


@register.simple_tag
def stylesheets() -> list[str]:
    """Names of the stylesheets to link: the bundle once static files are collected, else every file."""
    collected = getattr(staticfiles_storage, "hashed_files", {})
    return [BUNDLE] if BUNDLE in collected else all_stylesheets()


@register.simple_tag
def drawing_url(name: str) -> str:
    """Where the file of one of the site's own drawings is."""
    return reverse("drawing", args=[name, drawn_by()])


@register.simple_tag
def json_ld(data: Any) -> SafeString:
    """``data`` as JSON-LD, escaped as ``json_script`` does: nothing in it can end the element."""
    text = json.dumps(data, cls=DjangoJSONEncoder).translate(JSON_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - JSON without <, > and &
    )


@register.simple_block_tag
def callout(content: str, *, title: str, tone: str = "tip") -> SafeString:
    """{% callout title="Stop if it hurts" tone="urgent" %}…{% endcallout %}; tone: tip, warning or urgent."""
    return render_to_string(
        "components/callout.html", {"content": content, "title": title, "tone": tone}
    )


@register.simple_block_tag
def page_title(content: str, *, site: str) -> SafeString:
    """The title for the tab and for shared links; ``site`` ends the first unless the title names it."""
    title = _one_line(content)
    ending = (
        "" if format_html("{}", site) in title else format_html(" &ndash; {}", site)
    )
    return format_html(
        '<title>{0}{1}</title>\n<meta property="og:title" content="{0}">', title, ending
    )


@register.simple_block_tag
def page_description(content: str) -> SafeString:
    """What the page says of itself to search engines and in shared links."""
    return format_html(
        '<meta name="description" content="{0}">\n<meta property="og:description" content="{0}">',
        _one_line(content),
    )


def _one_line(rendered: str) -> SafeString:
    """Text that a template has rendered, and so escaped, without its line breaks."""
    return mark_safe(" ".join(rendered.split()))  # noqa: S308 - rendered with autoescape
