from django import template

from articles.anatomy import drawing_of

register = template.Library()


@register.simple_tag
def anatomy(key):
    """The drawing of what is sore that is called ``key``, for its components; ``None`` for none."""
    return drawing_of(key)
