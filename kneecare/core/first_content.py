"""Reading the text that a new site starts with: TOML files beside the app that they belong to."""

import tomllib


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def joined(rows):
    """A list as a model keeps it: one row a line."""
    return "\n".join(rows)
