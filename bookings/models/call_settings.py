from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

CONSENT = (
    "You may keep what I send here to arrange and hold my call. "
    "I know that staff who have signed in can read it."
)


class CallSettingsQuerySet(models.QuerySet["CallSettings"]):
    def current(self) -> "CallSettings":
        """The settings, or the defaults before set-up."""
        return self.first() or CallSettings(pk=1)


class CallSettings(models.Model):
    """How Discovery Calls are offered. There is one row."""

    length_minutes = models.PositiveSmallIntegerField(
        "length of a call (minutes)",
        default=30,
        validators=[MinValueValidator(5), MaxValueValidator(240)],
        help_text="30 until the clinic decides: visitors see it, so check it.",
    )
    buffer_minutes = models.PositiveSmallIntegerField(
        "pause between calls (minutes)",
        default=0,
        validators=[MaxValueValidator(240)],
        help_text="Time for notes. 0 for calls back to back.",
    )
    notice_hours = models.PositiveSmallIntegerField(
        "shortest notice (hours)",
        default=24,
        validators=[MaxValueValidator(24 * 60)],
        help_text="A visitor cannot book a call that is closer than this.",
    )
    horizon_days = models.PositiveSmallIntegerField(
        "how far ahead (days)",
        default=28,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text="Call times are offered this many days ahead.",
    )
    calls_a_day = models.PositiveSmallIntegerField(
        "most calls on one day",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="For the whole clinic. Empty for no limit.",
    )
    stranger_share = models.PositiveSmallIntegerField(
        "times that may wait for your answer (percent)",
        default=60,
        validators=[MinValueValidator(10), MaxValueValidator(100)],
        help_text="Of the times offered. Who asks for a time once so many are asked for is called back instead, "
        "so that a flood of requests cannot take your calendar. 100 for no limit.",
    )
    hold_minutes = models.PositiveSmallIntegerField(
        "hold what looks like a program's (minutes)",
        default=120,
        validators=[MinValueValidator(10), MaxValueValidator(7 * 24 * 60)],
        help_text="A request that may not come from a person holds its time this long. "
        "Unless you answer before, the time is free again, and the request becomes a call-back.",
    )
    network_calls = models.PositiveSmallIntegerField(
        "call times one network may ask for in a day",
        default=20,
        validators=[MinValueValidator(3), MaxValueValidator(100)],
        help_text="People behind one Wi-Fi, office or phone company look like one network. "
        "Who asks for a time beyond this number is called back instead. More than ten a day are flagged.",
    )
    undo_seconds = models.PositiveSmallIntegerField(
        "time to undo (seconds)",
        default=60,
        validators=[MaxValueValidator(600)],
        help_text="How long a mail waits that your own press of a button causes. "
        "Until it goes out, the press can be undone. 0 to send at once.",
    )
    offer_minutes = models.PositiveSmallIntegerField(
        "time to take an earlier time (minutes)",
        default=60,
        validators=[MaxValueValidator(24 * 60)],
        help_text="Who wished for an earlier time gets it offered by mail, one after the other, and has this long to take it. "
        "Until then nobody else can book it. 10 to 1440, or 0 for no waiting list.",
    )
    confirm_at_once = models.BooleanField(
        "confirm at once",
        default=False,
        help_text="On: a visitor's call is confirmed as soon as it is asked for. "
        "Off: staff confirm each call.",
    )
    notify_email = models.EmailField(
        "tell us of new requests at",
        blank=True,
        help_text="Empty for the clinic's own e-mail. With neither, no mail is sent to staff.",
    )
    reminder_hours = models.PositiveSmallIntegerField(
        "remind visitors (hours before)",
        default=24,
        validators=[MaxValueValidator(72)],
        help_text="By e-mail, once for each confirmed call. 0 for no reminder.",
    )
    texts_on = models.BooleanField(
        "text messages",
        default=False,
        help_text="On: visitors may agree to a text that confirms their call, and one that reminds them. "
        "Needs a provider, which whoever runs the site sets; without one, texts are only written into files.",
    )
    message_days = models.PositiveSmallIntegerField(
        "keep what visitors wrote (days)",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text="Their words, their wishes and your notes: counted from the call, "
        "or from when a request without a call came in. 1 to 30. Visitors see this number.",
    )
    contact_days = models.PositiveSmallIntegerField(
        "keep who they are (days)",
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
        help_text="Name, e-mail and phone. 1 to 180. Visitors see this number.",
    )
    mail_days = models.PositiveSmallIntegerField(
        "keep sent mail (days)",
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(7)],
        help_text="Where this site itself keeps the mail that it sent. 1 to 7.",
    )
    consent_text = models.TextField(
        "what visitors agree to",
        default=CONSENT,
        max_length=500,
        help_text="The words beside the tick box. Each request remembers which version was agreed to.",
    )
    consent_version = models.PositiveIntegerField(
        "version of these words", default=1, editable=False
    )

    objects = CallSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = "call settings"
        verbose_name_plural = "call settings"
        constraints = [
            models.CheckConstraint(
                name="there_is_one_row_of_call_settings", condition=Q(pk=1)
            ),
            models.CheckConstraint(
                name="a_call_takes_time", condition=Q(length_minutes__gt=0)
            ),
            models.CheckConstraint(
                name="strangers_hold_a_tenth_of_the_times_at_least",
                condition=Q(stranger_share__range=(10, 100)),
            ),
            models.CheckConstraint(
                name="a_time_is_held_for_ten_minutes_to_a_week",
                condition=Q(hold_minutes__range=(10, 7 * 24 * 60)),
            ),
            models.CheckConstraint(
                name="a_network_may_ask_for_three_times_at_least",
                condition=Q(network_calls__range=(3, 100)),
            ),
            models.CheckConstraint(
                name="a_press_can_be_undone_for_ten_minutes_at_most",
                condition=Q(undo_seconds__lte=600),
            ),
            models.CheckConstraint(
                name="an_earlier_time_is_offered_for_ten_minutes_to_a_day",
                condition=Q(offer_minutes=0) | Q(offer_minutes__range=(10, 24 * 60)),
                violation_error_message="Offer an earlier time for 10 minutes to a day, or 0 for no waiting list.",
            ),
            models.CheckConstraint(
                name="a_reminder_comes_three_days_ahead_at_most",
                condition=Q(reminder_hours__lte=72),
            ),
            models.CheckConstraint(
                name="words_are_kept_30_days_at_most",
                condition=Q(message_days__range=(1, 30)),
            ),
            models.CheckConstraint(
                name="contact_details_are_kept_180_days_at_most",
                condition=Q(contact_days__range=(1, 180)),
            ),
            models.CheckConstraint(
                name="sent_mail_is_kept_7_days_at_most",
                condition=Q(mail_days__range=(1, 7)),
            ),
            models.CheckConstraint(
                name="words_go_no_later_than_contact_details",
                condition=Q(message_days__lte=F("contact_days")),
                violation_error_message="What visitors wrote must be deleted no later than who they are.",
            ),
        ]

    def __str__(self):
        return "Call settings"

    @property
    def length(self):
        return timedelta(minutes=self.length_minutes)

    @property
    def buffer(self):
        return timedelta(minutes=self.buffer_minutes)

    @property
    def hold(self):
        return timedelta(minutes=self.hold_minutes)

    @property
    def undo(self):
        return timedelta(seconds=self.undo_seconds)

    @property
    def offer(self):
        return timedelta(minutes=self.offer_minutes)

    @property
    def notice(self):
        return timedelta(hours=self.notice_hours)

    @property
    def horizon(self):
        return timedelta(days=self.horizon_days)
