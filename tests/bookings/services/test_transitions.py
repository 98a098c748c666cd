from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from bookings import services
from bookings.exceptions import (
    ChangedMeanwhile,
    NotPossible,
    SlotTaken,
    SubmissionReused,
)
from bookings.models import Booking, BookingEvent, OutboxMail
from bookings.services import request
from bookings.states import State
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_program,
    make_slot,
)

pytestmark = pytest.mark.django_db

ADA = {"name": "Ada", "email": "ada@example.com", "message": "It clicks."}
BOB = {"name": "Bob", "email": "bob@example.com"}


def book(slot, *, key="key", **content):
    request = make_call_request(slot=slot, idempotency_key=key, consent_version=3)
    return services.submit(replace(request, **(content or ADA)))


def say_hi(**content):
    return services.submit(make_call_request(kind="say_hi", **content))


def written():
    """The mail that is owed: kind and version of each."""
    return list(OutboxMail.objects.order_by("pk").values_list("kind", "version"))


def history(booking):
    return list(booking.events.values_list("from_state", "to_state", "version", "by"))


def as_others_have_it(booking):
    """The same row, read anew: what somebody else has on the screen."""
    return Booking.objects.get(pk=booking.pk)


def test_book_stores_the_request_its_history_and_the_mail_it_owes():
    slot = make_slot()

    booking = book(slot)

    assert Booking.objects.get() == booking
    assert (booking.kind, booking.state, booking.slot) == (
        "discovery_call",
        "requested",
        slot,
    )
    assert (booking.consent_version, booking.message) == (3, "It clicks.")
    assert booking.consented_at is not None
    assert history(booking) == [("", "requested", 1, None)]
    assert written() == [("received", 1), ("new_request", 1)]


def test_book_confirms_at_once_where_staff_set_that():
    make_call_settings(confirm_at_once=True)

    booking = book(make_slot())

    assert booking.state == "confirmed"
    assert written() == [("confirmed", 1), ("new_request", 1)]


def test_book_refuses_a_taken_slot_and_leaves_the_first_request_alone():
    slot = make_slot()
    first = book(slot)

    with pytest.raises(SlotTaken):
        book(slot, key="other", **BOB)

    assert list(Booking.objects.all()) == [first]
    assert BookingEvent.objects.count() == 1
    assert OutboxMail.objects.count() == 2


def test_book_tells_the_loser_so_when_the_winner_cancels_at_that_moment(monkeypatch):
    winner = make_booking()
    store = request._store_once

    def store_and_see_the_winner_cancel(form):
        try:
            return store(form)
        finally:
            services.cancel_by_visitor(as_others_have_it(winner))

    monkeypatch.setattr(request, "_store_once", store_and_see_the_winner_cancel)

    with pytest.raises(SlotTaken):
        book(winner.slot)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "blocked"},
        {"starts_at": timezone.now() - timedelta(hours=1)},
        {"starts_at": timezone.now() + timedelta(hours=1)},
        {"starts_at": timezone.now() + timedelta(days=100)},
    ],
    ids=["blocked", "past", "too soon", "too far away"],
)
def test_book_refuses_a_slot_that_is_not_offered(fields):
    with pytest.raises(SlotTaken):
        book(make_slot(**fields))

    assert Booking.objects.count() == 0
    assert OutboxMail.objects.count() == 0


@time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC))
def test_book_refuses_a_day_that_is_full():
    make_clinic()
    make_call_settings(calls_a_day=1)
    first = make_slot()
    book(first)
    later = make_slot(starts_at=first.ends_at)

    with pytest.raises(SlotTaken):
        book(later, key="other")

    assert Booking.objects.count() == 1


def test_book_refuses_a_slot_that_is_gone():
    slot = make_slot()
    type(slot).objects.all().delete()

    with pytest.raises(SlotTaken):
        book(slot)


def test_book_gives_the_same_request_for_the_same_form():
    slot = make_slot()
    first = book(slot)

    assert book(slot) == first
    assert Booking.objects.count() == 1
    assert OutboxMail.objects.count() == 2


def test_book_gives_the_same_request_when_the_same_form_came_first_by_a_hair(
    monkeypatch,
):
    slot = make_slot()
    first = book(slot)
    answers = iter([None, first])
    monkeypatch.setattr(request, "_earlier", lambda form: next(answers))

    assert book(slot) == first


def test_book_refuses_the_same_form_with_other_content():
    slot = make_slot()
    book(slot)

    with pytest.raises(SubmissionReused):
        book(slot, **BOB)

    assert Booking.objects.get().name == "Ada"


def test_book_refuses_the_same_form_for_another_slot():
    book(make_slot())

    with pytest.raises(SubmissionReused):
        book(make_slot())


def test_an_enquiry_stores_a_request_to_join_a_program():
    program = make_program()

    booking = services.submit(
        make_call_request(kind="join_program", program=program, **ADA)
    )

    assert (booking.kind, booking.program, booking.slot) == (
        "join_program",
        program,
        None,
    )
    assert history(booking) == [("", "requested", 1, None)]
    assert written() == [("received", 1), ("new_request", 1)]


