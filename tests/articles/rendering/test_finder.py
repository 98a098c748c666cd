"""Where does it hurt: the place, what fits, what to read and do; urgency first, and nothing is kept."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Topic
from kneecare.publishing.publish import take_down
from tests.admin_forms import filled
from tests.factories import make_article, make_exercise, make_routine, make_topic

pytestmark = pytest.mark.django_db
ADDRESS = "/where-does-it-hurt/"


def place(client, key):
    """The HTML of one place in the finder."""
    html = client.get(ADDRESS).text
    return re.search(rf'<section[^>]* id="{key}".*?</section>', html, re.DOTALL)[0]


def about(topic, **fields):
    topics = [topic] if isinstance(topic, Topic) else topic
    return make_article(topics=topics, **fields)


def test_the_finder_leads_from_a_place_to_what_fits_to_an_article_and_a_routine(client):
    routine = make_routine(make_exercise())
    fits = "It hurts outside.\n\nI did too much."
    topic = make_topic(place="outside", fits=fits, routine=routine)
    article = about(topic)

    html = place(client, "outside")

    summary = re.search(r"<summary.*?</summary>", html, re.DOTALL)[0]
    said = re.findall(r"<span>(.*?) </span>", summary)
    assert said == ["It hurts outside.", "I did too much."]
    opened = html.split("</summary>")[1]
    read, do = article.get_absolute_url(), routine.get_absolute_url()
    assert opened.index(read) < opened.index(do)


def test_the_finder_starts_with_the_signs_to_get_help_for(client):
    call_command("first_content", verbosity=0, stdout=None)

    html = client.get(ADDRESS).text

    order = ["Call 911 now", 'class="knee-finder"', 'id="front"', 'id="back"']
    assert sorted(order, key=html.index) == order


@pytest.mark.parametrize("key", Topic.Place.values)
def test_whoever_comes_straight_to_a_place_is_led_to_the_signs_first(client, key):
    about(make_topic(place="below", fits="It hurts below."))

    html = place(client, key)

    links = re.findall(r'href="([^"]+)"', html)
    assert links[0] == "#when-to-get-help"


def test_the_finder_shows_a_topic_of_which_nothing_fits_yet_as_it_is(client):
    topic = make_topic(place="front", summary="Only a summary.")
    about(topic)

    html = place(client, "front")

    assert html.index("Only a summary.") < html.index("<summary")
    assert html.count("<details") == 1  # none of this fits


def test_the_finder_never_shows_a_draft_of_a_routine_or_an_article(client):
    draft = make_routine(published_at=None, title="Half-made routine")
    topic = make_topic(place="inside", fits="It hurts inside.", routine=draft)
    about(topic, title="Shown")
    take_down(about(topic, title="Hidden"), by=None)

    html = place(client, "inside")

    assert "Shown" in html
    assert "Hidden" not in html
    assert "Half-made" not in html
    assert "Then try this at home" not in html


def test_the_finder_leaves_out_a_topic_with_nothing_to_read(client):
    make_topic(place="inside", fits="It hurts inside.")

    assert "It hurts inside." not in client.get(ADDRESS).text


@pytest.mark.parametrize("key", Topic.Place.values)
def test_whoever_finds_nothing_that_fits_is_offered_a_call_and_something_to_read(
    client, key
):
    general = make_topic(title="Knees as a whole")
    about(general)
    about(make_topic(place="below", fits="It hurts below."))

    html = place(client, key)

    assert 'href="/book/"' in html
    assert general.get_absolute_url() in html
    assert ("None of this fits" in html) == (key == "below")


def test_the_finder_names_the_articles_first_that_are_most_about_a_topic(client):
    topic = make_topic(place="below")
    about(topic, title="About this")
    about([topic, make_topic(), make_topic()], title="About many, newest")

    html = place(client, "below")

    assert html.index("About this") < html.index("About many")


def test_the_finder_keeps_nothing_and_asks_for_nothing(client):
    call_command("first_content", verbosity=0, stdout=None)

    response = client.get(ADDRESS)

    main = response.text.split("<main")[1].split("</main>")[0]
    assert re.findall(r"<(?:form|input|button|select)\b", main) == []
    assert [link for link in re.findall(r'href="([^"]+)"', main) if "?" in link] == []
    assert dict(response.cookies) == {}
    assert not Session.objects.exists()


def test_the_finder_costs_the_same_however_much_there_is(client):
    def fill():
        for key in Topic.Place.values:
            topic = make_topic(place=key, fits="It hurts.", routine=make_routine())
            for _ in range(3):
                about(topic)

    fill()
    with CaptureQueriesContext(connection) as before:
        client.get(ADDRESS)
    fill()

    with CaptureQueriesContext(connection) as after:
        html = client.get(ADDRESS).text

    assert len(after) == len(before) <= 4
    assert html.count('class="card card--article"') == 2 * 2 * len(Topic.Place)


def test_editors_write_what_fits_and_choose_the_routine(staff_client):
    topic, routine = make_topic(place="back"), make_routine()
    url = f"/admin/articles/topic/{topic.pk}/change/"
    typed = {"fits": "It hurts.", "routine": routine.pk}

    staff_client.post(url, filled(staff_client.get(url)) | typed)

    topic.refresh_from_db()
    assert (topic.fits, topic.routine) == ("It hurts.", routine)
