"""Prepare the site and serve it: what `make run` does once the packages are there."""

import argparse
import contextlib
import os
import secrets
import shlex
import signal
import socket
import string
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.core.management import execute_from_command_line

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 10  # seconds that a process has to end
QUICK = 60  # seconds: a process that ends sooner may have a lasting fault
RESTARTS = 5  # of that kind in a row, before we give up


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    # Until the site is served, a signal ends this process at once: nothing has been started yet.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    refuse_taken(port)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    set_environment(port)
    execute_from_command_line(["manage.py", "prepare"])
    site = os.environ["SITE_URL"]
    print(f"KneeCare is at {site} (staff: {site}/admin/). Ctrl-C ends it.", flush=True)
    serve(procfile())


def refuse_taken(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(
                f"Port {port} is taken. End what uses it, or serve elsewhere: PORT={port + 1000} make run"
            )
        except OverflowError:
            sys.exit(
                f"There is no port {port}. Choose one from 1024 to 65535: PORT=8000 make run"
            )


def set_environment(port):
    """What a production site is told by its environment, for a site on the loopback."""
    data = ROOT / os.environ.get("KNEECARE_DATA", "var")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["PORT"] = str(port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kneecare.settings")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("SECRET_KEY", kept_secret(data / "secret-key"))
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"


def kept_secret(path):
    """A random key, made once and kept where only its owner can read it."""
    if not path.exists() or not path.read_text():
        # Whole or not there, wherever the start is cut short; and of two starts at once, one makes it for both.
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        if not path.read_text():  # left empty by an older version
            fresh.replace(path)
        fresh.unlink(missing_ok=True)
    return path.read_text()


def procfile():
    """The commands of the Procfile, with the environment filled in."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    commands = [line.split(": ", 1)[1] for line in lines if line]
    return [
        shlex.split(string.Template(command).substitute(os.environ))
        for command in commands
    ]


class Kept:
    """A process that is started again when it ends by itself."""

    def __init__(self, command):
        self.command = command
        self.quick_ends = 0
        self.start()

    def start(self):
        self.started = time.monotonic()
        # A group of its own: Ctrl-C reaches it through us alone, and once.
        self.process = subprocess.Popen(self.command, start_new_session=True)

    def revive(self):
        if self.process.poll() is None:
            return
        was_quick = time.monotonic() - self.started < QUICK
        self.quick_ends = self.quick_ends + 1 if was_quick else 0
        if self.quick_ends > RESTARTS:
            sys.exit("The site ended again and again: see above why.")
        self.start()


def serve(commands):
    """Keep every command running until a signal; then end them all, whatever each is doing."""
    ending = threading.Event()
    for name in [signal.SIGTERM, signal.SIGINT]:
        # Only noted: an exception raised here could be lost in whatever the process is doing.
        signal.signal(name, lambda *_: ending.set())
    kept: list[Kept] = []
    try:
        for command in commands:
            kept.append(Kept(command))
        while not ending.wait(0.5):
            for each in kept:
                each.revive()
    finally:
        stop([each.process for each in kept])


def stop(processes):
    for name in [signal.SIGTERM, signal.SIGINT]:
        signal.signal(name, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    until = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
