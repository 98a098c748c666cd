"""Which scripts of ``static/`` a script imports, read from its text."""

import re
from pathlib import Path

IMPORT = re.compile(r'^import\b[^"]*"(\.{1,2}/[^"]+)";', re.MULTILINE)


def with_imports(scripts):
    """These files with all that they import, each once."""
    found, waiting = [], list(scripts)
    while waiting:
        script = Path(waiting.pop()).resolve()
        if script not in found:
            found.append(script)
            names = IMPORT.findall(script.read_text(encoding="utf-8"))
            waiting += [script.parent / name for name in names]
    return found
