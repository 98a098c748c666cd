"""Twenty at once for one slot. On SQLite this needs a database file: see tests/settings.py."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.test import Client

from bookings import services
from bookings.availability.slots import make_slots
from bookings.exceptions import ChangedMeanwhile, NotPossible, SlotTaken
from bookings.mail import outbox
from bookings.models import Booking, BookingEvent, OutboxMail, Slot
from tests.at_once import WINNER, at_once
from tests.bookings.posting import CALLER, WORDS, idempotency_key
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_hours,
    make_mail,
    make_slot,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MANY = 20


def submit(slot, number, *, key=None):
    def call():
        visitor = number if key is None else 0
        services.submit(
            make_call_request(
                slot=Slot.objects.get(pk=slot.pk),
                idempotency_key=key or f"key {number}",
                name=f"Visitor {visitor}",
                email=f"visitor-{visitor}@example.com",
            )
        )

    return call


@contextmanager
def without(model, constraint_name):
    (constraint,) = [
        constraint
        for constraint in model._meta.constraints
        if constraint.name == constraint_name
    ]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        model.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)


@pytest.mark.parametrize("round_number", range(3))
def test_of_twenty_submitters_for_one_slot_one_wins_and_the_others_are_told(
    round_number,
):
    slot = make_slot()

    outcomes = at_once(*[submit(slot, number) for number in range(MANY)])

    assert outcomes == {WINNER: 1, SlotTaken: MANY - 1}
    assert Booking.objects.count() == 1
    assert BookingEvent.objects.count() == 1
    assert OutboxMail.objects.count() == 2


def test_without_the_constraint_the_same_race_double_books():
    slot = make_slot()

    with without(Booking, "one_open_booking_per_slot"):
        outcomes = at_once(*[submit(slot, number) for number in range(MANY)])
        booked = Booking.objects.active().filter(slot=slot).count()

    # Beyond the share that may wait for an answer, visitors are called back.
    assert outcomes == {WINNER: MANY}
    assert booked > 1


def test_the_constraint_is_back_after_the_negative_control():
    slot = make_slot()

    assert at_once(submit(slot, 1), submit(slot, 2)) == {WINNER: 1, SlotTaken: 1}


def test_the_same_form_twenty_times_at_once_is_one_booking_and_one_answer():
    slot = make_slot()

    outcomes = at_once(*[submit(slot, number, key="one") for number in range(MANY)])

    assert outcomes == {WINNER: MANY}
    assert Booking.objects.count() == 1
    assert OutboxMail.objects.count() == 2


def test_the_limit_of_calls_a_day_holds_in_a_race():
    make_clinic()
    make_call_settings(calls_a_day=2)
    first = make_slot()
    slots = [first]
    for _ in range(9):
        slots.append(make_slot(starts_at=first.starts_at))

    outcomes = at_once(*[submit(slot, slot.pk) for slot in slots])

    assert outcomes == {WINNER: 2, SlotTaken: 8}


def test_of_opposite_decisions_at_once_one_wins(staff):
    booking = make_booking()

    def decide(service):
        seen = Booking.objects.get(pk=booking.pk)
        return lambda: service(seen, by=staff)

    verbs = [services.confirm, services.decline, services.cancel_by_clinic] * 4
    outcomes = at_once(*[decide(service) for service in verbs])

    assert outcomes == {WINNER: 1, ChangedMeanwhile: len(verbs) - 1}
    assert BookingEvent.objects.count() == 1
    assert OutboxMail.objects.count() == 1


def test_a_visitor_who_cancels_and_staff_who_confirm_at_once_never_both_win(staff):
    booking = make_booking()

    def staff_confirm():
        services.confirm(Booking.objects.get(pk=booking.pk), by=staff)

    def visitor_cancels():
        services.cancel_by_visitor(Booking.objects.get(pk=booking.pk))

    outcomes = at_once(staff_confirm, visitor_cancels)

    # One after the other is fine too: confirmed, then cancelled.
    assert outcomes[WINNER] == BookingEvent.objects.count()
    assert set(outcomes) <= {WINNER, ChangedMeanwhile, NotPossible}


def test_visitors_who_move_to_one_time_at_once_leave_one_winner():
    make_clinic()
    make_call_settings()
    slot = make_slot()
    bookings = [make_booking(state="confirmed") for _ in range(8)]

    def move(booking):
        return lambda: services.move(booking, slot)

    outcomes = at_once(*[move(booking) for booking in bookings])

    assert outcomes == {WINNER: 1, SlotTaken: 7}
    assert Booking.objects.filter(slot=slot).count() == 1
    assert OutboxMail.objects.count() == 2


def test_two_who_swap_their_times_at_once_both_keep_a_time():
    make_clinic()
    make_call_settings()
    one, two = make_booking(), make_booking()

    outcomes = at_once(
        lambda: services.move(one, Slot.objects.get(pk=two.slot_id)),
        lambda: services.move(two, Slot.objects.get(pk=one.slot_id)),
    )

    assert outcomes == {SlotTaken: 2}
    assert set(Booking.objects.values_list("pk", "slot")) == {
        (one.pk, one.slot_id),
        (two.pk, two.slot_id),
    }


def test_a_move_a_booking_and_a_cancel_for_one_time_at_once_never_double_it():
    make_clinic()
    make_call_settings()
    holder, mover = make_booking(), make_booking()
    slot = holder.slot

    outcomes = at_once(
        lambda: services.cancel_by_visitor(Booking.objects.get(pk=holder.pk)),
        *[submit(slot, number) for number in range(4)],
        lambda: services.move(mover, slot),
    )

    assert set(outcomes) <= {WINNER, SlotTaken}
    assert Booking.objects.active().filter(slot=slot).count() <= 1


def test_staff_who_give_one_call_back_two_times_at_once_give_it_one(staff):
    make_clinic()
    make_call_settings()
    booking = make_booking(kind="call_back")
    slots = [make_slot(), make_slot()]

    def give(slot):
        seen = Booking.objects.get(pk=booking.pk)
        return lambda: services.book_call_back(seen, slot, by=staff)

    outcomes = at_once(*[give(slot) for slot in slots])

    assert outcomes == {WINNER: 1, ChangedMeanwhile: 1}
    assert BookingEvent.objects.count() == 1


def test_two_workers_send_a_mail_once(mailoutbox):
    make_clinic()
    for _ in range(5):
        make_mail()

    outcomes = at_once(*[outbox.deliver] * 4)

    assert outcomes == {WINNER: 4}
    assert len(mailoutbox) == 5
    assert set(OutboxMail.objects.values_list("state", "attempts")) == {("sent", 1)}


@time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC))
def test_two_workers_make_the_same_slots_once():
    make_clinic()
    make_call_settings()
    make_hours()

    outcomes = at_once(*[make_slots] * 4)

    assert outcomes == {WINNER: 4}
    assert Slot.objects.count() == 8


@time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC))
def test_making_slots_while_visitors_book_loses_no_booking():
    make_clinic()
    make_call_settings()
    hours = make_hours()
    make_slots()
    slots = list(Slot.objects.all()[2:8])
    hours.delete()

    outcomes = at_once(
        make_slots, *[submit(slot, slot.pk) for slot in slots], make_slots
    )

    assert set(outcomes) <= {WINNER, SlotTaken}
    assert Booking.objects.count() == outcomes[WINNER] - 2
    assert Slot.objects.count() == Booking.objects.exclude(slot=None).count()


def test_twenty_forms_at_once_are_one_receipt_and_nineteen_kind_pages():
    make_clinic()
    make_call_settings()
    slot = make_slot()
    keys = [idempotency_key(Client().get("/book/")) for _ in range(MANY)]
    answers = []

    def send(key):
        words = {**CALLER, "slot": slot.pk, "consent": "on", "idempotency_key": key}
        answers.append(Client().post("/book/", words))

    at_once(*[partial(send, key) for key in keys])

    assert Counter(answer.status_code for answer in answers) == {303: 1, 409: MANY - 1}
    lost = [answer for answer in answers if answer.status_code == 409]
    assert all(WORDS["message"] in answer.text for answer in lost)
    assert Booking.objects.count() == 1
