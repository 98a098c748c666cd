"""The files of our own videos: where pages load them from, and to whom they may be shown.

An app's ``pictures`` module says which published rows show a video; the floor knows no app.
"""

from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from kneecare.media import names as media_names
from kneecare.media.ranges import part_of_file
from kneecare.media.videos import FOLDER

# The rows that show a file to visitors, and the permission to see it before.
SHOWN: list[tuple[Callable[[Any], QuerySet], str]] = []


def shows_videos(permission):
    """Register a function from a file's name to the published rows that show it."""

    def register(rows):
        SHOWN.append((rows, permission))
        return rows

    return register


def shown(video):
    """Where the files of a frozen video are loaded from; "" for each that it does not have."""
    names = {key: video[key].rpartition("/")[2] for key in ["name", "captions"]}
    files = {
        key: name and reverse("video_file", args=[name]) for key, name in names.items()
    }
    poster = video["poster"] and media_names.url(media_names.first(video["poster"]))
    return {**files, "poster": poster}


@require_safe
def video_file(request, name):
    """A video or its captions: for everybody while a published page shows it."""
    path = f"{FOLDER}/{name}"
    is_public = any(rows(path).exists() for rows, _ in SHOWN)
    may_see = is_public or any(request.user.has_perm(word) for _, word in SHOWN)
    if not may_see or not default_storage.exists(path):
        raise Http404
    response = part_of_file(request, default_storage.open(path), path)
    # A copy is shown only once the site has said again that it may be.
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    return response
