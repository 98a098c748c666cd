"""What each process counts; ``/metrics`` sums it up over all of this machine. No label can name a visitor."""

from prometheus_client import Counter, Histogram

REQUESTS = Counter("kneecare_requests", "Answers given", ["method", "route", "status"])
SECONDS = Histogram(
    "kneecare_request_seconds",
    "How long an answer took",
    ["route"],
    buckets=[0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
)
JOBS = Counter("kneecare_jobs", "Runs of the worker's jobs", ["job", "outcome"])
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    # Whoever makes up methods makes up no figures.
    known = method if method in METHODS else "other"
    REQUESTS.labels(known, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def count_job(name: str, *, is_well: bool) -> None:
    JOBS.labels(name, "done" if is_well else "failed").inc()
