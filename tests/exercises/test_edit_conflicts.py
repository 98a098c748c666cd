"""Two editors in one exercise or routine: the second to save is told, and nothing of either is lost."""

import re
from urllib.parse import urljoin

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from exercises.dose import Amount
from exercises.models import Dose, Exercise, Routine, RoutineItem
from tests.admin_forms import filled
from tests.factories import give_dose, make_clinic, make_exercise, make_routine

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic(time_zone="America/Phoenix")


def change_url(row):
    return reverse(f"admin:exercises_{row._meta.model_name}_change", args=[row.pk])


def opened(client, row):
    return filled(client.get(change_url(row)))


def overwrite(client, row, form, answer):
    told = re.search(r'name="_overwrite" value="(\d+)"', answer.text)[1]
    form = {**form, "_overwrite": told}
    return client.post(change_url(row), form, follow=True)


def routine_of_two(**fields):
    """A routine whose first exercise has a dose of its own there."""
    bridge, push = make_exercise(title="Bridge"), make_exercise(title="Push")
    routine = make_routine(bridge, push, **fields)
    give_dose(routine.items.first(), reps=5, source="Here.")
    return routine


@pytest.fixture(params=["exercise", "routine"])
def row(request):
    if request.param == "routine":
        return routine_of_two()
    return make_exercise(dose={"reps": 8})


@pytest.fixture(params=["exercise", "routine"])
def draft(request):
    """What was never published, and may be deleted."""
    if request.param == "routine":
        return routine_of_two(published_at=None)
    return make_exercise(dose={"reps": 8}, published_at=None)


def test_the_second_to_save_is_told_who_saved_when_and_keeps_every_word(row, ada, bob):
    adas, bobs = opened(ada, row), opened(bob, row)
    assert ada.post(change_url(row), adas | {"title": "Ada's"}).status_code == 302

    answer = bob.post(change_url(row), bobs | {"title": "Bob's"})

    kind = row._meta.verbose_name
    assert re.search(
        rf"Ada Byron saved this {kind} on \w+, \w+ \d+, \d{{4}} at \d+:\d\d [AP]M MST",
        answer.text,
    )
    assert 'value="Bob&#x27;s"' in answer.text
    assert type(row).objects.get().title == "Ada's"


def test_the_second_sees_what_the_first_changed_and_may_save_over_it(row, ada, bob):
    ada.post(change_url(row), opened(ada, row))
    bobs = opened(bob, row) | {"title": "Bob's"}
    ada.post(change_url(row), opened(ada, row) | {"title": "Ada's"})

    answer = bob.post(change_url(row), bobs)
    link = re.search(r'href="([^"]+/compare/[^"]+)" target="_blank"', answer.text)[1]
    compared = bob.get(urljoin(change_url(row), link.replace("&amp;", "&"))).text
    saved = overwrite(bob, row, bobs, answer)

    assert re.search(r"<ins><span[^>]*>\[added: </span>Ada", compared)
    assert "Yours is saved." in saved.text
    assert type(row).objects.get().title == "Bob's"
    assert row.versions.get(title="Ada's").made_by.first_name == "Ada"


def test_a_third_save_in_between_is_told_of_again(row, ada, bob):
    bobs = opened(bob, row) | {"title": "Bob's"}
    ada.post(change_url(row), opened(ada, row) | {"title": "Ada's"})
    answer = bob.post(change_url(row), bobs)
    ada.post(change_url(row), opened(ada, row) | {"title": "Ada's second"})

    again = overwrite(bob, row, bobs, answer)

    assert "Ada Byron saved this" in again.text
    assert type(row).objects.get().title == "Ada's second"


def test_an_exercise_that_the_other_took_out_of_a_routine_stays_in_the_form(ada, bob):
    routine = routine_of_two()
    ada.post(change_url(routine), opened(ada, routine) | {"title": "Saved once"})
    bobs = opened(bob, routine) | {"items-0-reps": 7}
    ada.post(change_url(routine), opened(ada, routine) | {"items-0-DELETE": "on"})
    assert [item.exercise.title for item in routine.items.all()] == ["Push"]

    answer = bob.post(change_url(routine), bobs)

    assert "Please correct" not in answer.text
    assert 'name="items-0-reps" value="7"' in answer.text
    assert [item.exercise.title for item in routine.items.all()] == ["Push"]
    overwrite(bob, routine, bobs, answer)
    assert [item.exercise.title for item in routine.items.all()] == ["Bridge", "Push"]
    assert [item.reps for item in routine.items.all()] == [Amount(7), None]


