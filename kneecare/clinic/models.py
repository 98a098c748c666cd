import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField

from kneecare.clinic.review_reminder import ReviewReminder as ReviewReminder
from kneecare.core.fields import WebAddressField
from kneecare.core.images import PictureField
from kneecare.core.json_rows import JSONRows
from kneecare.core.models import Publishable, PublishableQuerySet
from kneecare.core.pictures.models import FocalPoint
from kneecare.core.richtext import RichTextField


def validate_time_zone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            "Choose a time zone by its region and city, such as America/Phoenix."
        )


class ClinicianQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_shown=True)


class Clinician(FocalPoint):
    name = models.CharField(max_length=80)
    slug = models.SlugField("address", max_length=80, unique=True)
    credentials = models.CharField(
        max_length=40, blank=True, help_text="After the name, such as DPT."
    )
    role = models.CharField(
        max_length=80, blank=True, help_text="Such as Doctor of Physical Therapy."
    )
    intro = models.CharField(
        "introduction",
        max_length=200,
        blank=True,
        help_text="One sentence for the home page.",
    )
    bio = RichTextField("about", blank=True)
    education = models.TextField(blank=True, help_text="Degrees, one per line.")
    portrait = PictureField(
        blank=True,
        crops=["square"],
        help_text="A photograph of the face, at least 400 pixels wide. It is shown cut to a circle.",
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Lower numbers come first."
    )
    reminder_email = models.EmailField(
        "e-mail for reminders",
        blank=True,
        help_text="Private: never shown on the site. Tells this person when a clinical review is due.",
    )
    is_shown = models.BooleanField("show on the site", default=True)

    objects = ClinicianQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = FocalPoint.Meta.constraints

    def __str__(self):
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    def get_absolute_url(self):
        return f"{reverse('about')}#{self.slug}"


class HelpLevel(models.Model):
    """One level of the "when to get help" list, the one source for every page that shows it."""

    class Level(models.TextChoices):
        EMERGENCY = "emergency", "Emergency"
        URGENT = "urgent", "Urgent"
        NOT_URGENT = "not_urgent", "Not urgent"

    level = models.CharField(max_length=10, choices=Level, unique=True)
    heading = models.CharField(
        max_length=120, help_text="Say what to do, such as Call 911 now."
    )
    advice = models.CharField(
        max_length=200, blank=True, help_text="One sentence under the heading."
    )
    signs = models.TextField(help_text="Signs, one per line.")

    class Meta:
        verbose_name = "when to get help: level"
        verbose_name_plural = "when to get help"

    def __str__(self):
        return self.get_level_display()

    def urgency(self):
        """0 for the most urgent level, rising."""
        return self.Level.values.index(self.level)


class ClinicQuerySet(models.QuerySet):
    def current(self):
        """The clinic with its social links and its help list, in one query; an empty one before set-up."""
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
        )
        return clinics.select_related("help_reviewer").first() or Clinic.not_set_up()

    def current_zone(self):
        """The clinic's time zone alone, for who holds a lock and must be quick."""
        name = self.values_list("time_zone", flat=True).first()
        return zoneinfo.ZoneInfo(name or Clinic().time_zone)


class Clinic(models.Model):
    """Who we are. There is one row."""

    name = models.CharField(max_length=80, default="KneeCare")
    tagline = models.CharField(
        max_length=120, blank=True, help_text="One line for the top of the home page."
    )
    about = RichTextField("about the clinic", blank=True)
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
        "opening hours", blank=True, help_text="One line per day or range of days."
    )
    privacy = RichTextField("privacy page", blank=True)
    help_reviewer = models.ForeignKey(
        Clinician,
        verbose_name="help list signed off by",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    help_reviewed_on = models.DateField("signed off on", null=True, blank=True)

    objects = ClinicQuerySet.as_manager()
    social_links: list[dict]
    help_rows: list[dict]

    class Meta:
        verbose_name = "clinic"
        verbose_name_plural = "clinic"
        constraints = [
            models.CheckConstraint(name="there_is_one_clinic", condition=Q(pk=1)),
            models.CheckConstraint(
                name="help_list_sign_off_names_person_and_day",
                condition=Q(help_reviewer=None, help_reviewed_on=None)
                | Q(help_reviewer__isnull=False, help_reviewed_on__isnull=False),
                violation_error_message="Give both the clinician who signed the help list off and the day.",
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def not_set_up(cls):
        """A clinic that says nothing, for a site whose database is still empty."""
        clinic = cls()
        clinic.social_links = clinic.help_rows = []
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


class SocialLink(models.Model):
    label = models.CharField(max_length=40, help_text="Such as Facebook.")
    url = WebAddressField("address")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Lower numbers come first."
    )

    class Meta:
        ordering = ["position", "label"]

    def __str__(self):
        return self.label


class Program(Publishable):
    body = RichTextField(blank=True)
    action_label = models.CharField("button", max_length=40, default="Join now")
    video_url = WebAddressField(
        "video address",
        blank=True,
        help_text="Loaded from elsewhere only after a visitor presses the button that says so.",
    )
    video_label = models.CharField(
        "what the video shows",
        max_length=120,
        blank=True,
        help_text="Shown on the button.",
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Lower numbers come first."
    )

    objects = PublishableQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["position", "title"]

    def get_absolute_url(self):
        return reverse("program", args=[self.slug])


class ReviewedQuerySet(PublishableQuerySet):
    in_force = ""  # the way to what patients read, where that is not the row itself

    def with_people(self):
        return self.select_related("author", "reviewer")

    def due_by(self, day):
        """Published pages whose next review is due on ``day`` or before it."""
        return (
            self.published()
            .with_people()
            .filter(**{f"{self.in_force}review_by__lte": day})
        )

    def never_reviewed(self):
        """Published pages that no clinician has reviewed."""
        return self.published().filter(**{f"{self.in_force}reviewed_on": None})


class Reviewed(models.Model):
    """What a patient may rely on: who wrote it, which clinician reviewed it and when, and when again."""

    author = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        Clinician,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty while the clinical review is pending; the page then says so.",
    )
    reviewed_on = models.DateField("last clinical review", null=True, blank=True)
    review_by = models.DateField("next review due", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_review_names_person_and_day",
                condition=Q(reviewer=None, reviewed_on=None)
                | Q(reviewer__isnull=False, reviewed_on__isnull=False),
                violation_error_message="Give both the reviewer and the day of the review, or neither.",
            ),
        ]

    @property
    def is_reviewed(self):
        return self.reviewed_on is not None

    @property
    def in_force(self):
        """What patients read of it."""
        return self
