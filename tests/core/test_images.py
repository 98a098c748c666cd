import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import modelform_factory
from PIL import Image

from articles.models import ImageBlock
from kneecare.clinic.models import Clinician
from kneecare.core.images import redraw


def picture(format="JPEG", size=(64, 48), **options):
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, format, **options)
    return file.getvalue()


def upload(content, name="knee.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def refusal(content, name="knee.jpg"):
    with pytest.raises(ValidationError) as refused:
        redraw(upload(content, name))
    return refused.value.message


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_redraw_judges_by_content_and_not_by_name(format):
    drawn = redraw(upload(picture(format), name="notes.txt"))

    assert Image.open(drawn).format == "WEBP"
    assert drawn.name.endswith(".webp")
    assert "notes" not in drawn.name


def test_redraw_drops_what_the_camera_wrote():
    exif = Image.Exif()
    exif[0x010F] = "A camera with a GPS"
    with_exif = picture(exif=exif)
    assert Image.open(io.BytesIO(with_exif)).getexif()

    drawn = redraw(upload(with_exif))

    assert not Image.open(drawn).getexif()
    assert b"GPS" not in drawn.file.getvalue()


def test_redraw_turns_a_picture_the_way_its_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side

    drawn = redraw(upload(picture(size=(64, 48), exif=exif)))

    assert Image.open(drawn).size == (48, 64)


def test_redraw_makes_a_large_picture_smaller():
    drawn = redraw(upload(picture(size=(4000, 1000))))

    assert Image.open(drawn).size == (2000, 500)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        picture("GIF"),
        picture("BMP"),
        picture()[:200],
    ],
    ids=["empty", "text", "svg", "eps", "gif", "bmp", "cut short"],
)
def test_redraw_refuses_what_is_no_picture_of_ours(content):
    assert (
        refusal(content)
        == "This file is not a JPEG, PNG or WebP picture that can be read."
    )


def test_redraw_refuses_too_many_pixels():
    assert "pixels" in refusal(picture("PNG", size=(9000, 5000)))


def test_redraw_refuses_a_decompression_bomb():
    assert "pixels" in refusal(picture("PNG", size=(20000, 20000)))


def test_redraw_refuses_too_many_bytes():
    assert "10 MB" in refusal(picture() + b"\0" * 10_000_000)


@pytest.mark.parametrize("fault", [TypeError, KeyError, ZeroDivisionError])
def test_redraw_refuses_whatever_a_hostile_file_makes_the_library_raise(
    monkeypatch, fault
):
    def fail(*args, **kwargs):
        raise fault

    monkeypatch.setattr("kneecare.core.images.ImageOps.exif_transpose", fail)

    assert "can be read" in refusal(picture())


@pytest.mark.django_db
def test_a_form_answers_a_bomb_with_a_message_before_anything_decodes_it():
    form = modelform_factory(ImageBlock, fields=["image", "alt"])(
        {"alt": "A knee"}, {"image": upload(picture("PNG", size=(20000, 20000)))}
    )

    assert "pixels" in form.errors["image"][0]


@pytest.mark.django_db
def test_a_form_stores_the_size_of_the_picture_that_it_drew():
    form = modelform_factory(ImageBlock, fields=["image", "alt"])(
        {"alt": "A knee"}, {"image": upload(picture(size=(4000, 1000)))}
    )

    block = form.save(commit=False)

    assert (block.width, block.height) == (2000, 500)


@pytest.mark.django_db
def test_a_polyglot_keeps_nothing_but_its_picture():
    file = upload(picture() + b"<script>alert(1)</script>", name="x.html")
    clinician = Clinician(name="Ada", slug="ada", portrait=file)
    clinician.full_clean()
    clinician.save()

    with clinician.portrait.open() as file:
        stored = file.read()

    assert b"script" not in stored
    assert clinician.portrait.name.endswith(".webp")
