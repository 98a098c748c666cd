"""A therapist makes a handout in the admin, changes it, and takes it back."""

import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from exercises.admin.handouts import HandoutAdmin
from exercises.dose import Amount
from exercises.models import Handout, HandoutItem, HandoutVersion
from kneecare.clinic.models import Clinic
from kneecare.publishing.publish import publish, take_down
from tests.admin_forms import filled
from tests.exercises import printed
from tests.factories import (
    give_dose,
    make_clinic,
    make_clinician,
    make_exercise,
    make_handout,
    make_routine,
)
from tests.review_line import review_line

pytestmark = pytest.mark.django_db
ADD = reverse("admin:exercises_handout_add")
CANARY = "canary-in-the-note"


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


@pytest.fixture
def clinician(staff):
    """Whose account is the one that fills in the forms here."""
    return make_clinician(name="Ana Ruiz", credentials="DPT", account=staff)


def today():
    return timezone.localdate(timezone=Clinic.objects.current_zone())


def save(client, address, **changes):
    """Open the form, type ``changes`` (an item's field as ``items_0_sets``), and save it."""
    data = filled(client.get(address))
    data |= {
        re.sub(r"^items_(\d)_", r"items-\1-", name): value
        for name, value in changes.items()
    }
    return client.post(address, data)


def change(handout):
    return reverse("admin:exercises_handout_change", args=[handout.pk])


def make(client, exercise, clinician, **changes):
    fields = {"clinician": clinician.pk, "items_0_exercise": exercise.pk, **changes}
    response = save(client, ADD, **fields)
    assert response.status_code == 302, re.findall(r"errorlist.*", response.text)
    return Handout.objects.get()


def doses(handout):
    return [item.sentence() for item in handout.items.all()]


def test_a_handout_starts_from_a_routine_with_one_press(staff_client, clinician):
    bridge, rise = make_exercise(dose={"reps": 8}), make_exercise()
    routine = make_routine(bridge, rise, title="Two moves", days_per_week=3)
    item = routine.items.get(exercise=bridge)
    give_dose(item, sets=2, reps=5, source="A talk.")
    publish(routine, by=None)
    assert f'href="{ADD}?routine={routine.slug}"' in staff_client.get(ADD).text

    save(staff_client, f"{ADD}?routine={routine.slug}", clinician=clinician.pk)

    handout = Handout.objects.get()
    assert (handout.title, handout.days_per_week) == ("Two moves", 3)
    assert [item.exercise for item in handout.items.all()] == [bridge, rise]
    assert doses(handout)[0] == "2 sets of 5"
    assert handout.items.first().provenance == "A talk."
    assert handout.live_version.number == 1


def test_a_published_routine_leads_to_a_handout_that_starts_from_it(
    staff_client, clinician
):
    routine, draft = make_routine(), make_routine(published_at=None)
    start = f'href="/admin/exercises/handout/add/?routine={routine.slug}"'

    page = staff_client.get(f"/admin/exercises/routine/{routine.pk}/change/").text
    other = staff_client.get(f"/admin/exercises/routine/{draft.pk}/change/").text

    assert start in page
    assert "handout/add/?routine" not in other


def test_a_routine_that_is_not_published_starts_nothing(staff_client):
    routine = make_routine(make_exercise(title="Bridge"), published_at=None)

    response = staff_client.get(f"{ADD}?routine={routine.slug}")

    assert response.status_code == 200
    assert filled(response)["title"] == "Your exercises"


def test_a_row_without_numbers_gets_the_exercises_own_dose(staff_client, clinician):
    bridge = make_exercise(dose={"sets": 2, "reps": 8, "note": "Breathe."})

    handout = make(staff_client, bridge, clinician)

    (item,) = handout.items.all()
    assert item.sentence() == "2 sets of 8"
    assert (item.note, item.provenance) == ("Breathe.", "A book.")


