"""Files that somebody chose in a form that came back for another mistake: kept a day for the next try.

They lie beside the masters, which nothing serves. What the form holds of one is a signed token, which opens no URL.
"""

import logging
import uuid
from datetime import timedelta
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from kneecare.media.renditions import masters

FOLDER = "pending"
KEPT = timedelta(days=1)
LOST = object()  # a token was sent, and its file is gone
LOST_WORDS = "The file that you chose was kept for a day, and is gone. Choose it again."
_signer = signing.TimestampSigner(salt="kneecare.media.pending")
logger = logging.getLogger(__name__)


def keep(upload: Any) -> str:
    """The token of an upload that its field has taken; "" for any other, and where it cannot be written."""
    token: str = getattr(upload, "token", "")
    if token or not getattr(upload, "is_taken", False):
        return token
    cleaned = getattr(upload, "cleaned", upload)
    try:
        cleaned.seek(0)
        name = masters().save(f"{FOLDER}/{uuid.uuid4().hex}", cleaned)
    except Exception:
        # A disk's or a bucket's: the words of the form go on without the file.
        logger.exception("An upload could not be kept for the next try.")
        return ""
    upload.token = _signer.sign(name)
    return upload.token


def taken(token: str) -> Any:
    """What ``keep`` kept, as the upload that it was, for its field to validate again; or ``LOST``."""
    try:
        name = _signer.unsign(token, max_age=KEPT)
        stored = masters().open(name)
    except (signing.BadSignature, FileNotFoundError):
        return LOST
    with stored:
        # A copy, as a field may change what it validates.
        copy = _room_for(stored.size)
        for chunk in stored.chunks():
            copy.write(chunk)
        upload: Any = UploadedFile(copy, "kept", size=stored.size)
    upload.seek(0)
    upload.token = token
    return upload


def _room_for(size: int) -> Any:
    """In memory, or for a large file on the disk, where it has no name and ends with its last reader."""
    if size <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        return BytesIO()
    return TemporaryFile()


def forget_old() -> None:
    """Delete what no form can ask for any more."""
    storage = masters()
    try:
        names = storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return
    for name in names:
        path = f"{FOLDER}/{name}"
        try:
            is_old = storage.get_modified_time(path) < timezone.now() - KEPT
        except FileNotFoundError:
            continue  # another worker was first
        if is_old:
            storage.delete(path)
