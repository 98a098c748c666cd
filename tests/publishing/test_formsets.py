"""The rows of a page in a form that is older than the page: nothing typed is lost, nothing is written too early."""

import pytest
from django.forms.models import inlineformset_factory

from exercises.dose import Amount
from exercises.models import Dose, Exercise, Routine, RoutineItem
from kneecare.publishing.admin.formsets import ChildFormSet
from kneecare.publishing.publish import save_revision
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.django_db

Items = inlineformset_factory(
    Routine,
    RoutineItem,
    formset=ChildFormSet,
    fields=["exercise", "position", "reps", "source"],
)
Doses = inlineformset_factory(
    Exercise, Dose, formset=ChildFormSet, fields=["reps", "source"]
)


@pytest.fixture
def routine():
    """A routine of three, whose rows the history knows."""
    routine = make_routine(*(make_exercise(title=title) for title in "ABC"))
    save_revision(routine, by=None)
    return routine


def posted(routine, **changes):
    items = list(routine.items.all())
    data = {"items-TOTAL_FORMS": len(items), "items-INITIAL_FORMS": len(items)}
    for place, item in enumerate(items):
        row = {"id": item.pk, "exercise": item.exercise_id, "position": place}
        data |= {f"items-{place}-{name}": value for name, value in row.items()}
        data |= {
            f"items-{place}-reps": 5,
            f"items-{place}-source": f"Book {place}",
        }
    return {name: str(value) for name, value in (data | changes).items()}


def titles(routine):
    return [item.exercise.title for item in routine.items.all()]


def test_a_deleted_row_is_there_and_not_stored_until_the_form_is(routine):
    data = posted(routine)
    routine.items.first().delete()

    formset = Items(data, instance=routine)

    assert formset.is_valid()
    assert [form.instance.exercise.title for form in formset.initial_forms] == [*"ABC"]
    assert titles(routine) == ["B", "C"]
    formset.save()
    assert titles(routine) == ["A", "B", "C"]
    assert routine.items.first().source == "Book 0"


def test_a_deleted_row_comes_back_as_it_was_when_nothing_else_was_typed(routine):
    items = list(routine.items.all())
    as_they_are = {f"items-{n}-reps": "" for n in range(3)}
    as_they_are |= {f"items-{n}-source": "" for n in range(3)}
    data = posted(routine, **as_they_are)
    routine.items.first().delete()

    Items(data, instance=routine).save()

    assert [item.pk for item in routine.items.all()] == [item.pk for item in items]


def test_a_deleted_row_that_is_deleted_here_too_stays_away(routine):
    data = posted(routine) | {"items-0-DELETE": "on"}
    routine.items.first().delete()

    Items(data, instance=routine).save()

    assert titles(routine) == ["B", "C"]


def test_a_row_that_cannot_come_back_is_a_new_one_after_the_stored_ones(routine):
    data = posted(routine)
    gone = routine.items.first()
    gone.delete()
    Exercise.objects.filter(pk=gone.exercise_id).update(
        live_version=None, published_at=None
    )
    gone.exercise.delete()

    formset = Items(data, instance=routine)

    assert not formset.is_valid()
    assert [form.prefix for form in formset.initial_forms] == ["items-1", "items-2"]
    [new] = formset.extra_forms
    assert (new.prefix, new["source"].value(), new["id"].value()) == (
        "items-0",
        "Book 0",
        None,
    )


def test_a_row_of_another_page_is_no_row_of_this_one(routine):
    other = make_routine(make_exercise(title="Other")).items.get()

    formset = Items(posted(routine, **{"items-0-id": other.pk}), instance=routine)
    formset.is_valid()
    formset.save()

    other.refresh_from_db()
    assert other.source == ""
    assert other.routine != routine


def test_who_may_not_change_such_rows_brings_none_back(routine):
    data = posted(routine)
    routine.items.first().delete()

    formset = Items(data, instance=routine)
    formset.may_restore = False

    assert len(formset.initial_forms) == 2


@pytest.mark.parametrize("junk", ["", "x", "-1", "9" * 40, "²"])
def test_junk_for_an_id_or_a_count_breaks_nothing(routine, junk):
    for name in ["items-0-id", "items-INITIAL_FORMS"]:
        formset = Items(posted(routine, **{name: junk}), instance=routine)

        assert formset.is_valid() in [True, False]
        assert len(formset.forms) <= 3


def dose(exercise, pk="", stored="0"):
    data = {
        "stated_dose-TOTAL_FORMS": "1",
        "stated_dose-INITIAL_FORMS": stored,
        "stated_dose-0-id": pk,
        "stated_dose-0-reps": "9",
        "stated_dose-0-source": "Bob",
    }
    return Doses(data, instance=exercise)


def test_where_there_is_but_one_row_what_was_typed_goes_into_the_one_of_now():
    exercise = make_exercise(dose={"reps": 12})
    theirs = exercise.stated_dose

    for pk, stored in [("", "0"), (str(theirs.pk + 1), "1")]:
        Dose.objects.update(reps=12)
        formset = dose(exercise, pk, stored)
        assert formset.is_valid()
        formset.save()
        assert (Dose.objects.get().pk, Dose.objects.get().reps) == (
            theirs.pk,
            Amount(9),
        )
