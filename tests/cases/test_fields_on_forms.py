"""Every field that something depends on can be filled in: none is editable and on no form, and none has no writer."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.test import RequestFactory

from kneecare.clinic.models import Clinician
from tests.cases.planting import APPS
from tests.cases.writers import names_written, written

pytestmark = pytest.mark.django_db
DOSE = "made of where the dose came from: see starting_doses.complete_dose"
GUIDE = "made of where the limits came from: see starting_doses.complete_pain_guide"
TICK = "set by the tick with which a clinician signs: see exercises/admin/signing.py"
PUBLISHED = "publishing sets it, and the form tells of it in words"
QUEUE = "the worker's own: staff read it in words, and press Check now"
EXCEPTIONS = {
    "bookings.ExternalCalendar.attempts": QUEUE,
    "bookings.ExternalCalendar.last_error": QUEUE,
    "bookings.ExternalCalendar.next_attempt_at": QUEUE,
    "exercises.Dose.set_on": TICK,
    "exercises.Routine.pain_set_on": TICK,
    "exercises.RoutineItem.set_on": TICK,
    "articles.Article.published_at": PUBLISHED,
    "exercises.Exercise.published_at": PUBLISHED,
    "exercises.Routine.published_at": PUBLISHED,
    "exercises.Handout.pain_set_by": GUIDE,
    "exercises.Handout.pain_set_on": GUIDE,
    "exercises.Handout.pain_source": GUIDE,
    "exercises.HandoutItem.set_by": DOSE,
    "exercises.HandoutItem.set_on": DOSE,
    "exercises.HandoutItem.source": DOSE,
    "exercises.Routine.exercises": "the rows of the routine are its exercises",
}

COPIED = "copied from the draft by Version.of(), with all that Reviewed has"
WORDS = "written in one statement of SQL by search.vocabulary"
# Fields that are written where no name of theirs stands as such, each with where.
RETURNED = "by its name: services/returned_mail.py"
UNWRITTEN = {
    "articles.ArticleVersion.review_by": COPIED,
    "bookings.OutboxMail.bounced_at": RETURNED,
    "bookings.OutboxMail.complained_at": RETURNED,
    "core.ClockCheck.backed_up_at": "manage.py backup writes it",
    "exercises.ExerciseVersion.review_by": COPIED,
    "exercises.HandoutVersion.review_by": "never: a handout ends instead of coming up for review",
    "exercises.RoutineVersion.review_by": COPIED,
    "search.Spelling.key": WORDS,
    "search.Spelling.word": WORDS,
    "search.Word.documents": WORDS,
    "search.Word.stem": WORDS,
}


def forms_of_the_admin(staff):
    """Each model with the names of the fields that some form of the admin shows, to fill in or to read."""
    request = RequestFactory().get("/")
    request.user = staff
    shown: dict[type, set[str]] = {}
    for model, options in admin.site._registry.items():
        if not options.has_change_permission(request):
            continue  # what the site writes down itself
        fieldsets = options.get_fieldsets(request)
        names = {*flatten_fieldsets(fieldsets), *options.get_readonly_fields(request)}
        shown.setdefault(model, set()).update(names)
        for inline in options.get_inline_instances(request):
            if not inline.has_change_permission(request):
                continue
            fields = inline.get_formset(request).form.base_fields
            shown.setdefault(inline.model, set()).update(fields, inline.get_readonly_fields(request))  # fmt: skip
    return shown


def fields_on_no_form(staff):
    shown = forms_of_the_admin(staff)
    for model in apps.get_models():
        if model.__module__.partition(".")[0] not in APPS or model not in shown:
            continue
        for field in model._meta.get_fields():
            typed = getattr(field, "editable", False) and field.concrete and not field.primary_key  # fmt: skip
            is_parent = field.is_relation and getattr(field, "related_model", None) in shown and field.name in ("parent", "article", "exercise", "routine", "clinic", "handout")  # fmt: skip
            if typed and field.name not in shown[model] and not is_parent:
                yield f"{model._meta.label}.{field.name}"


def test_no_field_that_can_be_edited_is_on_no_form(staff):
    assert set(fields_on_no_form(staff)) == EXCEPTIONS.keys()


def typed_in(staff):
    """Each model with the names of the fields that some form of the admin lets staff fill in."""
    request = RequestFactory().get("/")
    request.user = staff
    typed: dict[type, set[str]] = {}
    for model, options in admin.site._registry.items():
        if not options.has_change_permission(request):
            continue
        for form in [options.get_form(request), options.get_form(request, model())]:
            typed.setdefault(model, set()).update(form.base_fields)
        for inline in options.get_inline_instances(request):
            if inline.has_change_permission(request):
                formset = inline.get_formset(request)
                names = {*formset.form.base_fields, formset.fk.name}
                typed.setdefault(inline.model, set()).update(names)
    return typed


def has_a_writer(field, typed):
    """Whether a form, an action or a job gives ``field`` what it holds; or the database or the field itself does."""
    if field.name in typed.get(field.model, ()):
        return True
    is_made = field.primary_key or getattr(field, "auto_now", False)
    if is_made or (field.has_default() and callable(field.default)):
        return True
    return bool({field.name, field.attname} & written(field.model))


def fields_without_a_writer(staff, models):
    typed = typed_in(staff)
    for model in models:
        for field in model._meta.local_fields:
            if not has_a_writer(field, typed):
                yield f"{model._meta.label}.{field.name}"


def test_no_field_is_read_that_no_form_action_or_job_ever_writes(staff):
    models = [model for model in apps.get_models() if model.__module__.partition(".")[0] in APPS]  # fmt: skip

    assert len(models) > 40
    assert set(fields_without_a_writer(staff, models)) == UNWRITTEN.keys()


def test_a_field_that_leaves_its_only_form_is_found(staff, monkeypatch):
    options = admin.site._registry[Clinician]
    others = [each for each in options.fieldsets if each[0] != "Reminders"]
    assert list(fields_without_a_writer(staff, [Clinician])) == []

    monkeypatch.setattr(options, "fieldsets", others)

    assert list(fields_without_a_writer(staff, [Clinician])) == ["clinic.Clinician.reminder_email"]  # fmt: skip


def test_what_only_looks_for_a_field_does_not_write_it():
    reads = "Row.objects.filter(a=1).values('b').get(c=2)\nf(row.d)\nrow.e == 1\nrows.order_by(g=1)"
    writes = (
        "row.a = 1\nRow.objects.create(b=2)\nRow(c=3)\nx = {'d': 4}\nrow.e, row.g = f()"
    )

    assert names_written(reads) == set()
    assert names_written(writes) == {"a", "b", "c", "d", "e", "g"}
