"""Prepare the site and serve it: what `make run` does once the packages are there."""

import argparse
import os
import secrets
import socket
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

ROOT = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    refuse_taken(port)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    set_environment(port)
    execute_from_command_line(["manage.py", "prepare"])
    print(
        f"KneeCare is at {os.environ['SITE_URL']} (staff: {os.environ['SITE_URL']}/admin/). Ctrl-C ends it."
    )
    sys.stdout.flush()
    honcho = [sys.executable, "-m", "honcho", "start", "-p", str(port)]
    os.execv(sys.executable, honcho)  # noqa: S606 - honcho takes this process over, and so its signals


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
    data.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kneecare.settings")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("SECRET_KEY", kept_secret(data / "secret-key"))
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"


def kept_secret(path):
    """A random key, made once and kept where only its owner can read it."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


if __name__ == "__main__":
    main()
