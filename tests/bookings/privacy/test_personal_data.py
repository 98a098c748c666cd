"""One person's data, exported or erased in one action."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.utils import timezone

from bookings import jobs, services
from bookings.mail import outbox
from bookings.models import (
    Booking,
    BookingEvent,
    BookingNote,
    CallWish,
    OutboxMail,
    Slot,
)
from tests.bookings.desk import QUEUE, said, state
from tests.factories import make_booking, make_slot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]
PERSON = "/admin/bookings/booking/person/"
ADA = {"email": "ada@example.com"}


@pytest.fixture
def adas(staff):
    """A call of Ada's, with a note and a history."""
    booking = make_booking(
        phone="+16025550123", message="canary words", referrer="/articles/knee/"
    )
    services.confirm(booking, by=staff)
    services.note(booking, "canary note", by=staff)
    return booking


def erase(client, who):
    """Press *Erase…* and then say so once more, as the page has it."""
    page = client.post(PERSON, {**who, "sure": "1"})
    seen = re.findall(r'name="seen" value="([^"]+)"', page.text)
    return client.post(PERSON, {**who, "seen": seen, "erase": "1"}, follow=True)


def found(response):
    return sorted(booking.reference for booking in response.context["found"])


@pytest.mark.parametrize(
    ("asked", "references"),
    [
        ({"email": "ADA@example.com"}, ["ONE", "TWO"]),
        ({"phone": "(602) 555-0123"}, ["THREE", "TWO"]),
        (
            {"email": "ada@example.com", "phone": "602-555-0123"},
            ["ONE", "THREE", "TWO"],
        ),
        ({"email": "nobody@example.com"}, []),
    ],
)
def test_a_person_is_found_by_address_and_by_phone(staff_client, asked, references):
    make_booking(reference="ONE")
    make_booking(reference="TWO", email="Ada@Example.com", phone="+16025550123")
    make_booking(reference="THREE", email="b@example.com", phone="+16025550123")
    make_booking(reference="FOUR", email="nada@example.com")

    assert found(staff_client.post(PERSON, asked)) == references


@pytest.mark.parametrize(
    "asked",
    [{}, {"email": "ada"}, {"phone": "12"}, {"email": "a@b.example, c@d.example"}],
)
def test_who_is_not_named_well_is_not_looked_for(staff_client, asked):
    make_booking(email="", name="")

    response = staff_client.post(PERSON, {**asked, "erase": "1"})

    assert response.status_code == 422
    assert found(response) == []


def test_the_page_is_filled_in_when_one_comes_from_a_request(staff_client, adas):
    page = staff_client.get(f"{PERSON}?request={adas.pk}").text

    assert 'value="ada@example.com"' in page
    assert staff_client.get(f"{PERSON}?request=x").status_code == 200


def test_the_export_holds_everything(staff_client, adas, staff):
    CallWish.objects.create(
        booking=make_booking(kind="call_back", slot=None), number=1, part="morning"
    )

    response = staff_client.post(PERSON, {**ADA, "export": "1"})

    call, back = json.loads(response.content)["requests"]
    assert call["name"] == "Ada"
    assert call["phone"] == "+1 602-555-0123"
    assert call["what they wrote"] == "canary words"
    assert call["notes of staff"][0]["text"] == "canary note"
    assert [event["what"] for event in call["what happened"]] == ["Confirmed"]
    assert call["mail"][0]["kind"] == "Confirmed"
    assert back["wishes"] == [{"day": None, "time": "In the morning (before noon)"}]
    assert "ada" not in response["Content-Disposition"]


def test_who_gave_a_phone_number_alone_is_found_from_the_page_of_their_request(
    staff_client,
):
    booking = make_booking(email="", phone="+493012345678")
    link = f"{PERSON}?request={booking.pk}"

    assert link in staff_client.get(f"{QUEUE}{booking.pk}/change/").text
    filled = staff_client.get(link).context["form"]["phone"].value()
    response = staff_client.post(PERSON, {"phone": str(filled), "find": "1"})

    assert found(response) == [booking.reference]


def test_nothing_is_erased_before_staff_say_so_twice(staff_client, adas):
    page = staff_client.post(PERSON, {**ADA, "sure": "1"})

    assert "Erase all of this?" in page.text
    assert Booking.objects.get().name == "Ada"


def test_erasing_deletes_every_word_and_keeps_the_shape(staff_client, adas):
    mail_before = OutboxMail.objects.count()

    response = erase(staff_client, ADA)

    booking = Booking.objects.get()
    assert [
        booking.name,
        booking.email,
        str(booking.phone),
        booking.message,
        booking.referrer,
    ] == ["", "", "", "", ""]
    assert BookingNote.objects.count() == 0
    assert (booking.reference, booking.kind) == (adas.reference, adas.kind)
    assert [str(event) for event in booking.events.all()] == [
        "Confirmed",
        "Cancelled by the clinic",
    ]
    assert OutboxMail.objects.count() >= mail_before
    assert said(response) == ["Erased from 1 request."]


def test_erasing_frees_the_times_of_calls_to_come(staff_client, adas):
    erase(staff_client, ADA)

    assert state(adas) == "cancelled_by_clinic"
    assert list(Slot.objects.free()) == [adas.slot]


def test_erasing_leaves_what_is_over_as_it_was(staff_client):
    past = make_slot(starts_at=timezone.now() - timedelta(days=1))
    held = make_booking(slot=past, state="completed")
    unmarked = make_booking(
        slot=make_slot(starts_at=timezone.now() - timedelta(days=2)), state="confirmed"
    )

    erase(staff_client, ADA)

    assert [state(held), state(unmarked)] == ["completed", "confirmed"]
    assert set(Booking.objects.values_list("email", flat=True)) == {""}


