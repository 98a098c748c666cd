"""A process of the site, asked as a server asks it: by WSGI, with Django behind what is stored."""

import gzip
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple
from wsgiref.util import setup_testing_defaults

import brotli
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from kneecare.core.http.charset import only_utf8
from kneecare.stored import memory
from kneecare.stored.wsgi import from_stored

DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@contextmanager
def one_connection():
    """As Django's own test client has it: the transaction of a test outlives its requests."""
    signals = [request_started, request_finished]
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes
    is_stored: bool  # Django was not asked

    @property
    def text(self):
        return DECODE[self.headers.get("Content-Encoding")](self.body).decode()


class Site:
    def __init__(self):
        self.asked = 0
        self.django = only_utf8(WSGIHandler())
        self.application = from_stored(self._count)
        self.held = {}

    def _count(self, environ, start_response):
        self.asked += 1
        return self.django(environ, start_response)

    def ask(self, url, **said):
        """The answer to a GET, or to what ``said`` of its environ makes of it, as from a process with a memory of its own."""
        path, _, query = url.partition("?")
        environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver"}
        environ |= {"wsgi.url_scheme": "https", "wsgi.input": BytesIO(), **said}
        setup_testing_defaults(environ)
        begun, asked = [], self.asked
        memory._held.clear()
        memory._held.update(self.held)
        with one_connection():
            response = self.application(environ, lambda *told: begun.extend(told))
            body = b"".join(response)
            if hasattr(response, "close"):
                response.close()
        self.held = dict(memory._held)
        status, headers = int(begun[0].split()[0]), begun[1]
        assert len({name for name, _ in headers}) == len(headers)
        return Answer(status, dict(headers), body, self.asked == asked)

    def is_stored(self, url, **said):
        """Whether a second asker gets what is stored."""
        self.ask(url, **said)
        return self.ask(url, **said).is_stored
