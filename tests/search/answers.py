"""What the test set's queries find, in order. As a command: on the first content of a new site, as JSON."""

import json
import sys
import tomllib
from io import StringIO
from pathlib import Path

QUERIES = tomllib.loads(
    (Path(__file__).parent / "queries.toml").read_text(encoding="utf-8")
)
# More that has to be the same everywhere: odd input, no result, phrases, long questions.
ODD = [
    '"bridge glute"',
    '"knee pain" hip',
    'NEAR(knee pain) OR "title:x* AND',
    "knee & !pain | (hip:*) <-> '",
    "Ünïcödé kneé 💥 膝",
    "café Müller's knee 10-15",
    "pain going down stairs",
    "the",
    "it is",
    "xyzzy",
    "leg",
    "knee",
    " ".join(["my knee hurts when I walk"] * 9),
]


def answers():
    """For each query the addresses, the titles and the snippets, in order."""
    from kneecare.search import search  # noqa: PLC0415 - as a command, Django is set up first

    return {
        query: [
            [found.url, found.title, found.snippet] for found in search(query).found
        ]
        for query in [*QUERIES, *ODD]
    }


def main():
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("first_content", stdout=StringIO())
    json.dump(answers(), sys.stdout)


if __name__ == "__main__":
    main()
