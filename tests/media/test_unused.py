"""Files that nothing uses are found and removed; what any version needs stays."""

import io
import shutil
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.utils import timezone

from kneecare.media import names
from kneecare.media.models import Picture
from kneecare.publishing.publish import publish, take_down
from tests.factories import make_clinician, make_draft, make_image_block, make_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_strays():
    """What other tests left in the folders is not the business of these."""
    for storage in [default_storage, storages["masters"]]:
        for folder in ["pictures", "videos"]:
            shutil.rmtree(storage.path(folder), ignore_errors=True)


def clear(*arguments, days=2):
    out = io.StringIO()
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        call_command("unused_files", *arguments, stdout=out)
    return out.getvalue().splitlines()


def files(name):
    folder = names.stem(name)
    masters = [name] if storages["masters"].exists(name) else []
    served = default_storage.exists(names.first(name))
    return masters + ([names.first(name)] if served else []), folder


def dropped():
    """The name of a picture that nothing uses."""
    block = make_image_block(make_draft())
    block.delete()
    return block.image.name


def test_by_default_it_only_lists():
    name = dropped()

    lines = clear()

    assert lines == [name, "1 pictures, 0 stray files found; --delete removes them"]
    assert len(files(name)[0]) == 2


def test_delete_removes_the_row_the_master_and_every_rendition():
    name = dropped()

    lines = clear("--delete")

    assert lines[-1] == "1 pictures, 0 stray files removed"
    assert not Picture.objects.exists()
    assert files(name)[0] == []
    assert not default_storage.exists(files(name)[1])
    assert clear() == ["0 pictures, 0 stray files found; --delete removes them"]


def test_a_picture_of_today_may_belong_to_a_form_that_is_open():
    dropped()

    assert clear(days=0.9) == ["0 pictures, 0 stray files found; --delete removes them"]


def keep_in_a_working_copy():
    make_image_block(make_draft())


def keep_in_the_live_version():
    article = make_draft()
    block = make_image_block(article)
    publish(article, by=None)
    block.delete()


def keep_in_an_old_version():
    keep_in_the_live_version()
    article = Picture.objects.get().article_versions.get().page
    publish(article, by=None)
    take_down(article, by=None)


def keep_as_a_portrait():
    make_clinician(portrait=make_upload(), is_shown=False)


@pytest.mark.parametrize(
    "keep",
    [
        keep_in_a_working_copy,
        keep_in_the_live_version,
        keep_in_an_old_version,
        keep_as_a_portrait,
    ],
)
def test_what_is_used_anywhere_is_kept(keep):
    keep()
    name = Picture.objects.get().name

    clear("--delete")

    assert Picture.objects.exists()
    assert len(files(name)[0]) == 2


def test_what_a_failed_upload_left_is_removed_and_nothing_else():
    kept = make_image_block(make_draft()).image.name
    stray = "pictures/" + "a" * 32
    storages["masters"].save(f"{stray}.webp", io.BytesIO(b"x"))
    default_storage.save(f"{stray}/first.webp", io.BytesIO(b"x"))
    default_storage.save("handouts/other.pdf", io.BytesIO(b"x"))

    lines = clear("--delete")

    assert lines == [
        f"{stray}.webp",
        f"{stray}/first.webp",
        "0 pictures, 2 stray files removed",
    ]
    assert len(files(kept)[0]) == 2
    assert default_storage.exists("handouts/other.pdf")


def test_an_empty_site_has_none():
    assert clear() == ["0 pictures, 0 stray files found; --delete removes them"]
