"""Requests that are larger than anything asked for, refused before a byte of them is read."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse


class NoFiles(FileUploadHandler):
    """Where no file is asked for, none is taken: neither to memory nor to the disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


class BoundedRequestMiddleware:
    """Only staff who have signed in send files, and only on their own pages. Stands after those who say who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            return self.get_response(request)
        length = _length(request)
        takes_files = request.path.startswith(reverse("admin:index"))
        handlers = request.upload_handlers
        # Until it is known who asks: the page of a fault on the way reads what was sent.
        request.upload_handlers = [NoFiles(request)]
        if not takes_files and length > settings.LARGEST_VISITOR_FORM:
            return render(request, "400.html", status=413)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            is_too_large = length > settings.LARGEST_UPLOAD
            # Asked of the database only for what is large.
            if is_too_large or not request.user.is_staff:
                return render(request, "400.html", status=413)
        if takes_files:
            request.upload_handlers = handlers
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
