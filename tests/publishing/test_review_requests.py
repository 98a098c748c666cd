"""An editor asks a clinician for a review; the clinician signs, or sends it back with a note."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from kneecare.clinic.jobs import deliver_review_requests
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.models import ReviewRequest, Signature
from kneecare.publishing.reviews.requests import ask, send_back
from tests.factories import make_account, make_clinic, make_clinician, make_exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_guessed")]


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic(name="Knee Clinic")


@pytest.fixture
def ana():
    ana = make_clinician(name="Ana Ruiz", reminder_email="ana@example.com")
    make_account(ana)
    return ana


@pytest.fixture
def editor(django_user_model):
    user = django_user_model.objects.create_user("eddie", is_staff=True)
    user.groups.set(Group.objects.filter(name="Editors"))
    return user


def do(client, account, page, **typed):
    client.force_login(account)
    return client.post(admin_url(page, "review"), typed, follow=True).text


def front_page(client, account):
    client.force_login(account)
    return client.get("/admin/").text


def test_an_editor_asks_with_one_button_and_the_clinician_sees_it_and_gets_one_mail(
    client, ana, editor
):
    page = make_exercise(title="Bridge")
    client.force_login(editor)
    assert "Ask Ana Ruiz for a review" in client.get(admin_url(page, "review")).text

    told = do(client, editor, page, ask=ana.pk)
    deliver_review_requests()
    deliver_review_requests()

    assert "Ana Ruiz is asked" in told
    [message] = mail.outbox
    assert (message.to, message.subject) == (
        ["ana@example.com"],
        "Please review: “Bridge” (exercise)",
    )
    assert f"https://testserver{admin_url(page, 'review')}" in message.body
    assert "eddie asks you to sign it" in front_page(client, make_account(ana))
    assert "asks you to sign" not in front_page(client, editor)


def test_it_goes_to_the_accounts_e_mail_where_none_is_for_reminders(ana, editor):
    account = make_account(ana)
    type(ana).objects.update(reminder_email="")
    type(account).objects.filter(pk=account.pk).update(email="account@example.com")
    ana.refresh_from_db()
    ask(make_exercise(), ana, by=editor)

    deliver_review_requests()

    assert mail.outbox[0].to == ["account@example.com"]


def test_signing_answers_it(client, ana, editor):
    page = make_exercise()
    ask(page, ana, by=editor)
    account = make_account(ana)
    client.force_login(account)
    seen = client.get(admin_url(page, "review")).context["digest"]

    do(client, account, page, seen=seen)

    assert ReviewRequest.objects.get().answer == "signed"
    assert Signature.objects.get().clinician == ana
    assert "asks you to sign" not in front_page(client, account)
    deliver_review_requests()
    assert mail.outbox == []


def test_what_is_sent_back_says_why_to_who_asked_until_they_ask_again(
    client, ana, editor
):
    page = make_exercise()
    ask(page, ana, by=editor)

    do(client, make_account(ana), page, send_back="1", note="Say <how> often.")

    assert not Signature.objects.exists()
    for text in [
        front_page(client, editor),
        client.get(admin_url(page, "review")).text,
    ]:
        assert "Say &lt;how&gt; often." in text
    do(client, editor, page, ask=ana.pk)
    assert "sent it back" not in front_page(client, editor)
    assert ReviewRequest.objects.open().get().clinician == ana


def test_without_a_note_nothing_is_sent_back(client, ana, editor):
    page = make_exercise()
    ask(page, ana, by=editor)

    told = do(client, make_account(ana), page, send_back="1", note="  ")

    assert "Say what is to change" in told
    assert ReviewRequest.objects.open().exists()


def test_it_is_asked_for_once_at_a_time(ana, editor):
    page = make_exercise()
    ask(page, ana, by=editor)

    with pytest.raises(Refused, match="just now"):
        ask(page, ana, by=editor)

    assert ReviewRequest.objects.count() == 1


@pytest.mark.parametrize("who", ["archived", "no account", "nonsense"])
def test_nobody_is_asked_who_cannot_sign(client, ana, editor, who):
    page = make_exercise()
    other = make_clinician()
    if who == "archived":
        ana.archive(on="2026-01-05")
    asked = {"archived": ana.pk, "no account": other.pk, "nonsense": "x" * 30}

    told = do(client, editor, page, ask=asked[who])

    assert "Nobody with this name can sign" in told
    assert not ReviewRequest.objects.exists()


def test_only_a_clinician_sends_back_and_only_who_may_change_it_asks(
    client, ana, editor, django_user_model
):
    page = make_exercise()
    ask(page, ana, by=editor)
    with pytest.raises(Refused, match="Only a clinician"):
        send_back(page, by=editor, note="No.")
    ReviewRequest.objects.all().delete()
    onlooker = django_user_model.objects.create_user("onlooker", is_staff=True)
    onlooker.user_permissions.set(
        [Group.objects.get(name="Editors").permissions.get(codename="view_exercise")]
    )

    assert "may change it asks" in do(client, onlooker, page, ask=ana.pk)
    assert not ReviewRequest.objects.exists()


def with_mailbox(account):
    type(account).objects.filter(pk=account.pk).update(email="eddie@example.com")
    account.refresh_from_db()


def test_who_asked_is_told_by_mail_what_is_to_change_and_then_that_it_is_signed(
    client, ana, editor
):
    with_mailbox(editor)
    page, account = make_exercise(title="Bridge"), make_account(ana)
    ask(page, ana, by=editor)

    do(client, account, page, send_back="1", note="Say <how> often.")
    deliver_review_requests()
    deliver_review_requests()
    seen = client.get(admin_url(page, "review")).context["digest"]
    do(client, account, page, seen=seen)
    deliver_review_requests()

    back, signed = mail.outbox
    assert back.to == signed.to == ["eddie@example.com"]
    assert back.subject == "Sent back: “Bridge” (exercise)"
    assert "What is to change: Say <how> often." in back.body
    assert "Say &lt;how&gt; often." in back.alternatives[0].content
    assert signed.subject == "Signed: “Bridge” (exercise)"
    assert "Ana Ruiz has signed what you asked for" in signed.body
    for message in mail.outbox:
        assert f"https://testserver{admin_url(page, 'review')}" in message.body


def test_what_is_overtaken_before_it_was_mailed_is_not_mailed(client, ana, editor):
    with_mailbox(editor)
    page = make_exercise()
    ask(page, ana, by=editor)
    send_back(page, by=make_account(ana), note="Shorter.")

    ask(page, ana, by=editor)
    deliver_review_requests()

    assert [message.to for message in mail.outbox] == [["ana@example.com"]]


def test_nobody_is_mailed_their_own_answer_nor_who_has_left(client, ana, editor):
    with_mailbox(editor)
    page, account = make_exercise(), make_account(ana)
    ask(page, ana, by=account)
    send_back(page, by=account, note="Shorter.")
    ask(page, ana, by=editor)
    send_back(page, by=account, note="Shorter.")
    type(editor).objects.filter(pk=editor.pk).update(is_active=False)

    deliver_review_requests()

    assert mail.outbox == []
