"""The smallest valid rows, for tests to change what matters to them."""

import io
from datetime import time, timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from articles.models import (
    Article,
    ImageBlock,
    PendingReview,
    Reference,
    TextBlock,
    Topic,
)
from bookings.models import (
    Booking,
    CallSettings,
    ExternalCalendar,
    OutboxMail,
    Slot,
    WaitingOffer,
    WeeklyHours,
)
from bookings.services import CallRequest
from bookings.services.limits import email_key
from bookings.services.names import searchable
from exercises.handouts.starting_doses import complete_dose
from exercises.handouts.versions import store_version
from exercises.models import (
    Dose,
    Exercise,
    Handout,
    HandoutItem,
    Routine,
    RoutineItem,
    Tag,
)
from kneecare.clinic.models import Clinic, Clinician, HelpLevel, Program
from kneecare.publishing.models import Signature
from kneecare.publishing.publish import publish
from kneecare.publishing.publish import publish as publish_exercise

numbers = count(1)


def make_clinic(**fields):
    return Clinic.objects.create(**({"pk": 1, "name": "KneeCare"} | fields))


def make_clinician(**fields):
    number = next(numbers)
    defaults = {"name": f"Clinician {number}", "slug": f"clinician-{number}"}
    return Clinician.objects.create(**(defaults | fields))


def make_account(clinician):
    """The account that signs as ``clinician``."""
    if clinician.account is None:
        users = get_user_model().objects
        account = users.create_user(f"signer {next(numbers)}", is_staff=True)
        account.groups.set(Group.objects.filter(name="Clinicians"))
        clinician.account = account
        clinician.save(update_fields=["account"])
    return get_user_model().objects.get(pk=clinician.account_id)


def make_signature(signable, clinician, *, on=None):
    """As ``sign()`` leaves it, on any day."""
    return Signature.objects.create(
        act=signable.act,
        subject=signable.subject,
        part=signable.part,
        digest=signable.digest,
        clinician=clinician,
        clinician_name=str(clinician),
        account=make_account(clinician),
        signed_on=on or timezone.localdate(timezone=Clinic.objects.current_zone()),
    )


def sign_review(page, clinician, *, on=None):
    """Let ``clinician`` sign the working copy of ``page`` as it stands."""
    return make_signature(page.version_model().shown(page).to_sign(), clinician, on=on)


def sign_dose(dose):
    """Let whoever is to have set ``dose`` sign for it."""
    if dose.set_by:
        make_signature(dose.to_sign(), dose.set_by, on=dose.set_on)


def sign_limits(plan):
    """The same for how much it may hurt."""
    if plan.pain_set_by:
        make_signature(plan.pain_to_sign(), plan.pain_set_by, on=plan.pain_set_on)


def make_program(**fields):
    defaults = _page("Program") | {"published_at": timezone.now()}
    return Program.objects.create(**(defaults | fields))


def make_tag(kind=Tag.Kind.BODY_PART, **fields):
    number = next(numbers)
    return Tag.objects.create(
        **({"kind": kind, "name": f"Tag {number}", "slug": f"tag-{number}"} | fields)
    )


def make_exercise(*, dose=None, tags=(), **fields):
    """A published exercise; ``dose`` holds the fields of its dose, which is not stated by default."""
    published_at = fields.pop("published_at", timezone.now())
    review = _review(fields)
    defaults = _page("Exercise") | {"steps": "Stand up.\nSit down."}
    exercise = Exercise.objects.create(**(defaults | _author(fields)))
    exercise.tags.set(tags)
    if dose is not None:
        dose = {"source": "A book."} | dose
        sign_dose(Dose.objects.create(exercise=exercise, **dose))
    return _published(exercise, published_at, review)


def make_routine(*exercises, **fields):
    published_at = fields.pop("published_at", timezone.now())
    review = _review(fields)
    routine = Routine.objects.create(**(_page("Routine") | _author(fields)))
    for position, exercise in enumerate(exercises):
        routine.items.create(exercise=exercise, position=position)
    sign_limits(routine)
    return _published(routine, published_at, review)


