"""What nobody would want back goes: old saves of a page, and files that no page shows. All else stays."""

import shutil
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import IntegrityError
from django.utils import timezone

from articles.models import VideoBlock
from kneecare.clinic.jobs import prune_saves
from kneecare.clinic.models import Clinic
from kneecare.core.admin.urls import admin_url
from kneecare.media import names, unused
from kneecare.media.jobs import sweep_unused
from kneecare.media.models import Picture
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.publish import make_version, publish, save_revision, take_down
from kneecare.publishing.restore import GONE, restore
from kneecare.publishing.retention import pruning
from kneecare.publishing.schedule import schedule
from tests.admin_forms import filled
from tests.articles.videos import CAPTIONS, mp4
from tests.factories import (
    make_clinic,
    make_clinician,
    make_draft,
    make_exercise,
    make_image_block,
    make_routine,
    make_upload,
)
from tests.files import date_files_now

pytestmark = pytest.mark.django_db
NOW = datetime(2090, 6, 15, 18, tzinfo=UTC)  # 11 in the morning in Phoenix
DRAFTS = [
    make_draft,
    partial(make_exercise, published_at=None),
    partial(make_routine, published_at=None),
]
YEAR = 365


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


@pytest.fixture(params=DRAFTS, ids=["article", "exercise", "routine"])
def page(request):
    """A draft without a single save."""
    return request.param()


def saved(page, *, at=None, **ago):
    """A save of ``page`` at a time, or so long before now."""
    with time_machine.travel(at or NOW - timedelta(**ago), tick=False):
        page.count_save(by=None)
        page.save()
        return save_revision(page, by=None)


def prune(at=NOW):
    with time_machine.travel(at, tick=False):
        prune_saves()


def kept(*versions):
    return [type(each).objects.filter(pk=each.pk).exists() for each in versions]


def test_every_save_of_the_last_30_days_is_kept(page):
    saves = [saved(page, days=20, minutes=-n) for n in range(5)]
    saves += [saved(page, days=n) for n in (2, 1)]

    prune()

    assert kept(*saves) == [True] * 7


def test_of_older_saves_the_last_of_each_day_is_kept(page):
    first, second, last = [saved(page, days=60, minutes=-n) for n in range(3)]
    other = saved(page, days=59)
    now = saved(page)

    prune()

    assert kept(first, second, last, other, now) == [False, False, True, True, True]


def test_a_day_is_one_of_the_clinics_clock(page):
    evening = saved(page, at=datetime(2090, 3, 2, 6, 30, tzinfo=UTC))  # Mar 1, 23:30
    night = saved(page, at=datetime(2090, 3, 2, 7, 30, tzinfo=UTC))  # Mar 2, 0:30
    late = saved(page, at=datetime(2090, 3, 3, 6, 30, tzinfo=UTC))  # Mar 2, 23:30
    saved(page)

    prune()

    assert kept(evening, night, late) == [True, False, True]


def test_of_what_is_older_than_a_year_only_what_was_made_for_patients_is_kept(page):
    save = saved(page, days=YEAR + 60)
    with time_machine.travel(NOW - timedelta(days=YEAR + 40)):
        version = publish(page, by=None)
    later = saved(page, days=YEAR + 20)
    saved(page, days=40)
    saved(page)

    prune()

    assert kept(save, version, later) == [False, True, False]


def test_all_that_patients_ever_read_is_kept_for_good(page):
    with time_machine.travel(NOW - timedelta(days=3000)):
        versions = [publish(page, by=None) for _ in range(3)]
        take_down(page)
    saved(page)

    prune()

    assert kept(*versions) == [True] * 3


def test_a_number_alone_keeps_a_version():
    draft = make_draft()
    with time_machine.travel(NOW - timedelta(days=3000)):
        version = make_version(draft, by=None)
    saved(draft, days=2900)
    saved(draft)

    prune()

    assert kept(version) == [True]


def test_the_only_save_of_a_page_is_kept_however_old_it_is(page):
    save = saved(page, days=4000)

    prune()

    assert kept(save) == [True]


def test_what_somebody_may_still_have_open_is_kept(page):
    """The draft was as this save until another came yesterday: who opened it before is shown the difference."""
    opened = saved(page, days=4000)
    saved(page, days=1)

    prune()

    assert kept(opened) == [True]


