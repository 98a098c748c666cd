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
    scored = [_score(candidate, plan) for candidate in candidates]
    exact = [each for each in scored if each.is_exact]
    kept = exact or scored
    least = LEAST * max((each.coverage for each in kept), default=0)
    kept = [each for each in kept if each.coverage >= least]
    kept.sort(key=lambda each: (-each.score, each.candidate.title, each.candidate.url))
    return [each.candidate for each in kept], bool(exact)


def _score(candidate, plan):
    title, summary, body = (
        f" {stems} "
        for stems in [
            candidate.title_stems,
            candidate.summary_stems,
            candidate.body_stems,
        ]
    )
    total = sum(unit.weight for unit in plan.units)
    score = covered = 0.0
    for unit in plan.units:
        found = _best(unit, title, summary, body)
        score += unit.weight * found
        covered += unit.weight if found else 0
    exact = [f" {' '.join(phrase)} " for phrase in plan.exact]
    is_exact = all(
        any(each in text for text in (title, summary, body)) for each in exact
    )
    score = score / total + _shape(plan, title, summary + body)
    return Scored(candidate, round(score, 6), covered / total, is_exact)


def _best(unit, title, summary, body):
    """What the best of a unit's phrases earns."""
    best = 0.0
    for number, phrase in enumerate(unit.phrases):
        text = f" {' '.join(phrase)} "
        times = body.count(text)
        earned = TITLE * (text in title) + SUMMARY * (text in summary)
        earned += BODY * times / (times + 1.5)
        best = max(best, earned * (SYNONYM if number else 1))
    return best


def _shape(plan, title, rest):
    """More for a title that is the query, or has little else; and for words that stand together as they were typed."""
    typed = [unit.phrases[0] for unit in plan.units]
    together = f" {' '.join(stem for phrase in typed for stem in phrase)} "
    in_title = sum(len(phrase) for phrase in typed if f" {' '.join(phrase)} " in title)
    score = WHOLE_TITLE * min(1.0, in_title / max(1, len(title.split())))
    if together == title:
        return score + EXACT_TITLE
    if len(typed) == 1:
        return score
    return score + TOGETHER * (together in title) + TOGETHER / 2 * (together in rest)
