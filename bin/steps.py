"""Commands that ``make test`` runs at the same time, and what each of them counted."""

import os
import re
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REDIS = os.environ.get("TEST_CACHE_URL", "redis://127.0.0.1:6379/15")
# The tests that need neither a browser nor processes of the real site.
UNIT = "not browser and not faults and not quality and not real_site"
SUMMARY = re.compile(r"^.*\d+ (?:passed|failed|error).* in [\d.]+s.*$", re.MULTILINE)
NODE = re.compile(r"^\S+ (pass|fail) (\d+)$", re.MULTILINE)


class Step:
    """One command. Its counts are those of its tests, or one check."""

    def __init__(self, name, command, environment=None):
        self.name, self.command = name, command
        self.environment = environment or {}
        self.said = []

    def start(self, is_shown):
        self.began = time.monotonic()
        environment = {**os.environ, "TEST_CACHE_URL": REDIS, **self.environment}
        # Each process would compile all of our files anew.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.reader = threading.Thread(target=self._read, args=[is_shown])
        self.reader.start()

    def _read(self, is_shown):
        while piece := self.process.stdout.read1():
            self.said.append(piece.decode(errors="replace"))
            if is_shown:
                print(self.said[-1], end="", flush=True)
        self.seconds = time.monotonic() - self.began

    def end(self, is_shown):
        self.reader.join()
        self.is_well = self.process.wait() == 0
        self.counts = self._counts()
        if not (is_shown or self.is_well):
            print(f"\n== {self.name}\n{''.join(self.said)}", flush=True)

    def _counts(self):
        """How many passed and failed. A run that went wrong without a failed test counts as one."""
        said = "".join(self.said)
        ends = [*SUMMARY.finditer(said)][-1:]
        told = {
            word: int(number)
            for end in ends
            for number, word in re.findall(r"(\d+) (passed|failed|error)", end[0])
        }
        told |= {f"{word}ed": int(number) for word, number in NODE.findall(said)}
        failed = told.get("failed", 0) + told.get("error", 0)
        if self.is_well:
            return told.get("passed", 1), failed
        return told.get("passed", 0), failed or 1


def run(stage):
    """Run the steps of ``stage`` at the same time. The last one is told as it goes, the others when they fail."""
    shown = stage[-1]
    print(f"\n== {', '.join(step.name for step in stage)}", flush=True)
    for step in stage:
        step.start(is_shown=step is shown)
    for step in stage:
        step.end(is_shown=step is shown)
    return stage
