"""Set up the virtual environment: `python3 bin/setup.py base|scale|dev`. Needs nothing but Python.

Written for any Python 3, so that a Python that is too old hears so in one line.
"""

import hashlib
import os
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def main(name):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    refuse_old_python()
    locked = os.path.join(ROOT, "requirements", name + ".txt")
    with open(locked, "rb") as file:
        wanted = hashlib.sha256(file.read()).hexdigest()
    stamp = os.path.join(VENV, "installed-" + name)
    if os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == wanted:
                return
    make_venv()
    print(
        "Installing the locked packages of requirements/%s.txt ..." % name, flush=True
    )
    install(locked)
    with open(stamp, "w") as file:
        file.write(wanted)


def refuse_old_python():
    if sys.version_info < (3, 11):
        version = "%d.%d" % sys.version_info[:2]
        sys.exit(
            "KneeCare needs Python 3.11 or newer, and this is %s. Install a newer one, "
            "or name it: make run PYTHON=python3.11" % version
        )


def make_venv():
    made = os.path.join(VENV, "made")
    if os.path.exists(made):
        return
    try:
        __import__("ensurepip")
        __import__("venv")
    except ImportError:
        sys.exit(
            "KneeCare needs Python's venv module. Install it (on Debian: apt-get install python3-venv), then try again."
        )
    print("Making the virtual environment .venv ...", flush=True)
    run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        "The virtual environment could not be made",
    )
    open(made, "w").close()


def install(locked):
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(
        pip + ["--require-hashes", "-r", locked],
        "The packages could not be installed: is the package registry within reach?",
    )


def run(command, problem):
    if subprocess.run(command, cwd=ROOT).returncode:
        sys.exit(problem)


if __name__ == "__main__":
    main(sys.argv[1])
