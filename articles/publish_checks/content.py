"""What an article says and shows: who answers for it, how long and how plain it is, what it rests on."""

from django.urls import reverse

from articles.readability.help import GOAL, LONGEST, ReadingHelp
from articles.rendering import footnotes
from kneecare.clinic.models import HelpLevel
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.publish_checks import advice, check_description, error

# Search engines cut a long title near 65 characters and a description near 160; very short ones say nothing.
TITLE_FEWEST, TITLE_CUT, TITLE_MOST = 3, 65, 100
SUMMARY_FEWEST, SUMMARY_SHORT, SUMMARY_CUT = 20, 50, 160


def check_author(draft):
    article = draft.article
    if article.author_id is None:
        yield error("Name the author.", article, "author")
    elif not article.author.is_shown:
        text = f"The author, {article.author}, is not shown on the site, so that the name leads nowhere."
        yield advice(text, article, "author")


def check_review(draft):
    article, url = draft.article, admin_url(draft.article, "review")
    if draft.signature is None:
        if not article.pending_reviews.open().exists():
            text = "Let a clinician sign it as it stands, or say that the review is pending."
            yield error(text, url=url)
    elif draft.signature.clinician_id == article.author_id:
        text = "Author and reviewer are one person. A second pair of eyes sees more."
        yield advice(text, url=url)


def check_next_review(draft):
    article = draft.article
    if article.review_by is None:
        if draft.signature:
            yield error("Say when the next review is due.", article, "review_by")
    elif article.review_by <= draft.clinic.today:
        text = "The day of the next review is over. Give a day to come."
        yield error(text, article, "review_by")


def check_headings(draft):
    """Headings go down one level at a time, over all blocks: the page's title is level 1, editors have 2 and 3."""
    before = 1
    for text in draft.texts:
        for level, words in text.outline.headings:
            if not words:
                yield error("A heading is empty.", text.block, text.field)
            elif level > before + 1:
                said = f"The heading “{words}” skips a level: use heading {before + 1} before heading {level}."
                yield error(said, text.block, text.field)
            before = level


def check_lengths(draft):
    yield from _title(draft.article)
    yield from _summary(draft.article)


def _title(article):
    length = len(article.title.strip())
    if length < TITLE_FEWEST:
        yield error("The title is too short to say anything.", article, "title")
    elif length > TITLE_MOST:
        text = f"The title has {length} characters. At most {TITLE_MOST} may stand."
        yield error(text, article, "title")
    elif length > TITLE_CUT:
        text = f"The title has {length} characters. Search engines cut it near {TITLE_CUT}."
        yield advice(text, article, "title")


def _summary(article):
    length = len(article.summary.strip())
    if length < SUMMARY_FEWEST:
        text = f"The summary has {length} characters. Give at least {SUMMARY_FEWEST}: it is the description that search engines show."
        yield error(text, article, "summary")
    elif not SUMMARY_SHORT <= length <= SUMMARY_CUT:
        text = f"The summary has {length} characters. {SUMMARY_SHORT} to {SUMMARY_CUT} show in full."
        yield advice(text, article, "summary")


def check_pictures(draft):
    for block in draft.blocks:
        if hasattr(block, "alt"):
            yield from check_description(block)


def check_reading(draft):
    """Reading help is advice, never more."""
    reading = ReadingHelp(draft)
    url = reverse("admin:articles_article_reading", args=[draft.article.pk])
    if not reading.is_easy:
        text = f"The text reads at grade {reading.grade}. Aim for {GOAL} or lower."
        yield advice(text, url=url)
    if reading.long_sentences:
        count = reading.long_sentences
        what = "sentence has" if count == 1 else "sentences have"
        yield advice(f"{count} {what} more than {LONGEST} words.", url=url)
    if reading.hard_words:
        count = reading.hard_words
        what = "hard word has" if count == 1 else "hard words have"
        yield advice(f"{count} {what} a plainer one.", url=url)


def check_references(draft):
    if not draft.references:
        text = "Name at least one reference: what the article rests on."
        yield error(text, draft.article, "references")


def check_footnotes(draft):
    """A mark that leads nowhere makes a claim look as if it had a source."""
    count = len(draft.references)
    for text in draft.texts:
        for mark in footnotes.without_reference(text.html, count):
            said = f"The footnote mark “{mark}” points at no reference. There {_are(count)}."
            yield error(said, text.block, text.field)


def _are(count):
    return "is 1 reference" if count == 1 else f"are {count or 'no'} references"


def check_urgency_list(draft):
    """Every article shows the clinic's list of when to get help; there must be one to show."""
    if not HelpLevel.objects.exclude(signs="").exists():
        url = reverse("admin:clinic_helplevel_changelist")
        text = 'The list of "when to get help" is empty. Every article shows it.'
        yield error(text, url=url)
    elif draft.clinic.help_reviewed_on is None:
        url = reverse("admin:clinic_clinic_changelist")
        text = 'Nobody has signed off the list of "when to get help" yet.'
        yield advice(text, url=url)
