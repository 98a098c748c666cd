"""What kind of page led to a request."""

from typing import NamedTuple

from django.db.models import Case, Q, TextField, Value, When


class Source(NamedTuple):
    key: str
    label: str
    condition: Q


def _below(*paths):
    condition = Q()
    for path in paths:
        condition |= Q(source__startswith=path)
    return condition


SOURCES = [
    Source("articles", "Articles", _below("/articles/", "/topics/")),
    Source("finder", "Where does it hurt", _below("/where-does-it-hurt/")),
    Source("exercises", "Exercises", _below("/exercises/")),
    Source("routines", "Routines", _below("/routines/")),
    Source("programs", "Programs", _below("/programs/")),
    Source("home", "Home page", Q(source="/")),
    Source("unknown", "Not known", Q(source="")),
]


def source_key():
    """The key of each request's source, as the database finds it."""
    return Case(
        *[When(source.condition, then=Value(source.key)) for source in SOURCES],
        default=Value("unknown"),
        output_field=TextField(),
    )