def test_an_enquiry_gives_the_same_request_for_the_same_form():
    first = say_hi(idempotency_key="key")

    assert say_hi(idempotency_key="key") == first
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("service", "before", "after", "mail"),
    [
        (services.confirm, "requested", "confirmed", [("confirmed", 2)]),
        (services.decline, "requested", "declined", [("declined", 2)]),
        (
            services.cancel_by_clinic,
            "confirmed",
            "cancelled_by_clinic",
            [("cancelled", 2)],
        ),
    ],
)
def test_a_decision_changes_the_state_writes_history_and_owes_its_mail(
    staff, service, before, after, mail
):
    booking = make_booking(state=before)

    service(booking, by=staff)

    stored = as_others_have_it(booking)
    assert (stored.state, stored.version) == (after, 2)
    assert stored.decided_at is not None
    assert history(booking) == [(before, after, 2, staff.pk)]
    assert written() == mail


@pytest.mark.parametrize(
    "service",
    [services.confirm, services.decline, services.cancel_by_clinic],
)
def test_the_loser_of_two_decisions_is_told_and_changes_nothing(staff, service):
    booking = make_booking()
    seen_by_another = as_others_have_it(booking)
    services.confirm(booking, by=staff)

    with pytest.raises(ChangedMeanwhile):
        service(seen_by_another, by=staff)

    stored = as_others_have_it(booking)
    assert (stored.state, stored.version) == ("confirmed", 2)
    assert written() == [("confirmed", 2)]


def test_a_visitors_cancel_loses_against_a_decision_that_came_first(staff):
    booking = make_booking()
    seen_by_visitor = as_others_have_it(booking)
    services.decline(booking, by=staff)

    with pytest.raises(ChangedMeanwhile):
        services.cancel_by_visitor(seen_by_visitor)

    assert as_others_have_it(booking).state == "declined"


@pytest.mark.parametrize("state", sorted(set(State) - {State.REQUESTED}))
def test_confirm_is_possible_for_a_new_request_only(staff, state):
    booking = make_booking(state=state)

    with pytest.raises(NotPossible):
        services.confirm(booking, by=staff)

    assert history(booking) == []
    assert written() == []


def test_cancel_by_visitor_frees_the_slot(staff):
    booking = make_booking()

    services.cancel_by_visitor(booking)

    assert booking.state == "cancelled_by_visitor"
    assert history(booking) == [("requested", "cancelled_by_visitor", 2, None)]
    assert written() == [("cancelled", 2), ("changed", 2)]
    assert book(booking.slot).slot == booking.slot


def test_cancel_by_visitor_is_too_late_once_the_call_has_started():
    slot = make_slot(starts_at=timezone.now() - timedelta(minutes=1))
    booking = make_booking(slot=slot, state="confirmed")

    with pytest.raises(NotPossible):
        services.cancel_by_visitor(booking)

    assert as_others_have_it(booking).state == "confirmed"


@pytest.mark.parametrize("service", [services.complete, services.no_show])
def test_how_a_call_went_is_noted_only_once_it_has_begun(staff, service):
    booking = make_booking(state="confirmed")

    with pytest.raises(NotPossible, match="has not begun"):
        service(booking, by=staff)

    with pytest.raises(SlotTaken):
        book(booking.slot, key="other", **BOB)


def test_complete_notes_that_a_call_was_held_and_sends_no_mail(staff):
    slot = make_slot(starts_at=timezone.now() - timedelta(minutes=1))
    booking = make_booking(slot=slot, state="confirmed")

    services.complete(booking, by=staff)

    assert history(booking) == [("confirmed", "completed", 2, staff.pk)]
    assert written() == []


def test_complete_closes_an_enquiry_at_any_time(staff):
    enquiry = make_booking(kind="say_hi")

    services.complete(enquiry, by=staff)

    assert as_others_have_it(enquiry).state == "completed"


def test_no_show_is_noted_after_the_call_was_to_start(staff):
    slot = make_slot(starts_at=timezone.now() - timedelta(hours=1))
    booking = make_booking(slot=slot, state="confirmed")

    services.no_show(booking, by=staff)

    assert as_others_have_it(booking).state == "no_show"


def test_expire_lets_an_unanswered_request_go():
    booking = make_booking()

    services.expire(booking)

    assert history(booking) == [("requested", "expired", 2, None)]


def test_declining_an_enquiry_sends_no_mail(staff):
    enquiry = make_booking(kind="say_hi")

    services.decline(enquiry, by=staff)

    assert enquiry.state == "declined"
    assert written() == []


def test_a_change_whose_mail_cannot_be_written_does_not_happen(staff, monkeypatch):
    booking = make_booking()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(OutboxMail.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        services.confirm(booking, by=staff)

    assert as_others_have_it(booking).state == "requested"
    assert history(booking) == []
