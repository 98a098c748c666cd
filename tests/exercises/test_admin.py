import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from exercises.models import Exercise
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.django_db


def exercise_form(exercise, **changes):
    data = {
        "title": exercise.title,
        "slug": exercise.slug,
        "summary": exercise.summary,
        "steps": exercise.steps,
        "author": exercise.author_id,
        "figure": "{}",
        "stated_dose-TOTAL_FORMS": 1,
        "stated_dose-INITIAL_FORMS": 1,
        "stated_dose-0-id": exercise.stated_dose.pk,
        "stated_dose-0-exercise": exercise.pk,
        "stated_dose-0-source": "A book.",
    }
    return data | changes


def change_url(page):
    return reverse(f"admin:exercises_{page._meta.model_name}_change", args=[page.pk])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"stated_dose-0-reps_from": 15, "stated_dose-0-reps_to": 10},
            "A range of repetitions runs upward",
        ),
        ({"stated_dose-0-sets": 0}, "start at 1"),
        ({"stated_dose-0-sets": 2147483648}, "less than or equal to 99"),
        ({"stated_dose-0-source": ""}, "Say where the dose comes from"),
        ({"figure": '{"view": "side"}'}, "poses"),
        ({"figure": "not json"}, "Enter a valid JSON."),
    ],
)
def test_a_dose_or_a_drawing_that_cannot_be_comes_back_with_a_message(
    staff_client, changes, message
):
    exercise = make_exercise(dose={"sets": 2})

    response = staff_client.post(
        change_url(exercise), exercise_form(exercise, **changes)
    )

    assert response.status_code == 200
    assert message in response.text
    assert Exercise.objects.get().dose.sets == 2


def test_an_exercise_as_its_own_harder_version_comes_back_with_a_message(staff_client):
    exercise = make_exercise()

    response = staff_client.post(
        change_url(exercise), exercise_form(exercise, harder=exercise.pk)
    )

    assert response.status_code == 200
    assert "cannot be its own harder version" in response.text


def test_two_exercises_of_a_routine_can_change_places(staff_client):
    routine = make_routine(make_exercise(title="First"), make_exercise(title="Second"))
    one, two = routine.items.all()
    data = {
        "title": routine.title,
        "slug": routine.slug,
        "summary": routine.summary,
        "author": routine.author_id,
        "items-TOTAL_FORMS": 2,
        "items-INITIAL_FORMS": 2,
    }
    for number, (item, exercise) in enumerate(
        [(one, two.exercise), (two, one.exercise)]
    ):
        data |= {
            f"items-{number}-id": item.pk,
            f"items-{number}-routine": routine.pk,
            f"items-{number}-exercise": exercise.pk,
            f"items-{number}-position": item.position,
        }

    staff_client.post(change_url(routine), data)

    assert [item.exercise.title for item in routine.items.all()] == ["Second", "First"]


def staff_in(group, client, django_user_model):
    user = django_user_model.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)


@pytest.mark.parametrize(
    ("group", "status"), [("Editors", 200), ("Clinicians", 200), ("Front desk", 404)]
)
def test_a_draft_opens_for_staff_who_may_see_it_and_is_kept_nowhere(
    client, django_user_model, group, status
):
    exercise = make_exercise(published_at=None)
    staff_in(group, client, django_user_model)

    for page in [exercise, make_routine(exercise, published_at=None)]:
        response = client.get(page.get_absolute_url())

        assert response.status_code == status
        if status == 200:
            assert "no-store" in response["Cache-Control"]


def test_the_admin_shows_the_drawing_as_patients_see_it(staff_client):
    figure = {
        "view": "side",
        "props": ["floor"],
        "muscles": [],
        "poses": [{"label": "Stand tall", "anchor": "feet", "angles": {}}],
    }
    exercise = make_exercise(figure=figure)

    assert "<svg" in staff_client.get(change_url(exercise)).text
