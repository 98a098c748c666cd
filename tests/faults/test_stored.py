"""Stored pages with the real processes: what is taken down, by whatever hand, none of them shows once more."""

from urllib.request import urlopen

from tests.serving import answer

SLUG = "knee-pain-why-it-matters"
PAGE = f"/articles/{SLUG}/"
VISITS = (
    60  # by connections of their own, so that each process of the server has its share
)


def test_a_page_that_is_taken_down_is_shown_by_no_process_any_more(site, database):
    since = database.value(f"SELECT published_at FROM articles_article WHERE slug = '{SLUG}'")  # fmt: skip
    assert [answer(site.port, PAGE)[0] for _ in range(VISITS)] == [200] * VISITS
    with urlopen(f"http://127.0.0.1:{site.port}{PAGE}") as response:
        assert response.headers["ETag"]

    database.execute(f"UPDATE articles_article SET published_at = NULL WHERE slug = '{SLUG}'")  # fmt: skip
    assert [answer(site.port, PAGE) for _ in range(VISITS)] == [(404, "")] * VISITS

    database.execute(f"UPDATE articles_article SET published_at = '{since}' WHERE slug = '{SLUG}'")  # fmt: skip
    assert [answer(site.port, PAGE)[0] for _ in range(VISITS)] == [200] * VISITS
