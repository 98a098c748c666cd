"""What somebody sent after their session had ended: kept through the sign-in, to be sent again by its sender.

It travels in the form of the sign-in, so that a stranger fills no table. Once the password was right it waits in the
session for the second step.
"""

import json

FIELD = "kept_words"
WAITING = "kept_post"
NOT_KEPT = ("csrfmiddlewaretoken", FIELD)


def packed(request):
    """The fields that were sent, as one text; no password, and no file."""
    sent = [
        [name, value]
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and "password" not in name
        for value in values
    ]
    return json.dumps(sent, ensure_ascii=False) if sent else ""


def keep(request, path):
    """Put what came with the form of the sign-in into the session."""
    put(request, request.POST.get(FIELD, ""), path)


def put(request, text, path):
    """What is no list of fields is dropped."""
    fields = _fields(text)
    if fields and path:
        request.session[WAITING] = {"path": path, "fields": fields}


def is_waiting(request):
    return WAITING in request.session


def waiting(request):
    """The path and the fields; None where nothing waits."""
    return request.session.get(WAITING)


def forget_if_sent(request):
    """Once it arrives where it was to go."""
    if is_waiting(request) and waiting(request)["path"] == request.get_full_path():
        del request.session[WAITING]


def _fields(text):
    try:
        fields = json.loads(text)
    except ValueError:
        return []
    is_list = isinstance(fields, list) and all(
        isinstance(each, list)
        and len(each) == 2
        and all(isinstance(part, str) for part in each)
        for each in fields
    )
    return fields if is_list else []
