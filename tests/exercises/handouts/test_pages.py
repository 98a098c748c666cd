"""The page of a handout for one person: what it says, whom it lets in, and what it tells nobody else."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from exercises.handouts import rate_limit
from exercises.handouts.versions import store_version
from exercises.models import Handout
from kneecare.publishing.publish import take_down
from tests.factories import make_clinic, make_exercise, make_handout, make_help_list

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nobody_guessed"),
    pytest.mark.same_on_any_database("pages as they are drawn"),
]
TODAY = date(2026, 7, 1)
UNKNOWN = "a" * 26


@pytest.fixture(autouse=True)
def clinic():
    make_help_list()
    return make_clinic(phone="+16235550142")


def play(handout):
    return reverse("handouts:play", args=[handout.code])


def pdf(handout):
    return reverse("handouts:pdf", args=[handout.code])


def addresses(handout):
    return [handout.get_absolute_url(), play(handout), pdf(handout)]


def test_a_handout_shows_its_exercises_with_their_doses_and_the_note(client):
    bridge = make_exercise(title="Bridge", dose={"sets": 2, "reps": 10})
    limits = {"green_to": 3, "amber_to": 5, "pain_source": "A leaflet"}
    words = {"note": "Go slowly.\n\nCall me.", "title": "For your hip"}
    handout = make_handout(bridge, **words, **limits)

    page = client.get(handout.get_absolute_url()).text

    assert "<h1>For your hip</h1>" in page
    assert "2 sets of 10" in page
    assert "<p>Go slowly.</p>" in page
    assert "Call 911 now" in page
    assert "0 to 3" in page
    assert f'href="{play(handout)}"' in page


def test_the_note_comes_before_the_exercises(client):
    handout = make_handout(make_exercise(title="Bridge"), note="Go slowly.")

    page = client.get(handout.get_absolute_url()).text

    assert page.index("Go slowly.") < page.index("Before you start")
    assert page.index("Before you start") < page.index("The exercises")


def test_a_note_is_text_and_nothing_else(client):
    handout = make_handout(make_exercise(), note="<script>alert(1)</script>")

    page = client.get(handout.get_absolute_url()).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_player_holds_the_whole_handout_under_a_name_of_its_own(client):
    handouts = [make_handout(make_exercise(title="Bridge")) for _ in "ab"]

    pages = [client.get(play(handout)).text for handout in handouts]

    for handout, page in zip(handouts, pages, strict=True):
        assert f'name="handout:{handout.reference}"' in page
        assert f'label="Your exercises, handout {handout.reference}"' in page
        assert 'data-title="Bridge"' in page


def test_an_exercise_that_is_taken_down_leaves_the_handout(client):
    stays, goes = make_exercise(title="Stays"), make_exercise(title="Goes")
    handout = make_handout(stays, goes)

    take_down(goes)

    page = client.get(handout.get_absolute_url()).text
    assert "Stays" in page
    assert "Goes" not in page


@pytest.mark.parametrize("exercise_count", [1, 4])
@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_a_page_costs_at_most_four_queries(
    client, django_assert_max_num_queries, exercise_count, number
):
    handout = make_handout(*[make_exercise() for _ in range(exercise_count)])
    handout.title = "Other"
    store_version(handout, by=None, on=handout.made_on, is_checked=False)

    for address in addresses(handout):
        with django_assert_max_num_queries(4):
            assert client.get(address, {"sheet": number}).status_code == 200


def test_every_answer_is_kept_out_of_caches_lists_and_referrers(client):
    ended = make_handout(make_exercise())
    ended.withdraw(on=ended.made_on)
    asked = [*addresses(make_handout(make_exercise())), *addresses(ended)]
    asked.append(reverse("handouts:detail", args=[UNKNOWN]))

    for address in asked:
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "ETag" not in response
        assert dict(response.cookies) == {}


def test_no_page_tells_its_address_to_machines(client):
    ended = make_handout(make_exercise())
    ended.withdraw(on=ended.made_on)
    handouts = [make_handout(make_exercise(), note="Go slowly."), ended]
    asked = [
        each(handout)
        for handout in handouts
        for each in [Handout.get_absolute_url, play]
    ]

    for address in [*asked, reverse("handouts:detail", args=[UNKNOWN])]:
        head = client.get(address).text.partition("</head>")[0]
        assert address.split("/")[2] not in head
        assert "canonical" not in head
        assert "og:" not in head
        assert "ld+json" not in head
        assert "Go slowly." not in head
        assert '<meta name="robots" content="noindex">' in head


def test_a_handout_works_until_its_last_day_is_over_at_the_clinic(client):
    handout = make_handout(make_exercise(title="Bridge"), made_on=TODAY - timedelta(9))
    Handout.objects.update(expires_on=TODAY)

    with time_machine.travel(datetime(2026, 7, 2, 6, 59, tzinfo=UTC), tick=False):
        assert client.get(handout.get_absolute_url()).status_code == 200
    with time_machine.travel(datetime(2026, 7, 2, 7, 0, tzinfo=UTC), tick=False):
        for address in addresses(handout):
            assert client.get(address).status_code == 410


def test_what_has_ended_says_whom_to_ask_and_holds_nothing_of_it(client):
    handout = make_handout(
        make_exercise(title="Bridge"), note="Go slowly.", title="For your hip"
    )
    handout.withdraw(on=handout.made_on)

    for address in addresses(handout):
        response = client.get(address)
        assert response.status_code == 410
        assert "This handout has ended" in response.text
        assert "(623) 555-0142" in response.text
        assert "30 days after its end" in response.text
        for words in ["Bridge", "Go slowly.", "For your hip", handout.reference]:
            assert words not in response.text


def test_a_handout_that_was_brought_back_works_again(client):
    handout = make_handout(make_exercise())
    handout.withdraw(on=handout.made_on)
    handout.bring_back()

    assert client.get(handout.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "code", [UNKNOWN, "a", "A" * 26, "0" * 300, "%00x", "é", "..", "a" * 25 + "'"]
)
def test_every_code_that_opens_nothing_gets_the_same_page(client, code):
    make_handout(make_exercise())
    known = client.get(f"/handouts/{UNKNOWN}/")

    response = client.get(f"/handouts/{code}/")

    if response.status_code != 400:  # a NUL
        assert response.status_code == 404
        assert response.text == known.text


def test_an_address_without_its_slash_leads_on_and_is_kept_by_no_cache(client):
    handout = make_handout(make_exercise())

    response = client.get(f"/handouts/{handout.code}", {"sheet": 1})

    assert response.status_code == 302
    assert response.url == f"{handout.get_absolute_url()}?sheet=1"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("ending", ["x/", "play", "handout.pdf/", "play/x/y"])
def test_what_is_no_page_of_a_handout_is_as_private_as_one(client, ending):
    handout = make_handout(make_exercise())

    response = client.get(handout.get_absolute_url() + ending)

    assert response.status_code == 404
    assert handout.code not in response.text
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_handout_without_a_version_is_not_there(client):
    handout = make_handout(make_exercise())
    Handout.objects.update(live_version=None)

    assert client.get(handout.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_handout_can_only_be_read(client, method):
    handout = make_handout(make_exercise())

    for address in addresses(handout):
        assert getattr(client, method)(address).status_code == 405


class TestGuesses:
    def miss(self, client, times=1, **origin):
        return [
            client.get(f"/handouts/{UNKNOWN}/", **origin).status_code
            for _ in range(times)
        ][-1]

    def test_who_guesses_too_often_has_to_wait(self, client):
        origin = {"REMOTE_ADDR": "198.51.100.7"}
        assert self.miss(client, rate_limit.MISSES_AN_HOUR, **origin) == 404

        response = client.get(f"/handouts/{UNKNOWN}/play/", **origin)

        assert response.status_code == 429
        assert response["Retry-After"] == "3600"
        assert "no-store" in response["Cache-Control"]
        assert "Please wait a while" in response.text

    def test_who_has_a_right_code_gets_in_behind_the_same_address(self, client):
        handout = make_handout(make_exercise())
        origin = {"REMOTE_ADDR": "198.51.100.8"}
        assert self.miss(client, rate_limit.MISSES_AN_HOUR + 1, **origin) == 429

        assert client.get(handout.get_absolute_url(), **origin).status_code == 200

    def test_others_are_not_kept_waiting(self, client):
        assert (
            self.miss(client, rate_limit.MISSES_AN_HOUR + 1, REMOTE_ADDR="198.51.100.9")
            == 429
        )

        assert self.miss(client, REMOTE_ADDR="198.51.100.10") == 404

    def test_the_next_hour_starts_anew(self, client):
        origin = {"REMOTE_ADDR": "198.51.100.11"}
        with time_machine.travel(timezone.now(), tick=False):
            assert self.miss(client, rate_limit.MISSES_AN_HOUR + 1, **origin) == 429
        with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
            assert self.miss(client, **origin) == 404

    def test_one_household_counts_as_one(self, client):
        for number in range(rate_limit.MISSES_AN_HOUR):
            self.miss(client, REMOTE_ADDR=f"2001:db8::{number:x}")

        assert self.miss(client, REMOTE_ADDR="2001:db8::ffff") == 429
