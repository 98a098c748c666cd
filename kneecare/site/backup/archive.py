"""One archive of all that the site keeps: the database, the pictures, and a manifest with the checksum of each.

The secret key is not in it: who finds the archive must not find what opens the links and codes that are in it.
"""

import hashlib
import json
import os
import tarfile
import tempfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from kneecare.site.backup import database

MANIFEST = "manifest.json"
STORAGES = {"media": "default", "masters": "masters"}  # folder in the archive: storage
FORMAT = 1
CHUNK = 1024 * 1024
UNREADABLE = (tarfile.TarError, zlib.error, EOFError, OSError)


class Damaged(Exception):
    """An archive that is not whole; its words say which part."""


def write(path):
    """Write the archive ``path``: whole, or not at all. Others may write to the site meanwhile."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            dump = Path(folder) / "database"
            database.dump(
                dump
            )  # first: a picture that it names is there when pictures are read, as none is deleted at once
            with tarfile.open(fresh, "w:gz", compresslevel=1) as archive:
                _add_all(archive, dump)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def verify(path):
    """The manifest of an archive of which every file is there and is what it was; raises ``Damaged``."""
    found, manifest = {}, None
    try:
        with tarfile.open(path, "r:gz") as archive:
            for member in archive:
                file: Any = archive.extractfile(member)
                if member.name == MANIFEST:
                    manifest = json.load(file)
                else:
                    found[member.name] = _sum_of(file)
    except (*UNREADABLE, ValueError, AttributeError) as error:
        raise Damaged(f"it cannot be read ({type(error).__name__})") from error
    if manifest is None:
        raise Damaged("it has no manifest")
    wrong = {n for n in found.keys() | manifest["files"].keys() if found.get(n) != manifest["files"].get(n)}  # fmt: skip
    if wrong:
        raise Damaged(f"{len(wrong)} of its files are not what they were, such as {min(wrong)}")  # fmt: skip
    return manifest


def restore(path):
    """Bring an archive into an empty site: its database and its pictures."""
    manifest = verify(path)
    if manifest["format"] != FORMAT or manifest["database"] != connection.vendor:
        raise Damaged(f"it is of {manifest['database']}, and this site has {connection.vendor}")  # fmt: skip
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        with tarfile.open(path, "r:gz") as archive:
            for member in archive:
                top, _, name = member.name.partition("/")
                if member.name == "database":
                    member.name = "dump"
                    archive.extract(member, folder, filter="data")
                elif top in STORAGES:
                    picture: Any = archive.extractfile(member)
                    storages[STORAGES[top]].save(name, picture)
        database.load(Path(folder) / "dump")
    return manifest


def _add_all(archive, dump):
    sums = {"database": _add(archive, "database", dump.open("rb"), dump.stat().st_size)}
    for folder, alias in STORAGES.items():
        storage = storages[alias]
        for name in _names(storage):
            try:
                file, size = storage.open(name), storage.size(name)
            except FileNotFoundError:
                continue  # deleted since it was listed
            sums[f"{folder}/{name}"] = _add(archive, f"{folder}/{name}", file, size)
    text = json.dumps(
        {
            "format": FORMAT,
            "made_at": timezone.now().isoformat(),
            "database": connection.vendor,
            "files": sums,
        }
    ).encode()
    _add(archive, MANIFEST, BytesIO(text), len(text))


class _Summing:
    """A file that is summed up while it is read, so that it is read once."""

    def __init__(self, file):
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size=-1):
        data = self.file.read(size)
        self.sum.update(data)
        return data


def _add(archive, name, file, size):
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    summing = _Summing(file)
    with file:
        archive.addfile(member, summing)
    return summing.sum.hexdigest()


def _sum_of(file):
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _names(storage, folder=""):
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}".lstrip("/") for name in sorted(files))
    for each in sorted(folders):
        yield from _names(storage, f"{folder}/{each}".lstrip("/"))


def holds_files():
    """Whether this site has any picture: what is restored would be stored beside it, under other names."""
    return any(name for alias in STORAGES.values() for name in _names(storages[alias]))
