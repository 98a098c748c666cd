"""What the worker does for bookings. Each job bears being cut short and being run by two workers at once."""

from bookings import services
from bookings.availability import slots
from bookings.calendars import sync
from bookings.exceptions import Refused
from bookings.mail import outbox
from bookings.models import Booking
from bookings.privacy import retention
from bookings.sms import texts
from bookings.waiting import offers
from kneecare.core.jobs.schedule import every


@every(lane="mail", seconds=1)
def deliver_mail():
    outbox.deliver()


@every(lane="texts", seconds=1)
def deliver_texts():
    texts.deliver()


@every(hours=1)
def extend_slots():
    slots.make_slots()


@every(lane="calendars", seconds=5)
def read_other_calendars():
    sync.read_due()


@every(needs_right_clock=True, hours=1)
def expire_unanswered():
    for booking in Booking.objects.unanswered():
        try:
            services.expire(booking)
        except Refused:
            # Answered in this very moment.
            continue


@every(needs_right_clock=True, seconds=60)
def end_holds():
    for booking in Booking.objects.holds_ended():
        try:
            services.end_hold(booking)
        except Refused:
            # Answered in this very moment.
            continue


@every(needs_right_clock=True, seconds=5)
def serve_waiting_list():
    offers.end_what_is_over()
    offers.offer_free_times()


@every(needs_right_clock=True, seconds=60)
def remind():
    services.remind()


@every(needs_right_clock=True, hours=1)
def forget_client_ips():
    retention.forget_client_ips()


@every(needs_right_clock=True, hours=24)
def purge():
    retention.purge()
