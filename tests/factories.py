"""The smallest valid rows, for tests to change what matters to them."""

from itertools import count

from django.utils import timezone

from articles.models import Article, TextBlock, Topic
from articles.publishing import publish
from exercises.models import Dose, Exercise, Routine, Tag
from kneecare.clinic.models import Clinic, Clinician, Program

numbers = count(1)


def make_clinic(**fields):
    return Clinic.objects.create(**({"pk": 1, "name": "KneeCare"} | fields))


def make_clinician(**fields):
    number = next(numbers)
    defaults = {"name": f"Clinician {number}", "slug": f"clinician-{number}"}
    return Clinician.objects.create(**(defaults | fields))


def make_program(**fields):
    return Program.objects.create(**(_page("Program") | fields))


def make_tag(kind=Tag.Kind.BODY_PART, **fields):
    number = next(numbers)
    return Tag.objects.create(
        **({"kind": kind, "name": f"Tag {number}", "slug": f"tag-{number}"} | fields)
    )


def make_exercise(*, dose=None, **fields):
    """A published exercise; ``dose`` holds the fields of its dose, which states nothing by default."""
    defaults = _page("Exercise") | {"steps": "Stand up.\nSit down."}
    exercise = Exercise.objects.create(**(defaults | _author(fields)))
    Dose.objects.create(exercise=exercise, **({"source": "A book."} | (dose or {})))
    return exercise


def make_routine(*exercises, **fields):
    routine = Routine.objects.create(**(_page("Routine") | _author(fields)))
    for position, exercise in enumerate(exercises):
        routine.items.create(exercise=exercise, position=position)
    return routine


def make_topic(**fields):
    number = next(numbers)
    return Topic.objects.create(
        **({"title": f"Topic {number}", "slug": f"topic-{number}"} | fields)
    )


def make_draft(*, html="<p>Some text.</p>", **fields):
    """An article with one block of text that nobody has published."""
    defaults = _page("Article") | {"published_at": None}
    article = Article.objects.create(**(defaults | _author(fields)))
    TextBlock.objects.create(parent=article, region="main", ordering=10, html=html)
    return article


def make_article(*, html="<p>Some text.</p>", **fields):
    article = make_draft(html=html, **fields)
    publish(article, by=None)
    return article


def _page(kind):
    number = next(numbers)
    return {
        "title": f"{kind} {number}",
        "slug": f"{kind.lower()}-{number}",
        "summary": f"What {kind.lower()} {number} is about.",
        "published_at": timezone.now(),
    }


def _author(fields):
    return fields if "author" in fields else {**fields, "author": make_clinician()}
