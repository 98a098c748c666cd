from django import template
from django.utils.safestring import mark_safe

from articles.rendering.footnotes import linked
from articles.rendering.table_of_contents import anchored
from kneecare.core.text.richtext import shown

register = template.Library()


@register.filter
def words(block, name):
    """An editor's text in ``block``, cleaned, with the ids of its main headings and its footnote marks."""
    html = anchored(shown(block[name] or ""), block.get("anchors", []))
    if note := block.get("notes", {}).get(name):
        html = linked(html, note)
    return mark_safe(html)  # noqa: S308 - cleaned; ids are slugs, marks are numbers
