"""How often one client may ask for a handout that does not exist. Who has a right code is not counted, and always gets in."""

from kneecare.core.counters import count_network_this_hour

MISSES_AN_HOUR = 20


def too_many_misses(request):
    """Note one more miss of this client's network; whether that is more than one may have in an hour."""
    return count_network_this_hour("handouts.misses", request) > MISSES_AN_HOUR
