from django import template
from django.utils.safestring import mark_safe

from articles.contents import anchored
from kneecare.core.richtext import shown

register = template.Library()


@register.filter
def anchors(html, ids):
    """An editor's text, cleaned, with ``ids`` on its main headings."""
    return mark_safe(anchored(shown(html or ""), ids))  # noqa: S308 - cleaned; ids are slugs
