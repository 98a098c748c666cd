"""Where the processes of a site keep what they count, each in files of its own.

In memory: the files are mapped, and a process that counts on a full disk would be killed.
"""

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

PID = re.compile(r"_(\d+)\.db$")


def own_folder(data: Path) -> Path | None:
    """The folder for the site whose data lies in ``data``; None where another user has it, and each process counts for itself."""
    memory = Path("/dev/shm")  # noqa: S108 - the owner is looked at below
    parent = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    name = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    folder = parent / f"kneecare-{os.getuid()}-{name}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        is_ours = folder.lstat().st_uid == os.getuid() and not folder.is_symlink()
    except OSError:
        return None
    return folder if is_ours else None


def forget_the_dead(folder: Path) -> None:
    """Delete the files of processes that are gone; who reads the figures takes it for what it is, a new beginning."""
    for path in folder.glob("*.db"):
        found = PID.search(path.name)
        if found and not _is_alive(int(found[1])):
            path.unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    with suppress(PermissionError):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True
