import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import autodiscover_modules

from kneecare.core.jobs.schedule import run_due

TICK = 0.5  # seconds


class Command(BaseCommand):
    help = "Send mail, make call times, delete what is due: the work behind the pages. Ends on TERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Run each job once, then end."
        )

    def handle(self, *, once: bool, **options: Any) -> None:
        autodiscover_modules("jobs")
        if once:
            run_due(time.monotonic())
            return
        stop = threading.Event()
        for name in [signal.SIGTERM, signal.SIGINT]:
            signal.signal(name, lambda *_: stop.set())
        self.stdout.write("The worker is running.")
        while not stop.is_set():
            run_due(time.monotonic())
            stop.wait(TICK)
