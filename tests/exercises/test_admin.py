import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from exercises.dose import Amount
from exercises.models import Exercise, Progression, Routine
from tests.admin_forms import seen
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.django_db


NO_MEDIA = {
    f"exercises_exercise{kind}_set-{count}_FORMS": 0
    for kind in ["picture", "video"]
    for count in ["TOTAL", "INITIAL"]
}


def exercise_form(exercise, **changes):
    data = {
        "title": exercise.title,
        "slug": exercise.slug,
        "summary": exercise.summary,
        "steps": exercise.steps,
        "limb": exercise.limb,
        "author": exercise.author_id,
        "figure": "{}",
        **seen(exercise),
        **NO_MEDIA,
        "stated_dose-TOTAL_FORMS": 1,
        "stated_dose-INITIAL_FORMS": 1,
        "stated_dose-0-id": exercise.stated_dose.pk,
        "stated_dose-0-exercise": exercise.pk,
        "stated_dose-0-source": "A book.",
        "stated_dose-0-reps": 8,
    }
    return data | changes


def change_url(page):
    return reverse(f"admin:exercises_{page._meta.model_name}_change", args=[page.pk])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"stated_dose-0-reps": "15-10"},
            "A range runs upward",
        ),
        ({"stated_dose-0-sets": 0}, "start at 1"),
        ({"stated_dose-0-sets": 2147483648}, "Sets: 99 at the most"),
        ({"stated_dose-0-source": ""}, "Say where the dose comes from"),
        (
            {"stated_dose-0-reps": "", "stated_dose-0-rest": "30"},
            "Give sets, repetitions, a hold, a time, how often, or words",
        ),
        (
            {"stated_dose-0-activity": "5 min"},
            "Give repetitions and a hold, or the time or distance of an activity",
        ),
        (
            {
                "stated_dose-0-reps": "",
                "stated_dose-0-as_able": "as many as you can",
            },
            "Words in place of a number are a clinician",
        ),
        ({"level": 2}, "Give both the progression and the level, or neither."),
        ({"figure": '{"view": "side"}'}, "poses"),
        ({"figure": "not json"}, "Enter a valid JSON."),
    ],
)
def test_a_dose_or_a_drawing_that_cannot_be_comes_back_with_a_message(
    staff_client, changes, message
):
    exercise = make_exercise(dose={"sets": 2, "reps": 8})

    response = staff_client.post(
        change_url(exercise), exercise_form(exercise, **changes)
    )

    assert response.status_code == 200
    assert message in response.text
    assert Exercise.objects.get().dose.sets == Amount(2)


def test_a_level_that_is_taken_comes_back_with_a_message(staff_client):
    progression = Progression.objects.create(title="Bridges")
    make_exercise(progression=progression, level=1)
    exercise = make_exercise(dose={"reps": 8})

    response = staff_client.post(
        change_url(exercise),
        exercise_form(exercise, progression=progression.pk, level=1),
    )

    assert response.status_code == 200
    assert "Another exercise has this level." in response.text


def test_two_exercises_of_a_routine_can_change_places(staff_client):
    routine = make_routine(make_exercise(title="First"), make_exercise(title="Second"))
    one, two = routine.items.all()
    data = {
        "title": routine.title,
        "slug": routine.slug,
        "summary": routine.summary,
        "author": routine.author_id,
        **seen(routine),
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
    ("group", "status"), [("Editors", 200), ("Clinicians", 200), ("Front desk", 403)]
)
def test_a_draft_is_previewed_by_staff_who_may_see_it_and_is_kept_nowhere(
    client, django_user_model, group, status
):
    exercise = make_exercise(published_at=None)
    staff_in(group, client, django_user_model)

    for page in [exercise, make_routine(exercise, published_at=None)]:
        response = client.get(f"{page.get_absolute_url()}preview/")

        assert response.status_code == status
        assert client.get(page.get_absolute_url()).status_code == 404
        if status == 200:
            assert "no-store" in response["Cache-Control"]
            assert 'name="robots" content="noindex"' in response.text


