"""The rows of a routine's own page in the admin: their order, and a dose that one of them has here."""

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError
from django.urls import reverse

from exercises.models.dose_constraints import NOTHING
from tests.admin_forms import seen
from tests.factories import give_dose, make_clinician, make_exercise, make_routine

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database(
        "rows of a form, whose constraints are asked in dose/test_database"
    ),
]


def change_url(routine):
    return reverse("admin:exercises_routine_change", args=[routine.pk])


def form_of(routine, *rows, new=0):
    """What the admin posts for ``routine``; each of ``rows`` holds what differs in a row, the last ``new`` are new."""
    items = list(routine.items.all())
    data = {
        "title": routine.title,
        "slug": routine.slug,
        "summary": routine.summary,
        "author": routine.author_id,
        **seen(routine),
        "items-TOTAL_FORMS": len(rows),
        "items-INITIAL_FORMS": len(rows) - new,
    }
    for number, row in enumerate(rows):
        fields = {}
        if number < len(rows) - new:
            item = items[number]
            fields = {"id": item.pk, "exercise": item.exercise_id}
            fields["position"] = item.position
        for name, value in {"routine": routine.pk, **fields, **row}.items():
            data[f"items-{number}-{name}"] = value
    return data


def is_as_in_the_exercise(routine):
    return routine.items.filter(NOTHING).exists()


def titles(routine):
    return [item.exercise.title for item in routine.items.all()]


def test_a_dose_given_in_a_row_is_the_dose_here_and_the_exercise_keeps_its_own(
    staff_client,
):
    exercise = make_exercise(dose={"reps": 8})
    routine = make_routine(exercise)

    staff_client.post(
        change_url(routine),
        form_of(routine, {"sets": 2, "hold": 5, "source": "A book."}),
    )

    assert routine.items.get().sentence() == "2 sets, each held for 5 seconds"
    assert exercise.dose.sentence() == "8 repetitions"


def test_a_row_without_a_dose_makes_none(staff_client):
    routine = make_routine(make_exercise(dose={"reps": 8}))

    staff_client.post(change_url(routine), form_of(routine, {"position": 7}))

    assert routine.items.get().position == 7
    assert is_as_in_the_exercise(routine)


def test_emptying_the_dose_of_a_row_gives_the_exercise_its_own_again(staff_client):
    routine = make_routine(make_exercise(dose={"reps": 8}))
    give_dose(routine.items.get(), reps=5, source="A book.")

    staff_client.post(change_url(routine), form_of(routine, {}))

    assert is_as_in_the_exercise(routine)


def test_the_form_shows_the_dose_that_a_row_has_and_saving_it_again_changes_nothing(
    staff_client,
):
    clinician = make_clinician()
    routine = make_routine(make_exercise())
    give_dose(
        routine.items.get(),
        as_able="As many as you can",
        set_by=clinician,
        set_on="2026-01-05",
    )
    row = staff_client.get(change_url(routine)).context["inline_admin_formsets"][0]
    shown = {field.name: field.value() for field in row.formset.forms[0]}

    before = routine.items.values().get()
    staff_client.post(
        change_url(routine), form_of(routine, {"as_able": shown["as_able"]})
    )

    assert shown["as_able"] == "As many as you can"
    assert routine.items.values().get() == before
    assert before["set_by_id"] == clinician.pk


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ({"reps": "15-10", "source": "A"}, "reps", "runs upward"),
        ({"rest": 20, "source": "A"}, "reps", "Give sets, repetitions, a hold,"),
        ({"reps": 8}, "source", "Say where the dose comes from"),
        ({"reps": 0, "source": "A"}, "reps", "start at 1"),
        ({"reps": 8, "sets": 0, "source": "A"}, "sets", "start at 1"),
        (
            {"reps": 8, "days": 8, "source": "A"},
            "days",
            "7 at the most",
        ),
        ({"as_able": "Some", "source": "A"}, "is_set_by_me", "are a clinician"),
        ({"reps": "a few", "source": "A"}, "reps", "Type it like one of these"),
        ({"reps": 8, "hold": "5 miles", "source": "A"}, "hold", "does not fit here"),
        ({"activity": 5, "source": "A"}, "activity", "Say of what, once"),
        ({"activity": "5 min", "reps": 8, "source": "A"}, "activity", "not both"),
        ({"parts": "walk 2 min", "source": "A"}, "parts", "Give 2 to 12 parts"),
        ({"reps": 8, "tempo": "3 sideways", "source": "A"}, "tempo", "3 down, 3 pause"),
        ({"reps": 8, "sets": 1, "rest": 30, "source": "A"}, "rest", "One set has no"),
        ({"reps": 8, "effort": "12", "source": "A"}, "effort", "10 at the most"),
        (
            {"reps": 8, "days": 6, "spacing": "every_other_day", "source": "A"},
            "days",
            "no day off between",
        ),
        ({"reps": 2147483648, "source": "A"}, "reps", "999"),
        ({"sides": "none", "reps": 8, "source": "A"}, "sides", "valid choice"),
    ],
)
def test_a_dose_that_cannot_be_is_told_beside_its_field_and_stays_as_it_was_typed(
    staff_client, row, field, message
):
    routine = make_routine(make_exercise())

    response = staff_client.post(change_url(routine), form_of(routine, row))

    form = response.context["inline_admin_formsets"][0].formset.forms[0]
    assert message in " ".join(form.errors[field])
    assert {name: form[name].value() for name in row} == {
        name: str(value) for name, value in row.items()
    }
    assert is_as_in_the_exercise(routine)


