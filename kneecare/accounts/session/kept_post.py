"""What somebody sent after their session had ended: kept through the sign-in, to be sent again by its sender.

It travels in the form of the sign-in, so that a stranger fills no table. Once the password was right it waits in the
session for the second step. On a computer that several use it is shown to who typed it alone: who had signed in there
last goes along with it.
"""

import json
import re

from kneecare.accounts import devices
from kneecare.core.text.characters import PrintableDecoder

FIELD = "kept_words"
WAITING = "kept_post"
WHOSE = "kept_whose"
# Who may come in, and what can hardly be taken back: it is shown again, and done by nobody but who fills in the form.
# Somebody else may have sent it from the same browser.
ACTS = re.compile(r"/admin/(auth|account)/|/(delete|withdraw|restore|erase)/$")
NOT_KEPT = ("csrfmiddlewaretoken", FIELD)
SECRET = ("password", "secret")  # in the name of a field


def packed(request):
    """The fields that were sent, as one text; no password or other secret, and no file."""
    sent = [
        [name, value]
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and not any(word in name for word in SECRET)
        for value in values
    ]
    last = request.COOKIES.get(devices.LAST)
    whose = [[WHOSE, last]] if last else []
    return json.dumps(sent + whose, ensure_ascii=False) if sent else ""


def keep(request, path):
    """Put what came with the form of the sign-in into the session."""
    put(request, request.POST.get(FIELD, ""), path)


def put(request, text, path):
    """What is no list of fields is dropped."""
    sent = _fields(text)
    whose = dict(sent).get(WHOSE, "")
    fields = [pair for pair in sent if pair[0] != WHOSE]
    if fields and path:
        request.session[WAITING] = {"path": path, "fields": fields, "whose": whose}


def is_waiting(request):
    return WAITING in request.session


def waiting(request):
    """The path and the fields; None where nothing waits for the account of the request."""
    found = request.session.get(WAITING)
    if found and devices.is_of_another(found["whose"], request.user.get_username()):
        del request.session[WAITING]
        return None
    return found


def is_act(path):
    """Whether what was sent to ``path`` is only shown, and not sent again."""
    return ACTS.search(path.partition("?")[0]) is not None


def forget_if_sent(request):
    """Once it arrives where it was to go."""
    found = waiting(request)
    if found and found["path"] == request.get_full_path():
        del request.session[WAITING]


def _fields(text):
    try:
        fields = json.loads(text, cls=PrintableDecoder)
    except ValueError:
        return []
    is_list = isinstance(fields, list) and all(
        isinstance(each, list)
        and len(each) == 2
        and all(isinstance(part, str) for part in each)
        for each in fields
    )
    return fields if is_list else []
