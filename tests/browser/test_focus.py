"""Whatever takes the focus shows it: pixels change (WCAG 2.4.7). One of each kind of thing, on every public page."""

import io

import pytest
from PIL import Image, ImageChops

from tests.site.pages import PAGES

pytestmark = pytest.mark.browser
EDGE = 14  # pixels around an element in which its focus may show
LEAST = 20  # pixels that change
KINDS = """() => {
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  return [...all].filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.tabIndex >= 0 && !each.disabled)
    .map((each, number) => {
      each.dataset.focusable = number;
      const around = [each.parentElement, each.parentElement.parentElement];
      const named = (one) => `${one.tagName} ${one.getAttribute("class") ?? ""}`;
      return [number, [each, ...around].map(named).join(" < ") + (each.type ?? "")];
    });
}"""
FOCUS = """(number) => {
  const each = document.querySelector(`[data-focusable="${number}"]`);
  each.focus();
  each.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = each.getBoundingClientRect();
  const whole = each.closest(".card")?.getBoundingClientRect() ?? { x, y, width, height };
  return { x: whole.x, y: whole.y, width: whole.width, height: whole.height, isFocused: document.activeElement === each };
}"""


def clip(box, size):
    left, top = max(0, box["x"] - EDGE), max(0, box["y"] - EDGE)
    right = min(size["width"], box["x"] + box["width"] + EDGE)
    bottom = min(size["height"], box["y"] + box["height"] + EDGE)
    return {"x": left, "y": top, "width": max(1, right - left), "height": max(1, bottom - top)}  # fmt: skip


def settled(page, number):
    """Where the element is, once what comes into sight around it is laid out."""
    box, before = page.evaluate(FOCUS, number), None
    while box != before:
        page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")  # fmt: skip
        box, before = page.evaluate(FOCUS, number), box
    return box


def changed_pixels(page, number):
    """How many pixels differ while the element has the focus; None where it does not take it."""
    box = settled(page, number)
    if not box["isFocused"]:
        return None
    place = clip(box, page.viewport_size)
    with_focus = page.screenshot(clip=place)
    page.evaluate("document.activeElement.blur()")
    without = page.screenshot(clip=place)
    pictures = [Image.open(io.BytesIO(each)).convert("L") for each in (with_focus, without)]  # fmt: skip
    return sum(ImageChops.difference(*pictures).histogram()[16:])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_whatever_takes_the_focus_shows_it(site, page, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    seen, unseen = set(), {}
    for path in PAGES:
        page.goto(site + path)
        page.keyboard.press("Tab")
        for number, kind in page.evaluate(KINDS):
            if kind in seen:
                continue
            seen.add(kind)
            changed = changed_pixels(page, number)
            if changed is not None and changed < LEAST:
                unseen[kind] = (path, changed)

    assert len(seen) > 60
    assert unseen == {}
