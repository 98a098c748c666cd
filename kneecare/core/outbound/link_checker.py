"""Does a web page answer? HEAD, then GET; redirects by hand; never a body, and never a host in a private network."""

import threading
import time
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings

from kneecare.core.outbound.guarded_client import (
    FAILURES,
    MAX_HOPS,
    REDIRECTS,
    answer_of,
    problem_of,
)

DEADLINE = 8  # seconds for all of one round of links
NO_HEAD = {400, 403, 404, 405, 406, 410, 429, 500, 501, 503}  # GET may know better


@dataclass(frozen=True)
class Answer:
    """``status`` is the last page's, or None when there was none; ``problem`` then says why."""

    status: int | None = None
    problem: str = ""


def check_all(urls: list[str]) -> dict[str, Answer]:
    """``{url: Answer}``, all asked at once; whoever is not done by the deadline is without an answer."""
    answers: dict[str, Answer] = {}

    def ask(url: str) -> None:
        answers[url] = check(url)

    # Daemons, as asking a name server has no time limit of its own.
    threads = [threading.Thread(target=ask, args=[url], daemon=True) for url in urls]
    for thread in threads:
        thread.start()
    over = time.monotonic() + DEADLINE
    for thread in threads:
        thread.join(max(0, over - time.monotonic()))
    return {url: answers.get(url, Answer(problem="no answer in time")) for url in urls}


def check(url: str) -> Answer:
    try:
        return _follow(url)
    except FAILURES as error:
        return Answer(problem=problem_of(error))


def _follow(url: str) -> Answer:
    for _ in range(MAX_HOPS):
        status, location = _ask("HEAD", url)
        if status in NO_HEAD:
            status, location = _ask("GET", url)
        if status not in REDIRECTS or not location:
            return Answer(status=status)
        url = urljoin(url, location)
    return Answer(problem="too many redirects")


def _ask(method: str, url: str) -> tuple[int, str | None]:
    """``(status, location)`` of one request, from its head alone: http.client reads at most 100 lines of it."""
    with answer_of(method, url, headers=_headers(), deadline=DEADLINE) as response:
        return response.status, response.headers.get("Location")


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"KneeCare link check ({settings.SITE_URL})",
        "Accept": "*/*",
    }
