"""The bytes of a page as it is sent, for each encoding, and the headers with them."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Self
from wsgiref.types import StartResponse, WSGIEnvironment

import brotli

from kneecare.stored.asked import IDENTITY, matches

Headers = list[tuple[str, str]]
# Of Brotli's twelve, the best takes thirty times as long as what is 8 % larger: so that nobody waits for it, who asks
# first gets the other.
AT_ONCE, BEST = 6, 11
COMPRESS = {
    "br": lambda body, quality: brotli.compress(body, quality=quality),
    "gzip": lambda body, quality: gzip.compress(body, min(quality, 9), mtime=0),
    IDENTITY: lambda body, quality: body,
}
DECOMPRESS = {"br": brotli.decompress, "gzip": gzip.decompress, IDENTITY: bytes}
OF_A_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}


class Validity(NamedTuple):
    """What a page was made of, and for how long it stays so: seconds since 1970."""

    revision: str
    made_at: float
    ends_at: float

    def holds(self, revision: str, now: float) -> bool:
        return self.revision == revision and self.made_at <= now < self.ends_at


@dataclass
class Answer:
    key: str
    validity: Validity
    etag: str
    headers: Headers
    body: bytes

    def status_for(self, environ: WSGIEnvironment) -> int:
        known = environ.get("HTTP_IF_NONE_MATCH")
        return 304 if known and matches(known, self.etag) else 200

    def respond(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        if self.status_for(environ) == 304:
            kept = [pair for pair in self.headers if pair[0] not in OF_A_BODY]
            start_response("304 Not Modified", kept)
            return []
        start_response("200 OK", self.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]

    def to_bytes(self) -> bytes:
        head = [self.key, self.validity, self.etag, self.headers]
        rest = json.dumps(head).encode() + b"\n" + self.body
        return b"%08x %b" % (zlib.crc32(rest), rest)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Raises ``ValueError`` for anything but what ``to_bytes`` made: a file may be cut short, or overwritten."""
        rest = memoryview(data)[9:]
        if zlib.crc32(rest) != int(data[:8], 16):
            raise ValueError
        end = data.index(b"\n")
        key, validity, etag, headers = json.loads(data[9:end])
        pairs = [(name, value) for name, value in headers]
        return cls(key, Validity(*validity), etag, pairs, data[end + 1 :])


@dataclass
class Page:
    """What Django answered, to be sent in any encoding."""

    key: str
    validity: Validity
    headers: Headers
    body: bytes

    def answer(self, encoding: str, quality: int = AT_ONCE) -> Answer:
        return self._sent(encoding, COMPRESS[encoding](self.body, quality))

    def again(self, encoding: str, before: Answer | None) -> Answer:
        """To be kept: as it was kept ``before`` where it says the same, which most pages do when one of them is changed."""
        if before and DECOMPRESS[encoding](before.body) == self.body:
            return self._sent(encoding, before.body)
        return self.answer(encoding, BEST)

    def _sent(self, encoding: str, body: bytes) -> Answer:
        # Of what is said and how it is sent, however well it was compressed: nothing of it is asked for by range.
        said = hashlib.sha256(encoding.encode() + self.body)
        etag = f'"{said.hexdigest()[:32]}"'
        headers = [*self.headers, ("ETag", etag), ("Content-Length", str(len(body)))]
        if encoding != IDENTITY:
            headers.append(("Content-Encoding", encoding))
        return Answer(self.key, self.validity, etag, headers, body)

    @classmethod
    def of(cls, key: str, validity: Validity, headers: Headers, body: bytes) -> Self:
        replaced = {"Content-Length", "Vary"}
        kept = [pair for pair in headers if pair[0] not in replaced]
        return cls(key, validity, [*kept, ("Vary", "Accept-Encoding")], body)


def is_for_all(status: str, headers: Headers) -> bool:
    """Whether an answer is a whole page, and the same for everybody."""
    named: dict[str, Any] = dict(headers)
    return (
        status.startswith("200 ")
        and "Set-Cookie" not in named
        and "ETag" not in named
        and "Content-Encoding" not in named
        and named.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        and named.get("Cache-Control", "").startswith("public")
        and "'nonce-" not in named.get("Content-Security-Policy", "")
    )
