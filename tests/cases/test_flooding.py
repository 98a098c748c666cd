"""Floods of requests: mail stays bounded, times stay free, and whose name was used has a way."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from bookings import jobs, services, tokens
from bookings.exceptions import SlotTaken
from bookings.mail.messages import message_for
from bookings.models import Booking, CallSettings, CallWish, OutboxMail, Slot
from bookings.services import mail_limits, suspicion
from kneecare.clinic.models import Clinic
from tests.bookings.posting import WORDS, another_phone, idempotency_key, own_form
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_clinician,
    make_mail,
    make_slot,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TO_STAFF = ["new_request", "changed"]


@pytest.fixture(autouse=True)
def clinic():
    make_call_settings()
    return make_clinic(email="desk@example.com")


def slots(count):
    clinician = make_clinician()
    start = timezone.now() + timedelta(days=2)
    return [
        make_slot(clinician=clinician, starts_at=start + timedelta(minutes=30 * n))
        for n in range(count)
    ]


def send(url, client_ip, **words):
    """One form, as whoever stands behind ``client_ip`` sends it within a second."""
    client = Client(headers={"X-Forwarded-For": client_ip})
    key = idempotency_key(client.get(url))
    data = {**WORDS, "phone": another_phone(), "idempotency_key": key, **words}
    return client.post(url, data)


def book(slot, client_ip="198.51.100.1", **words):
    return send("/book/", client_ip, slot=slot.pk, consent="on", **words)


def ask(slot=None, **fields):
    times = {} if slot is None else {"slot": slot}
    return services.submit(make_call_request(**times, **fields))


def owed(*kinds):
    waiting = OutboxMail.objects.filter(state="waiting")
    return waiting.filter(kind__in=kinds) if kinds else waiting


def to_visitors():
    return owed().exclude(kind__in=TO_STAFF)


@pytest.mark.parametrize(
    "written",
    [
        "ann@example.com",
        "ANN@example.com",
        "ann+{n}@example.com",
        "ann+x@EXAMPLE.com",
    ],
)
def test_two_hundred_messages_in_one_name_send_few_mails_there_whoever_sends_them(
    written,
):
    for n in range(200):
        services.submit(
            make_call_request(
                kind="say_hi", email=written.format(n=n), client_ip_key=f"network {n}"
            )
        )

    assert Booking.objects.count() == 200
    assert to_visitors().count() == mail_limits.A_DAY


@pytest.mark.parametrize(
    "spellings",
    [
        ["ann@exämple.com", "ann@xn--exmple-cua.com", "ann@EXÄMPLE.com"],
        ["ann@gmail.com", "ann@googlemail.com", "a.nn@googlemail.com"],
    ],
)
def test_another_spelling_of_the_domain_makes_no_other_mailbox(spellings):
    for n in range(2 * mail_limits.A_DAY):
        ask(kind="say_hi", email=spellings[n % len(spellings)])

    assert to_visitors().count() == mail_limits.A_DAY


def test_one_sender_has_mail_sent_to_few_strangers():
    for n in range(100):
        ask(kind="say_hi", email=f"stranger{n}@example.com", client_ip_key="network")
    neighbour = ask(kind="say_hi", email="bob@example.com", client_ip_key="another")

    assert Booking.objects.count() == 101
    assert to_visitors().count() == mail_limits.FROM_ONE_SENDER + 1
    assert neighbour.mails.filter(kind="received").exists()


def test_a_mail_that_was_overtaken_counts_for_nothing():
    for slot in slots(3):
        booking = ask(slot)
        booking.mails.update(state="aborted")
    OutboxMail.objects.bulk_create(
        OutboxMail(booking=booking, kind="moved", version=n, state="aborted")
        for n in range(2, mail_limits.A_DAY + 2)
    )

    late = ask(kind="say_hi", email=booking.email)

    assert late.mails.filter(kind="received").exists()


def test_a_message_that_asks_for_no_call_is_not_one_of_many_calls():
    for n in range(suspicion.BULK + 1):
        ask(kind="call_back", email=f"a{n}@example.com", client_ip_key=f"network {n}")

    message = ask(kind="say_hi", email="bob@example.com", client_ip_key="another")
    call = ask(kind="call_back", email="eve@example.com", client_ip_key="yet another")

    assert message.suspicion == ""
    assert call.suspicion == "bulk"


def test_dots_make_no_other_mailbox_where_they_do_not_count():
    for n in range(1, 21):
        ask(kind="say_hi", email=f"a{'.' * (n % 2)}n{'.' * (n // 2 % 2)}n@gmail.com")

    assert to_visitors().count() == mail_limits.A_DAY


def test_another_mailbox_gets_its_mail_during_the_flood():
    for _ in range(mail_limits.A_DAY + 1):
        ask(kind="say_hi", email="ann@example.com")

    bob = ask(kind="say_hi", email="bob@example.com")

    assert {mail.kind for mail in bob.mails.all()} == {"received", "new_request"}


def test_tomorrow_the_mailbox_gets_mail_again():
    for _ in range(20):
        ask(kind="say_hi", email="ann@example.com")

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        late = ask(kind="say_hi", email="ann@example.com")

    assert late.mails.filter(kind="received").exists()


def test_booking_and_cancelling_again_and_again_sends_no_more_mail_either():
    for slot in slots(30):
        services.cancel_by_visitor(ask(slot))

    assert OutboxMail.objects.exclude(kind__in=TO_STAFF).exclude(
        state="aborted"
    ).count() <= (mail_limits.A_DAY)


def test_what_staff_do_is_told_to_whom_a_flood_was_sent(staff):
    booking = ask(make_slot())
    for _ in range(20):
        ask(kind="say_hi")

    services.confirm(booking, by=staff)

    assert owed("confirmed").count() == 1


def test_thirty_forms_within_seconds_ring_for_staff_as_often_as_slower_ones():
    for n in range(30):
        send("/contact/", "198.51.100.1", email=f"bot{n}@example.com")

    assert Booking.objects.filter(suspicion="too_fast many").count() == 20
    assert owed("new_request").count() == suspicion.MANY


def test_every_reason_of_suspicion_is_kept_and_shown(staff_client):
    for n in range(suspicion.MANY):
        ask(kind="say_hi", client_ip_key="network", email=f"b{n}@example.com")
    booking = ask(
        kind="say_hi", client_ip_key="network", suspicion="too_fast hidden_field"
    )

    page = staff_client.get(f"/admin/bookings/booking/{booking.pk}/change/")

    assert booking.suspicion == "hidden_field too_fast many"
    for reason in booking.suspicions:
        assert reason in page.text


def test_a_flood_from_everywhere_rings_for_staff_some_times_an_hour_only():
    for n in range(60):
        ask(kind="say_hi", client_ip_key=f"network {n}", email=f"b{n}@example.com")

    assert owed("new_request").count() == mail_limits.STAFF_AN_HOUR


def test_one_visitor_who_moves_fifty_times_owes_two_mails():
    booking, times = ask(make_slot()), slots(10)
    client = Client()
    statuses = []
    for n in range(50):
        booking.refresh_from_db()
        url = f"/bookings/{tokens.url_token(booking)}/move/"
        key = tokens.change_key(booking, tokens.MOVE)
        form = {"slot": times[n % 10].pk, "change_key": key, "version": booking.version}
        statuses.append(client.post(url, form))

    assert [page.status_code for page in statuses] == [303] * 5 + [409] * 45
    assert "You have moved this call often today." in statuses[-1].text
    assert sorted(owed().values_list("kind", "version")) == [
        ("changed", 6),
        ("moved", 6),
    ]


def test_a_call_can_be_moved_again_the_next_day_and_by_staff_at_once(staff):
    booking, times = ask(make_slot()), slots(8)
    for slot in times[:5]:
        services.move(booking, slot)

    services.move(booking, times[5], by=staff)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        services.move(booking, times[7])

    assert booking.slot == times[7]


def test_a_mail_that_is_being_sent_is_not_aborted_under_the_sender():
    booking = make_booking()
    sending = make_mail(
        booking=booking, leased_until=timezone.now() + timedelta(seconds=60)
    )

    services.cancel_by_visitor(booking)

    sending.refresh_from_db()
    assert sending.state == "waiting"


@pytest.fixture
def flood():
    """116 forms from 39 addresses, three from each, for all the times of a calendar."""
    times = slots(116)
    for n, slot in enumerate(times):
        ask(slot, email=f"bot{n}@example.com", client_ip_key=f"network {n // 3}")
    return times


def test_a_flood_leaves_times_that_visitors_find_and_loses_no_request(flood):
    page = Client().get("/book/")

    held = Booking.objects.active().filter(slot__isnull=False).count()
    assert held == 70  # 60 percent
    assert Booking.objects.count() == 116
    assert (
        Slot.objects.bookable(
            CallSettings.objects.get(), Clinic.objects.current_zone()
        ).count()
        > 40
    )
    assert re.search(r'type="radio" name="slot" value="\d+"', page.text)


def test_what_looks_like_a_flood_holds_its_times_for_two_hours(flood):
    with time_machine.travel(timezone.now() + timedelta(minutes=121)):
        jobs.end_holds()
        answer = book(flood[40], "192.0.2.1", email="real@example.com")

    real = Booking.objects.get(email="real@example.com")
    assert answer.status_code == 303
    assert real.slot == flood[40]
    held = Booking.objects.filter(slot__isnull=False)
    assert held.count() == suspicion.BULK + 1


def test_staff_set_the_share_that_strangers_may_hold():
    CallSettings.objects.update(stranger_share=10)
    for n, slot in enumerate(slots(80)):
        ask(slot, email=f"bot{n}@example.com")

    assert Booking.objects.filter(slot__isnull=False).count() == 8


def test_what_staff_have_confirmed_takes_nothing_of_the_strangers_share(staff):
    CallSettings.objects.update(stranger_share=10)
    times = slots(50)
    for n, slot in enumerate(times[:20]):
        services.confirm(ask(slot, email=f"bot{n}@example.com"), by=staff)

    assert ask(times[20], email="real@example.com").slot == times[20]


def test_a_flood_beside_confirmed_calls_leaves_its_share_of_what_is_left(staff):
    times = slots(50)
    for n, slot in enumerate(times[:20]):
        services.confirm(ask(slot, email=f"bot{n}@example.com"), by=staff)
    for n, slot in enumerate(times[20:]):
        ask(slot, email=f"more{n}@example.com")

    waiting = Booking.objects.filter(state="requested", slot__isnull=False)
    assert waiting.count() == 18  # 60 percent of 30


def test_a_flood_does_not_take_every_day_where_calls_a_day_are_few():
    CallSettings.objects.update(calls_a_day=2)
    days = [timezone.now() + timedelta(days=3 + day) for day in range(20)]
    for day in days:
        for hours in range(4):
            slot = make_slot(starts_at=day + timedelta(hours=hours))
            with suppress(SlotTaken):  # the day is full
                ask(slot, email=f"bot{slot.pk}@example.com")

    rules, zone = CallSettings.objects.get(), Clinic.objects.current_zone()
    assert Slot.objects.bookable(rules, zone).exists()


def test_a_request_without_suspicion_holds_its_time_until_it_is_answered():
    booking = ask(make_slot())

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        jobs.end_holds()

    assert Booking.objects.get().slot == booking.slot


def test_a_suspicious_request_that_staff_confirm_keeps_its_time(staff):
    booking = ask(make_slot(), suspicion="too_fast")
    services.confirm(booking, by=staff)

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        jobs.end_holds()

    assert Booking.objects.get().slot == booking.slot


def test_a_suspicious_request_that_staff_move_keeps_its_new_time(staff):
    booking, slot = ask(make_slot(), suspicion="too_fast"), make_slot()
    services.move(booking, slot, by=staff)

    with time_machine.travel(timezone.now() + timedelta(hours=4)):
        jobs.end_holds()

    assert Booking.objects.get().slot == slot
    assert "until" not in message_for(booking.mails.get(kind="moved")).body


def test_whoever_moves_a_suspicious_request_is_told_how_long_its_time_is_held():
    booking = ask(make_slot(), suspicion="too_fast")
    services.move(booking, make_slot())

    mail = message_for(booking.mails.get(kind="moved"))

    assert "held for you until" in mail.body
    assert "held for you until" in mail.alternatives[0].content


def test_that_a_time_was_given_up_is_told_however_much_mail_went_there_today():
    booking = ask(make_slot(), suspicion="too_fast", email="ann@example.com")
    for _ in range(12):
        ask(kind="say_hi", email="ann@example.com", consent_version=None)

    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        jobs.end_holds()

    assert booking.mails.filter(kind="received", version=2).exists()


def test_whose_time_was_held_for_a_while_is_told_until_when_and_called_back_after(
    staff_client,
):
    answer = book(make_slot())
    page = Client().get(answer["Location"])
    booking = Booking.objects.get()
    mail = message_for(booking.mails.get(kind="received"))

    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        jobs.end_holds()
        later = Client().get(answer["Location"])
        told = message_for(OutboxMail.objects.get(kind="received", version=2))
        history = staff_client.get(f"/admin/bookings/booking/{booking.pk}/change/")

    assert "holds this time for you until" in page.text
    assert "held for you until" in mail.body
    assert "We could not hold the time that you asked for any longer." in later.text
    assert "We could not hold the time" in told.body
    assert "Time given up" in history.text
    assert Booking.objects.get().message == WORDS["message"]


@pytest.fixture
def in_anns_name():
    """Three times, held by somebody who gave Ann's e-mail."""
    return [
        ask(slot, email="ann@example.com", client_ip_key="stranger")
        for slot in slots(3)
    ]


