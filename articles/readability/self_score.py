"""Two instruments to score a text with, by hand.

PEMAT-P is the Patient Education Materials Assessment Tool for printable materials (AHRQ, Shoemaker, Wolf and
Brach, 2013): 17 items on understandability and 7 on actionability, numbered as in the instrument, which leaves
13 and 14 to film and sound. The Clear Communication Index (CDC) has 20 items, of which 12 to 20 count only where
a text gives advice, numbers or risks. The words here are our own and short; the user's guides say more.
"""

import hashlib
import json
from dataclasses import dataclass

from articles.draft_text import DraftText
from articles.models import SelfScore

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
    items: tuple[Item, ...]
    parts: dict[str, str]  # a part of the items, and the score that it counts to

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


def _pemat():
    understand = "Easy to understand"
    act = "Easy to act on"
    rows = [
        (1, understand, "It is plain at once what the text is for.", False),
        (2, understand, "Nothing leads away from that purpose.", False),
        (3, understand, "The words are everyday words.", False),
        (
            4,
            understand,
            "A medical term stands only to teach it, and is explained.",
            False,
        ),
        (5, understand, "It says who does what (active voice).", False),
        (6, understand, "Numbers are clear.", True),
        (7, understand, "The reader need not work anything out.", False),
        (8, understand, "It comes in short parts.", True),
        (9, understand, "Each part has a heading that tells what is in it.", True),
        (10, understand, "One thing follows from the other.", False),
        (11, understand, "There is a summary.", True),
        (12, understand, "Bullets, boxes or bold type point out what matters.", False),
        (15, understand, "There is a picture wherever one would help.", False),
        (16, understand, "The pictures support the text and do not distract.", True),
        (17, understand, "Each picture has a clear title or caption.", True),
        (18, understand, "Drawings and photographs are clear and not crowded.", True),
        (19, understand, "Tables are simple, with short headings.", True),
        (20, act, "It names at least one thing to do.", False),
        (21, act, "It speaks to the reader when it says what to do.", False),
        (22, act, "It breaks what to do into small, clear steps.", False),
        (23, act, "It gives a tool, such as a checklist, where one would help.", False),
        (24, act, "It shows how to work out what must be worked out.", True),
        (25, act, "It explains how to use its charts, tables or diagrams.", True),
        (26, act, "There is a picture wherever it makes doing easier.", False),
    ]
    parts = {understand: "understandability", act: "actionability"}
    items = tuple(Item(*row) for row in rows)
    return Instrument(SelfScore.Kind.PEMAT, "PEMAT-P", 70, items, parts)


def _index():
    core, advised = "Every text", "If it recommends something to do"
    numbers, risk = "If it gives numbers", "If it speaks of a risk"
    rows = [
        (1, core, "It has one main message.", False),
        (2, core, "The main message stands at the start.", False),
        (3, core, "The main message stands out to the eye.", False),
        (4, core, "A picture supports the main message.", False),
        (5, core, "It asks the reader to do something.", False),
        (6, core, "Message and request are in the active voice.", False),
        (7, core, "Its words are the reader's own, throughout.", False),
        (8, core, "It uses bulleted or numbered lists.", False),
        (9, core, "It comes in parts with headings.", False),
        (10, core, "The first part sums up what matters most.", False),
        (11, core, "It says what experts know and what they do not.", False),
        (12, advised, "It names what the reader should do.", True),
        (13, advised, "It says why that matters to the reader.", True),
        (14, advised, "It tells how to do it, step by step.", True),
        (15, numbers, "The numbers are of a kind that the reader uses.", True),
        (16, numbers, "It says what each number means.", True),
        (17, numbers, "The reader need not calculate.", True),
        (18, risk, "It explains what the risk is.", True),
        (19, risk, "It gives risks and benefits of what it recommends.", True),
        (20, risk, "A chance in numbers comes with words or a picture.", True),
    ]
    items = tuple(Item(*row) for row in rows)
    parts = dict.fromkeys([core, advised, numbers, risk], "clear communication")
    name = "CDC Clear Communication Index"
    return Instrument(SelfScore.Kind.INDEX, name, 90, items, parts)


INSTRUMENTS = {instrument.kind: instrument for instrument in [_pemat(), _index()]}


def keep(article, kind, answers, *, by):
    """Keep the score of the working copy as it is now."""
    return SelfScore.objects.create(
        article=article,
        kind=kind,
        answers=answers,
        scores=INSTRUMENTS[kind].scores(answers),
        text_digest=digest(article),
        made_by=by,
    )


def digest(article):
    """A mark of the working copy's words: another one once they change."""
    said = [text for _, _, text in DraftText(article).said()]
    return hashlib.sha256(json.dumps([article.title, *said]).encode()).hexdigest()


def file_with(version):
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