def test_numbers_that_were_changed_are_set_by_the_clinician_today(
    staff_client, clinician
):
    bridge = make_exercise(dose={"sets": 2, "reps": 8})
    handout = make(staff_client, bridge, clinician)

    save(staff_client, change(handout), items_0_sets=3)

    (item,) = handout.items.all()
    assert item.sentence() == "3 sets of 8"
    assert (item.set_by, item.set_on, item.source) == (clinician, today(), "")


def test_numbers_that_stay_keep_where_they_come_from(staff_client, clinician):
    bridge = make_exercise(dose={"reps": 8})
    handout = make(staff_client, bridge, clinician, items_0_reps=5)
    other = make_clinician()

    save(staff_client, change(handout), note="Slowly.", clinician=other.pk)

    (item,) = handout.items.all()
    day = date_format(today(), "F j, Y")
    assert item.provenance == f"Set by Ana Ruiz, DPT on {day}"


def test_an_exercise_without_a_dose_is_said_to_have_none(staff_client, clinician):
    handout = make(staff_client, make_exercise(title="Bridge"), clinician)

    messages = staff_client.get(change(handout)).text

    assert "Bridge has no dose: the patient is told to ask you." in messages
    assert (
        "How many to do: ask your clinician."
        in staff_client.get(handout.get_absolute_url()).text
    )


def test_a_save_that_changes_what_the_patient_reads_makes_the_next_version(
    staff_client, clinician
):
    handout = make(staff_client, make_exercise(), clinician)
    address = handout.get_absolute_url()

    save(staff_client, change(handout), note="Slowly.")

    handout.refresh_from_db()
    assert handout.live_version.number == 2
    assert handout.get_absolute_url() == address
    assert [v.snapshot().note for v in handout.versions.all()] == ["Slowly.", ""]
    assert "There is a note now." in staff_client.get(change(handout)).text


def test_a_save_that_changes_nothing_of_it_makes_none(staff_client, clinician):
    handout = make(staff_client, make_exercise(dose={"reps": 8}), clinician)

    save(staff_client, change(handout), expires_on=today() + timedelta(days=9))

    handout.refresh_from_db()
    assert handout.live_version.number == 1
    assert handout.expires_on == today() + timedelta(days=9)


def test_a_check_is_said_by_name_and_day_and_only_where_it_was_given(
    staff_client, clinician
):
    handout = make(staff_client, make_exercise(), clinician)
    address = handout.get_absolute_url()
    unchecked = review_line(staff_client.get(address))

    save(staff_client, change(handout), is_checked="on")

    checked = review_line(staff_client.get(address))
    assert "Clinical review pending" in unchecked
    assert "Checked by" not in unchecked
    assert "Checked by Ana Ruiz, DPT" in checked
    assert "pending" not in checked
    assert HandoutVersion.objects.get(number=2).reviewed_on == today()


def test_its_paper_claims_no_check_that_was_not_given(staff_client, clinician):
    handout = make(staff_client, make_exercise(), clinician)
    address = reverse("handouts:pdf", args=[handout.code])
    unchecked = on_paper(staff_client.get(address))

    save(staff_client, change(handout), is_checked="on")
    checked = on_paper(staff_client.get(address))

    assert "Checked by" not in unchecked
    assert "Checked by Ana Ruiz, DPT" in checked
    # The list of when to get help has a check of its own, which is pending on both.
    assert [text.count("Clinical review pending") for text in [unchecked, checked]] == [
        2,
        1,
    ]


def on_paper(response):
    return printed.words(pypdf.PdfReader(io.BytesIO(response.content)))


def test_a_check_holds_until_something_changes(staff_client, clinician):
    handout = make(staff_client, make_exercise(), clinician, is_checked="on")
    address = handout.get_absolute_url()

    save(staff_client, change(handout), expires_on=today() + timedelta(days=9))
    assert "Checked by Ana Ruiz, DPT" in review_line(staff_client.get(address))

    save(staff_client, change(handout), note="Slowly.")
    assert "Clinical review pending" in review_line(staff_client.get(address))


