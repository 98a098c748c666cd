"""What a page costs, for the scripts that print figures."""

import sys

from django.db import connection


def cost(client, path, clock):
    """Seconds by ``clock`` for one visit; ends the script unless the answer is 200."""
    started = clock()
    response = client.get(path)
    seconds = clock() - started
    if response.status_code != 200:
        sys.exit(f"{path} answers {response.status_code}")
    return seconds


def queries(client, path):
    """How many statements one visit takes."""
    asked = []

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        client.get(path)
    return len(asked)
