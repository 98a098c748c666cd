"""A part of a file, for whoever asks to go on where a download broke off (RFC 9110, section 14)."""

import re

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def partial(request, response):
    """``response`` cut to the one range that ``request`` asks for; whole for every other kind of request."""
    response.headers["Accept-Ranges"] = "bytes"
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    held = request.headers.get("If-Range", response["ETag"])
    if request.method != "GET" or not asked or held != response["ETag"]:
        return response
    size = len(response.content)
    first, last = _bounds(asked[1], asked[2], size)
    if first is None:
        return response
    if first > last:
        response.status_code, response.content = 416, b""
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    response.status_code = 206
    response.content = response.content[first : last + 1]
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _bounds(first, last, size):
    """The first and the last byte; the first is ``None`` for no range, and past the last for one that holds nothing."""
    if not first:
        return (max(size - int(last), 0), size - 1) if last else (None, None)
    if last and int(last) < int(first):
        return None, None
    return int(first), min(int(last or size), size - 1)
