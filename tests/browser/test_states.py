"""axe on each state of a page that only rows or a POST bring about: refusals, forms with mistakes, receipts, what has ended."""

import pytest
from django.core.cache import cache

from tests.browser.axe import PHONE, axe, sideways
from tests.site.drawn import STATES, is_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_in_any_state_of_a_page(site, page, client, name):
    cache.clear()
    response = STATES[name](client)
    assert is_page(response)
    # The answer came to us: the browser gets the same, with its files from the site.
    body, kind = response.content, response.headers["Content-Type"]
    page.route(
        f"{site}/drawn/", lambda route: route.fulfill(body=body, content_type=kind)
    )
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/drawn/")

    assert [*axe(page), *sideways(page)] == []
