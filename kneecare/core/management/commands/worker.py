import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import autodiscover_modules

from kneecare.core.jobs.schedule import drive, lanes, run_due

PATIENCE = 5  # seconds that jobs have to end in


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
        run_lanes(stop)


def run_lanes(stop: threading.Event) -> None:
    """Run all lanes until ``stop`` is set; what is still at work then is left, as by a crash, which each job bears."""
    # Daemons, so that one that hangs holds up no end of the process.
    threads = [
        threading.Thread(target=drive, args=(lane, stop), name=lane, daemon=True)
        for lane in lanes()
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    ends = time.monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(0, ends - time.monotonic()))
