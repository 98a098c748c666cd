"""What promoted pages are found by."""

from kneecare.search.models import PromotedPage
from kneecare.search.sources import Page, source


@source(PromotedPage, label="Page")
def promoted_page(row):
    return Page(row.url, row.title, row.summary, " ".join(row.words.split()))
