"""What a page costs, for the scripts that print figures."""

import sys

from django.db import connection


def cost(client, address, clock):
    """Seconds by ``clock`` for one visit; ends the script unless the answer is 200."""
    started = clock()
    response = client.get(address)
    seconds = clock() - started
    if response.status_code != 200:
        sys.exit(f"{address} answers {response.status_code}")
    return seconds


def queries(client, address):
    """How many statements one visit takes."""
    asked = []

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        client.get(address)
    return len(asked)
