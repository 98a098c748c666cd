"""A clinician takes a signature back; what was planned, and what patients read, follow what is signed now."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles.models import ExerciseBlock
from exercises.models import Handout
from kneecare.clinic.models import Clinic, HelpLevel
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.exceptions import Immutable, Refused
from kneecare.publishing.models import ReviewRequest, Signature, SignatureWithdrawal
from kneecare.publishing.publish import publish, show_signature
from kneecare.publishing.reviews.signatures import sign, take_back
from kneecare.publishing.schedule import do_what_is_due, schedule
from tests.admin_forms import filled
from tests.factories import (
    make_account,
    make_article,
    make_clinic,
    make_clinician,
    make_exercise,
    make_handout,
    make_help_list,
    make_routine,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_guessed")]


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


def clinician(name):
    made = make_clinician(name=name, credentials="DPT")
    account = make_account(made)
    account.groups.set(Group.objects.filter(name="Clinicians"))
    return made


@pytest.fixture
def ana():
    return clinician("Ana Ruiz")


@pytest.fixture
def ben():
    return clinician("Ben Okoro")


def version_of(page):
    return page.version_model().shown(page)


def post(client, account, row, **typed):
    client.force_login(account)
    return client.post(admin_url(row, row.review_page), typed, follow=True).text


def sign_on_page(client, page, ana):
    return post(client, make_account(ana), page, seen=version_of(page).digest)


def live(page):
    return type(page).objects.get(pk=page.pk).live_version


@pytest.mark.parametrize("make", [make_article, make_exercise])
def test_a_signature_that_is_taken_back_is_gone_from_what_patients_read_at_once(
    client, ana, make
):
    page = make()
    sign_on_page(client, page, ana)
    assert "Ana Ruiz" in client.get(page.get_absolute_url()).text
    [signature] = Signature.objects.all()

    told = post(client, make_account(ana), page, take_back=signature.pk)

    assert "Taken back." in told
    assert "Clinical review pending" in told
    assert not live(page).is_reviewed
    assert live(page).data == page.versions.get(number=1).data
    assert Signature.objects.count() == 1


def test_it_is_gone_from_patients_words_although_the_draft_has_changed_meanwhile(
    client, ana
):
    page = make_exercise(title="Bridge")
    sign_on_page(client, page, ana)
    type(page).objects.filter(pk=page.pk).update(title="Bridge, not published yet")
    [signature] = Signature.objects.all()

    post(client, make_account(ana), page, take_back=signature.pk)

    assert not live(page).is_reviewed
    assert live(page).title == "Bridge"


def test_nobody_takes_back_the_signature_of_somebody_else(client, ana, ben):
    page = make_exercise()
    sign_on_page(client, page, ana)
    [signature] = Signature.objects.all()
    assert "Take this signature back" not in post(client, make_account(ben), page)

    told = post(client, make_account(ben), page, take_back=signature.pk)

    assert "Only who has given a signature takes it back" in told
    assert live(page).is_reviewed


def test_no_page_takes_back_a_signature_of_another_page(client, ana):
    page, other = make_exercise(), make_exercise(title="Other")
    sign_on_page(client, page, ana)
    [signature] = Signature.objects.all()

    told = post(client, make_account(ana), other, take_back=signature.pk)

    assert "There is no such signature here." in told
    assert live(page).is_reviewed


def test_a_signature_is_taken_back_once_and_given_anew_as_often_as_wished(client, ana):
    page = make_exercise()
    sign_on_page(client, page, ana)
    [signature] = Signature.objects.all()
    take_back(signature, by=make_account(ana))
    with pytest.raises(Refused, match="has been taken back"):
        take_back(signature, by=make_account(ana))

    sign_on_page(client, page, ana)

    assert Signature.objects.count() == 2
    assert live(page).is_reviewed


def test_the_help_list_says_no_more_that_it_was_signed_off(client, ana):
    make_help_list()
    clinic = Clinic.objects.current()
    signature = sign(clinic.help_to_sign(), by=make_account(ana))

    told = post(client, make_account(ana), clinic, take_back=signature.pk)

    assert "Taken back." in told
    assert "Clinical review pending" in told


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET account_id = 0", "DELETE FROM {}"]
)
def test_the_database_keeps_that_it_was_taken_back(ana, statement):
    signature = sign(version_of(make_exercise()).to_sign(), by=make_account(ana))
    take_back(signature, by=make_account(ana))
    table = SignatureWithdrawal._meta.db_table

    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement.format(table))
    with pytest.raises(Immutable):
        SignatureWithdrawal.objects.all().delete()


def test_the_database_takes_no_version_with_a_signature_that_was_taken_back(ana):
    page = make_exercise()
    signature = sign(version_of(page).to_sign(), by=make_account(ana))
    version = live(page).again()
    version.number = 2
    assert version.is_reviewed
    take_back(signature, by=make_account(ana))

    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()


def planned(page):
    """A change of the page that goes live in an hour, and the moment just after that."""
    type(page).objects.filter(pk=page.pk).update(title="New", revision=7)
    page.refresh_from_db()
    at = timezone.now() + timedelta(hours=1)
    schedule(page, by=None, goes_live_at=at)
    return at + timedelta(minutes=1)


def test_what_is_signed_after_it_was_planned_goes_live_as_signed(ana):
    page = make_exercise()
    after = planned(page)
    sign(version_of(page).to_sign(), by=make_account(ana))

    do_what_is_due(at=after)

    assert (live(page).title, live(page).reviewer) == ("New", ana)


def test_what_is_taken_back_after_it_was_planned_goes_live_as_pending(ana):
    page = make_exercise()
    type(page).objects.filter(pk=page.pk).update(title="New", revision=7)
    signature = sign(version_of(page).to_sign(), by=make_account(ana))
    after = planned(page)
    take_back(signature, by=make_account(ana))

    do_what_is_due(at=after)

    assert (live(page).title, live(page).is_reviewed) == ("New", False)


def test_signing_what_is_live_leaves_what_is_planned(ana):
    page = make_exercise()
    at = timezone.now() + timedelta(hours=1)
    schedule(page, by=None, goes_live_at=at)
    sign(live(page).to_sign(), by=make_account(ana))

    show_signature(type(page).objects.get(pk=page.pk), by=make_account(ana))

    assert live(page).reviewer == ana
    assert type(page).objects.get(pk=page.pk).goes_live_at == at


def test_signing_what_is_not_live_shows_patients_nothing_new(client, ana):
    page = make_exercise(title="Bridge")
    type(page).objects.filter(pk=page.pk).update(title="Draft")

    sign_on_page(client, page, ana)

    assert (live(page).number, live(page).title) == (1, "Bridge")


# Handouts: their own clinician alone.


@pytest.fixture
def owner(django_user_model):
    user = django_user_model.objects.create_user("olga", is_staff=True)
    user.groups.set(Group.objects.filter(name="Owners"))
    return user


def handout_of(ana):
    return Handout.objects.get(pk=make_handout(make_exercise(), clinician=ana).pk)


def test_the_clinician_of_a_handout_is_asked_signs_and_takes_back(client, ana, owner):
    handout = handout_of(ana)

    asked = post(client, owner, handout, ask=ana.pk, wish="Is twice a day right?")
    assert "Ana Ruiz, DPT is asked" in asked
    assert ReviewRequest.objects.get().wish == "Is twice a day right?"
    client.force_login(make_account(ana))
    front = client.get("/admin/").text
    assert f"Handout {handout.reference}" in front
    assert "Is twice a day right?" in front

    post(client, make_account(ana), handout, seen=live(handout).digest)
    assert live(handout).reviewer == ana
    assert (live(handout).number, live(handout).title) == (2, handout.title)

    post(client, make_account(ana), handout, take_back=Signature.objects.get().pk)
    assert not live(handout).is_reviewed


def test_no_other_clinician_signs_a_handout_nor_is_asked(client, ana, ben, owner):
    handout = handout_of(ana)
    digest = live(handout).digest

    told = post(client, make_account(ben), handout, seen=digest)
    assert "Only Ana Ruiz, DPT signs this" in told
    assert "Sign as" not in told
    assert "Nobody with this name" in post(client, owner, handout, ask=ben.pk)

    assert not Signature.objects.exists()


# What was signed and is not all there to see.


def taken_down(exercise):
    type(exercise).objects.filter(pk=exercise.pk).update(published_at=None)


def test_a_routine_that_lost_a_move_is_not_said_to_be_checked(client, ana):
    moves = [make_exercise(title="Bridge"), make_exercise(title="Squat")]
    routine = make_routine(*moves)
    sign_on_page(client, routine, ana)
    client.logout()
    assert "Checked by" in client.get(routine.get_absolute_url()).text

    taken_down(moves[0])

    page = client.get(routine.get_absolute_url()).text
    assert "Checked by" not in page
    assert "Clinical review pending" in page


def test_nor_is_a_handout(client, ana):
    moves = [make_exercise(title="Bridge"), make_exercise(title="Squat")]
    handout = Handout.objects.get(pk=make_handout(*moves, clinician=ana).pk)
    post(client, make_account(ana), handout, seen=live(handout).digest)
    client.logout()
    assert "Checked by" in client.get(handout.get_absolute_url()).text

    taken_down(moves[0])

    assert "Checked by" not in client.get(handout.get_absolute_url()).text


def test_nor_is_an_article(client, ana):
    exercise = make_exercise(title="Bridge")
    article = make_article(published_at=None)
    ExerciseBlock.objects.create(
        parent=article, region="main", ordering=99, exercise=exercise
    )
    publish(article, by=None)
    sign_on_page(client, article, ana)
    client.logout()
    assert "Checked by" in client.get(article.get_absolute_url()).text

    taken_down(exercise)

    assert "Checked by" not in client.get(article.get_absolute_url()).text


def test_the_page_of_a_review_says_that_patients_read_another_version_and_leads_to_what_differs(
    staff_client,
):
    exercise = make_exercise(title="Bridge")
    page = admin_url(type(exercise), "review", exercise.pk)
    assert "another version" not in staff_client.get(page).text

    type(exercise).objects.filter(pk=exercise.pk).update(title="Long bridge")

    response = staff_client.get(page)
    assert "Patients read another version until this one is published" in response.text
    differs = staff_client.get(response.context["differs_url"])
    assert "Long" in differs.text


def test_whoever_changes_the_signed_list_of_when_to_get_help_is_told_that_it_is_signed_no_more(
    staff_client, ana
):
    make_help_list()
    sign(Clinic.objects.current().help_to_sign(), by=make_account(ana))
    level = HelpLevel.objects.first()
    url = admin_url(HelpLevel, "change", level.pk)

    unchanged = staff_client.post(url, filled(staff_client.get(url)), follow=True)
    told = staff_client.post(
        url, filled(staff_client.get(url)) | {"advice": "Call."}, follow=True
    )

    assert "signed off" not in unchanged.text
    assert "no longer what Ana Ruiz, DPT signed off" in told.text
    assert not Clinic.objects.current().help_reviewer