def test_what_is_planned_is_kept(page):
    with time_machine.travel(NOW - timedelta(days=800)):
        schedule(page, goes_live_at=NOW + timedelta(days=1), by=None)
    saved(page, days=700)
    saved(page)

    prune()

    page.refresh_from_db()
    assert kept(page.scheduled_version) == [True]


def test_a_save_that_the_history_names_is_kept_with_what_it_says(page):
    named, other = saved(page, days=800), saved(page, days=790)
    with time_machine.travel(NOW - timedelta(days=780)):
        restore(named, by=None)
    page.refresh_from_db()
    saved(page, days=700)
    saved(page)

    prune()

    assert kept(named, other) == [True, False]
    assert page.events.get(action="restored").version == named


def test_a_save_that_is_gone_cannot_be_brought_back_and_the_draft_stays(page, bob):
    old = saved(page, days=800)
    saved(page, days=700)
    saved(page)
    prune()

    with pytest.raises(Refused, match=GONE):
        restore(old, by=None)

    page.refresh_from_db()
    assert page.events.count() == 0
    url = admin_url(type(page), "restore", page.pk, old.pk)
    assert bob.post(url).status_code == 404


def test_one_transaction_deletes_a_few_saves_and_all_go(page, monkeypatch):
    saves = [saved(page, days=800, minutes=-n) for n in range(7)]
    saved(page)
    monkeypatch.setattr(pruning, "BATCH", 3)
    left = []
    delete_some = pruning._delete_some

    def counting(*args):
        delete_some(*args)
        left.append(sum(kept(*saves)))

    monkeypatch.setattr(pruning, "_delete_some", counting)

    prune()

    assert left[:2] == [4, 1]
    assert sum(kept(*saves)) == 1  # somebody may have it open


def test_staff_say_how_long_every_save_is_kept(page, clinic, bob):
    url = admin_url(Clinic, "change", clinic.pk)
    first, second = saved(page, days=60), saved(page, days=60, minutes=-1)
    saved(page, days=50)

    bob.post(url, filled(bob.get(url)) | {"all_saves_days": "90"})
    prune()
    assert kept(first, second) == [True, True]

    bob.post(url, filled(bob.get(url)) | {"all_saves_days": "7"})
    prune()
    assert kept(first, second) == [False, True]


@pytest.mark.parametrize("days", ["", "0", "6", "366", "-30", "many"])
def test_nobody_sets_a_number_of_days_that_loses_work(clinic, bob, days):
    url = admin_url(Clinic, "change", clinic.pk)

    answer = bob.post(url, filled(bob.get(url)) | {"all_saves_days": days})

    assert answer.status_code == 200
    assert "all_saves_days" in answer.context["adminform"].form.errors
    clinic.refresh_from_db()
    assert clinic.all_saves_days == 30


@pytest.mark.parametrize("days", [6, 366])
def test_the_database_refuses_it_too(clinic, days):
    with pytest.raises(IntegrityError, match="every_save_is_kept_7_to_365_days"):
        Clinic.objects.update(all_saves_days=days)


# Files


@pytest.fixture
def folders():
    """What other tests left is not the business of these."""
    for storage in [default_storage, storages["masters"]]:
        for folder in ["pictures", "videos"]:
            shutil.rmtree(storage.path(folder), ignore_errors=True)


def make_video(article, **fields):
    given = {
        "title": "Stand up",
        "has_no_speech": True,
        "file": ContentFile(mp4(), name="a.mp4"),
        "captions": ContentFile(CAPTIONS, name="a.vtt"),
        "poster": make_upload(),
    }
    return VideoBlock.objects.create(
        parent=article, region="main", ordering=20, **(given | fields)
    )


def files_of(video):
    poster = names.first(video.poster.name)
    return {video.file.name, video.captions.name, poster}


def stored(*paths):
    return {path for path in paths if default_storage.exists(path)}


def sweep(days=2):
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        sweep_unused()


def replaced(article):
    """The files of a video, and of that which takes its place."""
    video = make_video(article)
    old, master = files_of(video), video.poster.name
    yield old, master
    video.file = ContentFile(mp4(), name="b.mp4")
    video.captions = ContentFile(CAPTIONS, name="b.vtt")
    video.poster = make_upload()
    video.save()
    yield files_of(video), video.poster.name


