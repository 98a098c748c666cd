"""Filling the booking pages' forms as a visitor does: open the page, keep its hidden key, send."""

import re
from itertools import count

WORDS = {
    "name": "Ada",
    "email": "ada@example.com",
    "message": "It clicks on stairs.",
}


CALLER = {**WORDS, "phone": "(602) 555-0123"}  # whom the clinic calls


numbers = count(1000)


def another_phone():
    return f"(602) 555-{next(numbers)}"


def idempotency_key(page):
    return re.search(r'name="idempotency_key" value="([^"]+)"', page.text).group(1)


def post(client, address, headers=None, **fields):
    key = idempotency_key(client.get(address))
    words = CALLER if address == "/book/" else WORDS
    data = {**words, "idempotency_key": key, **fields}
    return client.post(address, data, headers=headers)


def ask_for(client, slot, **fields):
    """Ask for a call at ``slot``, a Slot or whatever a browser could send instead."""
    return post(
        client,
        "/book/",
        **{"slot": getattr(slot, "pk", slot), "consent": "on", **fields},
    )


def own_form(page):
    """The hidden fields of a form on a visitor's own page: its key, and the version that it showed."""
    found = re.findall(r'name="(change_key|version)" value="([^"]+)"', page.text)
    return dict(found)


def errors(page):
    """The lines of the error summary."""
    summary = re.search(r'class="error-summary__list">(.*?)</ul>', page.text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", summary.group(1), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", line).strip() for line in lines]