def test_save_mine_anyway_leaves_out_the_exercise_that_the_other_added(ada, bob):
    routine = routine_of_two()
    bobs = opened(bob, routine)
    more = make_exercise(title="Added")
    added = {"items-2-exercise": more.pk, "items-2-position": 3}
    ada.post(change_url(routine), opened(ada, routine) | added)
    assert routine.items.count() == 3

    answer = bob.post(change_url(routine), bobs)
    overwrite(bob, routine, bobs, answer)

    assert [item.exercise.title for item in routine.items.all()] == ["Bridge", "Push"]
    kept = routine.versions.order_by("-made_at", "-pk")[1]
    titles = [item.exercise.title for item in kept.snapshot().items]
    assert titles == ["Bridge", "Push", "Added"]


def test_a_dose_that_the_other_deleted_comes_back_with_what_was_typed(ada, bob):
    exercise = make_exercise(dose={"reps": 8})
    ada.post(change_url(exercise), opened(ada, exercise) | {"title": "Saved once"})
    bobs = opened(bob, exercise) | {"stated_dose-0-reps": 9}
    deleted = {"stated_dose-0-DELETE": "on"}
    ada.post(change_url(exercise), opened(ada, exercise) | deleted)
    assert not Dose.objects.exists()

    answer = bob.post(change_url(exercise), bobs)
    overwrite(bob, exercise, bobs, answer)

    assert Dose.objects.get().reps == Amount(9)


def test_an_editor_who_may_not_change_doses_deletes_none_by_saving_over(ada, bob, row):
    seen = row.revision
    ada.post(change_url(row), opened(ada, row) | {"title": "Ada's"})
    doses = all_doses()
    bobs = without_doses(bob, opened(bob, row))

    answer = bob.post(change_url(row), bobs | {"seen": seen})
    overwrite(bob, row, bobs | {"seen": seen}, answer)

    assert all_doses() == doses


def all_doses():
    return [
        list(model.objects.order_by("pk").values_list("reps", "source"))
        for model in [Dose, RoutineItem]
    ]


def without_doses(client, form):
    """Take the rights to doses, and to rows that hold one, away from whoever is signed in; the form as it then is."""
    doses = Permission.objects.filter(
        codename__regex="dose|(add|change|delete)_routineitem"
    )
    without(client, *doses.values_list("codename", flat=True))
    return {
        name: value
        for name, value in form.items()
        if not name.startswith("stated_dose")
        and not re.search(r"items-\d-(reps|sets|hold|source|note|load|sides)", name)
    }


def test_one_editor_alone_is_never_stopped_and_every_save_is_kept(row, ada):
    for number in range(3):
        form = opened(ada, row) | {"title": f"Title {number}"}
        assert ada.post(change_url(row), form).status_code == 302

    titles = row.versions.filter(number=None).values_list("title", flat=True)
    assert list(titles) == ["Title 2", "Title 1", "Title 0"]


def test_a_save_that_changes_nothing_stops_nobody_and_keeps_nothing(row, ada, bob):
    ada.post(change_url(row), opened(ada, row))
    bobs = opened(bob, row)
    count = row.versions.count()

    ada.post(change_url(row), opened(ada, row))

    assert row.versions.count() == count
    assert bob.post(change_url(row), bobs | {"title": "Bob's"}).status_code == 302


def test_publishing_stops_nobody_and_its_note_stands_in_the_history_once(row, ada, bob):
    ada.post(change_url(row), opened(ada, row) | {"title": "Ada's"})
    bobs = opened(bob, row)
    verb = {"_publish": "1", "note": "  Easier words.  "}
    ada.post(change_url(row), opened(ada, row) | verb)

    stored = bob.post(change_url(row), bobs | {"title": "Bob's"})

    history = ada.get(urljoin(change_url(row), "../history/")).text
    assert stored.status_code == 302
    assert history.count("<td>Easier words.</td>") == 1
    rows = re.findall(r'<th scope="row">([^<]+)</th>', history)
    assert rows == ["Working copy", "Saved", "Version 2", "Version 1"]


def test_a_version_that_came_back_stops_who_has_the_form_open(row, ada, bob):
    ada.post(change_url(row), opened(ada, row) | {"title": "Ada's"})
    bobs = opened(bob, row)
    version = row.versions.get(number=1)
    ada.post(urljoin(change_url(row), f"../versions/{version.pk}/restore/"))

    answer = bob.post(change_url(row), bobs)

    assert "Ada Byron saved this" in answer.text
    assert Exercise.objects.filter(title="Ada's").count() == 0
    assert Routine.objects.filter(title="Ada's").count() == 0


def saved_once(ada, row):
    """Saved, so that the history knows its parts."""
    ada.post(change_url(row), opened(ada, row) | {"title": "Saved once"})
    return row


