"""Uploaded videos: validated by content, without the place they were filmed at, shown as long as their article is."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from articles.models import VideoBlock
from kneecare.media import videos
from kneecare.publishing.publish import publish, take_down
from tests.articles.admin.test_article import change_url, form_of
from tests.articles.videos import CAPTIONS, WEBM, box, mp4
from tests.factories import make_draft

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("files, and pages as they are drawn"),
]
SILENT = {"title": "Stand up", "has_no_speech": True}
PREFIX = "articles_videoblock_set"


def file(content, name="video.mp4"):
    return ContentFile(content, name=name)


def make_video(**fields):
    article = make_draft()
    given = {"file": file(mp4(), "a.mp4")} | SILENT | fields
    return VideoBlock.objects.create(
        parent=article, region="main", ordering=20, **given
    )


def posted(**fields):
    row = {"id": "", "region": "main", "ordering": 20, **SILENT, **fields}
    return {f"{PREFIX}-TOTAL_FORMS": 1} | {
        f"{PREFIX}-0-{name}": value for name, value in row.items()
    }


@pytest.mark.parametrize(("content", "ending"), [(mp4(), "mp4"), (WEBM, "webm")])
def test_a_video_is_known_by_its_content_and_named_by_us(content, ending):
    found = videos.validated_video(file(content, '"><script>alert(1)</script>.html'))

    name, _, found_ending = found.name.rpartition(".")
    assert (len(name), found_ending) == (32, ending)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", videos.UNKNOWN),
        (b"<html><script>alert(1)</script>", videos.UNKNOWN),
        (b"MZ" + bytes(100), videos.UNKNOWN),
        (mp4(brand=b"qt  "), videos.UNKNOWN),
        (mp4(extra=b"<script>alert(1)</script>"), videos.UNKNOWN),
        (mp4(extra=b"\x00\x00\x00\x04free"), videos.UNKNOWN),
        (mp4()[:-4], videos.UNKNOWN),
        (box(b"ftyp", b"isom" + bytes(12)), videos.UNKNOWN),
        (mp4(codec=b"hvc1"), videos.UNPLAYABLE),
    ],
)
def test_what_is_no_video_that_plays_is_refused(content, message):
    with pytest.raises(ValidationError) as refused:
        videos.validated_video(file(content))

    assert refused.value.messages == [message]


def test_a_video_that_is_too_large_is_refused_unread():
    large = file(mp4())
    large.size = videos.MAX_BYTES + 1

    with pytest.raises(ValidationError, match="larger than 100 MB"):
        videos.validated_video(large)


def test_the_place_where_it_was_filmed_is_wiped_and_nothing_else_moves():
    before = mp4(extra=box(b"uuid", b"GPS+33.4484"))

    after = videos.validated_video(file(before)).read()

    assert b"+33.4484" not in after
    assert len(after) == len(before)
    assert b"pictures and sound" in after
    assert after.index(b"mdat") == before.index(b"mdat")


@pytest.mark.parametrize("content", [b"", b"<script>", b"WEBVTTx", b"\xff\xfe", bytes(600_000)])  # fmt: skip
def test_captions_that_are_none_are_refused(content):
    with pytest.raises(ValidationError):
        videos.validated_captions(file(content))


def test_captions_with_a_byte_order_mark_pass():
    assert videos.validated_captions(file(b"\xef\xbb\xbf" + CAPTIONS)).name.endswith(
        ".vtt"
    )


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"file": ""}, "a_video_is_ours_or_elsewhere"),
        ({"url": "https://youtu.be/x"}, "a_video_is_ours_or_elsewhere"),
        ({"file": "", "url": "https://evil.example/x"}, "a_video_elsewhere_is_where_we_know_it"),
        ({"file": "", "url": "http://youtu.be/x"}, "a_video_elsewhere_is_where_we_know_it"),
        ({"file": "", "url": "https://youtu.be.evil.example/x"}, "a_video_elsewhere_is_where_we_know_it"),
        ({"has_no_speech": False}, "a_video_says_in_words_what_is_said"),
    ],
)  # fmt: skip
def test_the_database_refuses_half_a_video(fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_video(**fields)


def test_an_editor_uploads_a_video(staff_client):
    article = make_draft()
    upload = SimpleUploadedFile("My clip.mov", mp4(), content_type="text/html")

    staff_client.post(change_url(article), form_of(article, **posted(file=upload)))

    block = VideoBlock.objects.get()
    assert block.file.name.startswith("videos/")
    assert block.file.name.endswith(".mp4")
    with block.file.open() as stored:
        assert b"+33.4484" not in stored.read()
    block.file.close()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "one of the two"),
        ({"url": "https://evil.example/x"}, "on YouTube or Vimeo"),
        ({"url": "https://youtu.be/x", "has_no_speech": ""}, "Write down what is said"),
        ({"file": io.BytesIO(b"no video")}, "not an MP4 or WebM video"),
    ],
)
def test_half_a_video_comes_back_with_a_message(staff_client, fields, message):
    article = make_draft()
    if "file" in fields:
        fields = {"file": SimpleUploadedFile("x.mp4", fields["file"].getvalue())}

    response = staff_client.post(
        change_url(article), form_of(article, **posted(**fields))
    )

    assert response.status_code == 200
    assert message in response.text
    assert not VideoBlock.objects.exists()


def address(block):
    return f"/media/{block.file.name}"


def read(response):
    return b"".join(response.streaming_content)


def test_a_video_can_be_loaded_as_long_as_a_published_article_shows_it(client, staff):
    block = make_video()
    assert client.get(address(block)).status_code == 404

    publish(block.parent, by=None)
    response = client.get(address(block), headers={"accept-encoding": "gzip"})
    assert (response.status_code, response["Content-Type"]) == (200, "video/mp4")
    assert response["Cache-Control"] == "public, no-cache"
    assert "Content-Encoding" not in response
    assert read(response) == mp4()

    take_down(block.parent, by=None)
    assert client.get(address(block)).status_code == 404
    client.force_login(staff)
    response = client.get(address(block))
    assert response["Cache-Control"] == "private, no-store"
    response.close()


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=4-", 206, slice(4, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=0-99999", 206, slice(None)),
        ("bytes=junk", 200, slice(None)),
        ("bytes=0-1,3-4", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("bytes=5-2", 200, slice(None)),
    ],
)
def test_a_browser_gets_the_part_of_a_video_that_it_asks_for(
    client, asked, status, part
):
    block = make_video()
    publish(block.parent, by=None)

    response = client.get(address(block), headers={"range": asked})

    wanted = mp4()[part]
    assert response.status_code == status
    assert int(response["Content-Length"]) == len(wanted)
    assert read(response) == wanted


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=-0"])
def test_a_part_that_a_video_does_not_have_is_refused(client, asked):
    block = make_video()
    publish(block.parent, by=None)

    response = client.get(address(block), headers={"range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(mp4())}"


@pytest.mark.parametrize("name", ["..%2f..%2fsettings.py", "..", "a%00b", "x" * 300])
def test_no_name_leads_out_of_the_folder(client, name):
    assert client.get(f"/media/videos/{name}").status_code in [400, 404]
