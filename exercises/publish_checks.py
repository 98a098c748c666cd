"""What is worth a look before patients read an exercise or a routine. None of it stops publishing."""

from exercises.models import Exercise, Routine
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.publish_checks import (
    ADVICE,
    advice,
    check_description,
    checks_of,
)


@checks_of(Exercise)
def check_exercise(exercise, publish_with):
    yield from _check_review(exercise)
    if not exercise.steps.strip():
        yield advice("There are no steps: say what to do.", exercise, "steps")
    if not exercise.dose.says_how_much:
        text = "It is not stated how many to do, and patients are told to ask. Ask the clinician."
        yield advice(text, exercise, "stated_dose")
    for part in exercise.media():
        if hasattr(part, "alt"):
            yield from check_description(part, missing=ADVICE)


@checks_of(Routine)
def check_routine(routine, publish_with):
    yield from _check_review(routine)
    items = list(routine.items.select_related("exercise"))
    if not any(item.exercise.is_published for item in items):
        text = "No exercise in this routine is published: patients would see none."
        yield advice(text, routine, "items")
    for item in items:
        if not item.exercise.is_published:
            text = f"“{item.exercise}” is not published, and is left out."
            yield advice(text, item, "exercise")


def _check_review(page):
    if not page.author.is_shown:
        text = f"The author, {page.author}, is not shown on the site, so that the name leads nowhere."
        yield advice(text, page, "author")
    signature, url = page.signature, admin_url(page, "review")
    if signature is None:
        text = "No clinician has signed it as it stands: the page says that the clinical review is pending."
        yield advice(text, url=url)
    elif signature.clinician_id == page.author_id:
        text = "Author and reviewer are one person. A second pair of eyes sees more."
        yield advice(text, url=url)