def test_no_mail_goes_to_whom_was_erased(staff_client, adas, mailoutbox):
    erase(staff_client, ADA)

    outbox.deliver()

    assert mailoutbox == []
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {"aborted"}


def test_others_keep_their_data(staff_client, adas):
    make_booking(name="Bob", email="bob@example.com", message="His words")

    erase(staff_client, ADA)

    bob = Booking.objects.get(email="bob@example.com")
    assert (bob.name, bob.message, bob.state) == ("Bob", "His words", "requested")


def test_a_request_that_changes_in_this_moment_stops_the_erasing(
    staff_client, adas, monkeypatch
):
    cancel = services.cancel_by_clinic

    def moved_first(booking, *, by):
        Booking.objects.filter(pk=booking.pk).update(version=9)
        cancel(booking, by=by)

    monkeypatch.setattr(services, "cancel_by_clinic", moved_first)

    response = erase(staff_client, ADA)

    assert "Nothing was erased" in said(response)[0]
    assert Booking.objects.get().name == "Ada"
    assert BookingEvent.objects.count() == 1


def test_what_came_in_after_staff_looked_is_not_erased_unseen(staff_client, adas):
    seen = f"{adas.pk}:{adas.version}"
    neighbour = make_booking(name="Bob", email="b@example.com", phone=adas.phone)

    both = {"phone": str(adas.phone), "seen": [seen], "erase": "1"}
    answer = staff_client.post(PERSON, both)

    assert answer.status_code == 409
    assert "Nothing was erased" in said(answer)[0]
    assert found(answer) == sorted([adas.reference, neighbour.reference])
    assert {booking.name for booking in Booking.objects.all()} == {"Ada", "Bob"}


def test_nobody_is_told_that_somebody_was_erased_whose_request_has_another_address(
    staff_client, adas, staff
):
    seen = f"{adas.pk}:{adas.version}"
    services.correct_contact(adas, name="Ada", email="new@example.com", phone="", by=staff)  # fmt: skip

    answer = staff_client.post(PERSON, {**ADA, "seen": [seen], "erase": "1"})

    assert answer.status_code == 409
    assert "Nothing was erased" in said(answer)[0]
    assert f"{adas.reference}</a>. Nothing of it was erased." in answer.text
    assert Booking.objects.get().name == "Ada"


def test_the_admins_log_holds_nothing_of_the_person(staff_client, adas):
    staff_client.post(PERSON, {**ADA, "export": "1"})
    erase(staff_client, ADA)

    entries = LogEntry.objects.order_by("pk")
    assert [entry.change_message for entry in entries] == [
        "Exported one person's data.",
        "Erased one person's data in 1 requests.",
    ]
    assert {entry.object_repr for entry in entries} == {"Requests"}


def test_an_erased_request_can_still_be_opened_and_listed(staff_client, adas):
    erase(staff_client, ADA)

    for address in [f"{QUEUE}?when=all", f"{QUEUE}{adas.pk}/change/"]:
        assert staff_client.get(address).status_code == 200


def test_who_may_only_look_neither_exports_nor_erases(client, django_user_model):
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_booking"))
    client.force_login(viewer)
    make_booking()

    assert client.get(PERSON).status_code == 403
    assert client.post(PERSON, {**ADA, "erase": "1"}).status_code == 403
    assert Booking.objects.get().name == "Ada"


@pytest.mark.parametrize("permission", ["export_booking", "delete_booking"])
@pytest.mark.parametrize("step", [{}, {"sure": "1"}, {"export": "1"}, {"erase": "1"}])
def test_who_may_export_alone_or_erase_alone_does_neither_here(
    client, django_user_model, permission, step
):
    half = django_user_model.objects.create_user("half", is_staff=True)
    may = ["view_booking", "change_booking", permission]
    half.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(half)
    make_booking()

    response = client.post(PERSON, {**ADA, **step})

    assert response.status_code == 403
    assert Booking.objects.get().name == "Ada"
    assert not LogEntry.objects.exists()


def everything_stored():
    """The bytes of SQLite's file, what was deleted in it too; on PostgreSQL, every row of every table."""
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).read_bytes()
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT each::text FROM "{table}" each')  # noqa: S608 - its own tables
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows).encode()


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_is_gone_from_all_that_is_stored(staff_client, staff):
    booking = make_booking(message="canary-7391", email="canary-7392@example.com")
    services.note(booking, "canary-7393", by=staff)
    assert b"canary-739" in everything_stored()

    erase(staff_client, {"email": "canary-7392@example.com"})

    assert b"canary-739" not in everything_stored()


def journal_truncated(monkeypatch, module):
    """How often ``module`` wrote the journal back, and whether that was after all was committed."""
    moments = []
    monkeypatch.setattr(
        f"{module}.truncate_journal",
        lambda: moments.append(not connection.in_atomic_block),
    )
    return moments


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_is_gone_from_the_journal_too(staff_client, adas, monkeypatch):
    """Where SQLite keeps its journal in WAL mode, the file beside the database would still hold the words."""
    truncated = journal_truncated(monkeypatch, "bookings.privacy.retention")

    erase(staff_client, ADA)

    assert truncated == [True]


@pytest.mark.django_db(transaction=True)
def test_what_was_deleted_by_the_clock_is_gone_from_the_journal_too(monkeypatch):
    truncated = journal_truncated(monkeypatch, "bookings.privacy.retention")

    jobs.purge()

    assert truncated == [True]