def test_ann_whose_name_was_used_is_called_back_about_the_time_that_she_chose(
    in_anns_name,
):
    slot, zone = make_slot(), Clinic.objects.current_zone()

    answer = book(slot, "192.0.2.1", email="Ann@example.com")
    page = Client().get(answer["Location"])
    again = book(slot, "192.0.2.1", email="Ann@example.com")

    anns = Booking.objects.filter(email="Ann@example.com")
    assert (answer.status_code, again.status_code) == (303, 303)
    assert {booking.kind for booking in anns} == {"call_back"}
    assert CallWish.objects.filter(day=slot.starts_at.astimezone(zone).date()).exists()
    assert "We could not hold the time that you chose" in page.text
    assert anns[0].message == WORDS["message"]


def test_the_same_form_of_anns_sent_twice_is_one_call_back(in_anns_name):
    request = make_call_request(slot=make_slot(), email="ann@example.com")

    assert services.submit(request) == services.submit(request)


def test_a_mail_to_ann_leads_to_all_that_is_held_in_her_name_and_she_can_free_it(
    in_anns_name,
):
    book(make_slot(), "192.0.2.1", email="ann@example.com")
    mail = message_for(
        OutboxMail.objects.get(booking__kind="call_back", kind="received")
    )
    html = mail.alternatives[0].content

    for held in in_anns_name:
        url = re.search(rf"/bookings/{tokens.url_token(held)}/", mail.body).group()
        assert url in html
        page = Client().get(url)
        assert Client().post(url, own_form(page)).status_code == 303

    assert not Booking.objects.active().filter(slot__isnull=False).exists()
    assert book(make_slot(), "192.0.2.2", email="ann@example.com").status_code == 303
    assert Booking.objects.active().filter(slot__isnull=False).count() == 1


def test_no_link_goes_to_what_only_may_be_anns_mailbox(in_anns_name):
    book(make_slot(), "192.0.2.1", email="ann+x@example.com")
    mail = message_for(
        OutboxMail.objects.get(booking__kind="call_back", kind="received")
    )

    for held in in_anns_name:
        assert tokens.url_token(held) not in mail.body
        assert tokens.url_token(held) not in mail.alternatives[0].content


def test_a_stranger_learns_nothing_of_what_others_hold_in_anns_name(in_anns_name):
    answer = book(make_slot(), "192.0.2.1", email="ann@example.com")
    page = Client().get(answer["Location"])

    for held in in_anns_name:
        assert tokens.url_token(held) not in page.text
        assert held.reference not in page.text


def test_the_fourth_call_back_in_anns_name_is_kept_and_flagged():
    for _ in range(4):
        booking = ask(email="ann@example.com")

    assert booking.suspicion == "many"
    assert Booking.objects.count() == 4
