"""Who wished for an earlier time is asked, one after the other, and each has an hour."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from bookings import services
from bookings.availability.slots import make_slots
from bookings.exceptions import NotPossible, SlotTaken
from bookings.mail import outbox
from bookings.models import (
    Booking,
    CallSettings,
    Closure,
    OutboxMail,
    Slot,
    WaitingOffer,
)
from bookings.privacy import personal_data
from bookings.waiting import offers
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_clinician,
    make_hours,
    make_mail,
    make_slot,
)

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 7, 1, 17, tzinfo=UTC)  # 10 AM at the clinic
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        make_clinic(email="desk@example.com")
        make_call_settings()
        yield traveller


def call(days, *, wished=None, **fields):
    """A confirmed call in so many days; its visitor wished for an earlier one so long ago."""
    number = Booking.objects.count()
    since = None if wished is None else timezone.now() - wished
    defaults = {"state": "confirmed", "email": f"visitor-{number}@example.com"}
    slot = fields.pop("slot", None) or make_slot(
        starts_at=timezone.now() + timedelta(days=days)
    )
    return make_booking(**(defaults | fields), slot=slot, wants_earlier_since=since)


def one_round():
    """Of the worker, while the mail server takes what it is given."""
    OutboxMail.objects.exclude(kind="offer").update(state="sent")
    OutboxMail.objects.filter(created_at__lt=timezone.now()).update(state="sent")
    offers.end_what_is_over()
    offers.offer_free_times()


def offered():
    """Who is offered what now."""
    return [(each.booking, each.slot) for each in WaitingOffer.objects.open()]


def test_a_time_that_is_cancelled_is_offered_to_who_wished_first():
    early = call(3)
    later = call(9, wished=HOUR)
    first = call(10, wished=2 * HOUR)
    services.cancel_by_visitor(early)

    one_round()

    assert offered() == [(first, early.slot)]
    assert Slot.objects.get(pk=early.slot_id).state == "held"
    one_round()
    assert offered() == [(first, early.slot)]
    assert later.offers.count() == 0


def test_the_mail_tells_of_the_time_and_until_when_it_is_held(mailoutbox):
    early = call(3)
    call(9, wished=HOUR, name="Ada", message="My knee is sore.")
    services.cancel_by_visitor(early)
    one_round()
    OutboxMail.objects.exclude(kind="offer").delete()

    outbox.deliver()

    (mail,) = mailoutbox
    assert mail.subject == "An earlier time is free - KneeCare"
    assert "Saturday, July 4, 2026 at 10:00 AM Arizona time (MST)" in mail.body
    assert "Wednesday, July 1, 2026 at 11:00 AM Arizona time (MST)" in mail.body
    assert "sore" not in mail.message().as_string()
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_after_an_hour_without_an_answer_the_next_is_asked(clock):
    early = call(3)
    first, second = call(9, wished=2 * HOUR), call(10, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()

    clock.shift(HOUR - MINUTE)
    one_round()
    assert offered() == [(first, early.slot)]

    clock.shift(MINUTE)
    one_round()
    assert offered() == [(second, early.slot)]
    assert first.offers.get().state == "expired"

    clock.shift(HOUR)
    one_round()
    assert offered() == []
    assert Slot.objects.get(pk=early.slot_id).state == "open"


def test_the_hour_is_a_setting(clock):
    CallSettings.objects.update(offer_minutes=20)
    early = call(3)
    call(9, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()

    assert WaitingOffer.objects.get().expires_at == timezone.now() + 20 * MINUTE


def test_while_it_is_offered_nobody_else_can_book_it(staff):
    early = call(3)
    call(9, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()
    slot = Slot.objects.get(pk=early.slot_id)

    with pytest.raises(SlotTaken):
        services.submit(make_call_request(slot=slot, email="other@example.com"))
    with pytest.raises(SlotTaken):
        services.move(call(5), slot)
    with pytest.raises(SlotTaken):
        services.move(call(6), slot, by=staff)
    own_choice = Slot(
        clinician=slot.clinician,
        starts_at=slot.starts_at + 10 * MINUTE,
        ends_at=slot.ends_at + 10 * MINUTE,
        state="assigned",
    )
    with pytest.raises(NotPossible, match="waiting list"):
        services.move(call(7), own_choice, by=staff)


def test_who_takes_it_has_it_and_leaves_the_list_and_their_time_is_offered_on(clock):
    early = call(3)
    first, second = call(9, wished=2 * HOUR), call(10, wished=HOUR)
    before = first.slot
    services.cancel_by_visitor(early)
    one_round()

    offers.take(first, first.offers.get())

    first.refresh_from_db()
    assert (first.slot, first.state) == (early.slot, "confirmed")
    assert first.wants_earlier_since is None
    assert first.offers.get().state == "taken"
    assert set(first.mails.values_list("kind", flat=True)) == {
        "offer",
        "moved",
        "changed",
    }
    one_round()
    assert offered() == [(second, before)]


def test_an_offer_that_is_over_cannot_be_taken(clock):
    early = call(3)
    first = call(9, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()
    offer = first.offers.get()

    clock.shift(HOUR)

    with pytest.raises(NotPossible):
        offers.take(first, offer)
    first.refresh_from_db()
    assert first.slot != early.slot
    assert Slot.objects.get(pk=early.slot_id).state == "held"


def test_what_was_free_before_the_wish_is_no_news(clock):
    make_slot(starts_at=timezone.now() + timedelta(days=3))
    clock.shift(HOUR)
    call(9, wished=MINUTE)

    one_round()

    assert offered() == []


def test_a_later_time_is_offered_to_nobody():
    late = call(12)
    call(9, wished=HOUR)
    services.cancel_by_visitor(late)

    one_round()

    assert offered() == []


def test_a_time_that_a_visitor_moves_away_from_is_offered():
    early = call(3)
    first = call(9, wished=HOUR)
    free = make_slot(starts_at=timezone.now() + timedelta(days=20))
    left = early.slot
    services.move(early, free)

    one_round()

    assert offered() == [(first, left)]


def test_a_time_that_staff_free_is_offered_once_that_cannot_be_undone(clock, staff):
    early = call(3)
    first = call(9, wished=HOUR)
    services.cancel_by_clinic(early, by=staff)

    clock.shift(timedelta(seconds=59))
    one_round()
    assert offered() == []

    clock.shift(timedelta(seconds=1))
    one_round()
    assert offered() == [(first, early.slot)]


def test_a_cancel_is_not_taken_back_while_its_time_is_offered(clock, staff):
    early = call(3)
    call(9, wished=HOUR)
    services.cancel_by_clinic(early, by=staff)
    clock.shift(2 * MINUTE)
    one_round()

    with pytest.raises(NotPossible, match="waiting list"):
        services.take_back(early, by=staff)
    assert Booking.objects.get(pk=early.pk).state == "cancelled_by_clinic"


def test_a_press_can_be_undone_though_an_offer_went_out_since(clock, staff):
    early = call(3)
    first = call(9, wished=HOUR, state="requested")
    services.cancel_by_visitor(early)
    services.confirm(first, by=staff)
    offers.offer_free_times()

    services.take_back(first, by=staff)

    assert Booking.objects.get(pk=first.pk).state == "requested"
    assert offered() == [(first, early.slot)]
    mail = first.mails.get(kind="offer")
    assert (mail.state, mail.recipient_key) == ("waiting", first.email_key)


def test_a_lifted_closure_and_new_hours_are_offered(clock):
    hours = make_hours(ends=time(9, 30))  # Mondays; July 6 is one
    closure = Closure.objects.create(first_day="2026-07-06", last_day="2026-07-06")
    make_slots()
    monday = MORNING + timedelta(days=5)
    assert not Slot.objects.filter(starts_at__date=monday.date()).exists()
    first = call(9, wished=HOUR)

    closure.delete()
    make_slots()
    clock.shift(MINUTE)
    one_round()

    (found,) = offered()
    assert found[0] == first
    assert found[1].starts_at.date() == monday.date()
    assert found[1].clinician == hours.clinician


def test_a_closure_ends_the_offer_and_the_time_is_gone(clock):
    make_hours(ends=time(9, 30))
    make_slots()
    slot = Slot.objects.earliest("starts_at")
    early, first = call(0, slot=slot), call(9, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()
    assert offered() == [(first, slot)]

    day = slot.starts_at.date()
    Closure.objects.create(first_day=day, last_day=day)
    make_slots()

    with pytest.raises(NotPossible):
        offers.take(first, first.offers.get())
    one_round()
    assert first.offers.get().state == "withdrawn"
    assert Slot.objects.get(pk=slot.pk).state == "withdrawn"


def test_the_times_are_made_anew_without_a_second_beside_one_that_is_offered(clock):
    make_hours(ends=time(9, 30))
    make_slots()
    slot = Slot.objects.earliest("starts_at")
    early = call(0, slot=slot)
    call(9, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()

    make_slots()

    assert Slot.objects.filter(starts_at=slot.starts_at).count() == 1
    assert Slot.objects.get(pk=slot.pk).state == "held"


@pytest.mark.parametrize(
    "ends", [services.cancel_by_visitor, lambda one: offers.leave(one)]
)
def test_the_offer_of_who_cancels_or_leaves_the_list_goes_to_the_next(ends):
    early = call(3)
    first, second = call(9, wished=2 * HOUR), call(10, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()

    ends(first)
    one_round()

    assert (second, early.slot) in offered()
    assert first not in [booking for booking, _ in offered()]


def test_who_keeps_their_time_stays_on_the_list_for_another_one():
    early, other = call(3), call(4)
    first = call(9, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()

    offers.keep_time(first)
    one_round()
    assert offered() == []

    services.cancel_by_visitor(other)
    one_round()
    assert offered() == [(first, other.slot)]


def test_a_time_that_becomes_free_again_is_offered_again(clock):
    early, first = call(3), call(9, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()
    offers.keep_time(first)
    clock.shift(MINUTE)
    slot = Slot.objects.get(pk=early.slot_id)
    other = services.submit(make_call_request(slot=slot, email="new@example.com"))
    clock.shift(MINUTE)
    services.cancel_by_visitor(other)

    one_round()

    assert offered() == [(first, early.slot)]


@pytest.mark.parametrize(
    ("hour", "goes_out"), [(7, False), (8, True), (19, True), (20, False)]
)
def test_offers_go_out_by_day_only(clock, hour, goes_out):
    early = call(3)
    call(9, wished=HOUR)
    services.cancel_by_visitor(early)

    clock.move_to(datetime(2026, 7, 3, 0, 30, tzinfo=UTC) + (hour - 17) * HOUR)
    one_round()

    assert bool(offered()) is goes_out


def test_a_time_is_offered_only_if_the_notice_is_left_when_the_hour_ends(clock):
    close = call(0, slot=make_slot(starts_at=timezone.now() + 25 * HOUR - MINUTE))
    call(9, wished=HOUR)
    services.cancel_by_visitor(close)

    one_round()
    assert offered() == []

    enough = call(0, slot=make_slot(starts_at=timezone.now() + 25 * HOUR))
    services.cancel_by_visitor(enough)
    one_round()
    assert [slot for _, slot in offered()] == [enough.slot]


def test_a_day_that_is_full_with_what_is_offered_takes_no_other_call():
    CallSettings.objects.update(calls_a_day=1)
    early = call(3)
    call(9, wished=HOUR)
    beside = make_slot(starts_at=early.slot.starts_at + HOUR)
    services.cancel_by_visitor(early)
    one_round()

    with pytest.raises(SlotTaken):
        services.submit(make_call_request(slot=beside, email="new@example.com"))


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "", "phone": "+16025550123"},
        {"state": "requested", "suspicion": "too_fast"},
        {"state": "cancelled_by_visitor"},
    ],
    ids=["without e-mail", "perhaps a program", "cancelled"],
)
def test_who_cannot_be_asked_is_passed_over(fields):
    early = call(3)
    call(9, wished=2 * HOUR, **fields)
    second = call(10, wished=HOUR)
    services.cancel_by_visitor(early)

    one_round()

    assert offered() == [(second, early.slot)]


def test_nothing_is_offered_while_mail_is_stuck(clock):
    early = call(3)
    call(9, wished=HOUR)
    make_mail(created_at=timezone.now())
    services.cancel_by_visitor(early)

    clock.shift(16 * MINUTE)
    offers.offer_free_times()

    assert offered() == []


def test_a_mail_that_comes_too_late_is_not_sent(clock, mailoutbox):
    early = call(3)
    first = call(9, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()

    clock.shift(HOUR)
    outbox.deliver()

    assert first.mails.get(kind="offer").state == "aborted"
    assert "An earlier time" not in " ".join(mail.subject for mail in mailoutbox)


def test_switched_off_nothing_is_offered():
    CallSettings.objects.update(offer_minutes=0)
    early = call(3)
    call(9, wished=HOUR)
    services.cancel_by_visitor(early)

    one_round()

    assert offered() == []


def test_two_free_times_are_offered_to_two_at_once():
    one, two = call(3), call(4)
    first, second = call(9, wished=2 * HOUR), call(10, wished=HOUR)
    services.cancel_by_visitor(one)
    services.cancel_by_visitor(two)

    one_round()

    assert offered() == [(first, one.slot), (second, two.slot)]


def test_who_is_erased_wishes_for_nothing_and_their_offer_goes_on(staff):
    early = call(3)
    first, second = call(9, wished=2 * HOUR), call(10, wished=HOUR)
    services.cancel_by_visitor(early)
    one_round()

    personal_data.erase(Booking.objects.filter(pk=first.pk), by=staff)
    one_round()

    first.refresh_from_db()
    assert first.wants_earlier_since is None
    assert (second, early.slot) in offered()


def test_a_round_costs_the_same_however_long_the_list(django_assert_max_num_queries):
    early = call(3)
    for number in range(30):
        who = make_clinician()
        call(
            9 + number,
            wished=HOUR,
            slot=make_slot(clinician=who, starts_at=timezone.now() + timedelta(days=9)),
        )
    for number in range(10):
        make_slot(starts_at=timezone.now() + timedelta(days=3, hours=number))
    Slot.objects.update(free_since=timezone.now() - 2 * HOUR)
    services.cancel_by_visitor(early)

    with django_assert_max_num_queries(25):
        one_round()

    assert len(offered()) == 1