def without(client, *codenames):
    """Take these rights away from whoever is signed in."""
    user = User.objects.get(pk=client.session["_auth_user_id"])
    user.is_superuser = False
    user.save()
    user.user_permissions.set(Permission.objects.exclude(codename__in=codenames))


def test_a_dose_that_the_other_deleted_and_stated_anew_gives_way_to_ours(ada, bob):
    exercise = saved_once(ada, make_exercise(dose={"reps": 8}))
    bobs = opened(bob, exercise) | {"stated_dose-0-reps": 9}
    deleted = {"stated_dose-0-DELETE": "on"}
    ada.post(change_url(exercise), opened(ada, exercise) | deleted)
    anew = {"stated_dose-0-reps": 12, "stated_dose-0-source": "Ada"}
    ada.post(change_url(exercise), opened(ada, exercise) | anew)

    answer = bob.post(change_url(exercise), bobs)

    assert answer.status_code == 200
    assert 'name="stated_dose-0-reps" value="9"' in answer.text
    assert Dose.objects.get().reps == Amount(12)
    overwrite(bob, exercise, filled(answer), answer)
    assert Dose.objects.get().reps == Amount(9)


def test_of_two_first_doses_the_one_of_who_saves_anyway_stays(ada, bob):
    exercise = saved_once(ada, make_exercise())
    dose = {"stated_dose-0-reps": 9, "stated_dose-0-source": "Bob"}
    bobs = opened(bob, exercise) | dose
    dose = {"stated_dose-0-reps": 12, "stated_dose-0-source": "Ada"}
    ada.post(change_url(exercise), opened(ada, exercise) | dose)

    answer = bob.post(change_url(exercise), bobs)
    overwrite(bob, exercise, bobs, answer)

    assert Dose.objects.get().reps == Amount(9)


def test_an_item_that_comes_back_has_the_dose_that_it_had(ada, bob):
    routine = saved_once(ada, routine_of_two())
    bobs = opened(bob, routine)
    ada.post(change_url(routine), opened(ada, routine) | {"items-0-DELETE": "on"})

    answer = bob.post(change_url(routine), bobs)
    overwrite(bob, routine, bobs, answer)

    assert routine.items.count() == 2
    assert [item.reps for item in routine.items.all()] == [Amount(5), None]


def test_a_row_whose_exercise_is_gone_for_good_keeps_its_words_as_a_new_row(ada, bob):
    draft = make_exercise(title="Draft", published_at=None)
    routine = saved_once(ada, make_routine(draft, make_exercise(title="Push")))
    bobs = opened(bob, routine) | {"items-0-note": "Slowly."}
    ada.post(change_url(routine), opened(ada, routine) | {"items-0-DELETE": "on"})
    draft.delete()

    answer = bob.post(change_url(routine), bobs)
    again = overwrite(bob, routine, filled(answer), answer)

    for page in [answer, again]:
        assert 'name="items-0-note" value="Slowly."' in page.text
    assert "Select a valid choice" in again.text
    last = filled(again) | {"items-0-exercise": make_exercise(title="Bridge").pk}
    last |= {"items-0-reps": 5, "items-0-source": "Bob"}
    overwrite(bob, routine, last, again)
    titles = [item.exercise.title for item in routine.items.all()]
    assert sorted(titles) == ["Bridge", "Push"]


def test_saving_over_what_the_other_added_counts_as_a_save(ada, bob):
    routine = saved_once(ada, routine_of_two())
    bobs = opened(bob, routine)
    more = make_exercise(title="Added")
    added = {"items-2-exercise": more.pk, "items-2-position": 3, "_publish": "1"}
    ada.post(change_url(routine), opened(ada, routine) | added)
    adas = opened(ada, routine)
    answer = bob.post(change_url(routine), bobs)

    overwrite(bob, routine, bobs, answer)
    late = ada.post(change_url(routine), adas | {"title": "Ada's next"})

    assert "Bob Cole saved this routine" in late.text
    assert routine.items.count() == 2
    history = ada.get(urljoin(change_url(routine), "../history/")).text
    rows = re.findall(r'<th scope="row">([^<]+)</th>', history)
    assert rows[:3] == ["Working copy", "Saved", "Version 2"]


def test_who_may_not_delete_deletes_nothing_by_saving_over(ada, bob):
    routine = saved_once(ada, routine_of_two())
    without(bob, "delete_routineitem")
    bobs = opened(bob, routine) | {"title": "Bob's"}
    more = make_exercise(title="Added")
    added = {"items-2-exercise": more.pk, "items-2-position": 3}
    ada.post(change_url(routine), opened(ada, routine) | added)

    answer = bob.post(change_url(routine), bobs)
    overwrite(bob, routine, bobs, answer)

    assert routine.items.count() == 3
    assert Routine.objects.get().title == "Bob's"


