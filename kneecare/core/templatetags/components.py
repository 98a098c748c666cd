"""Template words that are always loaded: formatting filters and components that wrap content."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from kneecare.core.richtext import sanitize
from kneecare.core.text import lines as split_lines

register = template.Library()


@register.filter
def richtext(html):
    """Editors' HTML, cleaned again on its way out whatever reached the database."""
    return mark_safe(sanitize(html or ""))  # noqa: S308 - sanitize() is the allow-list


@register.filter
def lines(text):
    return split_lines(text or "")


@register.simple_block_tag
def callout(content, *, title, tone="tip"):
    """{% callout title="Stop if it hurts" tone="urgent" %}…{% endcallout %}; tone: tip, warning or urgent."""
    return render_to_string(
        "components/callout.html", {"content": content, "title": title, "tone": tone}
    )
