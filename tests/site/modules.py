"""Which scripts of ``static/`` a script imports, read from its text."""

import re
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
# Every way in which a script brings another along: at its top, when it likes, or as a worker.
IMPORT = re.compile(
    r"""(?:\b(?:import|export)\b[^"'`;]*?|\bimport\(\s*|\bimportScripts\(\s*|\bWorker\(\s*)["'`]([^"'`]+\.js)["'`]"""
)


def imports(script):
    """The files that ``script`` imports."""
    text = COMMENT.sub("", script.read_text(encoding="utf-8"))
    return [(script.parent / name).resolve() for name in IMPORT.findall(text)]


def with_imports(scripts):
    """These files with all that they import, each once."""
    found, waiting = [], [Path(script) for script in scripts]
    while waiting:
        script = waiting.pop().resolve()
        if script not in found:
            found.append(script)
            waiting += imports(script)
    return found
