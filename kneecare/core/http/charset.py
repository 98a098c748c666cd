"""Forms come in UTF-8. Python knows codecs that turn bytes into something else, and Django would try them."""

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

REFUSED = "kneecare.refused_charset"
CHARSET = re.compile(r";\s*charset=\"?([^\";\s]*)\"?", re.IGNORECASE)
OURS = {"utf-8", "utf8", "us-ascii", "ascii"}


def only_utf8(application: WSGIApplication) -> WSGIApplication:
    """A WSGI application whose requests are read as UTF-8; one that says otherwise is marked with ``REFUSED``.

    It stands outside Django, which decodes the query while it makes the request, before any middleware.
    """

    def marked(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        content_type = environ.get("CONTENT_TYPE", "")
        said = CHARSET.findall(content_type)
        environ["CONTENT_TYPE"] = CHARSET.sub("", content_type)
        environ[REFUSED] = any(charset.lower() not in OURS for charset in said)
        return application(environ, start_response)

    return marked
