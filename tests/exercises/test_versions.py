"""The history of exercises and routines in the admin: versions looked at, compared and brought back."""

import pytest
from django.contrib.auth.models import Permission

from exercises.diff import compare
from exercises.dose import NOT_STATED, Amount
from exercises.models import Dose, Exercise, Progression, Routine, Tag
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.publish import publish
from kneecare.publishing.restore import restore
from tests.factories import give_dose, make_clinic, make_exercise, make_routine

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


def changed(old, new):
    """What differs between two versions: label to the texts taken out and put in."""
    return {
        row["label"]: (
            "".join(run["text"] for run in row["runs"] if run["op"] == "removed"),
            "".join(run["text"] for run in row["runs"] if run["op"] == "added"),
        )
        for row in compare(old.snapshot(), new.snapshot()).rows
    }


def changed_exercise():
    """An exercise with a dose and a tag, published, and then edited in every way."""
    tag = Tag.objects.create(kind="muscle", name="Calf", slug="calf")
    exercise = make_exercise(title="Calf raise", dose={"sets": 2, "reps": 10})
    exercise.tags.set([tag])
    first = publish(exercise, by=None)
    exercise.title, exercise.steps = "Heel raise", "Rise."
    exercise.save()
    exercise.tags.clear()
    Dose.objects.update(sets=3)
    return exercise, first


def page_of(row, ending):
    return f"/admin/exercises/{row._meta.model_name}/{row.pk}/{ending}"


def test_compare_tells_what_differs_between_two_versions_of_an_exercise():
    exercise, first = changed_exercise()

    second = publish(Exercise.objects.get(pk=exercise.pk), by=None)

    assert changed(first, first) == {}
    assert changed(first, second) == {
        "Title": ("Calf", "Heel"),
        "Steps": ("Stand up.\nSit down.", "Rise."),
        "Muscles": ("Calf", ""),
        "Dose": ("2", "3"),
    }


def test_compare_tells_what_differs_between_two_versions_of_a_routine():
    bridge = make_exercise(title="Bridge", dose={"reps": 10})
    push = make_exercise(title="Push")
    routine = make_routine(bridge, push, bridge)
    first = publish(routine, by=None)
    give_dose(routine.items.last(), reps=5, source="The second time.")
    routine.items.get(exercise=push).delete()
    routine.weeks = 6
    routine.save()

    second = publish(routine, by=None)

    assert changed(first, second) == {
        "How often": ("", "for 6 weeks"),
        "Exercises": ("Push\n", ""),
        "Bridge, again: dose": ("10\nA book", "5\nThe second time"),
        "Push: dose": (f"{NOT_STATED}", ""),
        "Push: steps": ("Stand up.\nSit down.", ""),
    }


def test_restore_puts_fields_tags_and_dose_back_and_patients_read_what_they_did():
    exercise, first = changed_exercise()
    second = publish(Exercise.objects.get(pk=exercise.pk), by=None)

    lost = restore(first, by=None)

    again = Exercise.objects.with_dose().get(pk=exercise.pk)
    assert lost == []
    assert again.snapshot() == first.snapshot()
    assert again.dose.sets == Amount(2)
    assert again.live_version == second
    assert again.shown == second.snapshot()


def test_restore_keeps_the_working_copy_that_it_replaces():
    exercise, first = changed_exercise()

    restore(first, by=None)

    kept = exercise.versions.get(note__startswith="Kept")
    assert kept.snapshot().title == "Heel raise"
    assert kept.note == "Kept before version 2 was brought back."
    restore(kept, by=None)
    assert Exercise.objects.get(pk=exercise.pk).title == "Heel raise"


def test_restore_keeps_nothing_twice():
    exercise, _ = changed_exercise()
    second = publish(Exercise.objects.get(pk=exercise.pk), by=None)

    restore(second, by=None)

    kept = exercise.versions.filter(number=None)
    assert [version.note for version in kept] == ["Brought back from version 3."]


def test_restore_puts_the_items_of_a_routine_back_in_their_order_with_their_doses():
    bridge, push = make_exercise(title="Bridge"), make_exercise(title="Push")
    routine = make_routine(push, bridge)
    give_dose(routine.items.first(), reps=5, source="Here.")
    first = publish(routine, by=None)
    routine.items.all().delete()
    publish(routine, by=None)

    lost = restore(first, by=None)

    again = Routine.objects.get(pk=routine.pk)
    assert lost == []
    assert again.snapshot().as_data() == first.data
    assert [item.dose.reps for item in again.snapshot().items] == [Amount(5), None]


def test_restore_tells_what_is_gone_and_brings_the_rest_back():
    bridge, push = make_exercise(title="Bridge"), make_exercise(published_at=None)
    routine = make_routine(push, bridge)
    give_dose(routine.items.first(), reps=5, source="Here.")
    first = publish(routine, by=None)
    routine.items.get(exercise=push).delete()
    push.delete()

    lost = restore(first, by=None)

    assert lost == ["exercise in this routine"]
    items = Routine.objects.get(pk=routine.pk).snapshot().items
    assert [item.exercise.title for item in items] == ["Bridge"]


