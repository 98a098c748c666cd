"""What whoever keeps the clinic's DNS has to enter so that its mail is believed: as far as the settings know it."""

from email.utils import parseaddr

from django.conf import settings
from django.db import DatabaseError

from kneecare.clinic.models import Clinic
from kneecare.core.health.installation import mail_leaves

FILES = "Mail goes into files as yet. Set EMAIL_URL first: who sends it decides what has to be entered."
NO_DOMAIN = "Mail is from {address}, which is no domain of yours. Set DEFAULT_FROM_EMAIL, or SITE_URL."
TEXT = """\
For whoever keeps the DNS of {domain}

Mail of {site} is from {sender}, and goes out by way of {server}.
Capital letters stand for what only whoever runs {server} can say; a mail provider shows
it in its account, beside the domain. Nothing else has to be filled in.

1. SPF: who may send for the domain. There may be one such record only. Where one begins
   with v=spf1 already, put what they say before its last word, and make no second one.

   {domain}. TXT "v=spf1 WHAT-THEY-SAY ~all"

2. DKIM: the key with which they sign, for this very domain. They say whether it is a TXT
   or a CNAME record, its name, and its value.

   NAME-THEY-SAY._domainkey.{domain}. TXT-OR-CNAME "VALUE-THEY-SAY"

3. DMARC: what others do with mail that is neither. Where there is a record of this name
   already, leave it.

   _dmarc.{domain}. TXT "v=DMARC1; p=none"

   After some weeks without complaints, p=none may become p=quarantine: then mail that only
   claims to be from {domain} is put away as spam.
"""
NAMELESS = """
Readers see a bare address as the sender. To show them a name, set:

   DEFAULT_FROM_EMAIL={name} <{address}>
"""


def text_for_dns() -> str:
    """The text to hand over, or what has to be set before there can be one."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = address.rpartition("@")[2]
    if "." not in domain or domain.startswith("["):
        return NO_DOMAIN.format(address=address) + "\n"
    if mail_leaves():
        return FILES + "\n"
    text = TEXT.format(
        domain=domain,
        site=settings.SITE_URL,
        sender=settings.DEFAULT_FROM_EMAIL,
        server=settings.EMAIL_HOST,
    )
    return text if name else text + NAMELESS.format(name=_clinic(), address=address)


def _clinic() -> str:
    try:
        return Clinic.objects.current().name
    except DatabaseError:  # that it is away is for the doctor himself to tell
        return "NAME-OF-THE-CLINIC"
