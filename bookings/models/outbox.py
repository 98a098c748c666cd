from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from bookings.models.booking import Booking
from bookings.models.clinic_time import ClinicTimeMixin, ClinicTimeQuerySet
from bookings.models.event import BookingEvent
from bookings.models.note import BookingNote
from bookings.models.waiting_offer import WaitingOffer
from kneecare.core.jobs.mail_queue import QueuedMail, QueuedMailQuerySet

TEXTS = ("text_confirmed", "text_reminder")
REMINDERS = ("reminder", "text_reminder")


class OutboxMailQuerySet(ClinicTimeQuerySet, QueuedMailQuerySet):  # type: ignore[override]
    """Mail whose times are shown on the clinic's clock."""

    def texts(self):
        """What goes out by text message, and not by mail."""
        return self.filter(kind__in=TEXTS)

    def mails(self):
        return self.exclude(kind__in=TEXTS)

    def came_back(self):
        """Mail that the address which its request still has did not take, or complained of."""
        here = self.filter(returned_email_key=F("booking__email_key"))
        return here.exclude(returned_email_key="")

    def unheeded(self):
        """What came back, of requests for which staff have done nothing since."""
        at = Coalesce("bounced_at", "complained_at")
        of_it = {"booking": OuterRef("booking"), "at__gt": OuterRef("returned_at")}
        acts = BookingEvent.objects.filter(**of_it).exclude(by_name="")
        notes = BookingNote.objects.filter(**of_it)
        mails = self.came_back().annotate(returned_at=at)
        return mails.filter(~Exists(acts), ~Exists(notes))


class OutboxMail(QueuedMail, ClinicTimeMixin):
    """A mail that tells of a change of a booking, to the visitor or to staff."""

    class Kind(models.TextChoices):
        RECEIVED = "received", "Request received"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"
        MOVED = "moved", "Moved"
        CANCELLED = "cancelled", "Cancelled"
        REMINDER = "reminder", "Reminder"
        REPLY = "reply", "Reply"
        OFFER = "offer", "Earlier time offered"
        TEXT_CONFIRMED = "text_confirmed", "Confirmed (text message)"
        TEXT_REMINDER = "text_reminder", "Reminder (text message)"
        NEW_REQUEST = "new_request", "New request (to staff)"
        CHANGED = "changed", "Moved or cancelled by the visitor (to staff)"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=20, choices=Kind)
    version = models.PositiveIntegerField()
    offer = models.ForeignKey(
        WaitingOffer,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="mails",
    )
    text = models.TextField(
        "what staff wrote",
        max_length=2000,
        blank=True,
        help_text="A line of their own in a mail of ours, or the whole reply.",
    )
    recipient_key = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A keyed hash of the mailbox or the phone number that it is for: the request may have another one by now.",
    )
    bounced_at = models.DateTimeField("came back", null=True, blank=True)
    complained_at = models.DateTimeField("complained of", null=True, blank=True)
    returned_email_key = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A keyed hash of the mailbox that did not take it, or complained.",
    )

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mail"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_change_is_told_once_by_each_kind_of_mail",
                fields=["booking", "kind", "version"],
                condition=Q(offer=None),
            ),
            models.UniqueConstraint(name="an_offer_is_told_once", fields=["offer"]),
            models.CheckConstraint(
                name="exactly_the_mail_of_an_offer_has_one",
                condition=Q(kind="offer", offer__isnull=False)
                | Q(~Q(kind="offer"), offer=None),
            ),
            models.CheckConstraint(
                name="mail_that_came_back_says_when",
                condition=Q(returned_email_key="")
                | Q(bounced_at__isnull=False)
                | Q(complained_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="mail_by_state", fields=["state", "next_attempt_at"]),
            models.Index(
                name="mail_that_came_back",
                fields=["booking"],
                condition=~Q(returned_email_key=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.booking}"

    @property
    def returned(self):
        """What became of it after it was sent, in words; "" where nobody has said that it came back."""
        if self.bounced_at:
            return "Came back: the address did not take it"
        return "Complained of as unwanted" if self.complained_at else ""

    @property
    def is_text(self):
        return self.kind in TEXTS

    @property
    def is_to_staff(self):
        return self.kind in (self.Kind.NEW_REQUEST, self.Kind.CHANGED)

    @property
    def is_overtaken(self):
        """Whether what it would say is no longer so: the request has moved on, the call has begun, or the words of a reply were deleted."""
        if self.kind == self.Kind.REPLY:
            return not self.text
        if self.offer:
            return not self.offer.is_open
        is_late = self.kind in REMINDERS and self.booking.has_started
        return is_late or self.version != self.booking.version
