"""The names of fields that the code itself writes: by assignment, as an argument of what makes or changes a row, or in a mapping."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What makes or changes rows and takes their fields as arguments, beside the models themselves.
WRITERS = {"create", "update", "get_or_create", "update_or_create", "dict", "replace", "partial", "setdefault"}  # fmt: skip
WRITERS |= {
    "model",
    "settle",
    "insert",
}  # a manager's, and verbs of our own that pass them on


def written(model):
    """What the code of the app writes in which ``model``, or one of the classes that it is made of, stands."""
    folders = {folder for each in model.__mro__ if (folder := _folder(each))}
    return set().union(*map(_written_in, folders))


def _folder(kind):
    parts = kind.__module__.split(".")
    depth = 2 if parts[0] == "kneecare" else 1
    return "/".join(parts[:depth]) if (ROOT / parts[0]).is_dir() else ""


@cache
def _written_in(folder):
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        if "migrations" not in path.parts:
            found |= names_written(path.read_text())
    for path in (ROOT / folder).rglob("*.toml"):
        found |= set(keys(tomllib.loads(path.read_text())))
    return found


def names_written(source):
    """The names that a module writes."""
    return {name for node in ast.walk(ast.parse(source)) for name in _of(node)}


def _of(node):
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from _attributes(target)
    elif isinstance(node, ast.Call) and _writes(_name(node.func)):
        yield from (each.arg for each in node.keywords if each.arg)
    elif isinstance(node, ast.Dict):
        yield from (key.value for key in node.keys if isinstance(key, ast.Constant))


def _writes(function):
    return function in WRITERS or function[:1].isupper()


def _attributes(target):
    if isinstance(target, ast.Attribute):
        yield target.attr
    elif isinstance(target, ast.Tuple | ast.List):
        for each in target.elts:
            yield from _attributes(each)


def _name(function):
    return getattr(function, "attr", getattr(function, "id", ""))


def keys(data):
    """All keys of what the first content holds, however deep."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from keys(value)
    elif isinstance(data, list):
        for each in data:
            yield from keys(each)
