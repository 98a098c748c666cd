"""The renditions of a picture: which there are, how they are cut, and that the worker draws each once."""

import io
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage, storages
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from PIL import Image

from articles.models import ImageBlock
from kneecare.clinic.models import Clinician
from kneecare.media import names as media_names
from kneecare.media import reencode, renditions
from kneecare.media.models import Picture, Rendition
from tests.factories import make_clinician, make_draft, make_image_block, make_upload

pytestmark = pytest.mark.django_db
State = Rendition.State


@pytest.fixture(autouse=True)
def time_enough(monkeypatch):
    """So that one round of the worker draws all, however slow the machine is."""
    monkeypatch.setattr(renditions, "BUDGET", 600)


@pytest.fixture
def block():
    return make_image_block(make_draft())


def names(state):
    rows = Rendition.objects.filter(state=state)
    return {
        name.partition("/")[2].partition("/")[2]
        for name in rows.values_list("name", flat=True)
    }


def opened(name):
    with default_storage.open(name) as file:
        return Image.open(io.BytesIO(file.read()))


def fail_with(monkeypatch, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("kneecare.media.renditions.reencode.rendition", fail)


def test_an_upload_has_one_rendition_at_once_and_the_others_wait(block):
    assert names(State.DRAWN) == {"first.webp"}
    assert names(State.WAITING) == {
        "400.webp",
        "1000.webp",
        "400.avif",
        "800.avif",
        "1000.avif",
        "social-50-50.jpg",
    }
    assert opened(media_names.first(block.image.name)).size == (800, 480)


@pytest.mark.parametrize(
    ("width", "widths", "first"),
    [
        (1, [1], 1),
        (399, [399], 399),
        (400, [400], 400),
        (801, [400, 800, 801], 800),
        (1600, [400, 800, 1200, 1600], 800),
        (2000, [400, 800, 1200, 1600], 800),
    ],
)
def test_a_picture_is_drawn_in_steps_and_never_wider_than_it_is(width, widths, first):
    assert media_names.widths(width) == widths
    assert media_names.first_width(width) == first
    assert first in widths


def test_the_worker_draws_every_rendition_in_its_format_and_width(block):
    renditions.draw_due()

    assert names(State.WAITING) == set()
    for rendition in Rendition.objects.filter(shape=""):
        drawn = opened(rendition.name)
        assert drawn.format.lower() == rendition.format
        assert drawn.size == (rendition.width, round(rendition.width * 0.6))


def test_the_worker_stops_after_its_budget_so_that_mail_gets_its_turn(
    block, monkeypatch
):
    monkeypatch.setattr(renditions, "BUDGET", 0)

    renditions.draw_due()

    assert len(names(State.WAITING)) == 5


def test_a_rendition_is_cut_around_the_focal_point():
    """Teal on the left, white on the right: a square around the far left holds no white."""
    left = make_clinician(portrait=make_upload((800, 400)), focus_x=0)
    right = make_clinician(portrait=make_upload((800, 400)), focus_x=100)

    renditions.draw_due()

    shown = [
        opened(
            media_names.crop(each.portrait.name, "square", each.portrait.focus, "webp")
        )
        for each in [left, right]
    ]
    assert [picture.size for picture in shown] == [(400, 400), (400, 400)]
    assert [picture.getpixel((200, 200))[0] > 200 for picture in shown] == [False, True]


@pytest.mark.parametrize(
    ("focus", "box"),
    [
        ((50, 50), (350, 0, 650, 300)),
        ((0, 0), (0, 0, 300, 300)),
        ((100, 100), (700, 0, 1000, 300)),
        ((30, 50), (150, 0, 450, 300)),
    ],
)
def test_a_crop_is_as_large_as_it_can_be_and_stays_on_the_picture(focus, box):
    assert reencode.crop_box((1000, 300), 1, focus) == box


def test_moving_the_focal_point_asks_for_a_new_crop_and_keeps_the_old_one(block):
    block.focus_x = 20
    block.save()
    block.save()

    crops = {name for name in names(State.WAITING) if "social" in name}
    assert crops == {"social-50-50.jpg", "social-20-50.jpg"}


def test_a_restored_block_needs_no_upload(block):
    """A version's picture comes back by its name alone."""
    snapshot = block.snapshot()
    block.delete()
    kept = ["width", "height", "focus_x", "focus_y", "alt", "caption"]
    values = {name: snapshot[name] for name in kept}

    ImageBlock.objects.create(
        parent=make_draft(),
        region="main",
        ordering=10,
        image=snapshot["name"],
        **values,
    )

    assert ImageBlock.objects.get().snapshot() == snapshot
    assert Picture.objects.count() == 1


def test_a_form_that_fails_leaves_no_row_behind():
    with transaction.atomic():
        make_image_block(make_draft())
        transaction.set_rollback(True)

    assert Picture.objects.count() == 0


def test_the_master_is_kept_apart_from_all_that_is_served(block):
    assert storages["masters"].exists(block.image.name)
    assert not default_storage.exists(block.image.name)
    assert block.image.url == f"/media/{media_names.first(block.image.name)}"


class TestTwoWorkers:
    def test_one_claims_what_the_other_has(self, block):
        rendition = Rendition.objects.due().first()

        claims = [Rendition.objects.claim(rendition.pk) for _ in range(2)]

        assert claims == [rendition, None]

    @pytest.mark.django_db(transaction=True)
    def test_each_rendition_is_drawn_once(self, monkeypatch):
        make_image_block(make_draft(), upload=make_upload((500, 300)))
        drawn, draw = [], reencode.rendition

        def count(*args, **kwargs):
            drawn.append((kwargs["width"], kwargs["format"]))
            return draw(*args, **kwargs)

        monkeypatch.setattr("kneecare.media.renditions.reencode.rendition", count)

        def work():
            renditions.draw_due()
            connection.close()

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

        assert sorted(drawn) == sorted(
            Rendition.objects.exclude(name__endswith="first.webp").values_list(
                "width", "format"
            )
        )
        assert names(State.DRAWN) == {
            "first.webp",
            "400.webp",
            "400.avif",
            "500.avif",
            "social-50-50.jpg",
        }

    def test_what_a_lost_worker_held_comes_round_again(self, block):
        Rendition.objects.due().update(
            attempts=1, leased_until=timezone.now() - timedelta(seconds=1)
        )

        renditions.draw_due()

        assert len(names(State.DRAWN)) > 1

    def test_a_worker_that_lost_its_lease_changes_nothing(self, block):
        rendition = Rendition.objects.due().first()
        mine = Rendition.objects.claim(rendition.pk)
        Rendition.objects.filter(pk=mine.pk).update(attempts=2)

        assert not mine.settle(state=State.FAILED, last_error="Late")

        mine.refresh_from_db()
        assert mine.state == State.WAITING
        assert mine.leased_until


class TestFaults:
    def test_a_broken_master_fails_at_once_with_its_reason(self, block):
        path = storages["masters"].path(block.image.name)
        with open(path, "wb") as file:
            file.write(b"broken")

        renditions.draw_due()

        failed = Rendition.objects.filter(state=State.FAILED)
        assert failed.count() == 6
        assert {each.last_error for each in failed} == {"UnidentifiedImageError"}

    def test_a_master_that_is_gone_fails_at_once(self, block):
        storages["masters"].delete(block.image.name)

        renditions.draw_due()

        assert {
            each.last_error for each in Rendition.objects.filter(state="failed")
        } == {"FileNotFoundError"}

    def test_a_passing_fault_is_tried_again_later_and_at_last_given_up(
        self, block, monkeypatch
    ):
        fail_with(monkeypatch, OSError("The disk is full."))
        renditions.draw_due()
        rendition = Rendition.objects.exclude(state=State.DRAWN).first()
        assert rendition.state == State.WAITING
        assert rendition.next_attempt_at > timezone.now()

        for _ in range(4):
            Rendition.objects.update(next_attempt_at=timezone.now())
            renditions.draw_due()

        rendition.refresh_from_db()
        assert (rendition.state, rendition.last_error) == (State.FAILED, "OSError")

    def test_a_picture_that_takes_the_worker_down_is_not_tried_for_ever(self, block):
        Rendition.objects.due().update(
            attempts=5,
            leased_until=timezone.now() - timedelta(seconds=1),
        )

        renditions.draw_due()

        assert {
            each.last_error for each in Rendition.objects.filter(state="failed")
        } == {"The worker never finished"}

    def test_staff_put_failed_renditions_back(self, block, staff_client, monkeypatch):
        with monkeypatch.context() as patch:
            fail_with(patch, FileNotFoundError())
            renditions.draw_due()
        picture = Picture.objects.get()

        staff_client.post(
            "/admin/media/picture/",
            {"action": "draw_again", "_selected_action": [picture.pk]},
        )
        renditions.draw_due()

        assert names(State.FAILED) == set()
        assert len(names(State.DRAWN)) > 1

    def test_half_a_file_that_a_crash_left_is_replaced(self, block):
        rendition = Rendition.objects.due().first()
        default_storage.save(rendition.name, io.BytesIO(b"half"))

        renditions.draw_due()

        assert opened(rendition.name).format


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("a_failed_rendition_says_why", {"state": "failed"}),
    ],
)
def test_the_database_refuses_a_state_that_cannot_be(block, constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Rendition.objects.due().update(**fields)


def test_the_database_refuses_a_second_of_the_same_rendition(block):
    same = Rendition.objects.first()
    same.pk, same.name = None, "another"

    with pytest.raises(IntegrityError), transaction.atomic():
        same.save(force_insert=True)


@pytest.mark.parametrize("model", [ImageBlock, Clinician])
def test_the_database_refuses_a_focal_point_off_the_picture(block, model):
    make_clinician()

    with (
        pytest.raises(IntegrityError, match="focal_point_is_on_the_picture"),
        transaction.atomic(),
    ):
        model.objects.update(focus_y=101)


def test_the_social_picture_says_its_own_size(block):
    renditions.draw_due()

    social = media_names.social_picture(block.snapshot())

    drawn = opened(social["path"].removeprefix("/media/"))
    assert drawn.format == "JPEG"
    assert drawn.size == (social["width"], social["height"]) == (1000, 525)
