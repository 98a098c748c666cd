"""Each answer is counted and, where the owner asks for it, written down: by its route, and by nothing else of its URL."""

import logging
from typing import Any

from kneecare.core.http.client_ip import is_trusted
from kneecare.core.telemetry import request_id
from kneecare.core.telemetry.counted import count_request

access = logging.getLogger("kneecare.access")


def begin(meta: dict[str, Any]) -> None:
    """Give a request its id: that of a proxy that we trust, or a new one."""
    is_told = is_trusted(str(meta.get("REMOTE_ADDR", "")))
    request_id.begin(meta.get("HTTP_X_REQUEST_ID", "") if is_told else "")


def end(method: str, route: str, status: int, seconds: float) -> None:
    count_request(method, route, status, seconds)
    details = {"method": method, "route": route, "status": status, "milliseconds": round(seconds * 1000)}  # fmt: skip
    access.info("%(method)s %(route)s %(status)s, %(milliseconds)s ms", details, extra=details)  # fmt: skip
