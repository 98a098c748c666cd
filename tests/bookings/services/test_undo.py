"""What staff pressed by mistake: undone while its mail waits, and later where that harms nobody."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from bookings import services, tokens
from bookings.availability.slots import make_slots
from bookings.exceptions import ChangedMeanwhile, NotPossible, SlotTaken
from bookings.mail import outbox
from bookings.models import Booking, CallSettings, HoldLimit, Slot
from bookings.privacy.retention import erase
from tests.at_once import WINNER, at_once
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_hours,
    make_mail,
    make_slot,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clinic():
    make_call_settings()
    return make_clinic(email="desk@example.com")


@pytest.fixture
def noon():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def mails(booking):
    return sorted(booking.mails.values_list("kind", "version", "state"))


def later(**ago):
    return time_machine.travel(timezone.now() + timedelta(**ago), tick=False)


@pytest.mark.parametrize(
    ("before", "press"),
    [
        ("requested", services.confirm),
        ("requested", services.decline),
        ("requested", services.cancel_by_clinic),
        ("confirmed", services.cancel_by_clinic),
    ],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_a_press_is_undone_without_a_word_to_the_visitor(
    staff, mailoutbox, before, press
):
    booking = make_booking(state=before)
    press(booking, by=staff)
    outbox.deliver()

    services.take_back(booking, by=staff)
    with later(minutes=5):
        outbox.deliver()

    booking.refresh_from_db()
    assert (booking.state, booking.version) == (before, 3)
    assert mailoutbox == []
    assert [str(event) for event in booking.events.all()][-1] == "Undone"
    assert booking.events.last().by_name == "admin"


def test_the_mail_waits_as_long_as_staff_set(staff, mailoutbox, noon):
    CallSettings.objects.update(undo_seconds=90)
    services.confirm(make_booking(), by=staff)

    noon.shift(89)
    outbox.deliver()
    assert mailoutbox == []

    noon.shift(2)
    outbox.deliver()
    assert [mail.subject for mail in mailoutbox] == ["Your call is confirmed - KneeCare"]  # fmt: skip


def test_what_the_visitor_does_is_told_at_once(mailoutbox):
    booking = make_booking()

    services.cancel_by_visitor(booking)
    outbox.deliver()

    assert len(mailoutbox) == 2


def test_once_the_mail_has_gone_a_confirmation_cannot_be_undone(staff, noon):
    booking = make_booking()
    services.confirm(booking, by=staff)
    noon.shift(61)
    outbox.deliver()

    with pytest.raises(NotPossible):
        services.take_back(booking, by=staff)

    assert Booking.objects.get().state == "confirmed"


def test_a_mail_that_a_worker_has_begun_to_send_counts_as_sent(staff):
    booking = make_booking()
    services.confirm(booking, by=staff)
    booking.mails.update(leased_until=timezone.now() + timedelta(seconds=60))

    with pytest.raises(NotPossible, match="It is too late to undo this"):
        services.take_back(booking, by=staff)

    assert mails(booking) == [("confirmed", 2, "waiting")]


def test_the_press_of_a_moment_ago_revives_the_mail_that_it_overtook(staff):
    booking = services.submit(make_call_request(slot=make_slot()))
    services.confirm(booking, by=staff)

    services.take_back(booking, by=staff)

    assert mails(booking) == [
        ("confirmed", 2, "aborted"),
        ("new_request", 3, "waiting"),
        ("received", 3, "waiting"),
    ]


def test_a_move_is_undone_to_the_time_before(staff):
    booking, slot = make_booking(state="confirmed"), make_slot()
    before = booking.slot
    services.move(booking, slot, by=staff)

    services.take_back(booking, by=staff)

    assert Booking.objects.get().slot == before
    assert make_booking(slot=slot, email="b@example.com").slot == slot


def test_a_time_set_for_a_call_back_is_undone(staff):
    booking = make_booking(kind="call_back")
    services.book_call_back(booking, make_slot(), by=staff)

    services.take_back(booking, by=staff)

    booking.refresh_from_db()
    assert (booking.slot, booking.state, booking.is_call_back) == (None, "requested", True)  # fmt: skip
    assert not HoldLimit.objects.exists()


def test_what_staff_booked_themselves_is_undone_by_calling_it_off_in_silence(staff):
    slot = make_slot()
    booking = services.submit(make_call_request(slot=slot, booked_by=staff))

    services.take_back(booking, by=staff)

    assert booking.state == "cancelled_by_clinic"
    assert mails(booking) == [("confirmed", 1, "aborted")]
    assert services.submit(make_call_request(slot=slot)).slot == slot


@pytest.mark.parametrize("press", [services.complete, services.no_show])
def test_how_a_call_went_is_taken_back_any_time_later(staff, press):
    slot = make_slot(starts_at=timezone.now() - timedelta(hours=1))
    booking = make_booking(slot=slot, state="confirmed")
    press(booking, by=staff)

    with later(days=3):
        services.take_back(booking, by=staff)

    assert (Booking.objects.get().state, mails(booking)) == ("confirmed", [])


def test_a_cancellation_that_was_told_is_taken_back_and_told(staff, noon):
    booking = make_booking(state="confirmed")
    services.cancel_by_clinic(booking, by=staff)
    noon.shift(61)
    outbox.deliver()

    noon.shift(3600)
    services.take_back(booking, by=staff)

    assert Booking.objects.get().state == "confirmed"
    assert mails(booking) == [("cancelled", 2, "sent"), ("confirmed", 3, "waiting")]
    assert HoldLimit.objects.count() == 1


@pytest.mark.parametrize(
    ("fate", "told"),
    [
        ({"state": "sent"}, 1),
        ({"attempts": 3, "last_error": "TimeoutError"}, 1),
        ({"attempts": 3, "last_error": "ConnectionRefusedError"}, 0),
        ({"state": "failed", "attempts": 1, "last_error": "SMTPRecipientsRefused 550"}, 0),
    ],
    ids=lambda each: " ".join(map(str, each.values())) if isinstance(each, dict) else "",
)  # fmt: skip
def test_who_may_have_heard_of_a_cancellation_hears_that_it_is_taken_back_and_nobody_else(
    staff, fate, told
):
    booking = make_booking(state="confirmed")
    services.cancel_by_clinic(booking, by=staff)
    booking.mails.update(**fate)

    services.take_back(booking, by=staff)

    waiting = booking.mails.filter(state="waiting")
    assert [mail.kind for mail in waiting] == ["confirmed"] * told


@pytest.mark.parametrize("told", [True, False])
def test_a_correction_since_is_in_nobodys_way(staff, noon, told):
    booking = make_booking(state="confirmed")
    services.cancel_by_clinic(booking, by=staff)
    if told:
        noon.shift(61)
        outbox.deliver()
    correct(booking, staff, phone="+16025550123")

    services.take_back(booking, by=staff)

    assert Booking.objects.get().state == "confirmed"
    fate = [("cancelled", 2, "sent"), ("confirmed", 4, "waiting")]
    assert mails(booking) == (fate if told else [("cancelled", 3, "aborted")])


def test_a_confirmation_is_not_undone_behind_a_correction(staff):
    booking = make_booking()
    services.confirm(booking, by=staff)
    correct(booking, staff, phone="+16025550123")

    with pytest.raises(NotPossible):
        services.take_back(booking, by=staff)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("give_up", [services.take_back, services.cancel_by_clinic])
def test_the_times_that_one_of_staffs_choice_kept_back_are_offered_again_at_once(
    staff, give_up
):
    with time_machine.travel("2026-07-01T12:00+00:00", tick=False):
        make_hours()
        make_slots()
        free = Slot.objects.filter(state="open").order_by("starts_at")
        before = list(free.values_list("starts_at", flat=True))
        half = timedelta(minutes=15)
        first = free[0]
        own = Slot(
            clinician=first.clinician,
            starts_at=first.starts_at + half,
            ends_at=first.ends_at + half,
            state="assigned",
        )
        booking = services.submit(make_call_request(slot=own, booked_by=staff))
        assert list(free.values_list("starts_at", flat=True)) == before[2:]

        give_up(booking, by=staff)

        assert list(free.values_list("starts_at", flat=True)) == before


def test_a_call_cancelled_before_its_confirmation_went_out_is_confirmed_once_when_that_is_taken_back(
    staff, mailoutbox, noon
):
    booking = make_booking()
    services.confirm(booking, by=staff)
    services.cancel_by_clinic(booking, by=staff)
    noon.shift(61)
    outbox.deliver()

    services.take_back(booking, by=staff)
    noon.shift(61)
    outbox.deliver()

    assert [mail.subject for mail in mailoutbox] == [
        "Your call is cancelled - KneeCare",
        "Your call is confirmed - KneeCare",
    ]


def test_nothing_is_taken_back_once_somebody_else_has_the_time(staff):
    booking = make_booking(state="confirmed")
    services.cancel_by_clinic(booking, by=staff)
    services.submit(make_call_request(slot=booking.slot, email="b@example.com"))

    with pytest.raises(SlotTaken):
        services.take_back(booking, by=staff)

    assert Booking.objects.get(pk=booking.pk).state == "cancelled_by_clinic"
    assert mails(booking) == [("cancelled", 2, "waiting")]


def test_a_withdrawn_time_is_not_held_again_over_one_that_was_given_away(staff):
    booking = make_booking(state="confirmed")
    slot = booking.slot
    services.cancel_by_clinic(booking, by=staff)
    type(slot).objects.filter(pk=slot.pk).update(state="withdrawn")
    over = make_slot(
        clinician=slot.clinician, starts_at=slot.starts_at + timedelta(minutes=15)
    )
    make_booking(slot=over, email="b@example.com")

    with pytest.raises(SlotTaken):
        services.take_back(booking, by=staff)


def test_what_a_visitor_did_is_not_staffs_to_undo(staff):
    booking = make_booking()
    services.cancel_by_visitor(booking)

    with pytest.raises(NotPossible):
        services.take_back(booking, by=staff)


def test_nothing_is_undone_twice(staff):
    booking = make_booking()
    services.confirm(booking, by=staff)
    services.take_back(booking, by=staff)

    with pytest.raises(NotPossible):
        services.take_back(booking, by=staff)


def test_with_no_time_to_undo_mail_goes_at_once(staff, mailoutbox):
    CallSettings.objects.update(undo_seconds=0)
    booking = make_booking()
    services.confirm(booking, by=staff)
    outbox.deliver()

    assert len(mailoutbox) == 1
    with pytest.raises(NotPossible):
        services.take_back(booking, by=staff)


def test_the_database_refuses_a_wait_of_more_than_ten_minutes():
    with pytest.raises(IntegrityError), transaction.atomic():
        CallSettings.objects.update(undo_seconds=601)


@pytest.mark.django_db(transaction=True)
def test_a_worker_who_sends_and_staff_who_undo_at_once_never_both_win(
    staff, mailoutbox
):
    for _ in range(5):
        booking = make_booking()
        services.confirm(booking, by=staff)
        booking.mails.update(next_attempt_at=timezone.now())
        mailoutbox.clear()

        outcomes = at_once(
            lambda: services.take_back(Booking.objects.get(pk=booking.pk), by=staff),  # noqa: B023
            outbox.deliver,
        )

        booking.refresh_from_db()
        is_undone = booking.state == "requested"
        assert outcomes[WINNER] == (2 if is_undone else 1)
        assert len(mailoutbox) == (0 if is_undone else 1)
        assert set(outcomes) <= {WINNER, NotPossible, ChangedMeanwhile}


@pytest.mark.django_db(transaction=True)
def test_of_a_visitor_and_staff_who_want_one_time_at_once_one_has_it(staff):
    booking = make_booking(state="confirmed")
    services.cancel_by_clinic(booking, by=staff)
    slot = booking.slot

    outcomes = at_once(
        lambda: services.take_back(booking, by=staff),
        *[
            lambda n=n: services.submit(
                make_call_request(slot=slot, email=f"v{n}@example.com")
            )
            for n in range(4)
        ],
    )

    assert outcomes == {WINNER: 1, SlotTaken: 4}
    assert Booking.objects.active().filter(slot=slot).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_time_of_staffs_choice_and_one_that_it_overlaps_are_never_both_held(staff):
    for round_number in range(4):
        free = make_slot()
        own = type(free)(
            clinician=free.clinician,
            starts_at=free.starts_at + timedelta(minutes=10),
            ends_at=free.ends_at + timedelta(minutes=10),
            state="assigned",
        )
        forms = [
            make_call_request(slot=own, booked_by=staff),
            make_call_request(slot=free, email=f"v{round_number}@example.com"),
        ]

        outcomes = at_once(*[lambda form=form: services.submit(form) for form in forms])

        assert outcomes == {WINNER: 1, SlotTaken: 1}
        held = Booking.objects.active().filter(slot__clinician=free.clinician)
        assert held.count() == 1


def correct(booking, staff, **fields):
    who = {"name": "Ada", "email": booking.email, "phone": booking.phone}
    return services.correct_contact(booking, **(who | fields), by=staff)


def test_a_correction_is_written_down_and_makes_a_new_version(staff):
    booking = make_booking()

    correct(booking, staff, name="Ada Müller", phone="+1 602 555 0123")

    booking.refresh_from_db()
    assert (booking.name, booking.searchable_name) == ("Ada Müller", "ada muller")
    assert (booking.state, booking.version) == ("requested", 2)
    event = booking.events.get()
    assert str(event) == "Contact details corrected: name, phone"
    assert event.by_name == "admin"


def links_of_before(client, booking):
    """What the address and the buttons of ``booking`` do once it is corrected, as its visitor has them now."""
    address = f"/bookings/{tokens.url_token(booking)}/"
    key = tokens.change_key(booking, tokens.CANCEL)

    def follow():
        booking.refresh_from_db()
        cancel = {"change_key": key, "version": booking.version}
        return client.get(address).status_code, client.post(address, cancel).status_code

    return follow


def test_a_link_in_mail_to_another_mailbox_ends(client, staff, mailoutbox):
    booking = make_booking(email="stranger@example.com", phone="+16025550123")
    follow = links_of_before(client, booking)

    correct(booking, staff, email="ada@example.com")

    assert follow() == (404, 404)
    assert booking.state == "requested"
    with later(seconds=61):
        outbox.deliver()
    (mail,) = mailoutbox
    own_page = f"/bookings/{tokens.url_token(booking)}/"
    assert own_page in mail.body
    assert client.get(own_page).status_code == 200
    assert str(booking.events.get()) == "Contact details corrected: e-mail"


def test_a_link_ends_with_the_address_that_it_went_to(client, staff):
    booking = make_booking(email="stranger@example.com", phone="+16025550123")
    follow = links_of_before(client, booking)

    correct(booking, staff, email="")

    assert follow() == (404, 404)


@pytest.mark.parametrize(
    ("before", "fields"),
    [
        ("ada@example.com", {"email": "Ada+knee@example.com"}),
        ("ada@example.com", {"name": "Ada Müller", "phone": "+16025550124"}),
        ("", {"email": "ada@example.com"}),
    ],
    ids=["the same mailbox", "no other address", "the first address"],
)
def test_a_link_goes_on_while_nobody_else_has_it(client, staff, before, fields):
    booking = make_booking(email=before, phone="+16025550123", name="Ada")
    follow = links_of_before(client, booking)

    correct(booking, staff, **fields)

    assert follow()[0] == 200


def test_what_had_nowhere_to_go_goes_once_there_is_an_address(staff, mailoutbox):
    booking = make_booking(kind="say_hi", email="wrong@example.com")
    services.reply(booking, "Yes, we do.", by=staff)

    assert correct(booking, staff, email="", phone="+16025550123") == 0
    assert correct(booking, staff, phone="+16025550124") == 0
    assert correct(booking, staff, email="right@example.com") == 1
    with later(seconds=61):
        outbox.deliver()

    assert [(mail.to, "Yes, we do." in mail.body) for mail in mailoutbox] == [(["right@example.com"], True)]  # fmt: skip


@pytest.mark.parametrize(
    ("press", "words"),
    [
        (services.decline, "Nick is away."),
        (services.cancel_by_clinic, "Nick is away."),
        (lambda booking, *, by, line: services.reply(booking, line, by=by), "Yes."),
    ],
    ids=["declined", "cancelled", "replied"],
)
def test_an_answer_that_went_to_a_wrong_address_is_said_again_at_the_new_one(
    staff, mailoutbox, press, words
):
    kind = "say_hi" if words == "Yes." else "discovery_call"
    slot = make_slot() if kind == "discovery_call" else None
    booking = make_booking(kind=kind, slot=slot, email="wrong@example.com")
    press(booking, by=staff, line=words)
    with later(seconds=61):
        outbox.deliver()

    with later(days=3):
        assert correct(booking, staff, email="right@example.com") == 1
    with later(days=3, seconds=61):
        outbox.deliver()

    assert [mail.to[0] for mail in mailoutbox] == ["wrong@example.com", "right@example.com"]  # fmt: skip
    assert words in mailoutbox[1].body
    first = booking.mails.earliest("created_at")
    assert first.state == "sent"
    assert first.recipient_key != booking.email_key


def test_an_answer_of_long_ago_is_not_said_again(staff):
    booking = make_booking(email="old@example.com")
    services.decline(booking, by=staff)
    booking.mails.update(state="sent")

    with later(days=8):
        assert correct(booking, staff, email="new@example.com") == 0

    assert len(mails(booking)) == 1


def test_a_correction_of_nothing_is_none(staff):
    booking = make_booking(name="Ada", phone="+16025550123")

    assert correct(booking, staff) == 0

    assert (booking.version, booking.events.count()) == (1, 0)


def test_the_database_knows_what_can_be_corrected():
    booking = make_booking()

    with pytest.raises(IntegrityError), transaction.atomic():
        booking.events.create(to_state="requested", version=1, corrected="message")


def test_mail_for_a_wrong_address_goes_to_the_new_one(staff, mailoutbox):
    booking = make_booking(state="confirmed", email="wrong@example.com")
    make_mail(booking=booking, kind="confirmed", state="failed", last_error="X 550")

    correct(booking, staff, email="rihgt@example.com")
    outbox.deliver()
    assert mailoutbox == []
    correct(booking, staff, email="right@example.com")
    with later(seconds=61):
        outbox.deliver()

    assert [mail.to for mail in mailoutbox] == [["right@example.com"]]
    assert mails(booking) == [("confirmed", 3, "sent")]


def test_each_reply_that_could_not_be_sent_goes_to_the_new_address(staff, mailoutbox):
    booking = make_booking(kind="say_hi", email="wrong@example.com")
    for words in ["Yes, we do.", "And on Mondays."]:
        services.reply(booking, words, by=staff)
    booking.mails.update(state="failed", last_error="SMTPRecipientsRefused 550")

    correct(booking, staff, email="right@example.com")
    with later(seconds=61):
        outbox.deliver()

    assert [mail.to for mail in mailoutbox] == [["right@example.com"]] * 2


def test_mail_for_whom_no_address_is_left_is_not_needed_any_more(staff):
    booking = make_booking(state="confirmed", phone="+16025550123")
    make_mail(booking=booking, kind="confirmed", state="failed", last_error="X 550")

    correct(booking, staff, email="")

    assert mails(booking) == [("confirmed", 2, "aborted")]


def test_what_went_to_a_wrong_address_is_said_again_at_the_new_one(staff):
    booking = make_booking(state="confirmed", email="wrong@example.com")
    make_mail(booking=booking, kind="confirmed", state="sent")

    correct(booking, staff, email="right@example.com")

    assert mails(booking) == [("confirmed", 1, "sent"), ("confirmed", 2, "waiting")]


def test_a_new_phone_number_alone_owes_no_mail_and_stops_none(staff):
    booking = services.submit(make_call_request(slot=make_slot()))

    correct(booking, staff, phone="+16025550123")

    assert mails(booking) == [
        ("new_request", 2, "waiting"),
        ("received", 2, "waiting"),
    ]
    assert HoldLimit.objects.count() == 2  # of the e-mail and of the phone


def test_a_correction_of_what_has_changed_meanwhile_is_refused(staff):
    booking = make_booking()
    services.confirm(Booking.objects.get(), by=staff)

    with pytest.raises(ChangedMeanwhile):
        correct(booking, staff, email="b@example.com")


def test_nobody_is_left_whom_nothing_reaches(staff):
    with pytest.raises(NotPossible, match="Give an e-mail address or a phone"):
        correct(make_booking(), staff, email="", phone="")


def test_who_was_reminded_is_not_reminded_again_after_a_correction(staff):
    slot = make_slot(starts_at=timezone.now() + timedelta(hours=10))
    booked = timezone.now() - timedelta(days=3)
    booking = make_booking(slot=slot, state="confirmed", created_at=booked)
    services.remind()
    booking.mails.update(state="sent")

    correct(booking, staff, phone="+16025550123")
    services.remind()

    assert [kind for kind, *_ in mails(booking)] == ["reminder"]


def test_nobodys_call_is_brought_back_after_they_were_erased(staff):
    booking = make_booking(state="confirmed")
    services.cancel_by_clinic(booking, by=staff)
    erase(Booking.objects.all())
    booking.refresh_from_db()

    with pytest.raises(NotPossible):
        services.take_back(booking, by=staff)

    assert Booking.objects.get().state == "cancelled_by_clinic"
