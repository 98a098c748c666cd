"""Every field that something depends on can be filled in: none is editable and on no form."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.test import RequestFactory

from tests.cases.planting import APPS

pytestmark = pytest.mark.django_db
DOSE = "made of where the dose came from: see starting_doses.complete_dose"
GUIDE = "made of where the limits came from: see starting_doses.complete_pain_guide"
EXCEPTIONS = {
    "articles.Article.published_at": "publishing sets it",
    "exercises.Handout.pain_set_by": GUIDE,
    "exercises.Handout.pain_set_on": GUIDE,
    "exercises.Handout.pain_source": GUIDE,
    "exercises.HandoutItem.set_by": DOSE,
    "exercises.HandoutItem.set_on": DOSE,
    "exercises.HandoutItem.source": DOSE,
    "exercises.Routine.exercises": "the rows of the routine are its exercises",
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
