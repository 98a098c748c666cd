"""A clinician signs in a real browser, and the page says so; the owner reads who may do what."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from kneecare.clinic.models import Clinician
from tests.browser.axe import BUT_FOR_THE_MENU, axe_at_both_sizes, without_policy

pytestmark = pytest.mark.browser


@pytest.fixture
def article(desk, staff):
    """One of the first articles; whoever is signed in is a clinician."""
    Clinician.objects.filter(slug="nick-hunter").update(account=staff)
    return Article.objects.get(slug="patellar-tendinitis")


def test_a_clinician_signs_and_patients_read_who_checked_it(desk, site, page, article):
    page.goto(site + article.get_absolute_url())
    expect(page.get_by_text("Clinical review pending").first).to_be_visible()

    page.goto(f"{desk}articles/article/{article.pk}/change/")
    page.get_by_role("link", name="Clinical review").click()
    page.get_by_role("button", name="Sign as Nick Hunter, DPT").click()
    expect(page.get_by_text("Signed as Nick Hunter, DPT.")).to_be_visible()

    page.goto(site + article.get_absolute_url())
    expect(page.get_by_text("Checked by Nick Hunter, DPT on")).to_be_visible()


@without_policy
def test_axe_finds_nothing_on_reviews_and_rights(desk, page, article):
    found = []
    for path in [
        f"articles/article/{article.pk}/review/",
        "clinic/clinic/1/review/",
        "rights/",
    ]:
        response = page.goto(desk + path)
        assert response.status == 200, path
        found += [(path, each) for each in axe_at_both_sizes(page, BUT_FOR_THE_MENU)]

    assert found == []
