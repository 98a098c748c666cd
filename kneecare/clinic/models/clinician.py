from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from kneecare.audit.models import AuditEvent
from kneecare.audit.record import record
from kneecare.core.text.richtext import RichTextField
from kneecare.media.fields import PictureField
from kneecare.media.models import FocalPoint

# Who stands as author of the starter packs: public sources, and no person.
STARTER_LIBRARY = "starter-library"


class ClinicianQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_shown=True)

    def offered(self):
        """Who may be named anew, as an author or for a handout: real people who have not left."""
        return self.filter(archived_on=None).exclude(slug=STARTER_LIBRARY)

    def who_can_sign(self):
        return self.offered().filter(account__is_active=True)


ANOTHER = "They have signed with another account, which stays theirs: nobody else signs in their name."


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
    bio = RichTextField("about", max_length=20_000, blank=True)
    education = models.TextField(
        max_length=1000, blank=True, help_text="Degrees, one per line."
    )
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
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="clinician",
        help_text="Whose account this is. It alone signs reviews, doses and handouts in this name.",
    )
    archived_on = models.DateField(
        "left on",
        null=True,
        blank=True,
        help_text="For who no longer works here: they are offered nowhere any more, and all that they wrote and signed stays.",
    )

    objects = ClinicianQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            *FocalPoint.Meta.constraints,
            models.CheckConstraint(
                name="who_left_is_not_shown",
                condition=Q(archived_on=None) | Q(is_shown=False),
                violation_error_message="Who has left is not shown on the site.",
            ),
            models.CheckConstraint(
                name="nobody_signs_for_the_starter_library",
                condition=Q(account=None) | ~Q(slug=STARTER_LIBRARY),
                violation_error_message="The starter library is nobody: it has no account, and signs nothing.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    @transaction.atomic
    def save(self, *args, **options):
        """Which account signs in a name is a right, and a change of it goes into the record."""
        known = Clinician.objects.filter(pk=self.pk).values_list(
            "account_id", flat=True
        )
        before = known.first() if self.pk else None
        super().save(*args, **options)
        if before != self.account_id:
            name = self.account.get_username() if self.account else "none"
            details = f"The account that signs in this name: {name}"
            record(AuditEvent.Kind.RIGHTS_CHANGED, subject=str(self), details=details)

    def clean(self):
        """The database says so too: see ``signs_with_one_account``."""
        super().clean()
        if not (self.pk and self.account_id):
            return
        if self.signatures.exclude(account=self.account_id).exists():
            raise ValidationError({"account": ANOTHER})

    @property
    def can_sign(self):
        has_account = self.account is not None and self.account.is_active
        return has_account and self.archived_on is None

    def archive(self, *, on):
        """They have left: no page, call or form offers them any more. What they wrote and signed stays theirs."""
        self.archived_on, self.is_shown = self.archived_on or on, False
        self.save(update_fields=["archived_on", "is_shown"])

    def get_absolute_url(self):
        return f"{reverse('about')}#{self.slug}"
