"""Starting the real site for a test: real processes, a real port, a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300  # seconds, for a machine that does other things as well


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder, port, **environment):
    return subprocess.Popen(
        [sys.executable, "bin/run.py", "--port", str(port)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "KNEECARE_DATA": str(folder)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def start_and_wait(folder, **environment):
    """A site that answers, and its port."""
    port = free_port()
    site = start(folder, port, **environment)
    try:
        wait_until(lambda: site.poll() is not None or is_ready(port))
        assert site.poll() is None, "It ended by itself."
    except AssertionError as error:
        raise AssertionError(f"{error} It said:\n{stop(site)}") from None
    return site, port


def is_ready(port):
    status, text = answer(port, "/readyz") or (0, "")
    return status == 200 and text.startswith("ready\n")


def answer(port, path):
    """Status and text of a page, or ``None`` while nobody listens."""
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}{path}", timeout=10
        ) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return None


def wait_until(condition):
    for _ in range(PATIENCE * 10):
        if result := condition():
            return result
        time.sleep(0.1)
    raise AssertionError("It took too long.")


def stop(process):
    """Ask the site to end; return all that it printed."""
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=30)
    return output
