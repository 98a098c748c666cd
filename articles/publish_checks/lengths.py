"""Search engines cut a long title near 65 characters and a description near 160; very short ones say nothing."""

from articles.publish_checks.finding import advice, error

TITLE_FEWEST, TITLE_CUT, TITLE_MOST = 3, 65, 100
SUMMARY_FEWEST, SUMMARY_SHORT, SUMMARY_CUT = 20, 50, 160


def check_lengths(copy):
    yield from _title(copy.article)
    yield from _summary(copy.article)


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
