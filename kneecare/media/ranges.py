"""Large files, whole or in part: browsers play and wind a video by asking for ranges of its bytes."""

import mimetypes
import re

from django.http import HttpResponse, StreamingHttpResponse

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
TYPES = {"vtt": "text/vtt"}


def part_of_file(request, file, name):
    """The range of ``file`` that ``request`` asks for, or all of it; 416 for one that it does not have.

    The file's name must change with its content. Ranges in a list, as no browser asks, get the whole file.
    """
    # What is compressed on its way has no ranges, and videos are compressed already.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    size, tag = file.size, f'"{name}"'
    asked = request.headers.get("Range") if _is_same(request, tag) else None
    first, last = _range(asked, size)
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_Part(file, first, last), content_type=_type(name))
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = last - first + 1
    response["ETag"] = tag
    if (first, last) != (0, size - 1):
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _is_same(request, tag):
    """Whether a range fits to what the browser has of the file."""
    return request.headers.get("If-Range", tag) == tag


def _range(asked, size):
    """First and last byte; the first is past the last where the file has none of it."""
    match = RANGE.fullmatch(asked or "")
    if not match or match.groups() == ("", ""):
        return 0, size - 1
    first, last = match.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else (size, 0)
    return int(first), min(int(last), size - 1) if last else size - 1


class _Part:
    """The bytes of ``file`` from ``first`` to ``last``, a chunk at a time."""

    def __init__(self, file, first, last):
        self.file, self.left = file, last - first + 1
        file.seek(first)

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
