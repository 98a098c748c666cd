"""Errors for a server that speaks Sentry's protocol: what rose and where, and nothing that a visitor sent.

A report is put together from the few things that may leave. What the SDK would add by itself (the request, the values
of variables, the message of an exception, the name of the machine) never enters it, and is taken out once more at the end.
"""

import logging
from types import TracebackType
from typing import Any

import sentry_sdk

from kneecare.core.telemetry import request_id

MAY_LEAVE = {"event_id", "timestamp", "platform", "level", "logger", "exception", "tags", "environment"}  # fmt: skip
MOST_CAUSES = 5


class ErrorReportHandler(logging.Handler):
    def __init__(self, dsn: str) -> None:
        super().__init__(logging.ERROR)
        self.client = sentry_sdk.Client(
            dsn=dsn,
            default_integrations=False,
            auto_enabling_integrations=False,
            auto_session_tracking=False,
            send_client_reports=False,
            include_local_variables=False,
            include_source_context=False,
            max_breadcrumbs=0,
            before_send=only_what_may_leave,
        )

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            self.client.capture_event(report(record, record.exc_info[1]))  # type: ignore[arg-type]


def report(record: logging.LogRecord, error: BaseException) -> dict[str, Any]:
    return {
        "level": "error",
        "logger": record.name,
        "tags": {"request_id": request_id.current()},
        "exception": {"values": [_told(each) for each in reversed(_chain(error))]},
    }


def only_what_may_leave(event: Any, hint: Any) -> Any:
    return {name: value for name, value in event.items() if name in MAY_LEAVE}


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while len(chain) < MOST_CAUSES and (
        cause := chain[-1].__cause__ or chain[-1].__context__
    ):
        chain.append(cause)
    return chain


def _told(error: BaseException) -> dict[str, Any]:
    kind = type(error)
    return {
        "type": kind.__qualname__,
        "module": kind.__module__,
        "stacktrace": {"frames": _frames(error.__traceback__)},
    }


def _frames(trace: TracebackType | None) -> list[dict[str, Any]]:
    frames = []
    while trace:
        code = trace.tb_frame.f_code
        module = trace.tb_frame.f_globals.get("__name__", "")
        frames.append({"module": module, "function": code.co_name, "lineno": trace.tb_lineno})  # fmt: skip
        trace = trace.tb_next
    return frames