@pytest.mark.parametrize(
    ("row", "shown", "folded"),
    [
        ({"reps": "a few"}, "id_items-0-reps", "id_items-0-effort"),
        ({"effort": "a lot"}, "id_items-0-effort", "id_items-0-reps"),
    ],
)
def test_what_is_wrong_is_not_folded_away(staff_client, row, shown, folded):
    routine = make_routine(make_exercise())

    text = staff_client.post(change_url(routine), form_of(routine, row)).text

    def is_folded(field):
        before = text.partition(f'id="{field}"')[0]
        return before.count("<details>") > before.count("</details>")

    assert not is_folded(shown)
    assert is_folded(folded)


def test_a_new_row_may_have_a_dose_at_once(staff_client):
    routine = make_routine()
    row = {"exercise": make_exercise().pk, "position": 1, "sets": 3, "reps": 6}

    staff_client.post(
        change_url(routine), form_of(routine, {**row, "source": "A"}, new=1)
    )

    assert routine.items.get().sentence() == "3 sets of 6"


def test_an_empty_row_with_nothing_but_a_number_is_not_saved(staff_client):
    routine = make_routine(make_exercise())

    response = staff_client.post(
        change_url(routine), form_of(routine, {}, {"position": 2}, new=1)
    )

    assert response.status_code == 302
    assert routine.items.count() == 1


def test_the_next_row_comes_after_the_others_without_a_script(staff_client):
    routine = make_routine(make_exercise(), make_exercise())

    inline = staff_client.get(change_url(routine)).context["inline_admin_formsets"][0]

    assert inline.formset.forms[-1]["position"].value() == 2


def test_rows_are_put_in_order_by_their_numbers(staff_client):
    routine = make_routine(*[make_exercise(title=name) for name in "ABC"])

    staff_client.post(
        change_url(routine),
        form_of(routine, {"position": 3}, {"position": 1}, {"position": 2}),
    )

    assert titles(routine) == ["B", "C", "A"]


def test_whoever_may_change_the_exercises_of_a_routine_may_change_their_doses(
    client, django_user_model
):
    user = django_user_model.objects.create_user("helper", is_staff=True)
    allowed = ["change_routine", "change_routineitem", "view_exercise"]
    user.user_permissions.set(Permission.objects.filter(codename__in=allowed))
    client.force_login(user)
    routine = make_routine(make_exercise())
    row = {"position": 4, "reps": 9, "source": "A book."}

    client.post(change_url(routine), form_of(routine, row))

    assert [item.sentence() for item in routine.items.all()] == ["9 repetitions"]


def test_who_may_only_look_at_the_exercises_of_a_routine_changes_no_dose(
    client, django_user_model
):
    user = django_user_model.objects.create_user("helper", is_staff=True)
    allowed = ["change_routine", "view_routineitem", "view_exercise"]
    user.user_permissions.set(Permission.objects.filter(codename__in=allowed))
    client.force_login(user)
    routine = make_routine(make_exercise())
    give_dose(routine.items.get(), reps=5, source="A book.")

    client.post(change_url(routine), form_of(routine, {"position": 4, "reps": 9}))

    assert [item.sentence() for item in routine.items.all()] == ["5 repetitions"]


@pytest.mark.parametrize("field", ["sets", "reps", "rest", "hold"])
def test_a_number_that_no_column_holds_is_told_beside_the_words(staff_client, field):
    routine = make_routine(make_exercise())
    row = {"reps": 5, "source": "A book.", "note": "Slowly.", field: "9" * 20}

    answer = staff_client.post(change_url(routine), form_of(routine, row))

    assert answer.status_code == 200
    assert "Slowly." in answer.text
    assert "at the most." in answer.text
    assert is_as_in_the_exercise(routine)


def test_more_holds_than_anybody_counts_are_told_beside_the_sets(staff_client):
    routine = make_routine(make_exercise())
    row = {"sets": 99, "reps": 900, "hold": 5, "source": "A book."}

    answer = staff_client.post(change_url(routine), form_of(routine, row))

    assert "Sets times repetitions are 500 holds at the most." in answer.text
    assert is_as_in_the_exercise(routine)


@pytest.mark.parametrize(
    ("dose", "fits"),
    [
        ({"sets": 10, "reps": 50, "hold": 5}, True),
        ({"sets": 10, "reps": "50-51", "hold": 5}, False),
        ({"reps": 501, "hold": 5}, False),
        ({"sets": 99, "hold": 5}, True),
        ({"sets": 99, "reps": 900}, True),
    ],
)
def test_the_database_holds_no_dose_of_more_than_500_holds(dose, fits):
    routine = make_routine(make_exercise())
    dose["source"] = "A book."

    if fits:
        give_dose(routine.items.get(), **dose)
    else:
        with pytest.raises(IntegrityError, match="holds_than_can_be_counted"):
            give_dose(routine.items.get(), **dose)


@pytest.mark.parametrize(
    ("dose", "promise"),
    [
        ({"rest": 20, "source": "A book."}, "says_how_much_or_how_often"),
        ({"note": "Slowly.", "source": "A book."}, "says_how_much_or_how_often"),
        ({"source": "A book."}, "says_how_much_or_how_often"),
        ({"reps": 8}, "says_where_it_comes_from"),
        ({"as_able": "Some", "source": "A book."}, "as_able_comes_from_a_clinician"),
    ],
)
def test_the_database_holds_no_half_of_a_dose(dose, promise):
    routine = make_routine(make_exercise())

    with pytest.raises(IntegrityError, match=promise):
        give_dose(routine.items.get(), **dose)
