"""A clinician gives an exercise pictures and a video, puts them in order, and a patient sees them."""

import pytest
from playwright.sync_api import expect

from exercises.models import Exercise
from kneecare.media import renditions
from tests.browser.axe import axe, without_policy
from tests.browser.staff.test_pictures import SHIFTS, slow_pictures
from tests.factories import make_upload

pytestmark = pytest.mark.browser


@pytest.fixture
def exercise(desk, page):
    exercise = Exercise.objects.get(slug="glute-bridge")
    page.goto(f"{desk}exercises/exercise/{exercise.pk}/change/")
    return exercise


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a bridge.jpg"
    path.write_bytes(make_upload((2400, 1500)).read())
    return path


def add(page, kind):
    page.locator(".order-machine-insert-target.last").click()
    page.locator(".plugin-button-title", has_text=kind).click()


def test_a_clinician_adds_a_picture_and_a_video_and_a_patient_sees_them_without_a_shift(
    exercise, site, page, file, monkeypatch
):
    add(page, "Picture")
    picture = page.locator("#exercises_exercisepicture_set-0")
    picture.get_by_label("Picture:").set_input_files(file)
    expect(
        picture.get_by_role("img", name="The picture that you chose")
    ).to_be_visible()
    picture.get_by_label("Description:").fill("Hips up, knees over the feet")
    add(page, "Video")
    video = page.locator("#exercises_exercisevideo_set-0")
    video.get_by_label("What the video shows:").fill("A bridge, slowly")
    video.get_by_label("Or its address elsewhere:").fill("https://youtu.be/abc")
    video.get_by_label("Nobody speaks in it").check()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("published as version 2")).to_be_visible()

    monkeypatch.setattr(renditions, "BUDGET", 600)
    renditions.draw_due()
    patient = page.context.browser.new_page(viewport={"width": 390, "height": 800})
    patient.add_init_script(SHIFTS)
    slow_pictures(patient)
    patient.goto(site + exercise.get_absolute_url())
    shown = patient.get_by_role("img", name="Hips up, knees over the feet")
    shown.scroll_into_view_if_needed()
    patient.wait_for_function(
        "img => img.complete && img.naturalWidth", arg=shown.element_handle()
    )
    patient.wait_for_timeout(200)

    assert shown.evaluate("img => img.currentSrc").endswith("/400.avif")
    assert patient.evaluate("window.shifts") == 0
    expect(patient.get_by_role("link", name="Watch: A bridge, slowly")).to_be_visible()
    expect(patient.get_by_text("This opens another site: youtu.be.")).to_be_visible()
    patient.close()


@without_policy
def test_axe_finds_nothing_on_the_form_of_an_exercise(exercise, page):
    add(page, "Picture")
    add(page, "Video")

    assert axe(page) == []
