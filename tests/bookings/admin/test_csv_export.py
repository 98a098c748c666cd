"""The queue as a file for a spreadsheet."""

import csv
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from kneecare.core.text import csv_rows
from kneecare.core.text.csv_rows import harmless
from tests.factories import make_booking, make_clinic

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("how rows are written as CSV"),
]
EXPORT = "/admin/bookings/booking/export/"


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


def taken(client, query=""):
    response = client.post(EXPORT + query)
    return response, rows_of(b"".join(response.streaming_content).decode())


def rows_of(text):
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def test_the_file_holds_the_requests_that_the_list_showed(staff_client):
    make_booking(name="Ada", state="confirmed", referrer="/articles/knee/")
    make_booking(name="Bob")

    _, rows = taken(staff_client, "?state__exact=confirmed")

    assert [row["Name"] for row in rows] == ["Ada"]
    assert rows[0]["State"] == "Confirmed"
    assert rows[0]["Came from"] == "/articles/knee/"


def test_the_file_opens_as_utf8_in_a_spreadsheet(staff_client):
    make_booking(name="Zoë Łuk")

    response = staff_client.post(EXPORT)
    content = b"".join(response.streaming_content)

    assert content.startswith(b"\xef\xbb\xbf")
    assert "Zoë Łuk" in content.decode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\x00=1", "＝1"],  # noqa: RUF001
)
def test_nothing_in_a_cell_is_a_formula(text):
    cell = harmless(text)

    assert cell.startswith("'")
    assert cell.isprintable()


@pytest.mark.parametrize("text", ["Ada", "a=b", "ada@example.com", "2026-07-01"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert harmless(text) == text


def test_a_dangerous_name_is_defused_in_the_file(staff_client):
    make_booking(name='=HYPERLINK("https://evil.example")', phone="+16025550123")

    _, [row] = taken(staff_client)

    assert row["Name"] == '\'=HYPERLINK("https://evil.example")'
    assert row["Phone"] == "'+1 602-555-0123"


def test_what_visitors_wrote_is_not_in_the_file(staff_client):
    make_booking(message="canary words")

    response = staff_client.post(EXPORT)

    assert b"canary" not in b"".join(response.streaming_content)


def test_the_files_name_tells_nothing_of_the_filter(staff_client):
    make_booking(name="Ada")

    response, _ = taken(staff_client, "?q=Ada")

    assert "Ada" not in str(response.headers)
    assert "no-store" in response["Cache-Control"]


def test_the_log_remembers_who_took_how_many_and_not_what_they_looked_for(
    staff_client, staff
):
    make_booking(name="Ada")

    taken(staff_client, "?q=Ada")

    entry = LogEntry.objects.get()
    assert entry.user == staff
    assert (entry.object_repr, entry.change_message) == (
        "Requests",
        "Took a CSV file. Requests in it: 1.",
    )
    assert staff_client.get("/admin/").status_code == 200


def test_the_file_is_read_in_batches(
    staff_client, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(csv_rows, "BATCH", 2)
    for number in range(5):
        make_booking(name=f"N{number}")
    response = staff_client.post(EXPORT)

    with django_assert_num_queries(4):
        content = b"".join(response.streaming_content).decode()

    names = [row["Name"] for row in rows_of(content)]
    assert sorted(names) == [f"N{number}" for number in range(5)]


def test_the_file_is_not_taken_by_a_link_nor_without_permission(
    client, staff_client, django_user_model
):
    assert staff_client.get(EXPORT).status_code == 405
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_booking"))
    client.force_login(viewer)

    assert client.post(EXPORT).status_code == 403
    assert LogEntry.objects.count() == 0
