"""Sending mail to a server that may take for ever: each conversation with it has an end."""

import smtplib
import socket
import threading
from contextlib import suppress
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

DEADLINE = 30.0  # seconds for all of a conversation: less than any lease on a mail


class BoundedSMTP(smtplib.SMTP):
    """A conversation that is cut at ``DEADLINE``. Its time-outs alone bound no server that says a letter now and then."""

    _end: threading.Timer | None = None

    def _get_socket(self, host: Any, port: Any, timeout: Any) -> socket.socket:
        sock: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        # Of the line itself: encryption puts another object in the socket's place.
        line = sock.dup()
        self._end = threading.Timer(DEADLINE, _cut, [line])
        self._end.daemon = True
        self._end.start()
        self._line = line
        return sock

    def close(self) -> None:
        if self._end:
            self._end.cancel()
            self._line.close()
            self._end = None
        super().close()


class BoundedSMTPOverTLS(smtplib.SMTP_SSL, BoundedSMTP):
    def _get_socket(self, host: Any, port: Any, timeout: Any) -> socket.socket:
        try:
            return super()._get_socket(host, port, timeout)
        except OSError:  # while encryption was agreed on
            self.close()
            raise


class BoundedEmailBackend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return BoundedSMTPOverTLS if self.use_ssl else BoundedSMTP


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
