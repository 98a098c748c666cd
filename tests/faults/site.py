"""The real site, with its processes in reach: to kill one, or to have it stand still."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.serving import ROOT, free_port, is_ready, wait_until
from tests.site.test_serving import commands, descendants

# Whose mail waits for a lease to end while other tests run.
HELD = "held@example.com"


class Site:
    def __init__(self, database, post):
        self.database = database
        self.post = post
        self.port = free_port()
        self.output = database.folder / "output.txt"
        self.cache = database.folder / "cache"
        self.environment = database.environment() | {
            "EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
            "CACHE_URL": f"filecache://{self.cache}",
            "PYTHONUNBUFFERED": "1",
        }

    def start(self):
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "bin/run.py", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.wait_until_ready()

    def stop(self):
        """End the site and be certain that each of its processes is gone."""
        below = descendants(self.process.pid)
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        ours = ("gunicorn", "manage.py")
        wait_until(
            lambda: not [c for c in commands(below) if any(o in c for o in ours)]
        )

    def wait_until_ready(self):
        wait_until(lambda: is_ready(self.port))

    def log(self):
        return self.output.read_text()

    @property
    def worker(self):
        """The process id of the one that sends mail."""
        [pid] = wait_until(lambda: self._children(self.process.pid, "manage.py worker"))
        return pid

    @property
    def web_master(self):
        [pid] = wait_until(lambda: self._children(self.process.pid, "gunicorn"))
        return pid

    @property
    def web_worker(self):
        return wait_until(lambda: self._children(self.web_master, "gunicorn"))[0]

    def kill(self, pid):
        """``kill -9``: the process has no moment to put anything in order."""
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: pid not in descendants(self.process.pid) or _is_dead(pid))

    def pause(self, pid):
        os.kill(pid, signal.SIGSTOP)

    def go_on(self, pid):
        os.kill(pid, signal.SIGCONT)

    def send_at_once(self):
        """Have mail that waits for its next attempt wait no longer."""
        self.database.execute(
            "UPDATE bookings_outboxmail SET next_attempt_at = '2020-01-01 00:00:00' WHERE state = 'waiting'"
        )

    def wait_for_all_mail(self):
        """Until nothing is owed any more, but for the mail that a lease holds."""
        wait_until(self._has_no_mail_to_send)

    def _has_no_mail_to_send(self):
        owed = (
            "SELECT count(*) FROM bookings_outboxmail m JOIN bookings_booking b ON b.id = m.booking_id "
            f"WHERE m.state = 'waiting' AND b.email <> '{HELD}'"
        )
        return self.database.value(owed) == 0

    @staticmethod
    def _children(pid, words):
        """Children of ``pid`` that are alive and whose command has ``words`` in it."""
        return [
            child
            for child in _children(pid)
            if words in " ".join(commands([child])) and not _is_dead(child)
        ]


def _children(pid):
    try:
        tasks = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in tasks.split()]


def _is_dead(pid):
    """Gone, or dead and not yet looked after by its parent."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state in "ZX"
