"""How the front desk stands, on the admin's front page."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.utils import timezone

from bookings.dashboard.referrer_chart import requests_by_referrer
from bookings.referrers import REFERRERS
from tests.factories import make_booking, make_clinic, make_mail, make_slot

pytestmark = pytest.mark.django_db
FRONT = "/admin/"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
PHOENIX = ZoneInfo("America/Phoenix")


@pytest.fixture(autouse=True)
def noon():
    """Noon of a Wednesday in Phoenix."""
    make_clinic()
    with time_machine.travel(datetime(2026, 7, 1, 19, tzinfo=UTC), tick=False):
        yield


def desk(client):
    return client.get(FRONT).context["desk"]


def test_the_panel_says_what_there_is_to_do(staff_client):
    now = timezone.now()
    make_booking(created_at=now - 3 * HOUR)
    make_booking(slot=make_slot(starts_at=now + HOUR), state="confirmed")
    make_booking(slot=make_slot(starts_at=now + 2 * DAY), state="confirmed")

    page = staff_client.get(FRONT)

    assert page.context["desk"].need_answer == 1
    assert page.context["desk"].calls_today == 1
    assert "The oldest waits for 3\xa0hours." in page.text
    assert "None is waiting." in page.text


@pytest.mark.parametrize(
    ("minutes", "state", "is_late"),
    [(16, "waiting", True), (14, "waiting", False), (16, "sent", False)],
)
def test_mail_that_waits_for_a_quarter_of_an_hour_raises_a_banner(
    staff_client, minutes, state, is_late
):
    make_mail(state=state, created_at=timezone.now() - minutes * MINUTE)

    assert ("Mail is late." in staff_client.get(FRONT).text) == is_late


def test_mail_that_a_worker_holds_for_too_long_raises_the_banner_too(staff_client):
    now = timezone.now()
    make_mail(leased_until=now, created_at=now - HOUR)

    assert "Mail is late." in staff_client.get(FRONT).text


def test_failed_mail_is_counted(staff_client):
    make_mail(state="failed")

    assert "1 mail could not be sent." in staff_client.get(FRONT).text


@pytest.mark.parametrize(
    ("group", "sees"), [("Editors", False), ("Front desk", True), ("Clinicians", True)]
)
def test_the_panel_is_for_those_who_may_see_requests(
    client, django_user_model, group, sees
):
    user = django_user_model.objects.create_user("staff", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)

    assert ("Front desk</h2>" in client.get(FRONT).text) == sees


@pytest.mark.parametrize("count", [1, 15])
def test_the_front_page_costs_the_same_however_much_there_is(
    staff_client, django_assert_num_queries, count
):
    for _ in range(count):
        make_mail()
        booking = make_booking(email_key="key")
        make_mail(booking=booking, state="sent", bounced_at=timezone.now(), returned_email_key="key")  # fmt: skip

    with django_assert_num_queries(32):
        staff_client.get(FRONT)


def test_requests_are_counted_by_week_and_source():
    now = timezone.now()
    make_booking(referrer="/articles/knee/")
    make_booking(referrer="/topics/pain/")
    make_booking(referrer="", kind="say_hi")
    make_booking(referrer="/routines/strength/", created_at=now - 7 * DAY)
    make_booking(created_at=now - 100 * DAY)

    weeks = requests_by_referrer(PHOENIX).weeks

    labels = [referrer.label for referrer in REFERRERS]
    this, last = [
        {label: n for label, n in zip(labels, week.counts, strict=True) if n}
        for week in weeks[:-3:-1]
    ]
    assert this == {"Articles": 2, "Not known": 1}
    assert last == {"Routines": 1}
    assert (len(weeks), weeks[-1].monday) == (12, date(2026, 6, 29))
    assert sum(week.total for week in weeks) == 4


def test_a_week_begins_on_monday_by_the_clinics_clock():
    midnight = datetime(2026, 6, 29, 7, tzinfo=UTC)
    make_booking(created_at=midnight)
    make_booking(created_at=midnight - MINUTE)

    weeks = requests_by_referrer(PHOENIX).weeks

    assert [week.total for week in weeks[-2:]] == [1, 1]


def test_each_source_is_one_of_those_that_the_form_remembers():
    for path in ["/articles/a/", "/topics/a/", "/exercises/a/", "/routines/a/"]:
        make_booking(referrer=path)
    for path in ["/programs/a/", "/where-does-it-hurt/", "/", "", "/odd/"]:
        make_booking(referrer=path)

    counts = requests_by_referrer(PHOENIX).weeks[-1].counts

    assert counts == [2, 1, 1, 1, 1, 1, 2]


def test_the_chart_is_drawn_to_scale_and_says_its_numbers_in_words(staff_client):
    make_booking(referrer="/articles/knee/")
    make_booking(referrer="/articles/knee/")
    make_booking(referrer="/")

    page = staff_client.get(FRONT).text

    drawing = page[page.index('<svg viewBox="0 0 360') :]
    svg = ElementTree.fromstring(drawing[: drawing.index("</svg>") + 6])  # noqa: S314 - our own
    bars = {bar.get("class").split("--")[1]: bar for bar in svg.iter("rect")}
    heights = {key: float(bar.get("height")) for key, bar in bars.items()}
    assert heights == {"articles": 75.0, "home": 37.5}
    assert float(bars["home"].get("y")) + 37.5 == float(bars["articles"].get("y"))
    assert "3 requests in twelve weeks." in svg.find("desc").text
    assert '<th scope="row">Jun 29, 2026</th><td>2</td>' in page
    assert "style=" not in drawing


def test_a_chart_of_nothing_is_drawn_all_the_same(staff_client):
    assert "0 requests in twelve weeks." in staff_client.get(FRONT).text