def test_the_second_of_two_is_told_and_loses_nothing(staff_client, clinician):
    bridge = make_exercise(dose={"reps": 8})
    handout = make(staff_client, bridge, clinician)
    mine = filled(staff_client.get(change(handout))) | {"note": "Mine."}
    save(staff_client, change(handout), note="Theirs.")

    told = staff_client.post(change(handout), mine)

    assert told.status_code == 200
    assert (
        "admin saved this handout after you had opened it: it is version 2" in told.text
    )
    assert ">\nMine.</textarea>" in told.text
    assert Handout.objects.get().note == "Theirs."

    staff_client.post(change(handout), filled(told) | {"note": "Mine."})

    handout.refresh_from_db()
    assert handout.note == "Mine."
    assert [v.snapshot().note for v in handout.versions.all()] == [
        "Mine.",
        "Theirs.",
        "",
    ]


def test_who_saves_over_rows_that_another_took_out_or_added_gets_their_own(
    staff_client, clinician
):
    bridge, rise = make_exercise(title="Bridge"), make_exercise(title="Raise")
    handout = make(staff_client, bridge, clinician)
    mine = filled(staff_client.get(change(handout)))
    save(staff_client, change(handout), items_0_exercise=rise.pk)

    told = staff_client.post(change(handout), mine)
    response = staff_client.post(change(handout), filled(told))

    assert response.status_code == 302
    assert [item.exercise for item in handout.items.all()] == [bridge]


