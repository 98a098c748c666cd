"""Who answers for the words: an author, and a clinical review with its days, or the word that it is pending."""

from articles.publish_checks.finding import advice, error


def check_author(copy):
    article = copy.article
    if article.author_id is None:
        yield error("Name the author.", article, "author")
    elif not article.author.is_shown:
        text = f"The author, {article.author}, is not shown on the site, so that the name leads nowhere."
        yield advice(text, article, "author")


def check_review(copy):
    article = copy.article
    if not article.is_reviewed:
        if not article.pending_reviews.open().exists():
            text = "Give the reviewer and the day of the clinical review, or say that the review is pending."
            yield error(text, article, "reviewer")
        return
    if article.reviewed_on > copy.clinic.today:
        text = "The day of the clinical review is still to come."
        yield error(text, article, "reviewed_on")
    if article.reviewer_id == article.author_id:
        text = "Author and reviewer are one person. A second pair of eyes sees more."
        yield advice(text, article, "reviewer")


def check_next_review(copy):
    article = copy.article
    if article.review_by is None:
        if article.is_reviewed:
            yield error("Say when the next review is due.", article, "review_by")
    elif article.review_by <= copy.clinic.today:
        text = "The day of the next review is over. Give a day to come."
        yield error(text, article, "review_by")
