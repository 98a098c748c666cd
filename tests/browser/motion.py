"""What moves on the page that is open."""

MOVES = """() => document.getAnimations().map((each) => [
    each.animationName ?? each.transitionProperty, each.effect.target.getAttribute("class")])"""


def moving(page, *, over="body"):
    """What moves once the page is shown, and when something on it is pointed at and has the focus."""
    found = page.evaluate(MOVES)
    for each in page.locator(over).filter(visible=True).all():
        each.hover(force=True)
        found += page.evaluate(MOVES)
    page.keyboard.press("Tab")
    return found + page.evaluate(MOVES)
