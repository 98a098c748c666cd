"""What is looked at in an article before it is published. Each check is a function of its ``DraftText``."""

from articles.draft_text import DraftText
from articles.models import Article
from articles.publish_checks.content import (
    check_author,
    check_footnotes,
    check_headings,
    check_lengths,
    check_next_review,
    check_pictures,
    check_reading,
    check_references,
    check_review,
    check_urgency_list,
)
from articles.publish_checks.links import check_links
from kneecare.publishing.publish_checks import checks_of

# The order in which an editor reads them.
CHECKS = [
    check_lengths,
    check_author,
    check_review,
    check_next_review,
    check_references,
    check_footnotes,
    check_urgency_list,
    check_pictures,
    check_headings,
    check_links,
    check_reading,
]


@checks_of(Article)
def check_article(article, publish_with):
    draft = DraftText(article, publish_with)
    for check in CHECKS:
        yield from check(draft)
