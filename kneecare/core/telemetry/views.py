from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from kneecare.core.telemetry.counted import JOBS, REQUESTS, SECONDS
from kneecare.core.telemetry.figures import Figures


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The site's figures in Prometheus' text format, for the machine itself and for who has the token."""
    if not (_is_of_the_machine(request) or _has_token(request)):
        raise Http404
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _registry() -> CollectorRegistry:
    """Of all processes of this machine, or of this one where they have no folder in common."""
    registry = CollectorRegistry()
    if settings.METRICS_FOLDER:
        MultiProcessCollector(registry, path=str(settings.METRICS_FOLDER))  # type: ignore[no-untyped-call]
    else:
        for counted in [REQUESTS, SECONDS, JOBS]:
            registry.register(counted)
    registry.register(Figures())
    return registry


def _is_of_the_machine(request: HttpRequest) -> bool:
    """Asked straight from the loopback: a proxy on it says for whom it asks."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False


def _has_token(request: HttpRequest) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and kind == "Bearer" and constant_time_compare(token, wanted)