def give_dose(item, **dose):
    """Another dose for the exercise of ``item`` in its routine."""
    RoutineItem.objects.filter(pk=item.pk).update(**dose)
    sign_dose(RoutineItem.objects.get(pk=item.pk))


def make_handout(*exercises, dose=None, **fields):
    """A handout that ends in four weeks; each of ``exercises`` in it with ``dose``, else with its own."""
    today = timezone.localdate(timezone=Clinic.objects.current_zone())
    fields = (
        fields if "clinician" in fields else {**fields, "clinician": make_clinician()}
    )
    defaults = {"made_on": today, "expires_on": today + timedelta(weeks=4)}
    handout = Handout.objects.create(**(defaults | fields))
    for position, exercise in enumerate(exercises):
        item = HandoutItem(handout=handout, exercise=exercise, position=position)
        for name, value in (dose or {}).items():
            setattr(item, name, value)
        complete_dose(item, known=[], clinician=handout.clinician, on=today)
        item.save()
        sign_dose(item)
    sign_limits(handout)
    store_version(handout, by=None, on=today, is_checked=False)
    return handout


def _review(fields):
    """Who reviewed a page and when, taken out of its fields: that is no field, but a signature."""
    return fields.pop("reviewer", None), fields.pop("reviewed_on", None)


def _published(page, published_at, review):
    reviewer, on = review
    if reviewer:
        sign_review(page, reviewer, on=on)
    if published_at:
        publish_exercise(page, by=None)
        type(page).objects.filter(pk=page.pk).update(published_at=published_at)
    return page


def make_topic(**fields):
    number = next(numbers)
    return Topic.objects.create(
        **({"title": f"Topic {number}", "slug": f"topic-{number}"} | fields)
    )


def make_draft(
    *, html="<p>Some text.</p>", topics=(), related=(), referenced=True, **fields
):
    """An article with one block of text that nobody has published, and that the publish gate lets through."""
    reviewer, reviewed_on = _review(fields)
    defaults = _page("Article")
    article = Article.objects.create(**(defaults | _author(fields)))
    TextBlock.objects.create(parent=article, region="main", ordering=10, html=html)
    article.topics.set(topics)
    article.related.set(related)
    if not reviewer:
        PendingReview.objects.say(article, by=None)
    if referenced:
        Reference.objects.create(article=article, title="A book about knees")
    if reviewer:
        sign_review(article, reviewer, on=reviewed_on)
    make_help_list()
    return article


def make_help_list():
    """The list of when to get help, without which nothing is published."""
    HelpLevel.objects.get_or_create(
        level="emergency", defaults={"heading": "Call 911 now", "signs": "A sign."}
    )


def make_article(**fields):
    published_at = fields.pop("published_at", None)
    article = make_draft(**fields)
    publish(article, by=None)
    if published_at:
        Article.objects.filter(pk=article.pk).update(published_at=published_at)
    return article


def _page(kind):
    number = next(numbers)
    return {
        "title": f"{kind} {number}",
        "slug": f"{kind.lower()}-{number}",
        "summary": f"What {kind.lower()} {number} is about.",
    }


def _author(fields):
    return fields if "author" in fields else {**fields, "author": make_clinician()}


def make_call_settings(**fields):
    return CallSettings.objects.create(**({"pk": 1} | fields))


def make_hours(**fields):
    """A Monday morning of two calls."""
    defaults = {"weekday": 0, "starts": time(9), "ends": time(10)}
    fields = (
        fields if "clinician" in fields else {**fields, "clinician": make_clinician()}
    )
    return WeeklyHours.objects.create(**(defaults | fields))


def make_external_calendar(**fields):
    """A calendar elsewhere of a clinician's, at a secret address, that was never read."""
    clinician = fields.pop("clinician", None) or make_clinician()
    other = ExternalCalendar(clinician=clinician)
    other.take_address("https://calendar.example/private-c2VjcmV0/basic.ics")
    for name, value in fields.items():
        setattr(other, name, value)
    other.save()
    return other


