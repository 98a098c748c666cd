"""Mail that came back or was complained of: taken from the mail provider alone, and told to staff once."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bookings import services
from bookings.mail.messages import message_for
from bookings.models import BookingEvent, OutboxMail
from bookings.privacy.retention import erase
from bookings.views import mail_events
from tests.factories import make_booking, make_clinic, make_mail

pytestmark = pytest.mark.django_db
URL = "/mail-events/"
KEY = "a-signing-key-of-ours"
PAIR = "provider:a-long-password"
TOLD = "This address does not take our mail: call instead"
ADDRESS = "ada@example.com"
PHONE = "+16025550123"


@pytest.fixture(autouse=True)
def clinic():
    cache.clear()
    return make_clinic()


@pytest.fixture
def mailgun(settings):
    settings.EMAIL_PROVIDER, settings.EMAIL_WEBHOOK_SECRET = "mailgun", KEY


@pytest.fixture
def sent():
    booking = make_booking(kind="say_hi", state="completed", email=ADDRESS, phone=PHONE)
    return make_mail(booking=booking, kind="reply", version=booking.version, state="sent")  # fmt: skip


def by_mailgun(mail, event="failed", *, number="t1", to=ADDRESS, key=KEY, **fields):
    """What Mailgun posts, signed with ``key`` as its documentation says."""
    stamp = "1529006854"
    signature = hmac.new(key.encode(), f"{stamp}{number}".encode(), hashlib.sha256)
    data = {
        "event": event,
        "severity": "permanent",
        "recipient": to,
        "message": {"headers": {"message-id": mail.message_id.strip("<>")}},
        "delivery-status": {"message": "550 No such mailbox", "description": ""},
    }
    signed = {"timestamp": stamp, "token": number, "signature": signature.hexdigest()}
    return {"signature": signed, "event-data": data | fields}


def by_postmark(mail, kind="HardBounce", number=42):
    message = message_for(mail)
    return {
        "RecordType": "SpamComplaint" if kind == "SpamComplaint" else "Bounce",
        "Type": kind,
        "ID": number,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"message-id": message.extra_headers["X-PM-Metadata-message-id"]},
        "Email": ADDRESS,
    }


def by_brevo(mail, kind="hard_bounce"):
    custom = message_for(mail).extra_headers["X-Mailin-custom"]
    return {"event": kind, "email": ADDRESS, "message-id": "<1@relay.example>", "X-Mailin-custom": custom}  # fmt: skip


def post(body, *, pair="", **headers):
    if pair:
        headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    body = body if isinstance(body, (str, bytes)) else json.dumps(body)
    strict = Client(enforce_csrf_checks=True)
    return strict.post(URL, body, content_type="application/json", headers=headers)


def came_back():
    return list(OutboxMail.objects.came_back())


def front_and_request(client, mail):
    """What staff read on the front page, in the queue, and at the request."""
    request = f"/admin/bookings/booking/{mail.booking.pk}/change/"
    queue = "/admin/bookings/booking/?when=all"
    return [client.get(url).text for url in ["/admin/", queue, request]]


def test_a_mail_that_bounced_is_told_on_the_front_page_in_the_queue_and_at_the_request(
    staff_client, mailgun, sent
):
    assert all("does not take our mail" not in page for page in front_and_request(staff_client, sent))  # fmt: skip

    response = post(by_mailgun(sent))

    assert (response.status_code, response.cookies) == (200, {})
    front, queue, request = front_and_request(staff_client, sent)
    assert TOLD[0].lower() + TOLD[1:] in front
    assert TOLD in queue
    assert TOLD in request
    assert "Came back: the address did not take it" in request


def test_the_history_says_so_without_the_words_of_the_mail_or_the_server(
    staff_client, mailgun, sent
):
    post(by_mailgun(sent))

    *_, request = front_and_request(staff_client, sent)
    history = request.partition("Mail that came back")[2].partition("</table>")[0]
    assert "Reply" in history
    assert sent.text not in history
    assert "No such mailbox" not in request


def test_a_request_without_a_number_says_that_there_is_none_to_call(
    staff_client, mailgun, sent
):
    type(sent.booking).objects.update(phone="")

    post(by_mailgun(sent))

    for page in front_and_request(staff_client, sent):
        assert "does not take our mail, and there is no number to call" in page


def test_a_complaint_is_told_in_the_same_places(staff_client, mailgun, sent):
    post(by_mailgun(sent, "complained"))

    front, queue, request = front_and_request(staff_client, sent)
    assert TOLD in queue
    assert TOLD[1:] in front
    assert "Complained of as unwanted" in request


@pytest.mark.parametrize("number", ["t1", "t2"])
def test_what_is_told_again_is_noted_once(mailgun, sent, number):
    post(by_mailgun(sent))
    first = OutboxMail.objects.get(pk=sent.pk).bounced_at

    response = post(by_mailgun(sent, number=number))

    assert response.status_code == 200
    assert first is not None
    assert OutboxMail.objects.get(pk=sent.pk).bounced_at == first


def test_a_note_of_staff_takes_it_from_the_front_page_and_leaves_it_at_the_request(
    staff_client, mailgun, sent
):
    post(by_mailgun(sent))
    OutboxMail.objects.update(bounced_at=timezone.now() - timedelta(minutes=1))

    services.note(sent.booking, "Called them.", by=get_user_model().objects.first())

    front, queue, _ = front_and_request(staff_client, sent)
    assert "does not take our mail" not in front
    assert TOLD in queue
    post(by_mailgun(sent))
    assert "does not take our mail" not in front_and_request(staff_client, sent)[0]


def test_what_the_visitor_or_the_clock_does_leaves_it_on_the_front_page(
    staff_client, mailgun, sent
):
    post(by_mailgun(sent))
    BookingEvent.objects.create(booking=sent.booking, to_state="completed", version=99, at=timezone.now() + timedelta(minutes=1))  # fmt: skip

    assert "does not take our mail" in front_and_request(staff_client, sent)[0]


def test_an_address_that_was_corrected_is_not_told_of_any_more(
    staff_client, mailgun, sent
):
    post(by_mailgun(sent))

    services.correct_contact(sent.booking, name="Ada", email="new@example.com", phone=PHONE, by=None)  # fmt: skip

    front, queue, request = front_and_request(staff_client, sent)
    assert all("does not take our mail" not in page for page in [front, queue])
    assert "Came back" in request


def test_word_of_an_address_that_the_request_has_no_more_is_let_be(mailgun, sent):
    response = post(by_mailgun(sent, to="old@example.com"))

    assert (response.status_code, came_back()) == (200, [])


@pytest.mark.parametrize(
    "said",
    [{"event": "delivered"}, {"event": "opened"}, {"event": "failed", "severity": "temporary"}, {"event": "new"}],
)  # fmt: skip
def test_other_news_of_a_mail_is_taken_and_leaves_nothing(mailgun, sent, said):
    response = post(by_mailgun(sent, **said))

    assert (response.status_code, came_back()) == (200, [])


def test_word_of_a_mail_that_is_not_ours_is_taken_and_leaves_nothing(mailgun, sent):
    other = OutboxMail(message_id="<other@elsewhere.example>")

    response = post(by_mailgun(other))

    assert (response.status_code, came_back()) == (200, [])


def test_mail_to_staff_is_no_visitors(mailgun, sent):
    OutboxMail.objects.update(kind="new_request")

    assert post(by_mailgun(sent)).status_code == 200
    assert came_back() == []


@pytest.mark.parametrize("provider", ["mailgun", "postmark", "brevo"])
@pytest.mark.parametrize("body", ["", "{}", "[]", "1", "null", '{"signature": 1}', '{"signature": {"token": "ü", "timestamp": 1, "signature": ["x"]}}', b"\xff\xfe"])  # fmt: skip
def test_what_is_not_signed_is_refused_whatever_it_is(settings, sent, provider, body):
    settings.EMAIL_PROVIDER, settings.EMAIL_WEBHOOK_SECRET = provider, PAIR

    response = post(body, pair="provider:another-password")

    assert response.status_code == 403
    assert came_back() == []


def test_a_wrong_signature_is_refused_and_leaves_nothing(mailgun, sent):
    forged = by_mailgun(sent, key="another-key-of-theirs")
    moved = by_mailgun(sent)
    moved["signature"]["timestamp"] = "1529006855"

    assert [post(body).status_code for body in [forged, moved]] == [403, 403]
    assert came_back() == []


@pytest.mark.parametrize(("provider", "said"), [("postmark", by_postmark), ("brevo", by_brevo)])  # fmt: skip
def test_a_provider_that_signs_nothing_shows_the_password_that_it_was_given(
    settings, sent, provider, said
):
    settings.EMAIL_PROVIDER, settings.EMAIL_WEBHOOK_SECRET = provider, PAIR
    body = said(sent)

    refused = [post(body, pair=pair) for pair in ["", "provider:guessed-password", "None"]]  # fmt: skip
    assert [each.status_code for each in refused] == [403] * 3
    assert came_back() == []

    assert post(body, pair=PAIR).status_code == 200
    assert came_back() == [sent]


@pytest.mark.parametrize(
    ("provider", "said", "kind"),
    [("postmark", by_postmark, "SpamComplaint"), ("brevo", by_brevo, "spam")],
)
def test_they_tell_of_complaints_too(settings, sent, provider, said, kind):
    settings.EMAIL_PROVIDER, settings.EMAIL_WEBHOOK_SECRET = provider, PAIR

    assert post(said(sent, kind), pair=PAIR).status_code == 200
    assert OutboxMail.objects.get(pk=sent.pk).complained_at is not None


@pytest.mark.parametrize("body", ["", "[]", "1", "{", '{"event": ["x"]}', b"\xff", '{"RecordType": {}}', '{"FromFull": 1}'])  # fmt: skip
@pytest.mark.parametrize("provider", ["postmark", "brevo"])
def test_what_cannot_be_read_is_no_fault_of_ours(settings, provider, body):
    settings.EMAIL_PROVIDER, settings.EMAIL_WEBHOOK_SECRET = provider, PAIR

    assert post(body, pair=PAIR).status_code in (200, 400)


@pytest.mark.parametrize("metadata", [None, [], "x", {"message-id": 7}, {"message-id": ""}])  # fmt: skip
def test_a_mail_that_is_named_oddly_is_not_ours(settings, sent, metadata):
    settings.EMAIL_PROVIDER, settings.EMAIL_WEBHOOK_SECRET = "postmark", PAIR

    response = post(by_postmark(sent) | {"Metadata": metadata}, pair=PAIR)

    assert (response.status_code in (200, 400), came_back()) == (True, [])


def test_without_a_provider_there_is_no_such_page(settings, sent):
    assert settings.EMAIL_PROVIDER == ""

    assert post(by_mailgun(sent)).status_code == 404
    assert Client().get(URL).status_code == 404
    assert came_back() == []


def test_what_is_larger_than_a_form_is_refused_unread(mailgun, sent):
    large = by_mailgun(sent, padding="x" * 200_000)

    assert post(large).status_code == 413
    assert came_back() == []


def test_a_page_cannot_be_had_there_and_providers_may_ask_whether_somebody_is(mailgun):
    assert Client().get(URL).status_code == 405
    assert Client().head(URL).status_code == 200


def test_a_flood_is_told_to_wait_and_keeps_the_provider_out_of_nothing(
    mailgun, sent, monkeypatch
):
    monkeypatch.setattr(mail_events, "REFUSALS_AN_HOUR", 3)

    answers = [post("{}").status_code for _ in range(5)]

    assert answers == [403, 403, 403, 429, 429]
    assert post(by_mailgun(sent)).status_code == 200
    assert came_back() == [sent]


def test_nothing_of_the_mailbox_is_left_once_the_request_is_erased(mailgun, sent):
    post(by_mailgun(sent))

    erase(type(sent.booking).objects.all())

    mail = OutboxMail.objects.get(pk=sent.pk)
    assert mail.returned_email_key == ""
    assert mail.bounced_at is not None
    assert came_back() == []


def test_half_a_letter_in_the_name_of_a_mail_cannot_be_read(mailgun, sent):
    half = {"headers": {"message-id": "\ud800"}}

    assert post(by_mailgun(sent, message=half)).status_code == 400
    assert came_back() == []
