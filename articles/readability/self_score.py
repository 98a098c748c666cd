"""Two instruments to score a text with, by hand.

PEMAT-P is the Patient Education Materials Assessment Tool for printable materials (AHRQ, Shoemaker, Wolf and
Brach, 2013): 17 items on understandability and 7 on actionability, numbered as in the instrument, which leaves
13 and 14 to film and sound. The Clear Communication Index (CDC) has 20 items, of which 12 to 20 count only where
a text gives advice, numbers or risks. The words here are our own and short; the user's guides say more.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from articles.draft_text import DraftText
from articles.models import SelfScore
from kneecare.core.first_content import read

YES, NO, NOT_APPLICABLE = "yes", "no", "n/a"


@dataclass(frozen=True)
class Item:
    number: int
    part: str
    text: str
    may_not_apply: bool = False


@dataclass(frozen=True)
class Instrument:
    kind: str
    name: str
    pass_mark: int  # percent, in each part that is scored
    parts: dict[str, str]  # a part of the items, and the score that it counts to
    items: tuple[Item, ...]

    def scores(self, answers):
        """Percent of each score: yes among the items that apply. A score without any is left out."""
        counted: dict[str, list[bool]] = {}
        for item in self.items:
            answer = answers[str(item.number)]
            if answer != NOT_APPLICABLE:
                counted.setdefault(self.parts[item.part], []).append(answer == YES)
        return {
            name: round(100 * sum(said) / len(said)) for name, said in counted.items()
        }


def _instrument(kind, *, items, **facts):
    made = tuple(Item(number=int(number), **item) for number, item in items.items())
    return Instrument(kind, items=made, **facts)


INSTRUMENTS = {
    kind: _instrument(kind, **facts)
    for kind, facts in read(Path(__file__).with_name("instruments.toml")).items()
}


def keep_score(article, kind, answers, *, by):
    """Keep the score of the draft as it is now."""
    return SelfScore.objects.create(
        article=article,
        kind=kind,
        answers=answers,
        scores=INSTRUMENTS[kind].scores(answers),
        text_digest=digest(article),
        made_by=by,
    )


def digest(article):
    """A mark of the draft's words: another one once they change."""
    said = [text for _, _, text in DraftText(article).said()]
    return hashlib.sha256(json.dumps([article.title, *said]).encode()).hexdigest()


def file_scores(version):
    """The scores of exactly these words belong to the version that they were published as."""
    article = version.page
    scores = article.self_scores.filter(version=None, text_digest=digest(article))
    scores.update(version=version)


def result(score):
    """Such as "PEMAT-P: understandability 88 % (pass), actionability 60 % (below 70 %)"."""
    instrument = INSTRUMENTS[score.kind]
    mark = instrument.pass_mark
    said = [
        f"{name} {percent} % ({'pass' if percent >= mark else f'below {mark} %'})"
        for name, percent in score.scores.items()
    ]
    return f"{instrument.name}: {', '.join(said)}"
