"""What the player says when it hurts, when nothing was done, and what to hold on to."""

import pytest
from playwright.sync_api import expect

from tests.browser.playing import seconds
from tests.factories import make_clinic, make_exercise, make_routine

pytestmark = pytest.mark.browser
STORED = "JSON.parse(localStorage.getItem('kneecare.diary'))"
GUIDE = {"green_to": 2, "amber_to": 4, "pain_source": "A leaflet."}
HIGHER = {"green_to": 5, "amber_to": 8, "pain_source": "A leaflet."}


def hurts(page, number):
    page.get_by_role("group", name="How much did it hurt?").get_by_label(
        str(number), exact=True
    ).check()


@pytest.mark.parametrize(
    ("guide", "pain", "zone"),
    [
        (GUIDE, 5, "Pain of 5 to 10: Stop. Stop this move. Ask us what to do."),
        (GUIDE, 10, "Pain of 5 to 10: Stop. Stop this move. Ask us what to do."),
        (HIGHER, 6, "Pain of 6 to 8: Take care."),
        (HIGHER, 9, "Pain of 9 to 10: Stop."),
    ],
)
def test_pain_above_the_limit_gets_the_advice_of_the_routine(play, guide, pain, zone):
    make_clinic(phone="+16235550142")
    page = play({"hold": 5}, **guide)
    seconds(page, 10)

    hurts(page, pain)

    advice = page.locator(".player-finish__advice")
    expect(advice).to_contain_text(zone)
    expect(advice.locator("[data-last]:visible")).to_have_count(1)
    expect(advice.get_by_role("link", name="when to get help")).to_be_visible()
    expect(advice.get_by_role("link", name="(623) 555-0142")).to_be_visible()


@pytest.mark.parametrize(
    ("guide", "pain", "is_told"),
    [(GUIDE, 4, False), ({}, 5, False), ({}, 6, True), (HIGHER, 5, False)],
)
def test_the_limit_is_the_clinicians_or_six_where_that_is_lower(
    play, guide, pain, is_told
):
    page = play({"hold": 5}, **guide)
    seconds(page, 10)

    hurts(page, pain)

    heading = page.get_by_role("heading", name="Ask us before you go on")
    expect(heading).to_be_visible(visible=is_told)


def test_the_advice_leads_to_the_signs_which_stand_open(play):
    page = play({"hold": 5})
    seconds(page, 10)
    hurts(page, 7)

    page.get_by_role("link", name="Check now: when to get help").click()

    expect(page.get_by_role("heading", name="When to get help")).to_be_in_viewport()


def test_pain_of_one_move_gets_the_advice_too_and_is_noted_with_the_move(play):
    page = play({"hold": 5}, {"hold": 5}, rest_between=0)
    seconds(page, 20)
    page.get_by_text("Note how each move went").click()
    second = page.get_by_role("group", name="Move 2")

    second.get_by_label("Pain").select_option("8")
    second.get_by_label("How hard").select_option("3")
    page.get_by_role("button", name="Note it on this device").click()

    expect(page.get_by_role("heading", name="Ask us before you go on")).to_be_visible()
    (entry,) = page.evaluate(STORED)
    assert entry["moves"] == [{"title": "Move 2", "pain": 8, "effort": 3}]
    assert entry["pain"] is None


def skip_all(page):
    while page.get_by_role("button", name="Skip").is_visible():
        page.get_by_role("button", name="Skip").click()


def test_a_routine_of_which_every_move_was_skipped_is_not_a_day_done(play):
    page = play({"hold": 5}, {"reps": 5})

    skip_all(page)

    expect(page.get_by_role("heading", name="You skipped each move")).to_be_focused()
    assert page.evaluate(STORED) is None


def test_whoever_did_the_moves_without_the_clock_can_note_the_day(play):
    page = play({"hold": 5})
    skip_all(page)

    page.get_by_role("button", name="I did them. Note the day").click()

    expect(page.get_by_role("heading", name="Done. Well done!")).to_be_visible()
    assert len(page.evaluate(STORED)) == 1


def test_only_moves_that_were_done_are_asked_of(play):
    page = play({"hold": 5}, {"hold": 5}, rest_between=0)
    seconds(page, 10)
    skip_all(page)

    page.get_by_text("Note how each move went").click()

    expect(page.get_by_role("group", name="Move 1")).to_be_visible()
    expect(page.get_by_role("group", name="Move 2")).to_have_count(0)


def test_the_side_is_asked_once_where_it_matters(play):
    page = play({"hold": 5, "sides": "each"})

    page.reload()

    expect(page.get_by_role("group", name="Which side is it?")).to_be_hidden()
    expect(page.locator("[data-part=progress]")).to_have_text("1 of 1")


def test_the_side_is_not_asked_where_both_work_together(play):
    page = play({"hold": 5, "sides": "both"})

    expect(page.locator("[data-part=instruction]")).to_have_text("Get ready")


def test_what_to_hold_on_to_is_written_and_said_before_the_move(
    live_server, transactional_db, page
):
    exercise = make_exercise(title="Calf raise", dose={"reps": 5}, hold_on_to="a wall")
    routine = make_routine(exercise)
    page.goto(f"{live_server.url}{routine.get_absolute_url()}play/")
    expect(page.get_by_text("Hold on to: a wall.")).to_be_visible()

    page.get_by_role("button", name="Start").click()

    expect(page.locator("[data-part=announcement]")).to_have_text(
        "Calf raise. Hold on to a wall. Get ready"
    )


def test_whoever_stops_comes_back_to_where_the_routine_waits(play):
    page = play({"hold": 30}, title="Two moves")
    seconds(page, 15)
    player = page.url

    page.get_by_role("link", name="Stop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two moves")
    page.goto(player)

    expect(page.locator("[data-part=instruction]")).to_have_text("Paused")
    expect(page.locator("[data-part=timer]")).to_have_text("20")


def test_while_the_routine_runs_there_is_one_way_out(play):
    page = play({"hold": 30})

    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("contentinfo")).to_be_hidden()
    links = page.get_by_role("link").filter(visible=True)
    expect(links).to_have_text(["Stop"])
