import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from kneecare.core.telemetry import answers


class TelemetryMiddleware:
    """Give each request its id, count it, and write its line: the route and not the path, which may hold a key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answers.begin(request.META)
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        method, route = str(request.method), route_of(request)
        answers.end(method, route, response.status_code, seconds)
        return response


def route_of(request: HttpRequest) -> str:
    """Which of the URL patterns a request met: as few as there are pages, and the same for all who ask."""
    match = request.resolver_match
    if match is None and request.path_info.startswith(settings.STATIC_URL):
        return "static/"
    try:
        route = (match or resolve(request.path_info)).route
    except Resolver404:
        return "none"
    return "admin/" if route.startswith("admin/") else route or "/"
