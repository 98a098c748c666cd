"""A picture from the editor's disk to the reader's page."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article, ImageBlock
from kneecare.clinic.models import Clinician
from kneecare.media import renditions
from kneecare.media.models import Rendition
from tests.factories import make_upload

pytestmark = pytest.mark.browser

# Installed before the page's own scripts: every layout shift, and the picture that was chosen in the end.
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def file(tmp_path):
    """A picture on the editor's disk."""
    path = tmp_path / "a knee.jpg"
    path.write_bytes(make_upload((2400, 1500)).read())
    return path


def test_an_editor_uploads_a_picture_and_readers_get_it_small_and_without_a_shift(
    desk, site, page, file, monkeypatch
):
    article = Article.objects.get(slug="patellar-tendinitis")
    page.goto(f"{desk}articles/article/{article.pk}/change/")
    page.locator(".order-machine-insert-target.last").click()
    page.get_by_role("button", name="Picture").click()
    block = page.locator("#articles_imageblock_set-0")
    expect(block.locator("canvas")).to_have_count(0)

    block.get_by_label("Picture:").set_input_files(file)
    mark = block.get_by_role("button", name="Focal point: 50% from the left")
    expect(block.get_by_role("img", name="The picture that you chose")).to_be_visible()
    mark.focus()
    for key in ["Shift+ArrowLeft", "ArrowLeft", "Shift+ArrowDown"]:
        page.keyboard.press(key)
    assert place_of(block) == (39, 60)
    expect(block.get_by_role("spinbutton", name="from the left")).to_have_value("39")
    expect(block.get_by_role("spinbutton", name="from the top")).to_have_value("60")
    block.get_by_label("Description:").fill("A knee that bends")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("published as version 2.")).to_be_visible()
    stored = ImageBlock.objects.get()
    assert (stored.focus_x, stored.focus_y) == (39, 60)
    expect(page.get_by_role("img", name="The picture as it is stored")).to_be_visible()
    assert place_of(block) == (39, 60)

    monkeypatch.setattr(renditions, "BUDGET", 600)
    renditions.draw_due()
    assert {each.state for each in Rendition.objects.all()} == {Rendition.State.DRAWN}
    reader = page.context.browser.new_page(viewport={"width": 390, "height": 800})
    reader.add_init_script(SHIFTS)
    slow_pictures(reader)
    reader.goto(site + article.get_absolute_url())
    picture = reader.get_by_role("img", name="A knee that bends")
    picture.scroll_into_view_if_needed()
    reader.wait_for_function(
        "img => img.complete && img.naturalWidth", arg=picture.element_handle()
    )
    reader.wait_for_timeout(200)

    chosen = picture.evaluate("img => img.currentSrc")
    assert re.search(r"/400\.avif$", chosen)
    assert reader.evaluate("window.shifts") == 0
    reader.close()


def place_of(block):
    """Where the middle of the mark stands on the picture, in percent, once the picture is there."""
    return tuple(
        block.evaluate(
            """async (block) => {
                const picture = block.querySelector(".picture-input__picture");
                await picture.decode?.();
                const whole = picture.getBoundingClientRect();
                const mark = block.querySelector(".picture-input__mark").getBoundingClientRect();
                const percent = (middle, start, size) => Math.round((100 * (middle - start)) / size);
                return [
                    percent(mark.x + mark.width / 2, whole.x, whole.width),
                    percent(mark.y + mark.height / 2, whole.y, whole.height),
                ];
            }"""
        )
    )


def slow_pictures(page):
    """Let pictures come late, so that a page that made no room for them would move."""

    def late(route):
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/media/**", late)


def test_a_click_sets_the_focal_point_and_a_file_that_is_no_picture_is_told(
    desk, page, file, tmp_path
):
    page.goto(f"{desk}clinic/clinician/add/")
    portrait = page.locator("picture-input")
    portrait.locator("input[type=file]").set_input_files(file)
    portrait.locator("canvas").click(position={"x": 38, "y": 24})
    clicked = place_of(portrait)

    notes = tmp_path / "notes.jpg"
    notes.write_text("not a picture")
    portrait.locator("input[type=file]").set_input_files(notes)

    expect(portrait.locator("output")).to_have_text(
        "This file cannot be shown. Choose a JPEG, PNG or WebP picture."
    )
    values = [page.locator(f"input[name=focus_{axis}]").input_value() for axis in "xy"]
    assert values == ["10", "10"] == [str(percent) for percent in clicked]


class TestWithoutScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "java_script_enabled": False}

    def test_a_portrait_and_its_focal_point_are_set_by_the_form_alone(
        self, desk, page, file
    ):
        person = Clinician.objects.first()
        page.goto(f"{desk}clinic/clinician/{person.pk}/change/")
        page.locator("input[name=portrait]").set_input_files(file)
        page.get_by_label("from the left").fill("25")
        page.get_by_role("button", name="Save and continue editing").click()

        expect(
            page.get_by_role("img", name="The picture as it is stored")
        ).to_be_visible()
        person.refresh_from_db()
        assert (person.focus_x, bool(person.portrait)) == (25, True)
