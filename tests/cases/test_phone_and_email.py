"""What people type to be reached is kept whole, shown, and used; and nobody's real address is doubted."""

import json

import pytest

from bookings.forms import email_typos
from bookings.models import Booking
from bookings.privacy.personal_data import export, requests_of
from kneecare.clinic.models import Clinic
from tests.admin_forms import filled
from tests.bookings.posting import ask_for, post
from tests.factories import (
    make_booking,
    make_program,
    make_slot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]

DIALLED = "tel:+1-602-555-0123;ext=45"
SHOWN = "(602) 555-0123 ext. 45"
WITH_EXTENSION = [
    "602-555-0123 ext. 45",
    "602 555 0123 x45",
    "(602) 555-0123 extension 45",
    "602-555-0123 #45",
    "602.555.0123,,45",
    "tel:+1-602-555-0123;ext=45",
]
# Marks of direction and joiners, as contact lists and messages put around a number.
MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c\u200b\u200d\u2060\u00ad"
REAL = [
    "yahoo.ca",
    "yahoo.co.uk",
    "yahoo.fr",
    "yahoo.de",
    "yahoo.com.mx",
    "yahoo.com.au",
    "yahoo.co.in",
    "yahoo.ro",
    "yahoo.cz",
    "yahoo.cn",
    "yahoo.no",
    "hotmail.ca",
    "hotmail.fr",
    "hotmail.co.uk",
    "hotmail.it",
    "hotmail.ch",
    "hotmail.no",
    "hotmail.es",
    "outlook.de",
    "outlook.cz",
    "outlook.cl",
    "outlook.fr",
    "live.ca",
    "live.nl",
    "gmx.de",
    "gmx.at",
    "gmx.net",
    "gmx.ch",
    "web.de",
    "mail.ru",
    "mail.de",
    "email.de",
    "aol.de",
    "aol.co.uk",
    "gol.com",
    "icloud.com",
    "proton.me",
    "pm.me",
    "protonmail.ch",
    "tutanota.com",
    "zoho.com",
    "fastmail.fm",
    "hushmail.com",
    "qmail.com",
    "foxmail.com",
    "cloud.com",
    "shaw.ca",
    "rogers.com",
    "telus.net",
    "comcast.com",
    "verizon.com",
    "hey.com",
    "mac.com",
    "me.com",
    "knee.org",
]
SLIPS = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmail.con": "gmail.com",
    "gmail.co": "gmail.com",
    "yaho.com": "yahoo.com",
    "yahoo.cm": "yahoo.com",
    "hotmial.com": "hotmail.com",
    "outlok.com": "outlook.com",
    "iclould.com": "icloud.com",
    "protonmial.com": "protonmail.com",
    "comcast.ner": "comcast.net",
}


def booked(client, phone):
    return ask_for(client, make_slot(), phone=phone)


def joined(client, phone):
    return post(client, make_program().get_absolute_url(), phone=phone)


@pytest.mark.parametrize("send", [booked, joined])
@pytest.mark.parametrize("typed", WITH_EXTENSION)
def test_an_extension_is_kept_by_every_form_of_a_visitor(client, send, typed):
    receipt = send(client, typed)

    page = client.get(receipt["Location"])
    phone = Booking.objects.get().phone
    assert (phone.as_rfc3966, phone.as_national) == (DIALLED, SHOWN)
    assert SHOWN in page.text


@pytest.mark.parametrize("typed", WITH_EXTENSION)
def test_an_extension_of_the_clinic_is_kept_shown_and_dialled(
    client, staff_client, clinic, typed
):
    url = f"/admin/clinic/clinic/{clinic.pk}/change/"
    form = filled(staff_client.get(url))
    saved = staff_client.post(url, {**form, "phone": typed})
    again = staff_client.post(url, filled(staff_client.get(url)))

    assert (saved.status_code, again.status_code) == (302, 302)
    assert Clinic.objects.get().phone.as_rfc3966 == DIALLED
    for page in ["/contact/", "/"]:
        assert f'<a href="{DIALLED}">{SHOWN}</a>' in client.get(page).text.replace(
            ' class="tap"', ""
        )


def test_staff_see_and_dial_the_extension(staff_client):
    booking = make_booking(phone=WITH_EXTENSION[0])

    page = staff_client.get(f"/admin/bookings/booking/{booking.pk}/change/")

    assert f'<a href="{DIALLED}">{SHOWN}</a>' in page.text
    exported = json.dumps(export(Booking.objects.all()), default=str)
    assert "+1 602-555-0123 ext. 45" in exported


@pytest.mark.parametrize("typed", ["602-555-0123", "602-555-0123 x45"])
def test_a_person_is_found_by_the_number_and_a_colleague_at_another_extension_is_not(
    typed,
):
    found = [make_booking(phone=phone) for phone in ["6025550123", *WITH_EXTENSION[:1]]]
    make_booking(phone="6025550124")
    make_booking(phone="")
    colleague = make_booking(phone="602-555-0123 x46")
    if "x" not in typed:
        found.append(colleague)

    assert set(requests_of(phone=typed)) == set(found)


def test_a_number_is_not_found_by_its_beginning():
    make_booking(phone="+49 30 1234567")

    assert not requests_of(phone="+49 30 123456").exists()


@pytest.mark.parametrize("send", [booked, joined])
@pytest.mark.parametrize("mark", [*MARKS, "\t"])
def test_marks_that_nobody_sees_are_dropped_from_a_phone_number(client, send, mark):
    answer = send(client, f"{mark}602-555{mark}-0123{mark}")

    assert answer.status_code == 303
    assert Booking.objects.get().phone.as_rfc3966 == "tel:+1-602-555-0123"


def test_marks_are_dropped_from_the_clinics_number_and_from_a_search_for_a_person(
    staff_client, clinic
):
    pasted = "\u202a(602) 555-0123\u202c"
    url = f"/admin/clinic/clinic/{clinic.pk}/change/"
    form = filled(staff_client.get(url))
    make_booking(reference="FOUND", phone="6025550123")

    staff_client.post(url, {**form, "phone": pasted})
    person = staff_client.post("/admin/bookings/booking/person/", {"phone": pasted})

    assert Clinic.objects.get().phone.as_rfc3966 == "tel:+1-602-555-0123"
    assert "FOUND" in person.text


@pytest.mark.parametrize(
    "typed",
    ["602-555-0123 / 602-555-0199", "602-555-0123 after 5", "602-555-0123 ext. forty"],
)
def test_what_cannot_be_kept_whole_is_refused_and_not_cut(client, typed):
    answer = booked(client, typed)

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize("domain", REAL)
def test_a_real_provider_is_not_doubted(domain):
    assert email_typos.meant(f"ana@{domain}") is None


def test_a_visitor_with_an_address_in_canada_books_at_once(client):
    answer = ask_for(client, make_slot(), email="ana@yahoo.ca")

    assert answer.status_code == 303


@pytest.mark.parametrize(("typed", "meant"), SLIPS.items())
def test_a_near_miss_of_a_big_provider_is_asked_about(typed, meant):
    assert email_typos.meant(f"ana@{typed}") == f"ana@{meant}"


@pytest.mark.parametrize(
    "domain",
    ["straße.example", "νίκος.example", "a\u200db.example", "a\u200cb.example"],
)
def test_a_domain_that_older_rules_make_another_one_is_asked_for_anew(client, domain):
    response = ask_for(client, make_slot(), email=f"ada@{domain}")

    assert response.status_code == 422
    assert "Type another e-mail address" in response.text
    assert not Booking.objects.exists()
