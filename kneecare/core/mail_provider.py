"""Who sends our mail on, and so can tell what became of it: by the header that ties its word to the mail."""

import json
import re

from kneecare.core.environment import refuse

# They sign what they say with a key of the account; the others send a user name and a password along.
SIGNED = ["mailgun"]
PROVIDERS = [*SIGNED, "postmark", "brevo"]
# Characters: whoever guesses it could say of any mail that it came back.
LEAST_SECRET = 16
PAIR = re.compile(r"[!-9;-~]+:[!-~]+")  # user:password, as it stands in a URL


def refuse_wrong(provider: str, secret: str) -> None:
    """End the start where what is set could take no word of the provider, or anybody's."""
    if provider and provider not in PROVIDERS:
        refuse("EMAIL_PROVIDER", f"has to be one of: {', '.join(PROVIDERS)}. Other providers' reports are not read.")  # fmt: skip
    if not provider:
        if secret:
            refuse("EMAIL_WEBHOOK_SECRET", "is of use only with EMAIL_PROVIDER.")
        return
    if len(secret) < LEAST_SECRET or not re.fullmatch(r"[!-~]+", secret):
        refuse("EMAIL_WEBHOOK_SECRET", f"has to be set with EMAIL_PROVIDER: {LEAST_SECRET} characters or more, without blanks or letters beyond ASCII.")  # fmt: skip
    if provider not in SIGNED and not PAIR.fullmatch(secret):
        refuse("EMAIL_WEBHOOK_SECRET", "has to look like USER:PASSWORD, as it stands in the address that the provider is given.")  # fmt: skip


def headers_for(provider: str, message_id: str) -> dict[str, str]:
    """What a mail carries so that its provider's word of it names the mail.

    The others name it by its Message-ID; Postmark gives it one of its own, and Brevo may.
    """
    name = message_id.strip("<>")
    if provider == "postmark":
        return {"X-PM-KeepID": "true", "X-PM-Metadata-message-id": name}
    if provider == "brevo":
        return {"X-Mailin-custom": json.dumps({"message-id": name})}
    return {}
