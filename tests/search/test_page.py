"""The search page, as a visitor and as a machine in between sees it."""

import re
from urllib.parse import quote

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_content")]
XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def ask(client, query, **more):
    return client.get("/search/", {"q": query, **more})


def links(html):
    return re.findall(r'class="card__link" href="([^"]+)"', html)


def test_results_come_best_first_with_marks_and_kinds(client):
    html = ask(client, "glute bridge").text

    assert links(html)[:2] == [
        "/exercises/glute-bridge/",
        "/exercises/single-leg-glute-bridge/",
    ]
    assert "<mark>Glute</mark> <mark>bridge</mark></a>" in html
    assert '<p class="chip">Exercise</p>' in html
    assert "4 pages found" in html
    assert "Did you mean" not in html


def test_a_slip_is_mended_and_told(client):
    html = ask(client, "glut brige").text

    assert 'Did you mean <a href="?q=glute%20bridge">glute bridge</a>?' in html
    assert links(html)[0] == "/exercises/glute-bridge/"
    assert 'value="glut brige"' in html


def test_synonyms_are_told(client):
    assert "We also looked for “kneecap” and “knee cap”." in ask(client, "patella").text


def test_a_word_that_no_page_has_is_told(client):
    html = ask(client, "knee pain on stairs").text

    assert "No page has “stairs”." in html
    assert links(html)


def test_a_phrase_that_no_page_has_is_told(client):
    assert (
        "No page has these words in this order." in ask(client, '"bridge glute"').text
    )


def test_no_result_leads_on(client):
    html = ask(client, "glutebridje").text

    assert "We found no page for that" in html
    assert 'href="/exercises/glute-bridge/">Glute bridge</a>' in html
    for way in ["/where-does-it-hurt/", "/contact/", "/book/"]:
        assert (
            f'class="button button--quiet" href="{way}"' in html
            or f'class="button" href="{way}"' in html
        )


@pytest.mark.parametrize("query", ["", "  ", "?!"])
def test_without_a_word_there_are_places_to_start_from(client, query):
    html = ask(client, query).text

    assert "Not sure what to type?" in html
    assert 'href="/topics/patellar-tendinitis/"' in html
    assert 'href="/where-does-it-hurt/"' in html
    assert "found" not in html


@pytest.mark.parametrize(
    "query", ["", "glut brige", "xyzzy", "kneecap pain", '"four simple moves"']
)
def test_the_page_costs_at_most_three_queries(
    client, django_assert_max_num_queries, query
):
    with django_assert_max_num_queries(3):
        assert ask(client, query).status_code == 200


def test_what_was_asked_stays_private(client):
    response = ask(client, "my private kneecap")
    head = response.text.partition("<body>")[0]

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "private" not in head
    assert "canonical" not in head  # it is not to be listed
    assert '<meta name="robots" content="noindex">' in head


def test_a_payload_in_the_query_comes_out_inert(client):
    for query in [XSS, f'"{XSS}"', f"knee {XSS}"]:
        html = ask(client, query).text

        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_ten_megabytes_and_a_nul_are_borne(client):
    html = ask(client, "knee " * 2_000_000).text

    assert len(html) < 100_000
    assert "We looked for the first few." in html
    assert client.get("/search/?q=%00").status_code == 400
    assert client.get(f"/search/?q={quote(bytes(range(128, 256)))}").status_code == 200


def test_every_other_page_has_the_field_in_its_header(client):
    assert 'id="site-search"' in client.get("/about/").text
    assert 'id="site-search"' not in client.get("/search/").text
