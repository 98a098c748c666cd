"""What becomes of an upload before it is kept: refused, or drawn again with nothing that came along."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import modelform_factory
from PIL import Image, ImageCms

from articles.models import ImageBlock
from kneecare.clinic.models import Clinician
from kneecare.media.reencode import reencode

pytestmark = pytest.mark.same_on_any_database("what is drawn from an upload")

UNREADABLE = "This file is not a JPEG, PNG or WebP picture that can be read."


def picture(format="JPEG", size=(64, 48), mode="RGB", **options):
    file = io.BytesIO()
    Image.new("RGB", size, "teal").convert(mode).save(file, format, **options)
    return file.getvalue()


def upload(content, name="knee.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def refusal(content, name="knee.jpg"):
    with pytest.raises(ValidationError) as refused:
        reencode(upload(content, name))
    return refused.value.message


def colour(content, at=(0, 0)):
    return Image.open(reencode(upload(content))).getpixel(at)


def frames(format, count=3):
    file = io.BytesIO()
    first, *others = [Image.new("RGB", (20, 20), (i * 40, 0, 0)) for i in range(count)]
    first.save(file, format, save_all=True, append_images=others)
    return file.getvalue()


def png(width, height, data=b"", kind=b"\x08\x02"):
    """A PNG file that says it is ``width`` by ``height``, whatever it holds."""

    def chunk(name, content):
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = struct.pack(">II", width, height) + kind + b"\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("Program.class", "cafebabe")
    return file.getvalue()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("name", ["notes.txt", "x.svg", "x.html", "x"])
def test_reencode_judges_by_content_and_not_by_name(format, name):
    drawn = reencode(upload(picture(format), name=name))

    assert Image.open(drawn).format == "WEBP"
    assert len(drawn.name) == 37
    assert drawn.name.endswith(".webp")


def test_reencode_drops_what_the_camera_wrote():
    exif = Image.Exif()
    exif[0x010F] = "A camera of Jane Doe"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (33.0, 26.0, 54.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = picture(exif=exif, icc_profile=profile, comment=b"taken at home")
    assert Image.open(io.BytesIO(file)).getexif().get_ifd(0x8825)[2]

    drawn = reencode(upload(file))

    stored = drawn.file.getvalue()
    assert not Image.open(io.BytesIO(stored)).getexif()
    # VP8 is the chunk with the pixels: there is no room for EXIF, XMP or a colour profile.
    assert stored[12:16] == b"VP8 "
    assert len(stored) == 20 + struct.unpack("<I", stored[16:20])[0]
    for trace in [b"Jane", b"Exif", b"ICCP", b"at home"]:
        assert trace in file or trace == b"ICCP"
        assert trace not in stored


def test_reencode_turns_a_picture_the_way_its_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side

    drawn = reencode(upload(picture(size=(64, 48), exif=exif)))

    assert Image.open(drawn).size == (48, 64)


def test_reencode_makes_a_large_picture_smaller():
    drawn = reencode(upload(picture(size=(4000, 1000))))

    assert Image.open(drawn).size == (2000, 500)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        picture("GIF"),
        picture("GIF") + zipped(),
        picture("BMP"),
        picture("TIFF"),
        picture("ICO"),
        picture()[:200],
        picture("PNG", size=(500, 500))[:-40],
        picture("WEBP")[:60],
        b"RIFF\xff\xff\xff\xffWEBPVP8X",
        png(64, 48, b"\0"),
    ],
    ids=[
        "empty",
        "text",
        "svg",
        "svg as xml",
        "eps",
        "gif",
        "gifar",
        "bmp",
        "tiff",
        "ico",
        "jpeg cut short",
        "png cut short",
        "webp cut short",
        "webp head only",
        "png with too few pixels",
    ],
)
@pytest.mark.parametrize("name", ["knee.jpg", "knee.png"])
def test_reencode_refuses_what_is_no_picture_of_ours(content, name):
    assert refusal(content, name) == UNREADABLE


@pytest.mark.parametrize("size", [(9000, 5000), (10000, 9000), (20000, 20000)])
def test_reencode_refuses_too_many_pixels(size):
    assert "40 million" in refusal(png(*size))


def test_reencode_takes_a_bomb_for_what_it_says_and_never_unpacks_it():
    bomb = png(60_000, 60_000, b"\0" * 50_000_000)

    assert len(bomb) < 100_000
    assert "40 million" in refusal(bomb)


def test_reencode_refuses_a_webp_that_claims_the_largest_canvas_there_is():
    canvas = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + b"\xfe\x3f\0" * 2
    body = b"WEBP" + canvas + picture("WEBP")[12:]

    message = refusal(b"RIFF" + struct.pack("<I", len(body)) + body)

    assert message == UNREADABLE or "40 million" in message


@pytest.mark.parametrize(("extra", "is_refused"), [(0, False), (1, True)])
def test_reencode_refuses_one_byte_too_many(extra, is_refused):
    content = picture()
    content += b"\0" * (10_000_000 + extra - len(content))

    if is_refused:
        assert "10 MB" in refusal(content)
    else:
        assert reencode(upload(content))


@pytest.mark.parametrize(
    "stowaway",
    [
        b"<html><script>alert(1)</script>",
        b"<SCRIPT SRC=//example.com>",
        b"<!DOCTYPE html>",
        b"<?php system($_GET[0]);",
        b"%PDF-1.7\n",
        b"<svg onload='x' xmlns='http://www.w3.org/2000/svg'>",
        zipped(),
    ],
    ids=["html", "script", "doctype", "php", "pdf", "svg", "zip"],
)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_reencode_refuses_a_picture_that_is_something_else_too(format, stowaway):
    assert "more than a picture" in refusal(picture(format) + stowaway)


def test_reencode_refuses_a_page_in_what_the_camera_wrote():
    exif = Image.Exif()
    exif[0x010E] = "<script >alert(1)</script>"

    assert "more than a picture" in refusal(picture(exif=exif))


def test_reencode_refuses_a_jpeg_whose_first_bytes_open_a_comment():
    """A length of 0x2F2A reads "/*": with it a picture runs as a script."""
    jpeg = picture()
    length = struct.unpack(">H", jpeg[4:6])[0]
    padded = (
        jpeg[:4] + b"/*" + jpeg[6 : 4 + length].ljust(0x2F2A - 2, b"\0") + jpeg[20:]
    )
    assert Image.open(io.BytesIO(padded)).load()

    assert "more than a picture" in refusal(padded)


def test_reencode_takes_a_photo_with_a_maker_s_trailer_and_drops_it():
    drawn = reencode(upload(picture() + b"SEFT\x00\x00ftypmp42" * 50))

    assert b"SEFT" not in drawn.file.getvalue()


@pytest.mark.parametrize("format", ["WEBP", "PNG"])
def test_reencode_refuses_a_picture_that_moves(format):
    assert "moves" in refusal(frames(format))


def test_reencode_takes_the_photograph_of_a_camera_that_took_several_views():
    assert colour(frames("MPO")) == (0, 0, 0)


@pytest.mark.parametrize(
    ("format", "mode"),
    [
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "1"),
        ("PNG", "L"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "RGBA"),
        ("PNG", "I;16"),
        ("WEBP", "RGBA"),
    ],
)
def test_reencode_takes_every_kind_of_pixel(format, mode):
    file = io.BytesIO()
    grey = Image.new("L", (64, 48), 128)
    if mode == "I;16":
        Image.new("I;16", (64, 48), 128 * 257).save(file, format)
    elif mode == "P":
        grey.convert("RGB").quantize(4).save(file, format)
    else:
        grey.convert("RGB").convert(mode).save(file, format)

    drawn = Image.open(reencode(upload(file.getvalue())))

    assert drawn.mode == "RGB"
    darkest, lightest = drawn.convert("L").getextrema()
    assert (darkest >= 123 and lightest <= 133) or mode == "1"


def test_reencode_puts_what_is_transparent_on_white():
    palette = Image.new("P", (64, 48), 0)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    file = io.BytesIO()
    palette.save(file, "PNG", transparency=0)

    assert colour(file.getvalue()) == (255, 255, 255)
    assert colour(picture("PNG", mode="RGBA"))[0] < 20


def test_reencode_brings_the_colours_of_another_profile_to_those_of_the_web():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A profile whose red and green have changed places: teal, read by it, is purple.
    swapped = (
        srgb.replace(b"rXYZ", b"?").replace(b"gXYZ", b"rXYZ").replace(b"?", b"gXYZ")
    )

    red, green, blue = colour(picture("PNG", icc_profile=swapped))

    assert min(red, blue) > 100 > 30 > green


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_reencode_does_without_a_profile_that_does_not_fit(mode):
    for profile in [
        b"not a profile",
        ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
    ]:
        content = picture("PNG", mode=mode, icc_profile=profile)

        assert colour(content) == colour(picture("PNG", mode=mode))


@pytest.mark.parametrize("fault", [TypeError, KeyError, ZeroDivisionError, MemoryError])
def test_reencode_refuses_whatever_a_hostile_file_makes_the_library_raise(
    monkeypatch, fault
):
    def fail(*args, **kwargs):
        raise fault

    monkeypatch.setattr("kneecare.media.reencode.ImageOps.exif_transpose", fail)

    assert "can be read" in refusal(picture())


def form_of(content, name="knee.jpg"):
    fields = ["image", "alt", "focus_x", "focus_y"]
    words = {"alt": "A knee", "focus_x": "50", "focus_y": "50"}
    return modelform_factory(ImageBlock, fields=fields)(
        words, {"image": upload(content, name)}
    )


@pytest.mark.django_db
def test_a_form_answers_a_bomb_with_a_message_before_anything_decodes_it():
    form = form_of(png(20000, 20000))

    assert "pixels" in form.errors["image"][0]


@pytest.mark.django_db
def test_a_form_stores_the_size_of_the_picture_that_it_drew():
    block = form_of(picture(size=(4000, 1000))).save(commit=False)

    assert (block.width, block.height) == (2000, 500)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        '"><script>alert(1)</script>.jpg',
        "../../x.jpg",
        "k" * 300,
        "a\u202egpj.exe",
        "a\nb",
    ],
)
def test_a_form_takes_no_part_of_a_file_s_name(name):
    form = form_of(picture(), name)

    assert form.is_valid(), form.errors
    block = form.save(commit=False)
    assert len(block.image.name) == 37
    assert block.image.name.removesuffix(".webp").isalnum()


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["101", "-1", "x", ""])
def test_a_form_refuses_a_focal_point_that_is_not_on_the_picture(value):
    form = form_of(picture())
    form.data["focus_x"] = value

    assert list(form.errors) == ["focus_x"]


@pytest.mark.django_db
@pytest.mark.parametrize("is_cleaned", [True, False])
def test_what_a_model_is_given_past_every_form_is_drawn_again_too(is_cleaned):
    portrait = upload(picture() + b"SEFT", name="x.html")
    clinician = Clinician(name="Ada", slug="ada", portrait=portrait)
    if is_cleaned:
        clinician.full_clean()
    clinician.save()

    with clinician.portrait.open() as file:
        stored = file.read()

    assert b"SEFT" not in stored
    assert clinician.portrait.name.startswith("pictures/")
    assert clinician.portrait.name.endswith(".webp")