def test_saving_leaves_what_patients_read_until_publishing(staff_client):
    exercise = make_exercise(dose={"reps": 8}, title="Old title")
    form = exercise_form(exercise, title="New title", **{"stated_dose-0-reps": 9})
    before = staff_client.get(exercise.get_absolute_url()).content

    staff_client.post(change_url(exercise), form)
    assert staff_client.get(exercise.get_absolute_url()).content == before

    staff_client.post(change_url(exercise), form | seen(exercise) | {"_publish": "1"})
    page = staff_client.get(exercise.get_absolute_url()).text
    assert "New title" in page
    assert "9 repetitions" in page
    assert exercise.versions.exclude(number=None).count() == 2


def test_taking_down_hides_the_page(staff_client):
    exercise = make_exercise(dose={"reps": 8})

    staff_client.post(
        change_url(exercise), exercise_form(exercise) | {"_takedown": "1"}
    )

    assert staff_client.get(exercise.get_absolute_url()).status_code == 404


def test_a_routine_of_four_exercises_is_saved_with_a_warning(staff_client):
    routine = make_routine(*[make_exercise() for _ in range(4)])
    url = reverse("admin:exercises_routine_change", args=[routine.pk])
    data = {
        "title": routine.title,
        "slug": routine.slug,
        "summary": routine.summary,
        "author": routine.author_id,
        **seen(routine),
        "green_to": 2,
        "amber_to": 4,
        "pain_source": "A leaflet.",
        "items-TOTAL_FORMS": 0,
        "items-INITIAL_FORMS": 0,
    }

    page = staff_client.post(url, data, follow=True).text

    assert "This routine has 4 exercises." in page
    assert Routine.objects.get().green_to == 2


@pytest.mark.parametrize(
    ("limits", "saved"),
    [
        ((2, 4), True),
        (("", ""), True),
        ((4, 4), False),
        ((3, ""), False),
        ((3, 10), False),
    ],
)
def test_the_pain_guide_runs_from_green_to_red(staff_client, limits, saved):
    routine = make_routine(make_exercise())
    url = reverse("admin:exercises_routine_change", args=[routine.pk])
    data = {
        "title": "Changed",
        "slug": routine.slug,
        "summary": routine.summary,
        "author": routine.author_id,
        **seen(routine),
        "green_to": limits[0],
        "amber_to": limits[1],
        "pain_source": "A leaflet.",
        "items-TOTAL_FORMS": 0,
        "items-INITIAL_FORMS": 0,
    }

    staff_client.post(url, data)

    assert Routine.objects.filter(title="Changed").exists() == saved


def test_the_admin_shows_the_drawing_as_patients_see_it(staff_client):
    figure = {
        "view": "side",
        "props": ["floor"],
        "muscles": [],
        "poses": [{"label": "Stand tall", "anchor": "feet", "angles": {}}],
    }
    exercise = make_exercise(figure=figure)

    assert "<svg" in staff_client.get(change_url(exercise)).text


def test_publishing_in_one_go_with_deleting_the_dose_publishes_no_dose(staff_client):
    exercise = make_exercise(dose={"reps": 8})
    form = exercise_form(exercise, **{"stated_dose-0-DELETE": "on", "_publish": "1"})

    staff_client.post(change_url(exercise), form)

    assert Exercise.objects.published().get().shown.dose.reps is None
    assert "8 repetitions" not in staff_client.get(exercise.get_absolute_url()).text


@pytest.mark.parametrize("figure", ["", "null", "[]"])
def test_an_exercise_without_a_drawing_is_saved(staff_client, figure):
    exercise = make_exercise(dose={"reps": 8})

    form = exercise_form(exercise, figure=figure, title="Saved")
    staff_client.post(change_url(exercise), form)

    exercise.refresh_from_db()
    assert (exercise.title, exercise.figure) == ("Saved", {})


def test_the_list_of_versions_holds_no_mere_save(staff_client):
    exercise = make_exercise(dose={"reps": 8})
    for title in ["One", "Two"]:
        staff_client.post(change_url(exercise), exercise_form(exercise, title=title))

    listed = staff_client.get(reverse("admin:exercises_exerciseversion_changelist"))

    assert "1 exercise version" in listed.text
    assert [each.number for each in listed.context["cl"].result_list] == [1]