def test_restore_refuses_a_level_that_another_exercise_has_by_now():
    bridges = Progression.objects.create(title="Bridges")
    exercise = make_exercise(progression=bridges, level=1)
    first = publish(exercise, by=None)
    Exercise.objects.filter(pk=exercise.pk).update(progression=None, level=None)
    make_exercise(progression=bridges, level=1)

    with pytest.raises(Refused):
        restore(first, by=None)

    assert Exercise.objects.get(pk=exercise.pk).progression is None
    assert not exercise.versions.filter(number=None).exists()


def test_restore_leaves_out_a_progression_that_is_gone():
    bridges = Progression.objects.create(title="Bridges")
    exercise = make_exercise(progression=bridges, level=1)
    first = publish(exercise, by=None)
    Exercise.objects.filter(pk=exercise.pk).update(progression=None, level=None)
    bridges.delete()

    lost = restore(first, by=None)

    assert lost == ["progression"]
    assert Exercise.objects.get(pk=exercise.pk).level is None


def test_restore_refuses_a_version_from_before_sources_were_kept():
    exercise = make_exercise()
    old = exercise.versions.get()
    old.pk, old.number, old.source, old._state.adding = None, 9, {}, True
    old.save()

    with pytest.raises(Refused):
        restore(old, by=None)


def test_numbers_go_on_after_a_version_that_was_kept():
    exercise, first = changed_exercise()
    restore(first, by=None)

    third = publish(Exercise.objects.get(pk=exercise.pk), by=None)

    assert third.number == first.number + 1


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.mark.usefixtures("clinic")
def test_staff_see_the_history_compare_look_and_bring_back(staff_client):
    exercise, first = changed_exercise()

    history = staff_client.get(page_of(exercise, "history/"))
    compared = staff_client.get(
        page_of(exercise, f"compare/?old={first.pk}&new=now")
    ).text
    look = staff_client.get(page_of(exercise, f"versions/{first.pk}/"))
    back = staff_client.post(
        page_of(exercise, f"versions/{first.pk}/restore/"), follow=True
    )

    assert "Version 2" in history.text
    assert "<ins>" in compared
    assert "Heel" in compared
    assert "<h1>Calf raise</h1>" in look.text
    assert "Version 2, from the history." in look.text
    assert look["X-Robots-Tag"] == "noindex"
    assert "The working copy is version 2 again." in back.text
    assert Exercise.objects.get(pk=exercise.pk).title == "Calf raise"


@pytest.mark.usefixtures("clinic")
def test_the_history_of_a_routine_opens_too(staff_client):
    routine = make_routine(make_exercise())
    version = routine.versions.get()

    pages = [
        "history/",
        f"compare/?old={version.pk}&new=now",
        f"versions/{version.pk}/",
    ]

    statuses = [staff_client.get(page_of(routine, page)).status_code for page in pages]
    assert statuses == [200, 200, 200]


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize(
    "address",
    ["compare/", "compare/?old=x&new=now", "compare/?old=99999999999999999999&new=1"],
)
def test_versions_that_are_not_there_are_not_found(staff_client, address):
    exercise = make_exercise()

    assert staff_client.get(page_of(exercise, address)).status_code == 404


@pytest.mark.usefixtures("clinic")
def test_a_version_of_another_exercise_is_not_found(staff_client):
    exercise, other = make_exercise(), make_exercise().versions.get()

    address = page_of(exercise, f"versions/{other.pk}/")

    assert staff_client.get(address).status_code == 404
    assert staff_client.post(f"{address}restore/").status_code == 404


@pytest.mark.usefixtures("clinic")
def test_who_may_only_look_brings_nothing_back(client, django_user_model):
    exercise, first = changed_exercise()
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_exercise"))
    client.force_login(viewer)

    history = client.get(page_of(exercise, "history/")).text
    refused = client.post(page_of(exercise, f"versions/{first.pk}/restore/"))

    assert "Version 2" in history
    assert "Bring back<" not in history
    assert refused.status_code == 403
    assert Exercise.objects.get(pk=exercise.pk).title == "Heel raise"


@pytest.mark.usefixtures("clinic")
def test_hostile_words_are_inert_in_history_and_comparison(staff_client):
    exercise = make_exercise(title="Raise")
    first = exercise.versions.get()
    exercise.title, exercise.mistakes = HOSTILE, HOSTILE
    exercise.save()
    publish(exercise, by=None, note=HOSTILE)

    history = staff_client.get(page_of(exercise, "history/")).text
    compared = staff_client.get(page_of(exercise, f"compare/?old={first.pk}&new=now"))

    for page in [history, compared.text]:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
