"""Two who want the same rows at one moment: nobody gets an error page, and no time is given twice.

The delay between looking and writing makes each race certain.
"""

import time
from functools import wraps

import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.test import Client

from bookings import services, tokens
from bookings.exceptions import Busy, SlotTaken
from bookings.models import Booking, BookingEvent, OutboxMail, Slot
from bookings.privacy import personal_data
from bookings.services import reschedule
from tests.bookings.posting import CALLER, WORDS, idempotency_key
from tests.bookings.services.test_race import WINNER, at_once
from tests.factories import make_booking, make_call_settings, make_clinic, make_slot

pytestmark = pytest.mark.django_db(transaction=True)

DELAY = 0.4  # seconds, in which the other one has looked too
PROMISE = "one_open_booking_per_slot"
CONFLICTS = ["40001", "40P01"]  # serialization failure, deadlock


SLOW = f"""
CREATE FUNCTION slow(bigint) RETURNS boolean IMMUTABLE LANGUAGE plpgsql
AS $$ BEGIN PERFORM pg_sleep({DELAY}); RETURN true; END $$;
CREATE INDEX slow_index ON bookings_booking (id) WHERE slow(id)
"""


@pytest.fixture
def slow_to_write(monkeypatch):
    """Whoever has looked at the times waits before writing; and on PostgreSQL, having written, before it is known
    whether the time is free. The test's database is thrown away afterwards."""
    change = reschedule.change

    @wraps(change)
    def late(*args, **kwargs):
        time.sleep(DELAY)
        change(*args, **kwargs)

    monkeypatch.setattr(reschedule, "change", late)
    if connection.vendor == "postgresql":
        [unique] = [c for c in Booking._meta.constraints if c.name == PROMISE]
        with connection.schema_editor() as editor:
            editor.remove_constraint(Booking, unique)
            editor.execute(SLOW)
            editor.add_constraint(Booking, unique)  # asked after the slow one


class Conflict(Exception):
    """What the driver says; the number is all that is read."""

    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


@pytest.fixture
def meets_others(monkeypatch):
    """Have the database refuse the next ``times`` rows of history, as it does to the victim of a deadlock."""

    def refuse(times, sqlstate="40P01"):
        left = iter(range(times))
        execute = CursorWrapper.execute

        def refused(cursor, sql, params=None):
            writes = sql.startswith('INSERT INTO "bookings_bookingevent"')
            if writes and next(left, None) is not None:
                raise OperationalError("deadlock detected") from Conflict(sqlstate)
            return execute(cursor, sql, params)

        monkeypatch.setattr(CursorWrapper, "execute", refused)

    return refuse


@pytest.fixture
def clinic():
    make_call_settings()
    return make_clinic()


@pytest.mark.parametrize("by_staff", [False, True])
def test_two_who_move_into_each_others_time_both_keep_their_own(
    clinic, slow_to_write, staff, by_staff
):
    one, two = make_booking(), make_booking()
    by = staff if by_staff else None

    def swap(mine, other):
        return lambda: services.move(mine, Slot.objects.get(pk=other.slot_id), by=by)

    outcomes = at_once(swap(one, two), swap(two, one))

    assert outcomes == {SlotTaken: 2}
    assert set(Booking.objects.values_list("pk", "slot")) == {
        (one.pk, one.slot_id),
        (two.pk, two.slot_id),
    }


def test_three_who_move_round_a_circle_at_once_are_told_and_not_failed(
    clinic, slow_to_write
):
    bookings = [make_booking() for _ in range(3)]
    targets = [bookings[1], bookings[2], bookings[0]]

    def move(mine, other):
        return lambda: services.move(mine, Slot.objects.get(pk=other.slot_id))

    outcomes = at_once(*map(move, bookings, targets))

    assert set(outcomes) <= {WINNER, SlotTaken}
    assert Booking.objects.active().values("slot").distinct().count() == 3


@pytest.mark.same_on_any_database("the database's refusal is made up")
@pytest.mark.parametrize("sqlstate", CONFLICTS)
def test_a_move_that_meets_another_twice_is_done_the_third_time(
    clinic, meets_others, sqlstate
):
    booking, slot = make_booking(), make_slot()
    meets_others(2, sqlstate)

    services.move(booking, slot)

    assert Booking.objects.get().slot == slot
    assert booking.version == Booking.objects.get().version == 2
    assert BookingEvent.objects.count() == 1
    assert OutboxMail.objects.count() == 2