def test_a_withdrawal_counts_as_a_save_that_the_other_is_told_of(
    staff_client, clinician
):
    handout = make(staff_client, make_exercise(), clinician)
    mine = filled(staff_client.get(change(handout)))
    staff_client.post(reverse("admin:exercises_handout_withdraw", args=[handout.pk]))

    assert "after you had opened it" in staff_client.post(change(handout), mine).text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"items_0_exercise": ""}, "Choose at least one exercise."),
        ({"items_0_sets": 0, "items_0_reps": 3}, "start at 1"),
        ({"items_0_rest": 3}, "Give sets, repetitions, a hold, a time"),
        ({"items_0_reps": "9-5"}, "runs upward"),
        ({"items_0_sets": "x"}, "Type it like one of these: 3, 10-15"),
        ({"items_0_reps": 2**40}, "999 at the most"),
        ({"items_0_position": 2**40}, "less than or equal to 999"),
        ({"items_0_exercise": 999999}, "Patients cannot read this exercise any more."),
        ({"note": "For ada@example.com"}, "Leave the e-mail address out"),
        ({"title": "For ada@example.com"}, "Leave the e-mail address out"),
        ({"note": "x" * 1001}, "at most 1000 characters"),
        ({"expires_on": "2020-01-01"}, "Choose a day between"),
        ({"expires_on": "2999-01-01"}, "Choose a day between"),
        ({"expires_on": "never"}, "Enter a valid date."),
        ({"green_to": 5, "amber_to": 5}, "Amber ends above green"),
        ({"clinician": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_comes_back_with_a_message_and_all_that_was_typed(
    staff_client, clinician, changes, message
):
    bridge = make_exercise()
    fields = {"clinician": clinician.pk, "items_0_exercise": bridge.pk}
    fields |= {"items_0_note": "typed words"}
    if changes.get("items_0_exercise") == "":
        fields["items_0_note"] = ""

    response = save(staff_client, ADD, **(fields | changes))

    assert response.status_code == 200
    assert message in response.text.replace("&#x27;", "'")
    assert fields["items_0_note"] in response.text
    assert Handout.objects.count() == 0


def test_an_exercise_that_patients_cannot_read_is_not_offered(staff_client, clinician):
    shown, draft = make_exercise(), make_exercise(published_at=None)

    choices = re.findall(
        r'<option value="(\d+)"',
        staff_client.get(ADD)
        .text.partition("items-0-exercise")[2]
        .partition("</select>")[0],
    )

    assert choices == [str(shown.pk)]
    assert str(draft.pk) not in choices


def test_a_handout_with_an_exercise_that_was_taken_down_says_what_to_do(
    staff_client, clinician
):
    bridge = make_exercise()
    handout = make(staff_client, bridge, clinician)
    take_down(bridge)

    response = save(staff_client, change(handout), note="Slowly.")

    assert "Patients cannot read this exercise any more." in response.text


def test_a_row_that_is_taken_out_goes(staff_client, clinician):
    bridge, rise = make_exercise(), make_exercise()
    handout = make(staff_client, bridge, clinician, items_1_exercise=rise.pk)

    save(staff_client, change(handout), **{"items_0_DELETE": "on"})

    assert [item.exercise for item in handout.items.all()] == [rise]


def test_rows_come_in_the_order_of_their_places(staff_client, clinician):
    bridge, rise = make_exercise(), make_exercise()

    handout = make(
        staff_client,
        bridge,
        clinician,
        items_0_position=2,
        items_1_exercise=rise.pk,
        items_1_position=1,
    )

    titles = [item.exercise.title for item in handout.live_version.snapshot().items]
    assert titles == [rise.title, bridge.title]


class TestGiving:
    def test_the_saved_handout_shows_its_address_its_code_and_its_pdf(
        self, staff_client, clinician
    ):
        handout = make(staff_client, make_exercise(), clinician)

        page = staff_client.get(change(handout)).text

        address = f"https://testserver/handouts/{handout.code}/"
        assert f'readonly value="{address}"' in page
        assert f'href="/handouts/{handout.code}/handout.pdf"' in page
        assert page.count("handout-panel__qr") == 1
        assert handout.reference in page

    def test_withdrawn_and_brought_back(self, staff_client, clinician):
        handout = make(staff_client, make_exercise(), clinician)
        address = handout.get_absolute_url()

        for name, status in [("withdraw", 410), ("bring_back", 200)]:
            url = reverse(f"admin:exercises_handout_{name}", args=[handout.pk])
            assert staff_client.get(url).status_code == 405
            staff_client.post(url)
            assert staff_client.get(address).status_code == status

    def test_more_weeks_are_counted_from_the_last_day_or_from_today(
        self, staff_client, clinician
    ):
        handout = make(staff_client, make_exercise(), clinician)
        url = reverse("admin:exercises_handout_extend", args=[handout.pk])
        last = handout.expires_on

        staff_client.post(url)
        handout.refresh_from_db()
        assert handout.expires_on == last + timedelta(weeks=4)

        past = today() - timedelta(days=3)
        Handout.objects.update(made_on=past - timedelta(days=9), expires_on=past)
        staff_client.post(url)
        handout.refresh_from_db()
        assert handout.expires_on == today() + timedelta(weeks=4)

    def test_one_that_is_withdrawn_at_that_moment_stays_withdrawn_when_it_is_extended(
        self, staff_client, monkeypatch
    ):
        handout = make_handout(make_exercise())

        def asked_while_another_withdraws(admin, request, obj=None):
            if not obj.is_withdrawn:
                Handout.objects.get(pk=obj.pk).withdraw(on=today())
            return True

        monkeypatch.setattr(
            HandoutAdmin, "has_change_permission", asked_while_another_withdraws
        )
        staff_client.post(reverse("admin:exercises_handout_extend", args=[handout.pk]))

        assert Handout.objects.get().is_withdrawn

    def test_extended_again_and_again_it_ends_where_its_form_allows(self, staff_client):
        handout = make_handout(make_exercise())
        address = reverse("admin:exercises_handout_extend", args=[handout.pk])

        for _ in range(15):
            staff_client.post(address)

        saved = save(
            staff_client,
            reverse("admin:exercises_handout_change", args=[handout.pk]),
            title="Longer",
        )
        assert saved.status_code == 302
        assert Handout.objects.get().title == "Longer"

    def test_who_may_not_change_it_may_not_withdraw_it(self, client, django_user_model):
        handout = make_handout(make_exercise())
        client.force_login(django_user_model.objects.create_user("x", is_staff=True))

        for name in ["withdraw", "extend", "bring_back"]:
            url = reverse(f"admin:exercises_handout_{name}", args=[handout.pk])
            assert client.post(url).status_code == 403

    def test_several_are_withdrawn_from_the_list(self, staff_client):
        handouts = [make_handout(make_exercise()) for _ in "ab"]
        data = {
            "action": "withdraw_selected",
            "_selected_action": [each.pk for each in handouts],
        }

        staff_client.post(reverse("admin:exercises_handout_changelist"), data)

        assert [each.is_withdrawn for each in Handout.objects.all()] == [True, True]

    @pytest.mark.parametrize(("state", "found"), [("works", 1), ("over", 2)])
    def test_the_list_tells_what_works_from_what_is_over(
        self, staff_client, state, found
    ):
        make_handout(make_exercise())
        make_handout(make_exercise()).withdraw(on=today())
        made_on, ended = today() - timedelta(days=9), today() - timedelta(days=1)
        make_handout(make_exercise(), made_on=made_on, expires_on=ended)

        url = reverse("admin:exercises_handout_changelist")
        response = staff_client.get(url, {"state": state})

        assert response.context["cl"].result_count == found


def test_the_history_holds_nothing_of_what_was_saved(staff_client, clinician):
    handout = make(staff_client, make_exercise(title="Bridge"), clinician, note=CANARY)
    save(staff_client, change(handout), note=f"{CANARY} 2")

    rows = str(list(LogEntry.objects.values()))

    assert LogEntry.objects.count() == 2
    for words in [CANARY, handout.code, "Bridge", handout.title]:
        assert words not in rows


def test_a_handout_is_deleted_with_all_its_versions(staff_client, clinician):
    handout = make(staff_client, make_exercise(), clinician)

    url = reverse("admin:exercises_handout_delete", args=[handout.pk])
    response = staff_client.post(url, {"post": "yes"})

    assert response.status_code == 302
    assert (Handout.objects.count(), HandoutVersion.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("in_the_list", [True, False])
def test_a_handout_that_is_deleted_is_gone_from_the_journal_too(
    staff_client, clinician, monkeypatch, in_the_list
):
    handout = make(staff_client, make_exercise(), clinician)
    truncated = []
    monkeypatch.setattr(
        "exercises.admin.handouts.handout.truncate_journal",
        lambda: truncated.append(not connection.in_atomic_block),
    )
    chosen = {"action": "delete_selected", "_selected_action": [handout.pk]}
    address = "changelist" if in_the_list else "delete"

    staff_client.post(
        reverse(
            f"admin:exercises_handout_{address}",
            args=[] if in_the_list else [handout.pk],
        ),
        {"post": "yes", **(chosen if in_the_list else {})},
    )

    assert not Handout.objects.exists()
    assert truncated == [True]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"expires_on": "2020-01-01"}, "a_handout_ends_after_it_was_made"),
        ({"days_per_week": 8}, "handout_days_fit_in_a_week"),
        ({"green_to": 3}, "handout_pain_guide_runs_from_green_to_red"),
        ({"green_to": 3, "amber_to": 5}, "handout_pain_guide_says_whose_it_is"),
    ],
)
def test_the_database_keeps_the_promises_of_a_handout(change, name):
    handout = make_handout(make_exercise())

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Handout.objects.filter(pk=handout.pk).update(**change)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (
            {"reps": None, "sets": None, "load": "A band"},
            "says_how_much_or_how_often_or_nothing",
        ),
        ({"source": ""}, "says_where_its_numbers_come_from"),
        ({"reps": Amount(8, 3)}, "handoutitem_reps_can_be"),
    ],
)
def test_the_database_keeps_the_promises_of_a_row(change, name):
    make_handout(make_exercise(dose={"sets": 2, "reps": 8}))

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        HandoutItem.objects.update(**change)


def test_the_database_numbers_each_version_once():
    handout = make_handout(make_exercise())
    same = HandoutVersion.objects.get()
    same.pk, same._state.adding = None, True

    with pytest.raises(
        IntegrityError, match=r"handout_versions_are_numbered_once|number"
    ):
        same.save()

    assert handout.live_version.number == 1


def test_codes_have_128_bits_and_differ():
    codes = {Handout().code for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch("[a-z2-7]{26}", code) for code in codes)
