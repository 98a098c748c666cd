from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kneecare.core.health.backups import last_backup
from kneecare.core.health.checks import Severity, examine


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether the site can do its work; 503 with what is wrong when it cannot.

    That backups have stopped is told beside it: the site has to be looked after, and not to be taken off the air.
    """
    wrong = [finding.words for finding in examine(Severity.OUTAGE)]
    text = "\n".join(wrong or ["ready", _backup()])
    status = 503 if wrong else 200
    return HttpResponse(f"{text}\n", content_type="text/plain", status=status)


def _backup() -> str:
    last = last_backup()
    return f"WARNING: {last}" if last.is_overdue else str(last)
