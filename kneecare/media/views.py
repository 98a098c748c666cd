"""Renditions and videos, to whom they may be shown. Masters have no URL at all."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from kneecare.media import names
from kneecare.media.models import Picture
from kneecare.media.registry import VIDEOS_SHOWN
from kneecare.media.video.ranges import part_of_content, part_of_file
from kneecare.media.videos import FOLDER

# A copy is shown only once the site has said again that it may be: taking a page down takes its pictures down.
PUBLIC, PRIVATE = "public, no-cache", "private, no-store"


@require_safe
def media(request, path):
    picture = _picture(path)
    if picture is None or not (picture.is_published or _may_see(request, picture)):
        return _missing()
    name = path if picture.is_drawn else names.first(picture.name)
    response = HttpResponse(headers=_headers(picture, name))
    answered = get_conditional_response(request, response["ETag"], response=response)
    if answered is not response:
        return answered
    try:
        with default_storage.open(name) as file:
            response.content = file.read()
    except FileNotFoundError:
        return _missing()
    return part_of_content(request, response)


def _picture(path):
    name = names.picture_of(path)
    return name and Picture.objects.filter(name=name).with_state_of(path).first()


def _may_see(request, picture):
    if names.key_fits(request.GET.get("key", ""), picture.name):
        return True
    return request.user.is_staff and request.user.has_perm("media.view_picture")


def _headers(picture, name):
    file_name = name.removeprefix("pictures/").replace("/", "-")
    return {
        "Content-Type": names.TYPES[name.rpartition(".")[2]],
        "Content-Disposition": f'inline; filename="{file_name}"',
        "Cache-Control": PUBLIC if picture.is_published else PRIVATE,
        "ETag": quote_etag(file_name),
    }


def _missing():
    """Short, and kept by no cache: the picture may be published the next minute."""
    return HttpResponse(
        "There is no such picture.\n",
        content_type="text/plain",
        status=404,
        headers={"Cache-Control": PRIVATE},
    )


@require_safe
def video_file(request, name):
    """A video or its captions: for everybody while a published page shows it."""
    path = f"{FOLDER}/{name}"
    is_public = any(rows(path).exists() for rows, _ in VIDEOS_SHOWN)
    may_see = is_public or any(request.user.has_perm(word) for _, word in VIDEOS_SHOWN)
    if not may_see or not default_storage.exists(path):
        raise Http404
    response = part_of_file(request, default_storage.open(path), path)
    response["Cache-Control"] = PUBLIC if is_public else PRIVATE
    return response
