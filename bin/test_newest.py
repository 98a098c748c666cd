"""The unit tests on the newest CPython of this machine and the newest Django that `pyproject.toml` allows.

    make test-newest                     all of them
    make test-newest TESTS=tests/core    one folder

In a virtual environment of its own below var/, made anew where pyproject.toml has changed. Nothing of it is locked: it
is to be told early what the next lock would meet, and no site is served from it.
"""

import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from steps import ROOT, UNIT

UV = Path(sys.executable).with_name("uv")
VENV = ROOT / "var" / "newest"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 12)  # what Django 6 asks for


def main(tests):
    project = ROOT / "pyproject.toml"
    wanted = hashlib.sha256(project.read_bytes()).hexdigest()
    stamp = VENV / "made-for"
    if not stamp.exists() or stamp.read_text() != wanted:
        make(project)
        stamp.write_text(wanted)
    which = "import sys, django; print('Python', sys.version.split()[0], 'Django', django.__version__, flush=True)"
    subprocess.run([PYTHON, "-c", which], check=True)
    # A run of the locked Django at the same time would clear its migrated database away.
    cache = ["-o", f"cache_dir={VENV / 'cache'}"]
    pytest = [
        PYTHON,
        "-m",
        "pytest",
        "-q",
        "-n",
        "auto",
        "-m",
        f"{UNIT} and not slow",
        *cache,
    ]
    sys.exit(subprocess.run([*pytest, *(tests or ["tests"])], cwd=ROOT).returncode)


def make(project):
    run("venv", "--quiet", "--clear", "--python", newest_python(), VENV)
    requirements = VENV / "newest.txt"
    found = ["--extra", "dev", "--no-emit-package", "kneecare", "--python", PYTHON]
    run("pip", "compile", "--quiet", project, *found, "-o", requirements)
    run("pip", "install", "--quiet", "--python", PYTHON, "-r", requirements)


def newest_python():
    """The path of the newest that runs, of those on the path and those that pyenv keeps."""
    folders = [*map(Path, os.environ["PATH"].split(os.pathsep))]
    folders += Path.home().glob(".pyenv/versions/*/bin")
    found = {path for each in folders for path in each.glob("python3.[0-9]*")}
    version, path = max((version_of(each), each) for each in sorted(found))
    if version < OLDEST:
        sys.exit(f"KneeCare: Django 6 needs Python {OLDEST[0]}.{OLDEST[1]} or newer, and none is here.")  # fmt: skip
    return path


def version_of(path):
    """(0,) for what is no released CPython that runs, such as a shim of pyenv for one that is not there."""
    which = "import sys; print(*sys.version_info[:3]) if sys.version_info[3] == 'final' and sys.implementation.name == 'cpython' else exit(1)"
    with suppress(OSError):
        ran = subprocess.run([path, "-c", which], capture_output=True, text=True)
        if ran.returncode == 0:
            return tuple(map(int, ran.stdout.split()))
    return (0,)


def run(*arguments):
    if subprocess.run([UV, *arguments]).returncode:
        sys.exit("KneeCare: the newest packages could not be had.")


if __name__ == "__main__":
    main(sys.argv[1:])
