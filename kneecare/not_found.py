"""An address that nobody answers: the way to where the page went."""

from urllib.parse import urlsplit

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from articles.models import Article, Topic
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Program
from kneecare.core import old_addresses

# The first part of an address's name, and the pages that a visitor may see below it.
PAGES = {
    "articles": Article.objects.published,
    "exercises": Exercise.objects.published,
    "routines": Routine.objects.published,
    "program": Program.objects.published,
    "topic": Topic.objects.all,
}


def page_not_found(request, exception):
    url = address_now(request)
    if url is None:
        return render(request, "404.html", status=404)
    # Another method keeps what it sends. No cache: who goes back to an old address must not go in circles.
    is_read = request.method in ["GET", "HEAD"]
    response = HttpResponsePermanentRedirect(url, preserve_request=not is_read)
    patch_cache_control(response, no_cache=True)
    return response


def address_now(request):
    """Where the page went that once stood at the asked address; ``None`` for none that a visitor may see."""
    match = request.resolver_match
    pages = match and PAGES.get(match.view_name.partition(":")[0])
    if not pages or "slug" not in match.kwargs:
        return None
    page = old_addresses.find(pages(), match.kwargs["slug"])
    if page is None:
        return None
    path = reverse(match.view_name, kwargs={**match.kwargs, "slug": page.slug})
    return urlsplit(path)._replace(query=request.META.get("QUERY_STRING", "")).geturl()