def test_a_replaced_video_goes_with_its_captions_and_its_still_picture(folders):
    (old, old_master), (new, new_master) = replaced(make_draft())

    sweep()

    assert stored(*old, *new) == new
    assert not storages["masters"].exists(old_master)
    assert storages["masters"].exists(new_master)
    assert [picture.name for picture in Picture.objects.all()] == [new_master]


def test_a_replaced_portrait_goes(folders):
    clinician = make_clinician(portrait=make_upload())
    old = clinician.portrait.name
    clinician.portrait = make_upload()
    clinician.save()

    sweep()

    assert not storages["masters"].exists(old)
    assert stored(names.first(old), names.first(clinician.portrait.name)) == {
        names.first(clinician.portrait.name)
    }


@pytest.mark.parametrize("keep", [save_revision, publish])
def test_what_a_save_or_a_version_shows_stays(folders, keep):
    article = make_draft()
    steps = replaced(article)
    old, _ = next(steps)
    keep(article, by=None)
    new, _ = next(steps)
    save_revision(article, by=None)

    sweep()

    assert stored(*old, *new) == old | new


def test_what_was_taken_down_can_still_be_brought_back_with_its_video(folders):
    article = make_draft()
    video = make_video(article)
    version = publish(article, by=None)
    take_down(article)
    video.delete()
    article.count_save(by=None)
    article.save()
    save_revision(article, by=None)
    with time_machine.travel(timezone.now() + timedelta(days=2000)):
        prune_saves()
    sweep(days=2001)

    restore(version, by=None)

    back = VideoBlock.objects.get()
    assert stored(*files_of(back)) == files_of(back) == files_of(video)


def test_the_files_of_a_save_go_after_the_save(folders):
    article = make_draft()
    steps = replaced(article)
    old, _ = next(steps)
    saved(article, days=800)
    new, _ = next(steps)
    saved(article, days=700)
    saved(article)

    sweep()
    assert stored(*old, *new) == old | new

    prune()
    sweep()
    assert stored(*old, *new) == new


def test_what_was_uploaded_today_stays(folders):
    (old, _), (new, _) = replaced(make_draft())
    date_files_now()

    sweep(days=0.9)

    assert stored(*old, *new) == old | new


def test_an_upload_that_is_saved_while_files_are_looked_for_stays(folders, monkeypatch):
    names_in_use = unused._names_in_use
    made = []

    def then_an_upload():
        found = names_in_use()
        if not made:
            with time_machine.travel(timezone.now()):
                made.append(make_video(make_draft()))
        return found

    monkeypatch.setattr(unused, "_names_in_use", then_an_upload)

    sweep_unused()

    assert stored(*files_of(made[0])) == files_of(made[0])


@pytest.mark.parametrize("look", ["pictures", "videos"])
def test_a_file_that_a_page_shows_again_in_that_moment_stays(
    folders, monkeypatch, look
):
    video = make_video(make_draft())
    files = {"pictures": {names.first(video.poster.name)}}
    files["videos"] = files_of(video) - files["pictures"]
    VideoBlock.objects.filter(pk=video.pk).delete()
    names_in_use, looks = unused._names_in_use, iter(["pictures", "videos"])

    def then_it_is_back():
        found = names_in_use()
        if next(looks) == look:
            VideoBlock.objects.bulk_create([video])
        return found

    monkeypatch.setattr(unused, "_names_in_use", then_it_is_back)

    sweep()

    assert stored(*files[look]) == files[look]


def test_files_of_other_folders_are_not_looked_at(folders):
    default_storage.save("handouts/kept.pdf", ContentFile(b"x"))

    sweep(days=400)

    assert default_storage.exists("handouts/kept.pdf")
    default_storage.delete("handouts/kept.pdf")


def test_two_workers_sweep_at_once(folders, monkeypatch):
    (old, _), (new, _) = replaced(make_draft())
    image = make_image_block(make_draft())
    stray_files = unused.stray_files

    def twice():
        found = list(stray_files())
        for storage, path in stray_files():
            storage.delete(path)
        return found

    monkeypatch.setattr(unused, "stray_files", twice)

    sweep()

    assert stored(*old, *new, names.first(image.image.name)) == {
        *new,
        names.first(image.image.name),
    }
