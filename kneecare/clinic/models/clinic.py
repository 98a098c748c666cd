import zoneinfo
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from phonenumber_field.modelfields import PhoneNumberField

from kneecare.clinic.models.help import HelpLevel
from kneecare.core.clock import reads_clinic_zone
from kneecare.core.database.json_rows import JSONRows
from kneecare.core.fields import WebURLField
from kneecare.core.text.richtext import RichTextField
from kneecare.publishing.models import Act, Signable, Signature


def validate_time_zone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            "Choose a time zone by its region and city, such as America/Phoenix."
        )


class ClinicQuerySet(models.QuerySet):
    def current(self):
        """The clinic with its social links, its help list and who signed that, in one query; an empty one before set-up."""
        clinics = self.annotate(
            social_links=JSONRows(
                SocialLink.objects.all(), label="label", url="url", position="position"
            ),
            help_rows=JSONRows(
                HelpLevel.objects.all(),
                level="level",
                heading="heading",
                advice="advice",
                signs="signs",
            ),
            help_signatures=JSONRows(
                Signature.objects.filter(act=Act.HELP),
                pk="pk",
                digest="digest",
                name="clinician_name",
                day="signed_on",
            ),
        )
        return clinics.first() or Clinic.not_set_up()

    def current_zone(self) -> zoneinfo.ZoneInfo:
        """The clinic's time zone alone, for who holds a lock and must be quick."""
        name = self.values_list("time_zone", flat=True).first()
        return zoneinfo.ZoneInfo(name or Clinic().time_zone)


class Clinic(models.Model):
    """Who we are. There is one row."""

    name = models.CharField(max_length=80, default="KneeCare")
    tagline = models.CharField(
        max_length=120, blank=True, help_text="One line for the top of the home page."
    )
    about = RichTextField("about the clinic", max_length=20_000, blank=True)
    phone = PhoneNumberField(blank=True)
    email = models.EmailField(
        "e-mail", blank=True, help_text="Shown on the contact page."
    )
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField("state", max_length=40, blank=True)
    postal_code = models.CharField("ZIP code", max_length=12, blank=True)
    country = models.CharField(
        max_length=2, default="US", help_text="Two letters, such as US."
    )
    time_zone = models.CharField(
        max_length=64,
        default="America/Phoenix",
        validators=[validate_time_zone],
        help_text="Region and city, such as America/Phoenix. Call times are in this zone.",
    )
    hours = models.TextField(
        "opening hours",
        max_length=500,
        blank=True,
        help_text="One line per day or range of days.",
    )
    privacy = RichTextField("privacy page", blank=True)
    all_saves_days = models.PositiveSmallIntegerField(
        "keep every save (days)",
        default=30,
        validators=[MinValueValidator(7), MaxValueValidator(365)],
        help_text="From 7 to 365. Of older saves the last of each day is kept for a year. "
        "Whatever was published is kept for good.",
    )

    review_page = "review_help_list"  # of the admin: where the help list is signed off
    review_title = "the list of when to get help"

    objects = ClinicQuerySet.as_manager()
    social_links: list[dict]
    help_rows: list[dict]
    help_signatures: list[dict]

    class Meta:
        verbose_name = "clinic"
        verbose_name_plural = "clinic"
        constraints = [
            models.CheckConstraint(name="there_is_one_clinic", condition=Q(pk=1)),
            models.CheckConstraint(
                name="every_save_is_kept_7_to_365_days",
                condition=Q(all_saves_days__range=(7, 365)),
                violation_error_message="Every save is kept for 7 to 365 days.",
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def not_set_up(cls):
        """A clinic that says nothing, for a site whose database is still empty."""
        clinic = cls()
        clinic.social_links = clinic.help_rows = clinic.help_signatures = []
        return clinic

    @property
    def zone(self):
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def today(self):
        """The day by the clinic's clock."""
        return timezone.localdate(timezone=self.zone)

    @property
    def address_lines(self):
        town = " ".join(filter(None, [self.region, self.postal_code]))
        return list(
            filter(None, [self.street, ", ".join(filter(None, [self.city, town]))])
        )

    @property
    def social(self):
        """The social links of ``current()``, in the editor's order."""
        return sorted(self.social_links, key=lambda link: link["position"])

    @property
    def help_levels(self):
        """The help list of ``current()``, most urgent first."""
        return sorted(
            (HelpLevel(**row) for row in self.help_rows), key=HelpLevel.urgency
        )

    def help_to_sign(self):
        """What a clinician signs off: the whole list, word by word."""
        names = ["level", "heading", "advice", "signs"]
        words = [[getattr(level, name) for name in names] for level in self.help_levels]
        return Signable(Act.HELP, self, words)

    @cached_property
    def help_signature(self):
        """The last sign-off of the help list of ``current()`` as it stands: name and day; nothing while that is pending."""
        digest = self.help_to_sign().digest
        held = [row for row in self.help_signatures if row["digest"] == digest]
        return max(held, key=lambda row: row["pk"], default={})

    @property
    def help_reviewer(self):
        return self.help_signature.get("name", "")

    @property
    def help_reviewed_on(self):
        day = self.help_signature.get("day")
        return date.fromisoformat(day) if day else None


@reads_clinic_zone
def clinic_zone():
    return Clinic.objects.current_zone()


class SocialLink(models.Model):
    label = models.CharField(max_length=40, help_text="Such as Facebook.")
    url = WebURLField("address")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Lower numbers come first."
    )

    class Meta:
        ordering = ["position", "label"]

    def __str__(self):
        return self.label
