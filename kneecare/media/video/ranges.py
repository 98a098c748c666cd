"""HTTP byte ranges: a part of a file, for players that wind and for downloads that go on where they broke off.

RFC 9110, section 14. Ranges in a list, as no browser asks, and ranges that make no sense get the whole file.
"""

import mimetypes
import re

from django.core.files.storage import default_storage
from django.http import HttpResponse, StreamingHttpResponse

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
TYPES = {"vtt": "text/vtt"}


def part_of_content(request, response):
    """``response`` cut to the bytes that ``request`` asks for. It has an ETag, and its content in memory."""
    size = len(response.content)
    part = _asked(request, size, response["ETag"])
    if part is not None:
        response.content = response.content[part.start : part.stop]
    return _marked(response, part, size)


def part_of_file(request, file, name):
    """The bytes of ``file`` that ``request`` asks for, a chunk at a time. Its name must change with its content."""
    # What is compressed on its way has no ranges, and videos are compressed already.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    size, etag = file.size, f'"{name}"'
    part = _asked(request, size, etag)
    if part is not None and not part:
        file.close()
        return _marked(HttpResponse(headers={"ETag": etag}), part, size)
    chunks = _Chunks(file, name, range(size) if part is None else part)
    response = StreamingHttpResponse(chunks, content_type=_type(name))
    response["ETag"] = etag
    response["Content-Length"] = chunks.left
    return _marked(response, part, size)


def _asked(request, size, etag):
    """The bytes that a request asks for, of so many that there are; none for ones past the end, ``None`` for the whole."""
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    is_same = request.headers.get("If-Range", etag) == etag
    if request.method != "GET" or not match or not is_same:
        return None
    first, last = match.groups()
    if not first:
        return range(max(size - int(last), 0), size) if last else None
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _marked(response, part, size):
    response["Accept-Ranges"] = "bytes"
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    elif part is not None:
        response.status_code = 416
        response["Content-Range"] = f"bytes */{size}"
    return response


class _Chunks:
    """A part of ``file``, a chunk at a time."""

    def __init__(self, file, name, part):
        self.file, self.left = file, len(part)
        if part and hasattr(
            default_storage, "only"
        ):  # one from which files are fetched
            file.close()
            self.file = default_storage.only(name, part)
        else:
            file.seek(part.start)

    def __iter__(self):
        while self.left and (chunk := self.file.read(min(CHUNK, self.left))):
            self.left -= len(chunk)
            yield chunk

    def close(self):
        """Called by Django once the answer is out, even where nobody read it."""
        self.file.close()


def _type(name):
    ending = name.rpartition(".")[2]
    guessed = mimetypes.guess_type(name)[0]
    return TYPES.get(ending) or guessed or "application/octet-stream"