@pytest.mark.same_on_any_database("the database's refusal is made up")
def test_whoever_always_meets_another_is_told_so_and_nothing_is_changed(
    clinic, meets_others, staff
):
    booking, slot = make_booking(), make_slot()
    back = make_booking(kind="call_back")
    changes = [
        lambda: services.move(booking, slot),
        lambda: services.confirm(booking, by=staff),
        lambda: services.cancel_by_visitor(booking),
        lambda: services.book_call_back(back, slot, by=staff),
        lambda: personal_data.erase(Booking.objects.all(), by=staff),
    ]
    meets_others(3 * len(changes))

    for change in changes:
        with pytest.raises(Busy):
            change()

    assert set(Booking.objects.values_list("state", "version")) == {("requested", 1)}
    assert booking.version == back.version == 1


@pytest.mark.same_on_any_database("the database's refusal is made up")
def test_a_person_is_erased_at_the_third_try(clinic, meets_others, staff):
    make_booking(), make_booking(kind="call_back")
    meets_others(2)

    assert personal_data.erase(Booking.objects.all(), by=staff) == 2
    assert not Booking.objects.exclude(email="").exists()


@pytest.mark.same_on_any_database("the database's refusal is made up")
def test_what_may_have_been_done_before_a_cut_is_not_done_again(clinic, meets_others):
    booking = make_booking()
    meets_others(1, "57P01")  # the server ended the connection

    with pytest.raises(OperationalError):
        services.cancel_by_visitor(booking)

    assert (booking.state, Booking.objects.get().state) == ("requested", "requested")


@pytest.mark.same_on_any_database("the database's refusal is made up")
def test_another_fault_of_the_database_is_not_tried_again(clinic, meets_others):
    booking = make_booking()
    meets_others(1, "53100")  # its disk is full

    with pytest.raises(OperationalError):
        services.move(booking, make_slot())


@pytest.mark.same_on_any_database("the database's refusal is made up")
def test_a_booking_that_always_meets_others_is_a_kind_409_with_its_words(
    clinic, meets_others
):
    slot = make_slot()
    key = idempotency_key(Client().get("/book/"))
    words = {**CALLER, "slot": slot.pk, "consent": "on", "idempotency_key": key}
    meets_others(3)

    refused = Client().post("/book/", words)
    taken = Client().post("/book/", words)

    assert refused.status_code == 409
    assert "Many people are booking at this moment." in refused.text
    assert WORDS["message"] in refused.text
    assert taken.status_code == 303


@pytest.mark.same_on_any_database("the database's refusal is made up")
@pytest.mark.parametrize("page", ["", "move/"])
def test_a_visitors_change_that_always_meets_others_is_a_kind_409(
    clinic, meets_others, page
):
    booking, slot = make_booking(), make_slot()
    purpose = tokens.MOVE if page else tokens.CANCEL
    form = {
        "change_key": tokens.change_key(booking, purpose),
        "version": booking.version,
        "slot": slot.pk,
    }
    url = f"/bookings/{tokens.url_token(booking)}/{page}"
    meets_others(3)

    refused = Client().post(url, form)
    done = Client().post(url, form)

    assert refused.status_code == 409
    assert "at this moment" in refused.text
    assert done.status_code == 303


@pytest.mark.same_on_any_database("the database's refusal is made up")
def test_staff_who_always_meet_others_are_told_and_can_try_again(
    clinic, meets_others, staff_client
):
    booking = make_booking()
    meets_others(3)

    page = staff_client.post(
        f"/admin/bookings/booking/{booking.pk}/decide/confirm/",
        {"version": 1},
        follow=True,
    )

    assert "at the same moment. Try again." in page.text
    assert Booking.objects.get().state == "requested"


def test_times_that_staff_block_while_a_visitor_moves_between_them_end_in_no_error(
    clinic, slow_to_write, staff_client
):
    booking, slot = make_booking(), make_slot()
    chosen = {"action": "block", "_selected_action": [slot.pk, booking.slot_id]}

    def block():
        time.sleep(DELAY / 2)
        page = staff_client.post("/admin/bookings/slot/", chosen)
        assert page.status_code == 302
        connection.close()

    outcomes = at_once(lambda: services.move(booking, slot), block)

    assert outcomes == {WINNER: 2}
