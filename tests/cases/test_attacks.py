"""What somebody types is words, wherever it is shown: never a template, a format, markup or code.

The words are planted in every free text column of every model, published, and looked for on every surface.
"""

import io
import re
import subprocess
import sys
from html import escape
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from articles.models import Article
from bookings.mail.messages import message_for
from bookings.models import Booking, CallSettings, OutboxMail, TextStop
from bookings.sms import texts
from exercises.models import Exercise
from kneecare.clinic.models import Clinic, Program
from kneecare.publishing.models import ReviewReminder
from kneecare.publishing.reviews.reminders import remind
from kneecare.search import index
from tests.cases import surfaces
from tests.cases.filling import fill, publish_all
from tests.cases.planting import NOT_FREE, plant

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[2]
WORDS = {
    "that compile": '{{ 761932|add:1 }}{% now "Y\\q\\q" %}{% load static %}',
    "that do not": "Join {{50% off}} now {x} {0.__class__} %s %(a)s {{7*7}} {% x #(761932+1) ${761932+1} ]",
}
COMPILED = re.compile(r"761933|20\d\dqq|(?:<|&lt;)class ")
COMPILERS = [
    "crispy_forms.bootstrap.Alert",
    "crispy_forms.layout.BaseInput",
    "crispy_forms.layout.Button",
    "crispy_forms.layout.Fieldset",
    "crispy_forms.layout.HTML",
    "crispy_forms.layout.Hidden",
    "crispy_forms.layout.Reset",
    "crispy_forms.layout.Submit",
    "django.template.Engine",
    "django.template.Template",
    "django.template.base.Template",
    "django.template.engine.Engine",
    "django.template.engines",
]


@pytest.fixture(scope="module", params=WORDS.values(), ids=WORDS)
def planted(request, first_content, django_db_blocker):
    """A site of which every column holds the words, with an account that may do everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        staff = get_user_model().objects.create_superuser("planter")
        fill(staff)
        empty = plant(request.param)
        staff.first_name = request.param[:150]
        staff.save()
        publish_all(staff, note=request.param)
        index.rebuild()
        cache.clear()
        with django_db_blocker.block():
            yield SimpleNamespace(words=request.param, staff=staff, empty=empty)
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture
def signed_in(client, planted):
    client.force_login(planted.staff)
    return client


def faults(client, urls, *, allowed=(200,)):
    """Of ``urls``, those that fail or that show what was compiled, with what was seen."""
    client.raise_request_exception = False
    found = {}
    for url in urls:
        response = client.get(url, follow=True)
        compiled = COMPILED.findall(response.getvalue().decode(errors="replace"))
        if response.status_code not in allowed or compiled:
            found[url] = (response.status_code, compiled)
    return found


def printed(response):
    """What a PDF says, without its spaces."""
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    said = "".join(page.extract_text() for page in pages)
    return "".join(said.replace("\u200b", "").split())


def said(message):
    """The subject and every part of a mail, each line break a space."""
    parts = [part.get_payload(decode=True) or b"" for part in message.message().walk()]
    return f"{message.subject} {b' '.join(parts).decode()}".replace("\n", " ")


def heading(html):
    return html.partition("<h1")[2].partition("</h1>")[0]


@pytest.mark.parametrize("name", COMPILERS)
def test_what_compiles_its_words_is_refused_in_the_code(name):
    module, _, thing = name.rpartition(".")
    code = f"from {module} import {thing}\n\n{thing}\n"
    ruff = [sys.executable, "-m", "ruff", "check", "--stdin-filename=bookings/x.py", "-"]  # fmt: skip

    told = subprocess.run(ruff, input=code, cwd=ROOT, capture_output=True, text=True)

    assert "TID251" in told.stdout


def test_no_template_of_a_page_trusts_a_value():
    trusting = re.compile(r"\|\s*safe|autoescape\s+off")
    pages = (ROOT / "templates").rglob("*.html")

    assert [page.name for page in pages if trusting.search(page.read_text())] == []


def test_every_exception_is_a_column_that_there_is():
    for name in NOT_FREE:
        app, model, *column = name.split(".")
        fields = apps.get_model(app, model)._meta
        assert all(fields.get_field(each) for each in column)


def test_every_free_column_of_every_model_holds_the_words(planted):
    assert planted.empty == []


def test_no_public_page_compiles_them(client, planted):
    assert faults(client, surfaces.public_urls()) == {}


def test_no_page_of_a_request_compiles_them(client, planted):
    urls = [*surfaces.booking_urls(), *surfaces.call_urls()]

    assert faults(client, urls) == {}


def test_no_form_that_comes_back_compiles_them(client, planted):
    for url in surfaces.form_urls():
        response = client.post(url, {"name": planted.words, "email": planted.words})

        assert response.status_code == 422
        assert COMPILED.findall(response.text) == []


def test_no_list_and_no_form_of_the_admin_compiles_them(signed_in):
    assert faults(signed_in, surfaces.admin_urls()) == {}


def test_no_other_page_of_the_admin_compiles_them(signed_in):
    urls = sorted(set(surfaces.other_admin_urls()))

    assert faults(signed_in, urls, allowed=(200, 403, 404, 405)) == {}


def test_no_preview_compiles_them(signed_in, planted):
    assert faults(signed_in, surfaces.preview_urls(planted.staff)) == {}


def test_each_mail_says_them_as_they_stand(planted):
    for owed in OutboxMail.objects.mails().select_related("booking__slot"):
        message = message_for(owed)

        assert COMPILED.findall(said(message)) == []
        assert planted.words[:80] in said(message)


def test_each_text_says_the_clinics_name_as_it_stands(planted):
    Booking.objects.update(texts_agreed_at=timezone.now(), phone="+16025550123")
    CallSettings.objects.update(texts_on=True)
    TextStop.objects.all().delete()
    owed = OutboxMail.objects.texts().select_related("booking__slot")
    said_in_texts = [text for each in owed if (text := texts.message_for(each))]

    assert said_in_texts
    for text in said_in_texts:
        assert COMPILED.findall(text.words) == []
        assert planted.words[:20] in text.words


def test_a_reminder_of_a_review_says_them_as_they_stand(planted):
    ReviewReminder.objects.all().delete()

    remind(Clinic.objects.current())

    assert mail.outbox
    for message in mail.outbox:
        assert COMPILED.findall(said(message)) == []
        assert planted.words in said(message)


def test_a_sheet_prints_them_as_they_stand(client, planted):
    for url in surfaces.sheet_urls():
        words = printed(client.get(url))

        assert COMPILED.findall(words) == []
        assert "".join(planted.words.split()) in words


def test_the_picture_for_shared_links_is_drawn_with_them(client, planted):
    for article in Article.objects.published():
        assert client.get(f"{article.get_absolute_url()}picture.png").status_code == 200


def test_a_programs_button_says_them_as_they_stand(client, planted):
    label = escape(planted.words[:40])
    for program in Program.objects.published():
        page = client.get(program.get_absolute_url()).text

        assert f'<button class="button" type="submit">{label}</button>' in page


@pytest.mark.parametrize("kind", [Article, Exercise])
def test_a_title_stands_as_it_was_typed(client, planted, kind):
    for row in kind.objects.published():
        page = client.get(row.get_absolute_url()).text

        assert escape(planted.words) in heading(page)


def test_the_clinics_name_stands_as_it_was_typed(client, planted):
    assert escape(planted.words[:80]) in client.get("/about/").text
