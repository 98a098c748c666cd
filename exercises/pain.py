"""The pain guide: what a number from 0 to 10 means while you move.

Published cut-offs differ, so that they are data of a routine, with whose they are; none of them is ours. 3 and 5, with
these three meanings, are those of Provide Community (UK); the American Academy of Orthopaedic Surgeons says that an
exercise should not hurt at all.
"""

from dataclasses import dataclass

# Above this pain a routine asks people to ask, also one whose limits are higher or that has none.
MOST_PAIN_UNASKED = 5
SCALE = range(11)  # of pain, and of effort: 0 to 10


@dataclass(frozen=True)
class Zone:
    """``tone`` names the colour, ``pain`` the numbers, which end at ``last``; ``title`` and ``advice`` say it in words."""

    tone: str
    pain: str
    last: int
    title: str
    advice: str


def guide(green_to, amber_to):
    """Three zones for the last number that is fine and the last that is still acceptable; none for ``None``."""
    if green_to is None or amber_to is None:
        return []
    return [
        Zone("green", _span(0, green_to), green_to, "Go on", "This is fine."),
        Zone(
            "amber",
            _span(green_to + 1, amber_to),
            amber_to,
            "Take care",
            "You can go on if it settles within 24 hours. If not, do less next time.",
        ),
        Zone(
            "red",
            _span(amber_to + 1, 10),
            10,
            "Stop",
            "Stop this move. Ask us what to do.",
        ),
    ]


def _span(first, last):
    return str(first) if first == last else f"{first} to {last}"
