"""A real mail server that keeps what it is given, and fails in the ways that mail servers do."""

import asyncio
import logging
import time
from email import message_from_bytes
from email.policy import default
from typing import NamedTuple

from aiosmtpd.controller import Controller

from tests.serving import free_port

# It tells of each line that it reads.
logging.getLogger("mail.log").setLevel(logging.WARNING)


class Delivered(NamedTuple):
    to: str
    message_id: str
    subject: str
    content: bytes
    taken_at: float  # by the monotonic clock

    @property
    def text(self):
        """All of the mail as a reader sees it: its headers, and each part decoded."""
        message = message_from_bytes(self.content, policy=default)
        parts = [
            part.get_content() for part in message.walk() if not part.is_multipart()
        ]
        return "\n".join([str(message.items()), *map(str, parts)])


class PostOffice:
    """``fault`` is what goes wrong with the next mails: for ``faulty`` addresses, or for all.

    "hang": no answer, ever. "die": takes the mail and drops the line before it says so. "hold": takes the mail and
    says nothing. A number: that answer. None: all is well.
    """

    def __init__(self):
        self.port = free_port()
        self.delivered = []
        self.connections = 0
        self.refused = 0
        self.controller = None
        self.heal()

    def heal(self):
        self.fault, self.faulty = None, None

    def fail(self, fault, *, of=None):
        self.fault, self.faulty = fault, of

    def open(self):
        self.controller = Controller(self, "127.0.0.1", self.port)
        self.controller.start()

    def close(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    def to(self, address):
        return [mail for mail in self.delivered if mail.to == address]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's name
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if isinstance(self.fault, int) and self._fails(address):
            self.refused += 1
            return f"{self.fault} refused by a test"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        [address] = envelope.rcpt_tos
        fault = self.fault if self._fails(address) else None
        if fault == "hang":
            await asyncio.sleep(600)
        self._keep(address, envelope.content)
        if fault == "hold":
            await asyncio.sleep(600)
        if fault == "die":
            server.transport.abort()
        return "250 OK"

    def _fails(self, address):
        return self.faulty in (None, address)

    def _keep(self, address, content):
        message = message_from_bytes(content, policy=default)
        self.delivered.append(
            Delivered(
                address,
                message["Message-ID"],
                message["Subject"],
                content,
                time.monotonic(),
            )
        )
