"""What a new site starts with: the clinic's own alone, or starter packs besides, which a clinic may also take later."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Topic
from exercises.models import Exercise, Routine, Tag
from kneecare.core.first_content import PACKS
from kneecare.publishing.publish import take_down

pytestmark = pytest.mark.django_db
OWN = {
    Article: ["it-band-syndrome", "knee-pain-why-it-matters", "patellar-tendinitis", "pes-anserine-bursitis"],
    Exercise: ["calf-raise", "glute-bridge", "single-leg-balance", "single-leg-glute-bridge", "wall-push"],
    Routine: ["knee-strength-starter"],
}  # fmt: skip
ALL = {Article: 16, Exercise: 27, Routine: 7}


def load(*arguments):
    call_command("first_content", *arguments, stdout=StringIO())


def slugs(model):
    return sorted(model.objects.published().values_list("slug", flat=True))


def test_the_clinic_s_own_alone_is_what_the_clinic_has_said(settings):
    settings.STARTER_PACKS = ["own"]

    load()

    assert {model: slugs(model) for model in OWN} == OWN
    authors = {page.author.slug for model in OWN for page in model.objects.all()}
    assert authors == {"nick-hunter"}
    assert Topic.objects.count() == 4


def test_a_clinic_that_started_alone_can_take_a_pack_later(settings):
    settings.STARTER_PACKS = ["own"]
    load()
    take_down(Exercise.objects.get(slug="calf-raise"))
    Exercise.objects.filter(slug="glute-bridge").update(title="Our own words")

    load("--add", "exercises")

    assert Exercise.objects.count() == ALL[Exercise]
    assert Exercise.objects.get(slug="glute-bridge").title == "Our own words"
    assert not Exercise.objects.get(slug="calf-raise").is_published
    assert slugs(Article) == OWN[Article]


def test_articles_bring_the_routines_that_they_show(settings):
    settings.STARTER_PACKS = ["own", "articles"]

    load()

    assert {model: len(slugs(model)) for model in ALL} == ALL


def test_a_site_with_a_clinic_gets_nothing_that_was_not_asked_for(settings):
    settings.STARTER_PACKS = ["own"]
    load()
    settings.STARTER_PACKS = PACKS

    load()

    assert Tag.objects.count() == 8
    assert slugs(Routine) == OWN[Routine]


def test_a_pack_that_there_is_not_is_refused_with_one_line(settings):
    settings.STARTER_PACKS = ["own", "yoga"]

    with pytest.raises(CommandError, match="no pack “yoga”"):
        load()
