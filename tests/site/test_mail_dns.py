"""``manage.py doctor --dns``: what to enter in the DNS so that mail is believed, and nothing that nobody can know."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from tests.factories import make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail(settings):
    make_clinic(name="Knee Clinic")
    settings.EMAIL_BACKEND = "kneecare.core.mail.BoundedEmailBackend"
    settings.EMAIL_HOST = "smtp.sender.example"
    settings.DEFAULT_FROM_EMAIL = "Knee Clinic <no-reply@mail.clinic.example>"


def said():
    out = StringIO()
    call_command("doctor", "--dns", stdout=out)
    return out.getvalue()


def test_each_record_stands_there_with_the_domain_of_the_sender():
    records = re.findall(r"^   (\S+)\. (\S+) \"(.*)\"$", said(), re.MULTILINE)

    assert records == [
        ("mail.clinic.example", "TXT", "v=spf1 WHAT-THEY-SAY ~all"),
        ("NAME-THEY-SAY._domainkey.mail.clinic.example", "TXT-OR-CNAME", "VALUE-THEY-SAY"),
        ("_dmarc.mail.clinic.example", "TXT", "v=DMARC1; p=none"),
    ]  # fmt: skip


def test_no_name_is_said_but_those_that_are_set():
    text = said()

    assert "is from Knee Clinic <no-reply@mail.clinic.example>" in text
    assert "by way of smtp.sender.example" in text
    hosts = set(re.findall(r"[\w.-]+\.(?:example|com|org|net)", text))
    assert hosts == {"mail.clinic.example", "_dmarc.mail.clinic.example", "NAME-THEY-SAY._domainkey.mail.clinic.example", "smtp.sender.example"}  # fmt: skip


def test_a_bare_address_is_given_the_name_of_the_clinic(settings):
    assert "DEFAULT_FROM_EMAIL=" not in said()

    settings.DEFAULT_FROM_EMAIL = "no-reply@clinic.example"

    assert "   DEFAULT_FROM_EMAIL=Knee Clinic <no-reply@clinic.example>\n" in said()


def test_it_is_printed_while_the_database_is_away_too(settings, monkeypatch):
    def fail():
        raise DatabaseError

    settings.DEFAULT_FROM_EMAIL = "no-reply@clinic.example"
    monkeypatch.setattr(connection, "cursor", fail)

    assert "DEFAULT_FROM_EMAIL=NAME-OF-THE-CLINIC <no-reply@clinic" in said()


@pytest.mark.parametrize("address", ["no-reply@localhost", "no-reply@[192.0.2.1]"])
def test_an_address_of_no_domain_is_said_to_be_none(settings, address):
    settings.DEFAULT_FROM_EMAIL = address

    assert said().startswith(f"Mail is from {address}, which is no domain of yours.")
    assert "TXT" not in said()


def test_before_mail_leaves_the_machine_nothing_can_be_said(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

    assert said().startswith("Mail goes into files as yet. Set EMAIL_URL first")
    assert "TXT" not in said()
