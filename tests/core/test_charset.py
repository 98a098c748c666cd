import pytest
from django.test import RequestFactory

from kneecare.core.http.charset import REFUSED, only_utf8
from kneecare.core.http.middleware import RefuseJunkMiddleware


def arrived(content_type):
    """The environment of a request as Django gets it."""
    seen = {}
    application = only_utf8(lambda environ, start_response: seen.update(environ))
    application({"CONTENT_TYPE": content_type}, None)
    return seen


@pytest.mark.parametrize(
    "charset", ["hex", "utf-7", "rot13", "idna", "zlib", "latin-1", "no-such"]
)
@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=XB"])
def test_an_encoding_that_is_not_ours_is_taken_off_and_refused(kind, charset):
    environ = arrived(f"{kind}; charset={charset}")
    request = RequestFactory().get("/?a=1", **environ)

    response = RefuseJunkMiddleware(lambda request: None)(request)

    assert environ["CONTENT_TYPE"] == kind
    assert response.status_code == 400
    assert "We could not read that" in response.text


@pytest.mark.parametrize("charset", ["; charset=utf-8", '; charset="UTF-8"', ""])
def test_a_form_in_utf8_is_read(charset):
    environ = arrived(f"application/x-www-form-urlencoded{charset}")

    assert environ["CONTENT_TYPE"] == "application/x-www-form-urlencoded"
    assert environ[REFUSED] is False
