"""The static files as a real site serves them, collected once and kept: a page asks for one stylesheet and not for sixty."""

import fcntl
import hashlib
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from kneecare.core import fonts
from kneecare.core.http import static_files

LOCKED = settings.BASE_DIR / "requirements" / "dev.txt"


def key_of_the_files():
    """A hash of all that is collected: our files, and the packages that bring the others."""
    ours = sorted(path for path in static_files.FOLDER.rglob("*") if path.is_file())
    code = [Path(module.__file__) for module in [static_files, fonts]]
    texts = [path.read_bytes() for path in [*ours, LOCKED, *code]]
    names = [path.as_posix().encode() for path in ours]
    return hashlib.sha256(b"\0".join([*names, *texts])).hexdigest()[:12]


def collected(cache):
    """The folder of the collected files, in ``cache``. Of several processes one makes it, and the others wait."""
    folder = cache / key_of_the_files()
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for older in [path for path in cache.iterdir() if path.is_dir()]:
                shutil.rmtree(older)
            _collect(folder)
    return folder


def _collect(folder):
    unfinished = folder.with_suffix(".unfinished")
    with override_settings(**as_served(unfinished)):
        call_command("collectstatic", interactive=False, verbosity=0)
    unfinished.rename(folder)


def as_served(folder):
    """The settings of a site that serves what is collected in ``folder``."""
    backend = f"{static_files.__name__}.{static_files.StaticFilesStorage.__name__}"
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    return {"STATIC_ROOT": folder, "STORAGES": storages}
