from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import articles.first_content
import bookings.first_content
import exercises.first_content
import kneecare.clinic.first_content
from kneecare.clinic.models import Clinic
from kneecare.core.first_content import (
    ARTICLES,
    EXERCISES,
    LIBRARY,
    OF_THE_CLINIC,
    PACKS,
)
from kneecare.search import index


class Command(BaseCommand):
    help = (
        "Fill an empty site with its first content: the clinic's own, and the starter packs that KNEECARE_STARTER names. "
        "A site that has a clinic is left alone, unless --add names packs: it then gets those of their pages that it has not."
    )

    def add_arguments(self, parser):
        parser.add_argument("--add", nargs="+", choices=PACKS, metavar="PACK")

    def handle(self, *, add, **options):
        chosen = settings.STARTER_PACKS
        if unknown := set(chosen) - set(PACKS):
            raise CommandError(
                f"KNEECARE_STARTER: there is no pack “{min(unknown)}”. There are {', '.join(PACKS)}."
            )
        with transaction.atomic():
            if not Clinic.objects.exists():
                self._fill(chosen)
            elif add:
                _load([LIBRARY], add)
                index.rebuild()

    def _fill(self, packs):
        kneecare.clinic.first_content.load()
        _load([OF_THE_CLINIC, LIBRARY], packs)
        bookings.first_content.load()
        index.rebuild()
        self.stdout.write(
            "First content: articles, exercises, routines, programs and call times."
        )


def _load(folders, packs):
    """Articles show exercises and routines of their pack: whoever takes those takes these."""
    with_exercises = {EXERCISES, ARTICLES} & set(packs)
    exercises.first_content.load(_without_library(folders, not with_exercises))
    articles.first_content.load(_without_library(folders, ARTICLES not in packs))


def _without_library(folders, is_left):
    return [each for each in folders if not (is_left and each == LIBRARY)]
