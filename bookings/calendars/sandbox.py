"""A calendar file is a stranger's: it is read in a process of its own, with little time, little memory and none of our secrets."""

import json
import subprocess
import sys
from datetime import datetime

from django.conf import settings

from bookings.calendars import occurrences
from bookings.calendars.occurrences import NO_CALENDAR, Found, Window

CPU_SECONDS = 20  # three times what 5 MB take
PATIENCE = 180  # seconds, on a machine that has much else to do

TOO_LONG = "it takes too long to read"
NOT_READ = "it cannot be read"


def find_apart(file: bytes, window: Window) -> Found:
    """``occurrences.find`` in a process of its own."""
    if file.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() != b"BEGIN:VCALENDAR":
        return Found(problem=NO_CALENDAR)
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with arguments of ours
            _command(window),
            input=file,
            # An error would quote the events.
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            env={},
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Found(problem=TOO_LONG)
    if done.returncode < 0:  # ended by its limit of time
        return Found(problem=TOO_LONG)
    return _told(done.stdout) if done.returncode == 0 else Found(problem=NOT_READ)


def _command(window: Window) -> list[str]:
    return [
        sys.executable,
        "-m",
        occurrences.__name__,
        str(CPU_SECONDS),
        window.begins.isoformat(),
        window.ends.isoformat(),
        window.zone.key,
        window.own_host,
    ]


def _told(text: bytes) -> Found:
    told = json.loads(text)
    busy = [
        (datetime.fromisoformat(begins), datetime.fromisoformat(ends))
        for begins, ends in told["busy"]
    ]
    return Found(busy, told["unclear"], told["problem"])
