"""Which candidate fits best: plain sums over the words, the same on every database.

A title tells more than a summary, and that more than the body; a rare word more than a common one; what was typed
more than what means the same.
"""

from typing import NamedTuple

TITLE, SUMMARY, BODY = 6.0, 2.5, 1.5
SYNONYM = 0.8
EXACT_TITLE, WHOLE_TITLE, TOGETHER = 10.0, 2.0, 1.0
LEAST = (
    0.6  # of what the best candidate has of the query; one that has less is left out
)


class Scored(NamedTuple):
    candidate: object
    score: float
    coverage: float
    is_exact: bool


def rank(candidates, plan):
    """``candidates`` worth showing, best first, and whether those have every phrase in quotation marks."""
    scorer = Scorer(plan)
    scored = [scorer.score(candidate) for candidate in candidates]
    exact = [each for each in scored if each.is_exact]
    kept = exact or scored
    least = LEAST * max((each.coverage for each in kept), default=0)
    kept = [each for each in kept if each.coverage >= least]
    kept.sort(key=lambda each: (-each.score, each.candidate.title, each.candidate.url))
    return [each.candidate for each in kept], bool(exact)


class Scorer:
    """Weighs candidates for one plan. Stems are looked for as text, each between spaces."""

    def __init__(self, plan):
        self.units = [
            (unit.weight, [_spaced(phrase) for phrase in unit.phrases])
            for unit in plan.units
        ]
        self.total = sum(unit.weight for unit in plan.units)
        self.exact = [_spaced(phrase) for phrase in plan.exact]
        typed = [unit.phrases[0] for unit in plan.units]
        self.typed = [(_spaced(phrase), len(phrase)) for phrase in typed]
        self.together = _spaced(stem for phrase in typed for stem in phrase)

    def score(self, candidate):
        title = f" {candidate.title_stems} "
        summary = f" {candidate.summary_stems} "
        body = f" {candidate.body_stems} "
        score = covered = 0.0
        for weight, texts in self.units:
            if found := _best(texts, title, summary, body):
                score += weight * found
                covered += weight
        score = score / self.total + self._shape(title, summary, body)
        is_exact = all(
            each in title or each in summary or each in body for each in self.exact
        )
        return Scored(candidate, round(score, 6), covered / self.total, is_exact)

    def _shape(self, title, summary, body):
        """More for a title that is the query, or has little else; and for words that stand together as they were typed."""
        if self.together == title:
            return WHOLE_TITLE + EXACT_TITLE
        in_title = sum([size for text, size in self.typed if text in title])
        score = WHOLE_TITLE * min(1.0, in_title / title.count(" "))
        if len(self.typed) > 1:
            score += TOGETHER * (self.together in title)
            score += TOGETHER / 2 * (self.together in summary or self.together in body)
        return score


def _best(texts, title, summary, body):
    """What the best of one unit's phrases earns; the first is what was typed."""
    best, factor = 0.0, 1.0
    for text in texts:
        times = body.count(text)
        earned = TITLE * (text in title) + SUMMARY * (text in summary)
        earned = factor * (earned + BODY * times / (times + 1.5))
        if earned > best:
            best = earned
        factor = SYNONYM
    return best


def _spaced(stems):
    return f" {' '.join(stems)} "
