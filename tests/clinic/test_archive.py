"""A clinician who left is offered nowhere any more, and what they did stays theirs."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse

from bookings.models import CallSettings, Slot
from kneecare.clinic.models import Clinic, Clinician
from kneecare.core.admin.urls import admin_url
from tests.admin_forms import filled
from tests.factories import (
    make_account,
    make_booking,
    make_call_settings,
    make_clinic,
    make_clinician,
    make_exercise,
    make_handout,
    make_hours,
    make_slot,
    sign_review,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_guessed")]
LIST = reverse("admin:clinic_clinician_changelist")


@pytest.fixture(autouse=True)
def clinic():
    make_call_settings()
    return make_clinic()


@pytest.fixture
def ana():
    return make_clinician(name="Ana Ruiz")


def archive(client, *clinicians):
    chosen = [each.pk for each in clinicians]
    data = {"action": "archive", "_selected_action": chosen, "is_sure": "yes"}
    return client.post(LIST, data, follow=True)


def choices(client, url, name):
    form = client.get(url).context["adminform"].form
    return [str(each) for each in form.fields[name].queryset]


def test_they_are_archived_by_an_action_on_the_clinics_day(staff_client, ana):
    answer = archive(staff_client, ana)

    ana.refresh_from_db()
    assert (ana.archived_on, ana.is_shown) == (Clinic.objects.get().today, False)
    assert "Ana Ruiz is archived" in answer.text


def test_it_asks_first_and_says_which_calls_wait_for_them(staff_client, ana):
    make_booking(slot=make_slot(clinician=ana))
    data = {"action": "archive", "_selected_action": [ana.pk]}

    asked = staff_client.post(LIST, data).text

    ana.refresh_from_db()
    assert ana.archived_on is None
    assert "1 call with Ana Ruiz is still to come, and stays booked" in asked
    assert "Their account still signs in" in asked
    assert 'name="is_sure"' in asked


def test_or_in_their_form_which_takes_them_off_the_site(staff_client, ana):
    url = admin_url(ana)

    staff_client.post(url, filled(staff_client.get(url)) | {"archived_on": "2026-01-05"})  # fmt: skip

    ana.refresh_from_db()
    assert (ana.archived_on, ana.is_shown) == (date(2026, 1, 5), False)


def test_the_database_shows_nobody_who_left(ana):
    with pytest.raises(IntegrityError, match="who_left"), transaction.atomic():
        Clinician.objects.update(archived_on="2026-01-05")


def test_no_call_with_them_can_be_booked_and_those_that_were_stay(client, ana):
    booked, free = make_slot(clinician=ana), make_slot(clinician=ana)
    booking = make_booking(slot=booked)
    make_hours(clinician=ana)
    rules, zone = CallSettings.objects.current(), Clinic.objects.current_zone()
    assert free in Slot.objects.bookable(rules, zone)

    ana.archive(on="2026-01-05")

    assert free not in Slot.objects.bookable(rules, zone)
    booking.refresh_from_db()
    assert booking.slot.clinician == ana
    assert "Ana Ruiz" not in client.get("/about/").text


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("exercises_handout", "clinician"),
        ("exercises_exercise", "author"),
        ("bookings_extrahours", "clinician"),
    ],
)
def test_no_form_offers_them_nor_the_starter_library(staff_client, ana, name, field):
    make_clinician(name="Library", slug="starter-library", is_shown=False)
    make_clinician(name="Bea Here")
    ana.archive(on="2026-01-05")

    assert choices(staff_client, reverse(f"admin:{name}_add"), field) == ["Bea Here"]


def test_a_search_for_a_name_in_a_form_finds_them_no_more(staff_client, ana):
    query = {"app_label": "exercises", "model_name": "exercise", "field_name": "author"}
    url = reverse("admin:autocomplete")
    assert "Ana Ruiz" in staff_client.get(url, query).text

    ana.archive(on="2026-01-05")

    assert "Ana Ruiz" not in staff_client.get(url, query).text
    assert "Ana Ruiz" in staff_client.get(LIST).text


def test_what_they_wrote_and_signed_stays_and_can_be_saved(staff_client, client, ana):
    exercise = make_exercise(author=ana, reviewer=ana)
    handout = make_handout(exercise, clinician=ana)
    ana.archive(on="2026-01-05")

    assert "Checked by Ana Ruiz" in client.get(exercise.get_absolute_url()).text
    for row in [exercise, handout]:
        url = admin_url(row)
        answer = staff_client.post(url, filled(staff_client.get(url)))
        assert answer.status_code == 302


def test_deleting_them_says_to_archive_instead_with_the_way_there(staff_client, ana):
    make_exercise(author=ana)
    way = f'<a href="{admin_url(ana)}">Ana Ruiz</a>'

    alone = staff_client.get(admin_url(ana, "delete"))
    many = staff_client.post(
        LIST, {"action": "delete_selected", "_selected_action": [ana.pk]}
    )

    for page in [alone, many]:
        assert "Archive them instead" in page.text
        assert way in page.text


def test_deleting_an_account_that_signs_says_what_to_do_instead(staff_client, ana):
    account = make_account(ana)

    page = staff_client.get(admin_url(account, "delete")).text

    assert "Take away the tick at “Active” instead" in page
    assert admin_url(account) in page


@pytest.mark.parametrize("group", ["Editors", "Clinicians"])
def test_only_the_owner_archives(client, ana, django_user_model, group):
    user = django_user_model.objects.create_user("somebody", is_staff=True)
    user.groups.set(Group.objects.filter(name=group))
    client.force_login(user)
    url = admin_url(ana)

    archive(client, ana)
    client.post(url, filled(client.get(url)) | {"archived_on": "2026-01-05"})

    ana.refresh_from_db()
    assert ana.archived_on is None


def test_nobody_else_takes_over_the_name_of_who_has_signed(staff_client, staff, ana):
    theirs = make_account(ana)
    sign_review(make_exercise(), ana)
    url = admin_url(ana)

    told = staff_client.post(url, filled(staff_client.get(url)) | {"account": staff.pk})

    ana.refresh_from_db()
    assert ana.account == theirs
    assert "They have signed with another account" in told.text


def test_nor_does_a_program(staff, ana):
    make_account(ana)
    sign_review(make_exercise(), ana)

    with pytest.raises(IntegrityError, match="signed with another account"), transaction.atomic():  # fmt: skip
        type(ana).objects.filter(pk=ana.pk).update(account=staff)
