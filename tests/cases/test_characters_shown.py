"""Characters that XML 1.0 forbids, and that came into a column without a form, stay out of every file."""

import io
from types import SimpleNamespace
from xml.etree import ElementTree

import pypdf
import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import transaction

from articles.feeds import FullTextFeed
from articles.models import Article
from kneecare.clinic.models import Clinic
from kneecare.core.text.characters import FORBIDDEN
from kneecare.search import index
from tests.cases import surfaces
from tests.cases.filling import fill, publish_all
from tests.cases.planting import plant
from tests.cases.test_characters import KEPT, PASTED

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planted(first_content, django_db_blocker):
    """A site into whose columns the characters came without a form."""
    with django_db_blocker.unblock(), transaction.atomic():
        staff = get_user_model().objects.create_superuser("planter")
        fill(staff)
        plant(f"{PASTED} that hurts after a long walk and is better with rest")
        publish_all(staff, note="A note")
        index.rebuild()
        cache.clear()
        with django_db_blocker.block():
            yield SimpleNamespace(staff=staff)
        transaction.set_rollback(True)
    cache.clear()


@pytest.mark.parametrize("url", ["/feeds/articles/", "/sitemap-articles.xml"])
def test_a_file_in_xml_can_be_read(client, planted, url):
    response = client.get(url)

    assert response.status_code == 200
    ElementTree.fromstring(response.content)  # noqa: S314 - our own
    assert not FORBIDDEN.search(response.content.decode())


def test_the_feed_says_the_words_around_them(client, planted):
    feed = client.get("/feeds/articles/").content.decode()

    assert f"<title>{KEPT}" in feed
    assert feed.count("</entry>") == min(20, Article.objects.published().count())


@pytest.mark.parametrize("name", ["title", "description", "author_name", "content"])
def test_no_element_of_an_entry_breaks_the_feed(name):
    feed = FullTextFeed(title=PASTED, link="/", description=PASTED, language="en")
    entry = {"title": "A", "link": "/", "description": "B", "author_name": "C"}
    feed.add_item(**{**entry, "content": "D", "language": "en", name: PASTED})

    ElementTree.fromstring(feed.writeString("utf-8"))  # noqa: S314 - our own


def test_no_calendar_file_holds_them(client, planted):
    Clinic.objects.update(name=PASTED)
    urls = [url for url in [*surfaces.booking_urls(), *surfaces.call_urls()] if url.endswith(".ics")]  # fmt: skip
    files = [client.get(url).content.decode() for url in urls]

    assert files
    assert [file for file in files if FORBIDDEN.search(file)] == []
    assert any(KEPT in file for file in files)


def test_a_sheet_prints_the_words_around_them(client, planted):
    for url in surfaces.sheet_urls():
        pages = pypdf.PdfReader(io.BytesIO(client.get(url).content)).pages
        words = "".join(page.extract_text() for page in pages)

        assert not FORBIDDEN.search(words.replace("\x00", ""))
        assert "Kn ee" in words
