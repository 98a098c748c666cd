"""What a change of the clinic's time zone would do, as the apps say that keep times: this one lies below them."""

from collections.abc import Callable
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Shown(NamedTuple):
    """Something that keeps its moment, and is shown at another hour then."""

    label: str
    url: str
    before: str
    after: str


class ZoneChange(NamedTuple):
    sentences: list[str]
    shown: list[Shown]


Teller = Callable[[ZoneInfo, ZoneInfo], ZoneChange]
_tellers: list[Teller] = []


def tells_of_zone_change(teller: Teller) -> Teller:
    """Register who says what a change from one zone to another would do."""
    _tellers.append(teller)
    return teller


def zone_change(before: ZoneInfo, after: ZoneInfo) -> ZoneChange:
    told = [tell(before, after) for tell in _tellers]
    return ZoneChange(
        sentences=[words for each in told for words in each.sentences],
        shown=[row for each in told for row in each.shown],
    )
