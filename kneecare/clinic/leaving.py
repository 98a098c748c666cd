"""What a clinician's leaving means, as the apps say that need them: this one lies below them."""

from collections.abc import Callable, Iterable

Teller = Callable[..., Iterable[str]]
_tellers: list[Teller] = []


def tells_of_leaving(teller: Teller) -> Teller:
    """Register who says, in sentences, what still waits for a clinician."""
    _tellers.append(teller)
    return teller


def waits_for(clinician) -> list[str]:
    return [line for tell in _tellers for line in tell(clinician)]
