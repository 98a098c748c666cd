"""How often something was done within this hour: counted in the cache, for all processes where that is Redis."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kneecare.core.http.client_ip import client_ip, network_of

HOUR = 3600  # seconds


def count_this_hour(what: str, who: str) -> int:
    """Count once more that ``who`` did ``what``; return how often that is.

    The cache holds a keyed hash of ``who``, for an hour, and nothing else of them.
    """
    key = salted_hmac(f"kneecare.counters.{what}", who, algorithm="sha256").hexdigest()
    counter = f"{what}.{key}.{timezone.now():%Y%m%d%H}"
    cache.add(counter, 0, HOUR)
    try:
        return cache.incr(counter) or 0
    except ValueError:  # it ran out between the two lines
        return 0


def count_network_this_hour(what: str, request: HttpRequest) -> int:
    """The same for the network that a request comes from."""
    return count_this_hour(what, network_of(client_ip(request)))