def make_slot(**fields):
    """Half an hour that can be booked, three days from now unless told otherwise."""
    fields = (
        fields if "clinician" in fields else {**fields, "clinician": make_clinician()}
    )
    starts_at = fields.get("starts_at") or timezone.now() + timedelta(days=3)
    defaults = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=30)}
    return Slot.objects.create(**(defaults | fields))


def make_booking(**fields):
    """A request for a call by Ada that nobody has answered; as ``book()`` leaves it, without its mail."""
    kind = fields.get("kind", Booking.Kind.DISCOVERY_CALL)
    defaults = {
        "kind": kind,
        "name": "Ada",
        "email": "ada@example.com",
        "idempotency_key": f"key-{next(numbers)}",
        "fingerprint": "",
    }
    fields = {"searchable_name": searchable(fields.get("name", "Ada")), **fields}
    defaults["email_key"] = email_key("mailbox", fields.get("email", "ada@example.com"))
    if kind in (Booking.Kind.DISCOVERY_CALL, Booking.Kind.CALL_BACK):
        defaults |= {"consent_version": 1, "consented_at": timezone.now()}
    if kind == Booking.Kind.DISCOVERY_CALL:
        fields = fields if "slot" in fields else {**fields, "slot": make_slot()}
    return Booking.objects.create(**(defaults | fields))


def make_call_request(**fields):
    """A form of Ada's that nobody has stored yet: for a call where a slot is given, else to be called back."""
    defaults = {
        "kind": "discovery_call" if "slot" in fields else "call_back",
        "idempotency_key": f"key-{next(numbers)}",
        "name": "Ada",
        "email": "ada@example.com",
    }
    if fields.get("kind") not in ("say_hi", "join_program"):
        defaults["consent_version"] = 1
    return CallRequest(**(defaults | fields))


# The state of a request that owes each kind of mail.
STATE_OF_MAIL = {
    "received": "requested",
    "confirmed": "confirmed",
    "declined": "declined",
    "cancelled": "cancelled_by_clinic",
    "moved": "confirmed",
    "reminder": "confirmed",
    "changed": "cancelled_by_visitor",
    "new_request": "requested",
    "reply": "completed",
    "offer": "confirmed",
    "text_confirmed": "confirmed",
    "text_reminder": "confirmed",
}


def make_offer(**fields):
    """An earlier time, a day before the call, that is held for its visitor for an hour."""
    booking = fields.get("booking") or make_booking(state="confirmed")
    if "slot" not in fields:
        earlier = booking.slot.starts_at - timedelta(days=1)
        fields = {**fields, "slot": make_slot(starts_at=earlier, state="held")}
    now = timezone.now()
    defaults = {"booking": booking, "starts_at": fields["slot"].starts_at}
    defaults |= {"created_at": now, "expires_at": now + timedelta(hours=1)}
    return WaitingOffer.objects.create(**(defaults | fields))


def make_mail(**fields):
    """The mail that tells of a request's first state, not sent yet."""
    fields = fields if "booking" in fields else {**fields, "booking": make_booking()}
    text = "We open at 8." if fields.get("kind") == "reply" else ""
    if fields.get("kind") == "offer" and "offer" not in fields:
        fields = {**fields, "offer": make_offer(booking=fields["booking"])}
    defaults = {"kind": "received", "version": 1, "text": text}
    return OutboxMail.objects.create(**(defaults | fields))


def make_upload(
    size=(1000, 600), format="JPEG", name="knee.jpg", mode="RGB", **options
):
    """A file as a browser sends it: teal on the left, white on the right."""
    picture = Image.new("RGB", size, "white")
    picture.paste("teal", (0, 0, size[0] // 2, size[1]))
    picture = picture.convert(mode)
    file = io.BytesIO()
    picture.save(file, format, **options)
    return SimpleUploadedFile(name, file.getvalue())


def make_image_block(article, *, upload=None, **fields):
    """A picture in the working copy of ``article``, taken in as the admin does it."""
    defaults = {"region": "main", "ordering": 20, "alt": "A knee"}
    block = ImageBlock(
        parent=article, image=upload or make_upload(), **(defaults | fields)
    )
    block.full_clean()
    block.save()
    return block
