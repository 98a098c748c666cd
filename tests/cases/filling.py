"""One row at least of every model that holds words, beside the first content; and all of it published."""

from datetime import date, time, timedelta

from django.utils import timezone

from articles.models import (
    Article,
    ExternalLink,
    SelfScore,
)
from bookings.models import (
    Booking,
    BookingEvent,
    BookingNote,
    CalendarFeed,
    Closure,
    ExtraHours,
    OutboxMail,
    ReplyTemplate,
)
from exercises.handouts.versions import store_version
from exercises.models import Exercise, Handout, Routine, RoutineItem
from kneecare.accounts.models import AccountMail
from kneecare.clinic.models import Clinic, Clinician, Program, SocialLink
from kneecare.publishing.models import ReviewRequest
from kneecare.publishing.publish import publish
from kneecare.publishing.reviews.reminders import remind
from kneecare.search.models import SynonymGroup
from tests.articles.everything import make_full_article
from tests.exercises.test_exercise_pictures import add_picture, add_video
from tests.factories import (
    STATE_OF_MAIL,
    make_booking,
    make_clinician,
    make_exercise,
    make_external_calendar,
    make_handout,
    make_mail,
    make_routine,
    make_slot,
    sign_review,
)


def fill(staff):
    clinician = make_clinician(reminder_email="rae@example.com")
    _fill_clinic()
    _fill_exercises(clinician)
    _fill_articles(clinician)
    _fill_bookings(clinician, staff)
    remind(Clinic.objects.current())


def publish_all(staff, note):
    """Store every working copy as a version, for patients."""
    for page in [*Exercise.objects.all(), *Routine.objects.all()]:
        publish(page, by=staff, note=note[:200])
    signer = Clinician.objects.get(reminder_email="rae@example.com")
    for article in Article.objects.all():
        if article.review_by:
            sign_review(article, signer)
        publish(article, by=staff, note=note[:200])
    today = Clinic.objects.current().today
    for handout in Handout.objects.all():
        store_version(handout, by=staff, on=today, is_checked=True)


def _fill_clinic():
    Clinic.objects.update(email="desk@example.com", phone="+16235550142")
    SocialLink.objects.create(label="Us", url="https://x.example/", clinic_id=1)
    SynonymGroup.objects.create(words="kneecap\npatella")


def _fill_exercises(clinician):
    as_able = {"as_able": "Some", "set_by": clinician, "set_on": date(2026, 1, 5)}
    exercise = make_exercise(dose=as_able)
    add_picture(exercise)
    add_video(exercise)
    routine = make_routine(exercise, make_exercise(dose={"sets": 2, "reps": 10}))
    RoutineItem.objects.filter(pk=routine.items.first().pk).update(**as_able)
    make_handout(exercise, clinician=clinician, dose={"as_able": "Some"})


def _fill_articles(clinician):
    soon = timezone.localdate() + timedelta(days=5)
    reviewed = {"reviewer": clinician, "reviewed_on": date(2026, 1, 5)}
    article = make_full_article(**reviewed, review_by=soon)
    asked = ReviewRequest.objects.create(subject=article, clinician=clinician)
    asked.answers.create(answer=ReviewRequest.Answer.SIGNED)
    ExternalLink.objects.create(url="https://gone.example/", status=404)
    SelfScore.objects.create(article=article, kind="pemat", answers={}, scores={})


def _fill_bookings(clinician, staff):
    for number, kind in enumerate(OutboxMail.Kind.values):
        slot = make_slot(starts_at=timezone.now() + timedelta(days=3, hours=number))
        booking = make_booking(slot=slot, state=STATE_OF_MAIL[kind], message="My knee.")
        make_mail(booking=booking, kind=kind)
        _tell(booking, staff)
    make_booking(kind=Booking.Kind.JOIN_PROGRAM, program=Program.objects.first())
    make_booking(kind=Booking.Kind.SAY_HI)
    wishes = make_booking(kind=Booking.Kind.CALL_BACK).wishes
    wishes.create(number=1, part="morning")
    day = date(2030, 1, 1)
    Closure.objects.create(first_day=day, last_day=day)
    hours = {"starts": time(9), "ends": time(10)}
    ExtraHours.objects.create(clinician=clinician, day=day, **hours)
    CalendarFeed.objects.create(user=staff)
    other = make_external_calendar(clinician=clinician)
    other.busy_times.create(starts_at=slot.starts_at, ends_at=slot.ends_at)
    ReplyTemplate.objects.create(title="Hours", text="We open at eight.")
    AccountMail.objects.owe(staff, AccountMail.Kind.SIGNED_IN)


def _tell(booking, staff):
    BookingNote.objects.create(booking=booking, text="A note.", by=staff)
    BookingEvent.objects.create(
        booking=booking, to_state=booking.state, version=1, by=staff
    )
