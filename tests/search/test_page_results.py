"""The search page over pages that each test makes."""

import pytest

from kneecare.search import index
from tests.factories import make_clinic, make_program
from tests.search.test_page import XSS, ask, links

pytestmark = pytest.mark.django_db


def test_the_page_works_without_a_query(client):
    assert client.get("/search/").status_code == 200


def test_many_results_come_in_pages_that_keep_the_query(client):
    make_clinic()
    index.refresh(
        *(make_program(title=f"Zebra {number}", summary="A b.") for number in range(25))
    )

    first, last = ask(client, "zebra & co").text, ask(client, "zebra & co", page=3).text

    assert len(links(first)) == 10
    assert len(links(last)) == 5
    assert not set(links(first)) & set(links(last))
    assert 'href="?q=zebra%20%26%20co&amp;page=2"' in first
    assert links(ask(client, "zebra", page="x").text) == links(
        ask(client, "zebra").text
    )
    assert links(ask(client, "zebra", page=999).text) == links(
        ask(client, "zebra", page=3).text
    )


def test_more_than_can_be_weighed_is_told(client):
    make_clinic()
    index.refresh(
        *(make_program(title=f"Zebra {number}", summary="A b.") for number in range(70))
    )

    assert "Many pages fit. Here are the best 40." in ask(client, "zebra").text


def test_a_payload_in_a_page_comes_out_inert(client):
    make_clinic()
    index.refresh(
        make_program(
            title=f"Zebra {XSS}",
            summary=f"Zebra {XSS}",
            body=f"<p>Giraffe {XSS} &lt;script&gt;alert(3)&lt;/script&gt;</p>",
        )
    )

    for query in ["zebra", "giraffe", "script alert onerror"]:
        html = ask(client, query).text

        assert links(html)
        assert "<script>" not in html
        assert "<img src=x" not in html
