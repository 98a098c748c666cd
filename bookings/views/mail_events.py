from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bookings import services
from bookings.mail.provider_events import NotFromProvider, NotReadable, read_events
from kneecare.core.counters import HOUR, count_network_this_hour

REFUSALS_AN_HOUR = 60  # of one network: whoever tries more is told nothing any more


@csrf_exempt  # it comes from no page, and shows by other means who sends it
@never_cache
def mail_events(request):
    """Take in what the mail provider says of our mail."""
    if not settings.EMAIL_PROVIDER:
        raise Http404
    return _take_in(request)


@require_http_methods(["HEAD", "POST"])
def _take_in(request):
    """Providers ask by HEAD first whether somebody is here."""
    if request.method == "HEAD":
        return HttpResponse()
    try:
        secret = settings.EMAIL_WEBHOOK_SECRET
        events = read_events(request, settings.EMAIL_PROVIDER, secret)
    except NotFromProvider:
        return _refused(request)
    except NotReadable:
        return _words("This cannot be read.", status=400)
    try:
        for event in events:
            services.note_mail_event(event)
    except UnicodeEncodeError:
        # Half a letter, as JSON can spell it: no database holds that.
        return _words("This cannot be read.", status=400)
    return _words("Taken.", status=200)


def _refused(request):
    """Counted only now: no flood of others keeps the provider out."""
    if count_network_this_hour("bookings.mail_events", request) > REFUSALS_AN_HOUR:
        response = _words("Too many requests. Ask again in an hour.", status=429)
        response["Retry-After"] = str(HOUR)
        return response
    return _words("This does not come from our mail provider.", status=403)


def _words(words, *, status):
    return HttpResponse(
        f"{words}\n", status=status, content_type="text/plain; charset=utf-8"
    )
