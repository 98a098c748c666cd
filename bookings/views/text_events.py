from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bookings.sms import stops
from bookings.views.mail_events import REFUSALS_AN_HOUR
from kneecare.core.counters import HOUR, count_network_this_hour
from kneecare.core.structured_data import absolute

NOTHING_TO_SAY = "<Response></Response>"


@csrf_exempt  # it comes from no page, and is signed
@never_cache
def text_events(request):
    """Take in what somebody wrote to the clinic's number for texts."""
    provider = settings.SMS
    if not provider:
        raise Http404
    return _take_in(request, provider)


@require_POST
def _take_in(request, provider):
    signature = request.headers.get("X-Twilio-Signature", "")
    fields = [(name, each) for name, some in request.POST.lists() for each in some]
    # As the provider was given it: what a proxy made of the request does not count.
    url = absolute(reverse("text_events"))
    if not provider.has_signed(signature, url, fields):
        return _refused(request)
    stops.take_in(request.POST.get("From", ""), request.POST.get("Body", ""))
    return HttpResponse(NOTHING_TO_SAY, content_type="text/xml; charset=utf-8")


def _refused(request):
    """Counted only now: no flood of others keeps the provider out."""
    words, status = "This does not come from our provider.\n", 403
    if count_network_this_hour("bookings.text_events", request) > REFUSALS_AN_HOUR:
        words, status = "Too many requests. Ask again in an hour.\n", 429
    response = HttpResponse(
        words, status=status, content_type="text/plain; charset=utf-8"
    )
    if status == 429:
        response["Retry-After"] = str(HOUR)
    return response
