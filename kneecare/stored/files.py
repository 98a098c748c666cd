"""Stored answers as files: one for each page and encoding, whole in itself, in a folder of the release that made it.

Each machine keeps its own: which of them still hold is said by the database, which all share. Whatever goes wrong with
a file, the page is made anew.
"""

import hashlib
import logging
import os
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from kneecare.stored.answers import Answer
from kneecare.stored.release import release

LEAST_ROOM = 64 * 1024**2  # bytes that are left for what cannot be made anew
ABANDONED = 60  # seconds after which who claimed a page is taken for dead
OLD = 2 * 3600  # seconds: no answer holds for as long
logger = logging.getLogger(__name__)
_told: set[str] = set()


def folder() -> Path:
    return Path(settings.DATA_DIR, "stored")


def read(key: str, encoding: str) -> Answer | None:
    try:
        answer = Answer.from_bytes(Path(_path(key, encoding)).read_bytes())
    except (OSError, ValueError, TypeError):
        return None
    return answer if answer.key == key else None


def write(answers: Iterable[tuple[str, Answer]], key: str) -> None:
    """Keep the answers of a page, unless another process does that just now, or the disk takes nothing in."""
    claim = Path(_path(key, "claim"))
    try:
        claim.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(claim.parent).free < LEAST_ROOM or not _claimed(claim):
            return
        try:
            for encoding, answer in answers:
                _replace(Path(_path(key, encoding)), answer.to_bytes())
        finally:
            claim.unlink(missing_ok=True)
    except OSError as error:
        _tell(error)


def sweep() -> None:
    """Delete what no longer holds, of whichever release."""
    too_old = time.time() - OLD
    for part in folder().glob("*"):
        for path in part.glob("*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < too_old:
                    path.unlink()
        with suppress(OSError):  # it is not empty
            part.rmdir()


def _path(key: str, kind: str) -> str:
    name = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
    return f"{settings.DATA_DIR}/stored/{release()}/{name}.{kind}"


def _claimed(claim: Path) -> bool:
    try:
        os.close(os.open(claim, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        with suppress(FileNotFoundError):
            if claim.stat().st_mtime < time.time() - ABANDONED:
                claim.unlink()  # for who comes next
        return False
    return True


def _replace(path: Path, data: bytes) -> None:
    fresh = path.with_suffix(f"{path.suffix}.fresh")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _tell(error: OSError) -> None:
    """Once for each kind of fault: every page would say it again."""
    kind = f"{type(error).__name__} {error.errno}"
    if kind not in _told:
        _told.add(kind)
        logger.warning("Pages are not stored, and made for each who asks: %s", kind)
