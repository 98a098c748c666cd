"""Words that try to be code, in every field of every block: inert on the page, in the admin and in the feed."""

import re
from html.parser import HTMLParser

import feedparser
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from articles.feeds import CLEANER
from articles.models import BLOCKS, Reference, VideoBlock
from kneecare.core.text.richtext import RichTextField
from kneecare.publishing.publish import publish
from tests.articles.admin.test_article import change_url, form_of
from tests.articles.rendering.test_blocks import add, values
from tests.articles.rendering.test_video import posted
from tests.articles.videos import mp4
from tests.factories import make_draft

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("what is cleaned and escaped"),
]
PAYLOADS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
    "</textarea></title><svg/onload=alert(1)>",
    "<p style=background:url(javascript:alert(1))>[1]</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "[1]<sup onmouseover=alert(1)>[1]</sup><a href='#x'>[1",
    "{{ 761932|add:1 }}{% load static %}",
]  # fmt: skip
OUR_SCRIPTS = re.compile(r"/static/|/admin/")
WORDS = (models.CharField, models.TextField)
NOT_FREE = {"region", "url"}  # chosen by us, or kept to addresses by a constraint


class Code(HTMLParser):
    """Every place of a page where code could run that is none of ours."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in ["iframe", "object", "embed", "math", "mglyph"]:
            self.found.append(tag)
        for name, value in attrs:
            hostile = (value or "").strip().lower().startswith(("javascript:", "data:"))
            if name.startswith("on") or name in ["style", "srcdoc"] or hostile:
                self.found.append(f"{tag} {name}")
        if tag == "img" and given.get("src") == "x":
            self.found.append("img of theirs")
        if tag == "script" and not given.get("src", given.get("type", "")).strip():
            self.found.append("script")


def hostile_fields(block, payload):
    """One set of values for each free field of ``block`` that holds words."""
    names = [
        field.name
        for field in block._meta.concrete_fields
        if isinstance(field, WORDS) and not field.choices and field.name not in NOT_FREE
        and not isinstance(field, models.FileField | models.URLField)
    ]  # fmt: skip
    for name in names:
        length = block._meta.get_field(name).max_length or 10_000
        yield name, values(block)[0] | {name: payload[:length]}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_field_of_any_block_runs_code_on_the_page_in_the_admin_or_in_the_feed(
    client, staff, payload
):
    article = make_draft(html=payload)
    for name in ["title", "authors", "publisher"]:
        words = {"title": "x", name: payload}
        article.references.create(**words)
    for block in BLOCKS:
        for _, fields in hostile_fields(block, payload):
            add(article, block, **fields)
    publish(article, by=None)
    feed = client.get("/feeds/articles/")
    page = client.get(article.get_absolute_url())
    client.force_login(staff)
    admin = client.get(change_url(article))

    assert page.status_code == admin.status_code == feed.status_code == 200
    assert Code(page.text).found == []
    assert [each for each in Code(admin.text).found if each != "script"] == []
    assert "alert(1)</script>" not in admin.text
    [entry] = feedparser.parse(feed.content, sanitize_html=False).entries
    assert Code(entry.content[0].value).found == []
    assert "761933" not in page.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_pasted_is_stored_inert(payload):
    for block in BLOCKS:
        for name, fields in hostile_fields(block, payload):
            if isinstance(block._meta.get_field(name), RichTextField):
                row = block(parent=make_draft(), region="main", **fields)
                row.clean_fields(exclude=["image", "file"])
                assert Code(getattr(row, name)).found == []


def test_a_file_name_never_reaches_a_page(client, staff_client):
    article = make_draft()
    name = '"><img src=x onerror=alert(1)>.mp4'
    upload = SimpleUploadedFile(name, mp4())

    staff_client.post(change_url(article), form_of(article, **posted(file=upload)))
    block = VideoBlock.objects.get()
    publish(article, by=None)

    assert re.fullmatch(r"videos/[0-9a-f]{32}\.mp4", block.file.name)
    for page in [article.get_absolute_url(), change_url(article), "/feeds/articles/"]:
        assert "onerror" not in staff_client.get(page).text


def test_the_feeds_own_filter_lets_no_code_through():
    for payload in PAYLOADS:
        assert Code(CLEANER.clean(payload)).found == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])  # fmt: skip
def test_a_reference_cannot_lead_to_code(staff_client, url):
    article = make_draft(referenced=False)
    row = {"references-TOTAL_FORMS": 1, "references-0-position": 0}
    row |= {"references-0-title": "x", "references-0-url": url}

    response = staff_client.post(change_url(article), form_of(article, **row))

    assert response.status_code == 200
    assert not Reference.objects.exists()
