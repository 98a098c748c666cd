"""The static files of this release, put beside those of the two before it, which pages and processes may still ask for."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.files.storage import storages
from django.core.management import call_command

from kneecare.core.http.static_files import HASHED

KEPT = 3  # releases: this one and two before it
MANIFEST = "staticfiles.json"
MADE_FROM = [
    "static",
    "requirements",
    "kneecare/core/http/static_files.py",
    "kneecare/core/fonts.py",
]


def collect():
    """Hash and compress the static files, unless that was done for exactly these files and packages.

    They are made aside and moved in one by one, what names them last: no moment lacks a file, and a process that
    starts meanwhile is one of the release before.
    """
    root, state, releases = Path(settings.STATIC_ROOT).resolve(), _state(), _releases()
    newest = releases[0] if releases else {"state": "", "names": []}
    if newest["state"] == state and all((root / n).exists() for n in newest["names"]):
        return
    fresh = root.with_name(f"{root.name}.fresh")
    shutil.rmtree(fresh, ignore_errors=True)  # of a start that was cut short
    names = _make(fresh)
    older = [each for each in releases if each["state"] != state]
    releases = [{"state": state, "names": names}, *older][:KEPT]
    for name in sorted(names, key=lambda name: name == MANIFEST):
        _move(fresh / name, root / name)
    _write(_list(), json.dumps(releases))
    shutil.rmtree(fresh)
    _forget_all_but({name for each in releases for name in each["names"]})


def _make(folder):
    command = collectstatic.Command()
    kind: Any = type(storages["staticfiles"])
    command.storage = kind(location=folder)
    call_command(command, interactive=False, verbosity=0)
    return sorted(_names_below(folder))


def _move(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    # What a running process has measured stays: made again, its compressed form may have another length.
    if not (target.exists() and HASHED.search(target.name.removesuffix(".gz").removesuffix(".br"))):  # fmt: skip
        os.replace(source, target)


def _forget_all_but(names):
    root = Path(settings.STATIC_ROOT).resolve()
    for name in _names_below(root) - names:
        (root / name).unlink()


def _names_below(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def _list():
    root = Path(settings.STATIC_ROOT).resolve()
    return root.with_name(f"{root.name}-releases.json")


def _releases():
    try:
        return json.loads(_list().read_text())
    except (FileNotFoundError, ValueError):
        return _of_before()


def _of_before():
    """What a version that kept no list has left is one release."""
    root = Path(settings.STATIC_ROOT).resolve()
    return [{"state": "", "names": sorted(_names_below(root))}] if root.exists() else []


def _write(path, text):
    fresh = path.with_suffix(".fresh")
    fresh.write_text(text)
    fresh.replace(path)


def _state():
    base, digest = Path(settings.BASE_DIR), hashlib.sha256()
    for start in [base / name for name in MADE_FROM]:
        for path in sorted(start.rglob("*")) if start.is_dir() else [start]:
            if path.is_file():
                name = path.relative_to(base).as_posix()
                digest.update(f"{name} ".encode() + path.read_bytes())
    return digest.hexdigest()
