"""Mail that could not be sent: why, and once more."""

import pytest
from django.contrib.auth.models import Permission

from bookings.models import Booking, OutboxMail
from bookings.services.limits import email_key
from bookings.services.mail_limits import owed
from tests.bookings.desk import in_bulk, page_of, said
from tests.factories import make_booking, make_clinic, make_mail

pytestmark = pytest.mark.django_db
MAIL = "/admin/bookings/outboxmail/"


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            "SMTPRecipientsRefused 550",
            "The mail server does not know this address. (SMTPRecipientsRefused 550)",
        ),
        ("OddError", "It could not be sent. (OddError)"),
    ],
)
def test_a_reason_is_said_in_words_in_the_list_and_on_the_page(
    staff_client, error, words
):
    mail = make_mail(state="failed", last_error=error)

    for address in [MAIL, page_of(mail)]:
        assert words in staff_client.get(address).text


def test_a_mail_that_nobody_gets_and_of_which_nothing_went_wrong_says_so(staff_client):
    mail = make_mail(booking=make_booking(email="", phone="+16025550123"))

    for address in [MAIL, page_of(mail)]:
        page = staff_client.get(address).text
        assert "nobody: no address is known" in page
        assert "None" not in page


@pytest.mark.parametrize("kind", ["confirmed", "reply", "text_confirmed"])
def test_what_went_to_an_earlier_address_or_number_does_not_name_the_new_one(
    staff_client, kind
):
    booking = make_booking(email="old@example.com", phone="+16025550123")
    owed(booking, kind, state="sent").save()
    Booking.objects.update(
        email="new@example.com",
        email_key=email_key("mailbox", "new@example.com"),
        phone="+16025550124",
    )

    page = staff_client.get(MAIL).text

    assert "an earlier address or number, before it was corrected" in page
    assert "new@example.com" not in page
    assert "555-0124" not in page


def test_failed_mail_is_sent_again_with_one_click(staff_client):
    mail = make_mail(state="failed", last_error="X")
    address = f"{MAIL}{mail.pk}/again/"
    for page in [MAIL, page_of(mail)]:
        assert f'formaction="{address}"' in staff_client.get(page).text

    response = staff_client.post(address, follow=True)

    assert OutboxMail.objects.get().state == "waiting"
    assert said(response) == ["1 will be sent within a minute."]


@pytest.mark.parametrize("state", ["sent", "waiting", "aborted"])
def test_only_failed_mail_is_sent_again(staff_client, state):
    mail = make_mail(state=state)
    assert "formaction" not in staff_client.get(page_of(mail)).text

    response = in_bulk(staff_client, OutboxMail, "send_again", [mail])

    assert OutboxMail.objects.get().state == state
    assert said(response) == ["Nothing to send: only failed mail is."]


def test_mail_is_not_sent_by_a_link_nor_without_permission(
    client, staff_client, django_user_model
):
    address = f"{MAIL}{make_mail(state='failed').pk}/again/"
    assert staff_client.get(address).status_code == 405
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_outboxmail"))
    client.force_login(viewer)

    assert "formaction" not in client.get(MAIL).text
    assert client.post(address).status_code == 403
    assert OutboxMail.objects.get().state == "failed"
