"""How often one sender may ask for a handout that does not exist. Who has a right code is not counted, and always gets in."""

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kneecare.core.client_ip import household, sender_address

MISSES_AN_HOUR = 20
HOUR = 3600


def too_many_misses(request):
    """Note one more miss of this sender; whether that is more than one may have in an hour.

    The cache holds a keyed hash of the sender's network, for an hour, and no code.
    """
    who = salted_hmac("exercises.handouts.misses", household(sender_address(request)))
    counter = f"handouts.misses.{who.hexdigest()}.{timezone.now():%Y%m%d%H}"
    cache.add(counter, 0, HOUR)
    try:
        return (cache.incr(counter) or 0) > MISSES_AN_HOUR
    except ValueError:  # it ran out between the two lines
        return False
