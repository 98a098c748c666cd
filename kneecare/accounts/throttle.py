"""How often somebody may guess: counted in the database, for all processes, whether or not a name exists.

The first tries are free; then each one that fails doubles the wait before the next. Guesses at an account are counted
together wherever they come from, and guesses from a network together whichever account they are at. A device that the
account has signed in from is counted by itself, and by nothing else: a guesser elsewhere does not hold it up.
"""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kneecare.accounts.devices import known_device, normal
from kneecare.accounts.models import SignInThrottle
from kneecare.core.http.client_ip import client_ip, network_of

# A clinic's people share a network, and one of them may mistype.
FREE = {"account": 5, "device": 5, "network": 20}
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


class TooManyTries(Exception):
    def __init__(self, wait):
        super().__init__()
        self.seconds = math.ceil(wait.total_seconds())


@dataclass(frozen=True)
class Try:
    """A try to sign in that counts as failed until it is forgiven."""

    kinds: dict  # the key of each row, and what it counts

    @property
    def key(self):
        """Tells tries at one account from those at another."""
        return next(iter(self.kinds))[:8]

    def forgive(self):
        """It was right. What it was counted under starts anew; its network only gets this one try back."""
        for key, kind in self.kinds.items():
            rows = SignInThrottle.objects.filter(key=key)
            if kind == "network":
                _give_back(rows)
            else:
                rows.delete()


def begin(request, username="", *, what="password"):
    """Count a try before anything is compared, so that tries at once count as well; ``TooManyTries`` where none is left.

    ``what`` is guessed at: codes are counted apart from passwords. Without a ``username`` the network alone counts.
    """
    kinds = _kinds(request, username, what)
    # Refused without a lock or a write: a flood of refusals costs little.
    _refuse_blocked(SignInThrottle.objects.filter(key__in=kinds))
    with transaction.atomic():
        for key in kinds:
            SignInThrottle.objects.get_or_create(key=key)
        # In one order, so that two at once wait for each other.
        counted = SignInThrottle.objects.filter(key__in=kinds).order_by("key")
        rows = list(counted.select_for_update())
        _refuse_blocked(rows)
        for row in rows:
            _count(row, kinds[row.key])
    return Try(kinds)


def forget_old():
    """Delete what no longer counts."""
    SignInThrottle.objects.filter(
        failed_at__lt=timezone.now() - FORGOTTEN_AFTER
    ).delete()


def wait_after(kind, failures):
    over = failures - FREE[kind]
    if over < 0:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT)


def _kinds(request, username, what):
    network = _key("network", f"{what}:{network_of(client_ip(request))}")
    if not username:
        return {network: "network"}
    who = f"{what}:{normal(username)}"
    if device := known_device(request, username):
        return {_key("device", f"{who}:{device}"): "device"}
    return {_key("account", who): "account", network: "network"}


def _key(kind, who):
    salt = f"kneecare.accounts.throttle.{kind}"
    return salted_hmac(salt, who, algorithm="sha256").hexdigest()


def _refuse_blocked(rows):
    now = timezone.now()
    # A wait that ends later than any can was given by a clock that was wrong.
    ends = [row.blocked_until for row in rows if row.blocked_until]
    waits = [end - now for end in ends if now < end <= now + LONGEST_WAIT]
    if waits:
        raise TooManyTries(max(waits))


def _count(row, kind):
    now = timezone.now()
    is_old = row.failed_at and now - row.failed_at > FORGOTTEN_AFTER
    row.failures = 1 if is_old else row.failures + 1
    row.failed_at = now
    wait = wait_after(kind, row.failures)
    row.blocked_until = now + wait if wait else None
    row.save()


@transaction.atomic
def _give_back(rows):
    for row in rows.select_for_update():
        row.failures = max(row.failures - 1, 0)
        row.blocked_until = None
        row.save()
