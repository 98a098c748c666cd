"""Calls at the same moment, on connections of their own."""

import threading
from collections import Counter

from django.db import connection

WINNER = "won"


def at_once(*calls):
    """How often the calls ended in what, all begun at the same moment, each on a connection of its own."""
    barrier = threading.Barrier(len(calls))
    outcomes = []

    def run(call):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            call()
            outcomes.append(WINNER)
        except Exception as error:  # noqa: BLE001 - counted, whatever it is
            outcomes.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)
