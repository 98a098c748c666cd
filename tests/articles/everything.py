"""An article that has one of everything, and ways to change it all."""

import io
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from articles.models import (
    BLOCKS,
    Article,
    CalloutBlock,
    CallToActionBlock,
    DrawingBlock,
    ExerciseBlock,
    ImageBlock,
    MythBlock,
    QuestionBlock,
    QuoteBlock,
    Reference,
    StepsBlock,
    TextBlock,
    VideoBlock,
)
from exercises.models import Exercise, Routine
from kneecare.publishing.publish import publish
from kneecare.publishing.publish import publish as publish_move
from tests.factories import (
    make_article,
    make_clinician,
    make_draft,
    make_exercise,
    make_program,
    make_routine,
    make_topic,
    sign_review,
)

YEAR = timedelta(days=365)


def picture(colour="teal"):
    drawn = io.BytesIO()
    Image.new("RGB", (4, 3), colour).save(drawn, "WEBP")
    return ContentFile(drawn.getvalue(), name="picture.webp")


def make_full_draft(*, copies=1, **fields):
    """A draft with every kind of block, ``copies`` times, and with topics, a review and an article beside it."""
    reviewer = fields.pop("reviewer", None) or make_clinician(name="Rae Viewer")
    reviewed_on = fields.pop("reviewed_on", date(2026, 1, 5))
    defaults = {
        "title": "Full article",
        "topics": [make_topic() for _ in range(copies)],
        "related": [make_article() for _ in range(copies)],
        "review_by": timezone.localdate() + YEAR,
    }
    article = make_draft(**(defaults | fields))
    for number in range(copies):
        _add_blocks(article, number * 100)
    sign_review(article, reviewer, on=reviewed_on)
    return article


def make_full_article(**fields):
    article = make_full_draft(**fields)
    publish(article, by=None)
    return article


def _add_blocks(article, after):
    exercise = make_exercise(dose={"sets": 2, "reps": 10})
    contents = [
        (CalloutBlock, {"title": "A callout", "html": "<p>Called out.</p>"}),
        (ImageBlock, {"image": picture(), "alt": "A knee", "caption": "Mine"}),
        (DrawingBlock, {"drawing": "alignment"}),
        (ExerciseBlock, {"exercise": exercise}),
        (
            ExerciseBlock,
            {"routine": make_routine(make_exercise(dose={"sets": 4, "reps": 8}))},
        ),
        (QuoteBlock, {"html": "<p>Quoted.</p>", "attribution": "Ada"}),
        (MythBlock, {"myth": "A myth.", "fact": "<p>A fact.</p>"}),
        (QuestionBlock, {"question": "A question?", "answer": "<p>An answer.</p>"}),
        (StepsBlock, {"steps": "First.\nThen."}),
        (
            VideoBlock,
            {
                "title": "A video",
                "url": "https://www.youtube.com/watch?v=abc",
                "transcript": "<p>What is said.</p>",
            },
        ),
        (
            CallToActionBlock,
            {
                "title": "Come",
                "label": "Go",
                "target": "program",
                "program": make_program(),
            },
        ),
    ]
    for place, (model, values) in enumerate(contents, start=2):
        model.objects.create(
            parent=article, region="main", ordering=after + place * 10, **values
        )
    Reference.objects.create(article=article, title="A source", position=after)


def publish_moves():
    """Publish the working copies of all exercises and routines."""
    for page in [*Exercise.objects.all(), *Routine.objects.all()]:
        publish_move(page, by=None)


def edits(article):
    """Each way to edit the working copy of a full article: its name, and what does it."""
    articles = Article.objects.filter(pk=article.pk)
    found = {
        "title": lambda: articles.update(title="Edited"),
        "summary": lambda: articles.update(summary="Edited, and long enough."),
        "author": lambda: articles.update(author=make_clinician()),
        "review_by": lambda: articles.update(review_by=article.review_by + YEAR),
        "topics": lambda: article.topics.set([make_topic(title="Edited topic")]),
        "related": lambda: article.related.set([make_article(title="Edited other")]),
        "order": lambda: TextBlock.objects.update(ordering=999),
    }
    found["references"] = lambda: article.references.update(title="Edited")
    for model in BLOCKS:
        name = model._meta.model_name
        found[f"{name} edited"] = lambda model=model: _edit(model)
        found[f"{name} deleted"] = lambda model=model: model.objects.all().delete()
    return found


def _edit(model):
    changes = {
        TextBlock: {"html": "<p>Edited.</p>"},
        CalloutBlock: {"title": "Edited", "tone": "urgent", "html": "<p>Edited.</p>"},
        ImageBlock: {"alt": "Edited", "caption": "Edited", "image": "pictures/x.webp"},
        DrawingBlock: {"region": "edited"},
        ExerciseBlock: {"exercise": Exercise.objects.last(), "routine": None},
        QuoteBlock: {"html": "<p>Edited.</p>", "attribution": "Edited"},
        MythBlock: {"myth": "Edited.", "fact": "<p>Edited.</p>"},
        QuestionBlock: {"question": "Edited?", "answer": "<p>Edited.</p>"},
        StepsBlock: {"steps": "Edited."},
        VideoBlock: {"title": "Edited", "transcript": "<p>Edited.</p>"},
        CallToActionBlock: {
            "title": "Edited",
            "label": "Edited",
            "target": "book",
            "program": None,
        },
    }
    model.objects.update(**changes[model])
