"""How long a press in the guided player waits for its next paint, on a phone's screen and a processor slowed down 4 times.

The site is a new one with its first content, the browser a real Chromium, the times its own (Event Timing: from the press
to the paint that follows it, in steps of 8 ms). Each thing that a person can press is pressed in every round.
"""

import os
import signal
import tempfile
from collections import defaultdict

from chromium import CHROMIUM, QUIET
from playwright.sync_api import sync_playwright
from screenshots import serve

PLAYER = "/routines/knee-strength-starter/play/"
SLOWER = 4
ROUNDS = 5
GOAL = 100  # milliseconds
LISTEN = """
window.seen = [];
new PerformanceObserver((list) => window.seen.push(...list.getEntries().filter((entry) => entry.interactionId)))
  .observe({ type: "event", durationThreshold: 16, buffered: true });
"""
# Milliseconds of the presses since the last look; 0 for one that was faster than the shortest that the browser reports.
WAITED = "() => Math.max(0, ...window.seen.splice(0).map((entry) => entry.duration))"


def main():
    waited = defaultdict(list)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        site, url = serve(folder)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=QUIET
                )
                for _ in range(ROUNDS):
                    for name, wait in play(browser, url):
                        waited[name].append(wait)
                browser.close()
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(30)
    report(waited, load)


def play(browser, url):
    """Press everything once, in a browser that has never been here; yield what was pressed and its milliseconds."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.add_init_script(LISTEN)
    page.goto(url + PLAYER)
    page.wait_for_load_state("networkidle")
    slow = context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    for name, press in presses(page):
        press()
        page.wait_for_timeout(500)
        yield name, page.evaluate(WAITED)
    context.close()


def presses(page):
    """What a person does from start to end, in order."""
    button = page.get_by_role("button")
    tempo = page.get_by_label("Seconds for one move")
    yield "start", page.get_by_role("button", name="Start").click
    yield "which side", page.get_by_role("button", name="Right").click
    yield "pause", page.get_by_role("button", name="Pause").click
    yield "go on", page.get_by_role("button", name="Go on").click
    yield "skip", page.get_by_role("button", name="Skip").click
    yield "back", page.get_by_role("button", name="Back").click
    yield "too easy", button.filter(has_text="Too easy?").click
    yield "too hard", button.filter(has_text="Too hard?").click
    yield "open the settings", page.get_by_role("button", name="Sound and pace").click
    yield "slower tempo", lambda: tempo.press("ArrowRight")
    yield "no voice", page.get_by_label("A voice that says what to do").click
    yield "close the settings", page.get_by_role("button", name="Close").click
    page.evaluate("document.activeElement.blur()")  # which stands on the settings
    yield "space bar", lambda: page.keyboard.press("Space")
    while page.get_by_role("button", name="Skip").is_visible():
        yield "skip", page.get_by_role("button", name="Skip").click
    yield "did them anyway", page.get_by_role("button", name="I did them").click
    yield "answer", page.get_by_role("group", name="hurt").get_by_label("7").click
    yield "note it", page.get_by_role("button", name="Note it").click


def report(waited, load):
    worst = max(max(waits) for waits in waited.values())
    print(
        f"Player, {SLOWER} x slowed: a press waits {worst} ms at most for its next paint (goal {GOAL}); "
        f"{ROUNDS} rounds, load of the machine {load:.1f}"
    )
    for name, waits in sorted(waited.items(), key=lambda item: -max(item[1])):
        print(f"  {max(waits):4.0f} ms at most, {min(waits):4.0f} at least  {name}")


if __name__ == "__main__":
    main()
