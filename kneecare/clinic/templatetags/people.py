from django import template

register = template.Library()


@register.filter
def initials(name):
    """The first letters of the first and the last name: "NH" for Nick Hunter."""
    words = str(name).split()
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()
