"""What an uploaded file tells of who made it, where and when is in no public copy of it, in whatever part it stood."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kneecare.media import videos
from kneecare.media.reencode import reencode
from tests.articles.videos import UNKNOWN_SIZE, box, element, webm
from tests.factories import make_upload

pytestmark = pytest.mark.same_on_any_database("files")

PLACE = b"+33.4484-112.0740/ Rae"
TAGS = element("1254c367", element("7373", element("67c8", element("45a3", b"LOCATION") + element("4487", PLACE))))  # fmt: skip
VORBIS = (
    b"\x02\x1e\x05\x01vorbis-identification"
    + b"\x03vorbis" + len(PLACE).to_bytes(4, "little") + PLACE
    + (1).to_bytes(4, "little") + (len(PLACE) + 7).to_bytes(4, "little") + b"ARTIST=" + PLACE + b"\1"
    + b"\x05vorbis-setup"
)  # fmt: skip
WEBM_PLACES = {
    "tags after the pictures": {"after": TAGS},
    "tags beside its length": {"inside": TAGS},
    "its title": {"inside": element("7ba9", PLACE)},
    "the day it was filmed": {"inside": element("4461", PLACE[:8])},
    "the program that wrote it": {"inside": element("4d80", PLACE)},
    "the name of a track": {"tracks": element("536e", PLACE)},
    "an attached file": {"after": element("1941a469", PLACE)},
    "a chapter": {"after": element("1043a770", PLACE)},
    "an element that nobody knows": {"after": element("4dbb", PLACE)},
    "an element among the pictures": {"in_cluster": element("4dbb", PLACE)},
    "a gap": {"after": element("ec", PLACE)},
    "a check sum's place": {"after": element("bf", PLACE)},
    "the tags of its sound": {"tracks": element("63a2", VORBIS), "codec": b"A_VORBIS"},
}


def long(*numbers):
    return b"".join(number.to_bytes(4, "big") for number in numbers)


def video_track(*more, handler=b"vide", tables=b""):
    media = box(b"mdhd", bytes(24)) + box(b"hdlr", bytes(8) + handler + bytes(12) + b"Core Media" * more.count("named"))  # fmt: skip
    media += box(b"minf", box(b"stbl", box(b"stsd", b"avc1") + tables))
    return box(b"trak", box(b"tkhd", bytes(84)) + box(b"mdia", media))


def filmed(*, top=b"", moov=b"", trak=b"", mdia=b"", stbl=b"", hdlr=b"", mdat=b"pictures"):  # fmt: skip
    """An MP4 file with room for something private in each of its parts."""
    tables = box(b"stbl", box(b"stsd", b"avc1") + stbl)
    media = box(b"mdhd", bytes(24)) + box(b"hdlr", bytes(8) + b"vide" + bytes(12) + hdlr) + box(b"minf", tables) + mdia  # fmt: skip
    track = box(b"trak", box(b"tkhd", bytes(84)) + box(b"mdia", media) + trak)
    index = box(b"moov", box(b"mvhd", bytes(100)) + track + moov)
    return box(b"ftyp", b"isom" + bytes(4) + b"isommp42") + index + box(b"mdat", mdat) + top  # fmt: skip


MP4_PLACES = {
    **{f"{kind.decode('latin-1')} in {part}": {part: box(kind, PLACE)} for part in ["top", "moov", "trak", "mdia", "stbl"] for kind in [b"udta", b"meta", b"uuid", b"free", b"skip", b"\xa9xyz"]},
    "the name of a track": {"hdlr": PLACE},
}  # fmt: skip


def public(content, name="video.mp4"):
    return videos.validated_video(ContentFile(content, name=name)).read()


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("given", WEBM_PLACES.values(), ids=WEBM_PLACES)
def test_no_part_of_a_webm_file_tells_it(given, live):
    before = webm(live=live, **given)

    after = public(before)

    assert PLACE[:8] not in after
    assert b"Rae" not in after
    assert len(after) == len(before)
    for played in [b"picture", b"webm", given.get("codec", b"V_VP9")]:
        assert [i for i in range(len(after)) if after.startswith(played, i)] == [i for i in range(len(before)) if before.startswith(played, i)]  # fmt: skip


def test_a_webm_file_that_is_clean_stays_as_it_is():
    once = public(webm(after=TAGS))

    assert public(once) == once


@pytest.mark.parametrize(
    "content",
    [
        webm()[:-3],
        webm() + b"\0\0",
        webm() + b"<script>",
        webm(after=element("ae", size=UNKNOWN_SIZE)),
        webm(after=element("4dbb", size=(1 << 56) + 999)),
        webm(tracks=element("63a2", b"\x03vorbis" + b"\xff" * 12)),
    ],
)
def test_a_webm_file_whose_parts_do_not_fit_is_refused(content):
    with pytest.raises(ValidationError) as refused:
        public(content)

    assert refused.value.messages == [videos.UNKNOWN]


@pytest.mark.parametrize("given", MP4_PLACES.values(), ids=MP4_PLACES)
def test_no_part_of_an_mp4_file_tells_it(given):
    before = filmed(**given)

    after = public(before)

    assert PLACE not in after
    assert len(after) == len(before)
    assert after.index(b"pictures") == before.index(b"pictures")


def test_no_track_that_nobody_sees_tells_it():
    """A phone's and an action camera's track of places, whose samples stand among the pictures."""
    picture, place = b"picture1", PLACE
    head = box(b"ftyp", b"isom" + bytes(4) + b"isommp42")

    def index(data):
        at = {"stco": box(b"stco", long(0, 2, data + 8, data + 38)), "stsz": box(b"stsz", long(0, 0, 2, 22, 22)), "stsc": box(b"stsc", long(0, 1, 1, 1, 1))}  # fmt: skip
        return box(b"moov", box(b"mvhd", bytes(100)) + video_track() + video_track(handler=b"meta", tables=b"".join(at.values())))  # fmt: skip

    begins = len(head) + len(index(0)) + 8
    before = head + index(begins) + box(b"mdat", picture + place + b"pictures" + place)

    after = public(before)

    assert PLACE not in after
    assert after.count(b"trak") == 1
    assert after.index(picture) == before.index(picture)
    assert after.index(b"pictures") == before.index(b"pictures")


def test_a_track_that_nobody_sees_in_a_file_of_fragments_is_refused():
    track = video_track(handler=b"meta")

    with pytest.raises(ValidationError):
        public(filmed(moov=track, top=box(b"moof")))


def test_when_an_mp4_file_was_made_is_not_told():
    dated = filmed().replace(box(b"mdhd", bytes(24)), box(b"mdhd", bytes(4) + b"WHENWHEN" + bytes(12)))  # fmt: skip

    assert b"WHEN" not in public(dated)


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT - by Rae at home\n\n00:00.000 --> 00:02.000\nStand up.\n",
        "WEBVTT\nAuthor: Rae\n\n00:00.000 --> 00:02.000\nStand up.\n",
        "\ufeffWEBVTT\r\n\r\nNOTE Rae,\r\nat home\r\n\r\n00:00.000 --> 00:02.000\r\nStand up.\r\n",
        "WEBVTT\n\nSTYLE\n/* Rae */\n\n00:00.000 --> 00:02.000\nStand up.\n",
        "WEBVTT\n00:00.000 --> 00:02.000\nStand up.\n\nNOTE\nRae",
    ],
)
def test_captions_hold_what_is_said_and_nothing_else(text):
    given = SimpleUploadedFile("a.vtt", text.encode())

    stored = videos.validated_captions(given)

    assert stored.read() == b"WEBVTT\n\n00:00.000 --> 00:02.000\nStand up.\n"
    assert stored.size == 42


def test_a_line_that_is_called_a_note_but_has_its_times_is_kept():
    text = b"WEBVTT\n\nNOTE\n00:00.000 --> 00:02.000\nStand up.\n"

    assert videos.validated_captions(ContentFile(text)).read() == text


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_no_part_of_a_picture_tells_it(format):
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = PLACE.decode()
    told = {"exif": exif, "comment": PLACE, "xmp": PLACE, "icc_profile": PLACE}

    stored = reencode(make_upload(format=format, **told)).read()

    assert b"Rae" not in stored
    assert Image.open(io.BytesIO(stored)).info.keys() <= {"background", "loop", "timestamp", "duration"}  # fmt: skip


@pytest.mark.parametrize("size", [(300, 6000), (6000, 300), (40, 900)])
def test_a_picture_that_would_be_a_thread_is_refused_with_the_reason(size):
    with pytest.raises(ValidationError) as refused:
        reencode(make_upload(size))

    assert refused.value.messages == [
        f"This picture is {size[0]} by {size[1]} pixels: too narrow to be seen on a page. "
        "Cut it into parts that are at most 4 times as long as they are wide."
    ]


@pytest.mark.parametrize("size", [(300, 1200), (1200, 300), (600, 2400)])
def test_a_long_picture_that_can_be_seen_is_shown(size):
    with Image.open(reencode(make_upload(size))) as stored:
        assert min(stored.size) >= 300
