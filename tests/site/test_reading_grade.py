"""What we ship reads at grade 6 or lower, by Flesch and Kincaid."""

import pytest
from django.core.management import call_command

from articles.models import Article
from articles.words import RICH
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Clinic, HelpLevel, Program
from kneecare.core.readability import grade, plain

pytestmark = pytest.mark.django_db
LIMIT = 6


def texts():
    for article in Article.objects.published():
        html = [
            f"<p>{block[name]}</p>"
            for block in article.live.blocks
            for name in [*RICH, "text", "question", "myth"]
            if block.get(name)
        ]
        yield article.slug, plain("\n".join(html))
    for exercise in Exercise.objects.published():
        yield (
            exercise.slug,
            plain(f"{exercise.summary}\n{exercise.steps}\n{exercise.why}"),
        )
    for routine in Routine.objects.published():
        yield routine.slug, plain(f"{routine.summary}\n{routine.intro}")
    for program in Program.objects.published():
        yield program.slug, plain(f"{program.summary}\n{program.body}")
    clinic = Clinic.objects.get()
    yield "about", plain(clinic.about)
    yield "privacy", plain(clinic.privacy)
    yield "help", "\n".join(level.signs for level in HelpLevel.objects.all())


def test_grade_tells_plain_words_from_hard_ones():
    plain_words = "Bend your knee. Hold it for a while. Then let it go."
    hard_words = "Patellofemoral malalignment predisposes individuals to degenerative osteoarthritic changes."

    assert grade(plain_words) < 2
    assert grade(hard_words) > 20


def test_what_we_ship_reads_at_grade_six_or_lower():
    call_command("first_content", verbosity=0, stdout=None)

    grades = {slug: round(grade(text), 1) for slug, text in texts()}

    assert len(grades) == 15
    assert {slug: found for slug, found in grades.items() if found > LIMIT} == {}
