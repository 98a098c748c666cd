"""Reading help is advice, never more."""

from django.urls import reverse

from articles.publish_checks.finding import advice
from articles.readability.help import GOAL, LONGEST, ReadingHelp


def check_reading(copy):
    reading = ReadingHelp(copy)
    url = reverse("admin:articles_article_reading", args=[copy.article.pk])
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
