"""Filling the booking pages' forms as a visitor does: open the page, keep its hidden key, send."""

import re

WORDS = {"name": "Ada", "email": "ada@example.com", "message": "It clicks on stairs."}


def idempotency_key(page):
    return re.search(r'name="idempotency_key" value="([^"]+)"', page.text).group(1)


def post(client, address, headers=None, **fields):
    key = idempotency_key(client.get(address))
    data = {**WORDS, "idempotency_key": key, **fields}
    return client.post(address, data, headers=headers)


def ask_for(client, slot, **fields):
    """Ask for a call at ``slot``, a Slot or whatever a browser could send instead."""
    return post(
        client,
        "/book/",
        **{"slot": getattr(slot, "pk", slot), "consent": "on", **fields},
    )


def errors(page):
    """The lines of the error summary."""
    summary = re.search(r'class="error-summary__list">(.*?)</ul>', page.text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", summary.group(1), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", line).strip() for line in lines]
