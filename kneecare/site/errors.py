"""A URL that nobody answers: the way to where the page went, or else to the nearest titles."""

from urllib.parse import urlsplit

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from articles.models import Article, Topic
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Program
from kneecare.core import slug_redirects
from kneecare.search import nearest_titles
from kneecare.site.staff_errors import refusal

# The namespace of a URL's name, and the pages that a visitor may see below it.
PAGES = {
    "articles": Article.objects.published,
    "exercises": Exercise.objects.published,
    "routines": Routine.objects.published,
    "program": Program.objects.published,
    "topic": Topic.objects.all,
}
LONGEST = 120  # letters of a path that are worth a search


def page_not_found(request, exception):
    if told := refusal(request, 404):
        return told
    url = url_now(request)
    if url is None:
        context = {"nearest": nearest_titles(words_of_path(request))}
        return render(request, "404.html", context, status=404)
    # Another method keeps what it sends. No cache: who goes back to an old URL must not go in circles.
    is_read = request.method in ["GET", "HEAD"]
    response = HttpResponsePermanentRedirect(url, preserve_request=not is_read)
    patch_cache_control(response, no_cache=True)
    return response


def url_now(request):
    """Where the page went that once stood at the asked URL; ``None`` for none that a visitor may see."""
    match = request.resolver_match
    pages = match and PAGES.get(match.view_name.partition(":")[0])
    if not pages or "slug" not in match.kwargs:
        return None
    page = slug_redirects.find(pages(), match.kwargs["slug"])
    if page is None:
        return None
    path = reverse(match.view_name, kwargs={**match.kwargs, "slug": page.slug})
    return urlsplit(path)._replace(query=request.META.get("QUERY_STRING", "")).geturl()


def words_of_path(request):
    """The words that name a page in the asked path; "" where nobody would read them, or where it names none."""
    if request.method != "GET" or not request.accepts("text/html"):
        return ""
    match = request.resolver_match
    if match:
        # Of a known kind only a page's name: other parts are the codes of private pages.
        return match.kwargs.get("slug", "")[:LONGEST]
    last = request.path.rstrip("/")[-LONGEST:].rpartition("/")[2]
    return "" if "." in last else last
