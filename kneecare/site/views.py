"""The roof: pages that need more than one app."""

from datetime import timedelta
from urllib.parse import quote, urlencode

from django.contrib.sitemaps.views import sitemap
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Article, Topic
from bookings.models import CallSettings
from exercises.handouts.retention import DAYS_KEPT
from exercises.models import Routine
from exercises.rendering.content import shown_routines
from kneecare.clinic.context_processors import clinic_of
from kneecare.clinic.models import Clinician
from kneecare.clinic.structured_data import medical_clinic
from kneecare.core import drawings
from kneecare.core.structured_data import absolute
from kneecare.search import search as find
from kneecare.site.sitemaps import SITEMAPS, parts
from kneecare.stored.decorators import may_be_stored

LATEST = 4
RESULTS = 10  # on a page


@require_safe
@may_be_stored
def home(request):
    first_routines = Routine.objects.published()[:2]
    context = {
        "articles": Article.objects.published().with_topics().newest_first()[:LATEST],
        "routines": shown_routines([row.shown for row in first_routines]),
        "clinician": Clinician.objects.shown().first(),
        "places": Topic.Place,
        "structured_data": medical_clinic(clinic_of(request)),
    }
    return render(request, "home.html", context)


@require_safe
@never_cache
def search(request):
    """What a visitor asks for may be about their health: it is kept by no cache and told to no other page."""
    results = find(request.GET.get("q", ""))
    context = {
        "results": results,
        "asked": urlencode({"q": results.query.text}, quote_via=quote),
        "page": Paginator(results.found, RESULTS).get_page(request.GET.get("page")),
        "topics": [] if results.query.all_words else Topic.objects.in_use(),
    }
    response = render(request, "search.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@may_be_stored
def drawing(request, name, drawn_by):
    """One of the site's own drawings. Whatever release asks for it, this one answers with what it draws itself."""
    if name not in drawings.OWN:
        raise Http404
    is_current = drawn_by == drawings.drawn_by()
    return drawings.own_drawing(name).response(is_current=is_current)


@require_safe
@may_be_stored
def privacy(request):
    rules = CallSettings.objects.current()
    context = {"rules": rules, "handout_days": DAYS_KEPT}
    return render(request, "clinic/privacy.html", context)


@require_safe
@may_be_stored
def sitemap_index(request):
    """The parts of the sitemap; Django's own view would name them by the host that was asked, and not by the site's."""
    context = {"sitemaps": [part for name in SITEMAPS for part in parts(name)]}
    return render(request, "sitemap_index.xml", context, "application/xml")


@require_safe
@may_be_stored
def sitemap_section(request, section):
    """A thousand addresses of one kind: ``?p=2`` for the next, and a 404 behind the last."""
    response = sitemap(request, SITEMAPS, section, template_name="sitemap.xml")
    request.is_page_of_list = set(request.GET) == {"p"}
    return response


@require_safe
def robots(request):
    text = render_to_string("robots.txt", {"sitemap_url": absolute("/sitemap.xml")})
    return HttpResponse(text, content_type="text/plain")


@require_safe
def security_txt(request):
    """Where to report a weakness (RFC 9116); valid for a year from now."""
    expires = timezone.now() + timedelta(days=365)
    context = {
        "contact_url": absolute("/contact/"),
        "expires": expires.strftime("%Y-%m-%dT00:00:00Z"),
    }
    text = render_to_string("security.txt", context)
    return HttpResponse(text, content_type="text/plain")
