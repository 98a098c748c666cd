"""/contact/ and /programs/<slug>/: "Say hi" and "Join now"."""

import pytest

from bookings.models import Booking, OutboxMail
from tests.bookings.posting import WORDS, idempotency_key, post
from tests.factories import make_program

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]


def test_saying_hi_leads_to_a_receipt(client):
    response = post(client, "/contact/")

    booking = Booking.objects.get()
    assert response.status_code == 303
    assert (booking.kind, booking.name, booking.message) == (
        "say_hi",
        "Ada",
        WORDS["message"],
    )
    assert "Thank you for writing" in client.get(response["Location"]).text


def test_joining_leads_to_a_receipt_that_names_the_program(client):
    program = make_program(title="Stretch with us")

    response = post(client, program.get_absolute_url(), phone="602 555 0123")

    booking = Booking.objects.get()
    assert response.status_code == 303
    assert (booking.kind, booking.program) == ("join_program", program)
    assert str(booking.phone) == "+1 602-555-0123"
    assert "Stretch with us" in client.get(response["Location"]).text


def test_joining_takes_no_words_but_a_name_and_an_address(client):
    post(client, make_program().get_absolute_url(), message="")

    assert Booking.objects.get().message == ""


def test_saying_hi_takes_a_few_words(client):
    response = post(client, "/contact/", message="")

    assert response.status_code == 422
    assert "Write a few words." in response.text


def test_a_form_sent_twice_is_stored_once(client):
    data = {**WORDS, "idempotency_key": idempotency_key(client.get("/contact/"))}

    first, second = client.post("/contact/", data), client.post("/contact/", data)

    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1
    assert OutboxMail.objects.count() == 2


def test_a_form_sent_again_with_other_words_is_not_taken(client):
    data = {**WORDS, "idempotency_key": idempotency_key(client.get("/contact/"))}
    client.post("/contact/", data)

    response = client.post("/contact/", {**data, "message": "Something else."})

    assert response.status_code == 422
    assert "Something else." in response.text
    assert Booking.objects.count() == 1


def test_a_program_shows_its_words_its_button_and_a_video_if_it_has_one(client):
    program = make_program(
        body="<p>We stretch.</p><script>x</script>",
        action_label="Ask if it fits you",
        video_url="https://videos.example/1",
    )

    page = client.get(program.get_absolute_url()).text

    assert "<p>We stretch.</p>" in page
    assert "<script>x" not in page
    assert "Ask if it fits you</button>" in page
    assert "videos.example" in page


def test_a_program_without_a_video_shows_none(client):
    page = client.get(make_program().get_absolute_url()).text

    assert 'class="video-button"' not in page


def test_the_contact_page_shows_what_is_known_of_the_clinic(client, clinic):
    assert "reach-us" not in client.get("/contact/").text

    clinic.phone = "+16025550123"
    clinic.hours = "Monday to Friday: 9 to 5"
    clinic.save()

    page = client.get("/contact/").text
    assert 'href="tel:+1-602-555-0123"' in page
    assert "Monday to Friday: 9 to 5" in page


@pytest.mark.parametrize("address", ["/contact/", "program"])
def test_reading_the_pages_costs_few_queries_and_sets_no_cookie(
    client, django_assert_max_num_queries, address
):
    if address == "program":
        address = make_program().get_absolute_url()

    with django_assert_max_num_queries(3):
        response = client.get(address)

    assert response.cookies == {}


@pytest.mark.parametrize("address", ["/contact/", "/programs/any/"])
@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods_are_refused(client, address, method):
    assert getattr(client, method)(address).status_code == 405


def test_a_form_from_another_site_is_refused(client):
    program = make_program()

    for address in ["/contact/", program.get_absolute_url()]:
        response = post(client, address, headers={"Sec-Fetch-Site": "cross-site"})
        assert response.status_code == 403

    assert Booking.objects.count() == 0
