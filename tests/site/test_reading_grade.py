"""What we ship is plain and adult: articles read at grade 4.5 to 7 by Flesch and Kincaid, the words of the site itself at 6 or lower."""

import re
from html import unescape
from math import sqrt

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import models

from articles.models import Article, Topic
from articles.readability.grade import grade, sentences, syllables, words
from articles.rendering.footnotes import MARK
from articles.rendering.words import RICH
from bookings.forms.call import BookingForm, MoveForm
from bookings.forms.enquiry import JoinForm, SayHiForm
from exercises.handouts.versions import store_version
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Clinic, Clinician, HelpLevel, Program
from kneecare.core.text.html import plain_lines
from tests.factories import make_clinic, make_exercise, make_handout

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("texts")]
LIMIT = 6
PRIMER, HARDEST, SMOG = 4.5, 7, 9  # of a text that somebody sits down to read


def smog(text):
    """Years of school by McLaughlin (1969), from how many words have three syllables or more."""
    long = sum(syllables(word) >= 3 for word in words(text))
    return 1.043 * sqrt(long * 30 / len(sentences(text))) + 3.1291


def articles():
    """Each with all that its page says, its summary included."""
    for article in Article.objects.published():
        html = [
            f"<p>{block[name]}</p>"
            for block in article.live_version.blocks
            for name in [*RICH, "text", "title", "question", "myth"]
            if block.get(name)
        ]
        said = plain_lines(MARK.sub("", "\n".join(html)))
        yield article.slug, f"{article.live_version.summary}\n{said}"


def texts():
    for topic in Topic.objects.all():
        yield topic.slug, said_by(topic)
    for exercise in Exercise.objects.published():
        yield exercise.slug, said_by(exercise)
    for routine in Routine.objects.published():
        yield routine.slug, said_by(routine)
    for program in Program.objects.published():
        yield program.slug, said_by(program)
    for clinician in Clinician.objects.shown():
        yield clinician.slug, said_by(clinician)
    clinic = Clinic.objects.get()
    yield "about", plain_lines(clinic.about)
    yield "privacy", plain_lines(clinic.privacy)
    yield "help", "\n".join(map(said_by, HelpLevel.objects.all()))


# Names, keys and what is not read as a text.
UNREAD = {
    *["title", "slug", "name", "credentials", "role", "education", "action_label"],
    *["video_url", "video_label", "level", "portrait", "for_clinicians"],
}


def said_by(row):
    """All that staff typed into ``row`` for patients to read, whichever fields it has."""
    fields = [
        field
        for field in row._meta.concrete_fields
        if isinstance(field, models.TextField | models.CharField)
        and not field.choices
        and not isinstance(field, models.EmailField | models.URLField)
        and field.name not in UNREAD
    ]
    return plain_lines("\n".join(str(getattr(row, field.name)) for field in fields))


def test_grade_tells_plain_words_from_hard_ones():
    plain_words = "Bend your knee. Hold it for a while. Then let it go."
    hard_words = "Patellofemoral malalignment predisposes individuals to degenerative osteoarthritic changes."

    assert grade(plain_words) < 2
    assert grade(hard_words) > 20


def test_an_article_is_neither_a_primer_nor_a_paper():
    call_command("first_content", verbosity=0, stdout=None)

    found = {slug: (round(grade(text), 1), round(smog(text), 1)) for slug, text in articles()}  # fmt: skip

    assert len(found) == 4
    assert outside(found) == {}


def outside(found):
    return {
        slug: (grade, smog)
        for slug, (grade, smog) in found.items()
        if not (PRIMER <= grade <= HARDEST and smog <= SMOG)
    }


def test_what_we_ship_besides_reads_at_grade_seven_or_lower():
    call_command("first_content", verbosity=0, stdout=None)

    grades = {slug: round(grade(text), 1) for slug, text in texts()}

    # One of each kind at least.
    assert {
        "knee-pain",
        "glute-bridge",
        "knee-strength-starter",
        "revive-u",
        "nick-hunter",
        "about",
        "privacy",
        "help",
    } <= grades.keys()
    assert {slug: found for slug, found in grades.items() if found > HARDEST} == {}


TEMPLATES = settings.BASE_DIR / "templates"
PATIENTS_READ = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]
    if "admin" not in path.parts and path.name != "robots.txt"
)
FEWEST = 15  # words, below which a grade says little


def words_of_template(name):
    """The sentences that stand in a template itself; what it is given stands as "it"."""
    text = (TEMPLATES / name).read_text()
    comments = r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}"
    text = re.sub(rf"{comments}|<(script|style|svg)\b.*?</\1>", " ", text, flags=re.S)
    text = re.sub(r"\{\{.*?\}\}", "it", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}", " ", text, flags=re.S)
    text = re.sub(r"</?(?!(?:strong|em|a|b|i|span|time)\b)[a-z][^>]*>", "\n", text)
    lines = [
        " ".join(line.split()) for line in re.sub(r"<[^>]*>", " ", text).split("\n")
    ]
    return unescape("\n".join(line for line in lines if len(words(line)) >= 5))


@pytest.mark.parametrize("name", PATIENTS_READ)
def test_what_a_page_says_by_itself_reads_at_grade_six_or_lower(name):
    text = words_of_template(name)

    assert len(words(text)) < FEWEST or round(grade(text), 1) <= LIMIT


def test_the_words_of_the_interface_are_read():
    assert "Rate your pain from 0 to 10." in words_of_template(
        "components/pain_guide.html"
    )
    counted = [len(words(words_of_template(name))) for name in PATIENTS_READ]
    assert sum(count >= FEWEST for count in counted) > 30


@pytest.mark.parametrize("form", [BookingForm, JoinForm, SayHiForm, MoveForm])
def test_what_a_form_says_reads_at_grade_six_or_lower(form):
    said = []
    for field in form.base_fields.values():
        said += [field.label, field.help_text, *field.error_messages.values()]
    text = "\n".join(str(each) for each in said if each)

    assert round(grade(text), 1) <= LIMIT


def test_what_a_handout_says_by_itself_reads_at_grade_six_or_lower(client):
    make_clinic(phone="+16235550142")
    handout = make_handout(make_exercise(title="Sit", steps="Sit."), title="Sit")
    address = handout.get_absolute_url()
    old = client.get(address)
    handout.note = "Sit."
    store_version(handout, by=None, on=handout.made_on, is_checked=True)
    pages = [old, client.get(address, {"sheet": 1}), client.get("/handouts/x/")]
    handout.withdraw(on=handout.made_on)
    pages.append(client.get(address))

    grades = [round(grade(plain_lines(main_of(page))), 1) for page in pages]

    assert [found for found in grades if found > LIMIT] == []


def main_of(page):
    main = page.text.partition('tabindex="-1">')[2].partition("</main>")[0]
    return re.sub(r"<svg.*?</svg>", "", main, flags=re.DOTALL)