def test_who_may_not_delete_keeps_every_row_and_can_save(ada, bob):
    routine = saved_once(ada, routine_of_two())
    without(bob, "delete_routineitem")
    bobs = opened(bob, routine) | {"title": "Bob's", "items-1-reps": 9}
    bobs |= {"items-1-source": "Bob"}
    ada.post(change_url(routine), opened(ada, routine) | {"items-0-DELETE": "on"})

    answer = bob.post(change_url(routine), bobs)
    overwrite(bob, routine, bobs, answer)

    assert 'name="items-1-reps" value="9"' in answer.text
    assert Routine.objects.get().title == "Bob's"
    assert routine.items.count() == 2


@pytest.mark.parametrize("brings", [True, False])
def test_who_may_not_delete_a_dose_replaces_one_only_by_another(ada, bob, brings):
    exercise = saved_once(ada, make_exercise())
    without(bob, "delete_dose")
    dose = {"stated_dose-0-reps": 9, "stated_dose-0-source": "Bob"}
    bobs = opened(bob, exercise) | {"title": "Bob's"} | (dose if brings else {})
    dose = {"stated_dose-0-reps": 12, "stated_dose-0-source": "Ada"}
    ada.post(change_url(exercise), opened(ada, exercise) | dose)

    answer = bob.post(change_url(exercise), bobs)
    overwrite(bob, exercise, bobs, answer)

    assert Exercise.objects.get().title == "Bob's"
    assert Dose.objects.get().reps == Amount(9 if brings else 12)


@pytest.mark.parametrize("first", [None, "Added"])
def test_each_row_stands_under_its_own_name_whatever_the_other_did(ada, bob, first):
    routine = saved_once(ada, routine_of_two())
    bobs = opened(bob, routine) | {"title": "Bob's"}
    adas = opened(ada, routine) | {"items-0-position": 2, "items-1-position": 1}
    if first:
        more = make_exercise(title=first)
        adas |= {"items-2-exercise": more.pk, "items-2-position": 0}
    ada.post(change_url(routine), adas)

    answer = bob.post(change_url(routine), bobs)

    rows = [
        (str(row.original), str(row.form.instance.exercise))
        for formset in answer.context["inline_admin_formsets"]
        for row in formset
        if row.original
    ]
    assert rows == [("Bridge", "Bridge"), ("Push", "Push")]


def test_another_mistake_is_told_beside_the_notice_and_after_it(ada, bob):
    exercise = saved_once(ada, make_exercise())
    bobs = opened(bob, exercise) | {"level": 3}  # and no progression
    ada.post(change_url(exercise), opened(ada, exercise) | {"title": "Ada's"})

    answer = bob.post(change_url(exercise), bobs)
    again = overwrite(bob, exercise, filled(answer), answer)

    assert "Give both the progression and the level" in again.text


def test_what_is_typed_in_a_page_that_another_deletes_becomes_a_new_one(
    draft, ada, bob
):
    bobs = opened(bob, draft) | {"title": "Bob's"}
    delete_url = change_url(draft).replace("/change/", "/delete/")
    ada.post(delete_url, {"post": "yes"})
    assert not type(draft).objects.filter(pk=draft.pk).exists()

    answer = bob.post(change_url(draft), bobs)

    kind = draft._meta.verbose_name
    assert f"Ada Byron deleted this {kind} while you had it open." in answer.text
    assert "Please correct" not in answer.text
    assert not type(draft).objects.filter(title="Bob's").exists()
    [add_url] = re.findall(r'<form [^>]*action="([^"]+/add/)"', answer.text)
    again = {name: v for name, v in filled(answer).items() if name != "seen"}
    assert bob.post(add_url, again).status_code == 302
    made = type(draft).objects.get(title="Bob's")
    assert made.saved_by.first_name == "Bob"
    if isinstance(made, Routine):
        assert [item.exercise.title for item in made.items.all()] == ["Bridge", "Push"]
        assert [item.reps for item in made.items.all()] == [Amount(5), None]
    else:
        assert made.dose.reps == Amount(8)


def test_a_page_that_another_deletes_is_no_new_one_for_who_may_add_none(draft, bob):
    bobs = opened(bob, draft) | {"title": "Bob's"}
    editor = User.objects.get(first_name="Bob")
    editor.is_superuser = False
    editor.save()
    editor.user_permissions.set(
        Permission.objects.filter(codename__startswith="change")
    )
    change = change_url(draft)
    draft.delete()

    answer = bob.post(change, bobs, follow=True)

    assert f"This {draft._meta.verbose_name} was deleted" in answer.text
    assert "Bob&#x27;s" in answer.text
    assert not type(draft).objects.filter(title="Bob's").exists()
