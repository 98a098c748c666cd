import pytest

from articles.draft_text import DraftText
from articles.models import CalloutBlock, PlainWord
from articles.readability.help import ReadingHelp, WordList
from tests.factories import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("texts")]


def hard_words(sentence, **words):
    """``[(hard word, plainer)]`` found in ``sentence``."""
    rows = [
        PlainWord(word=word.replace("_", " "), plainer=p) for word, p in words.items()
    ]
    pieces = WordList(rows).pieces(sentence)
    assert "".join(piece.text for piece in pieces) == sentence
    return [(piece.text, piece.plainer) for piece in pieces if piece.plainer]


def test_hard_words_are_found_in_any_case_and_with_their_endings():
    sentence = "Utilizing it, he utilizes what was utilized (UTILIZE!)."

    found = hard_words(sentence, utilize="use")

    assert [word for word, _ in found] == [
        "Utilizing",
        "utilizes",
        "utilized",
        "UTILIZE",
    ]


def test_a_word_inside_of_another_is_left_alone():
    assert hard_words("The sublateral view, the laterality.", lateral="outer") == []


def test_the_longest_phrase_wins():
    found = hard_words("Do it prior to lunch.", prior="earlier", prior_to="before")

    assert found == [("prior to", "before")]


def test_phrases_know_endings_too():
    assert hard_words("Both ranges of motion.", range_of_motion="how far") == [
        ("ranges of motion", "how far")
    ]


def test_the_whole_article_is_read_its_summary_and_every_block():
    article = make_draft(summary="A summary of what comes.", html="<p>Text.</p>")
    CalloutBlock.objects.create(
        parent=article, region="main", ordering=20, title="Stop", html="<p>Now.</p>"
    )

    help_ = ReadingHelp(DraftText(article))

    said = [
        "".join(piece.text for piece in sentence.pieces)
        for passage in help_.passages
        for sentence in passage.sentences
    ]
    assert said == ["A summary of what comes.", "Text.", "Stop", "Now."]


def test_sentences_over_fifteen_words_are_counted():
    article = make_draft(html=f"<p>{'word ' * 15}.</p><p>{'word ' * 16}.</p>")

    assert ReadingHelp(DraftText(article)).long_sentences == 1
