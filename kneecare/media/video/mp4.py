"""MP4 files (ISO 14496-12): what plays is kept where it is, and everything else in them is wiped.

Phones write places, names and days into boxes of their own, and into tracks that nobody sees or hears: those go with all
of their samples.
"""

from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Any, NamedTuple

from kneecare.media.video.webm import BrokenVideo

MAX_INDEX = 20_000_000
KEPT, DATED, NAMED = "kept", "with the time it was made", "with a name"
_TABLES = dict.fromkeys(
    b"stsd stts ctts stsc stsz stz2 stco co64 stss sdtp sgpd sbgp cslg saiz saio".split(), KEPT
)  # fmt: skip
_MEDIA: dict[bytes, Any] = {
    b"mdhd": DATED,
    b"hdlr": NAMED,
    b"elng": KEPT,
    b"minf": {**dict.fromkeys([b"vmhd", b"smhd", b"dinf"], KEPT), b"stbl": _TABLES},
}
_TRACK: dict[bytes, Any] = {
    b"tkhd": DATED,
    b"edts": KEPT,
    b"tref": KEPT,
    b"mdia": _MEDIA,
}
_FRAGMENT = dict.fromkeys(b"tfhd tfdt trun sdtp sgpd sbgp saiz saio".split(), KEPT)
TREE: dict[bytes, Any] = {
    **dict.fromkeys([b"ftyp", b"styp", b"sidx", b"mfra", b"mdat"], KEPT),
    b"moov": {b"mvhd": DATED, b"mvex": KEPT, b"iods": KEPT, b"trak": _TRACK},
    b"moof": {b"mfhd": KEPT, b"traf": _FRAGMENT},
}
SEEN_OR_HEARD = {b"vide", b"soun"}


class Box(NamedTuple):
    kind: bytes
    start: int
    content: int
    end: int


def index(file: Any) -> Box:
    """The box that says where everything is. Raises ``BrokenVideo`` where there is none, or none that fits."""
    found = [box for box in _boxes(file, 0, file.size) if box.kind == b"moov"]
    if not found or found[-1].end - found[-1].content > MAX_INDEX:
        raise BrokenVideo
    return found[-1]


def wipe_private_parts(file: Any) -> None:
    """Make whatever in ``file`` is not needed to play it one long nothing; nothing moves. Raises ``BrokenVideo``."""
    moov = index(file)
    tracks = [box for box in _boxes(file, *moov[2:]) if box.kind == b"trak"]
    is_live = any(box.kind == b"moof" for box in _boxes(file, 0, file.size))
    for track in tracks:
        if _handler(file, track) not in SEEN_OR_HEARD:
            if is_live:
                raise BrokenVideo  # its samples are spread over the fragments
            for start, end in _samples(file, track):
                _zero(file, start, end)
            _free(file, track)
    _wipe_inside(file, 0, file.size, TREE)


def _wipe_inside(file: Any, start: int, end: int, tree: dict[bytes, Any]) -> None:
    for box in _boxes(file, start, end):
        rule = tree.get(box.kind)
        if isinstance(rule, dict):
            _wipe_inside(file, box.content, box.end, rule)
        elif rule == DATED:
            file.seek(box.content)
            width = 16 if file.read(1) == b"\1" else 8
            _zero(file, box.content + 4, min(box.content + 4 + width, box.end))
        elif rule == NAMED:
            _zero(file, min(box.content + 24, box.end), box.end)
        elif rule != KEPT:
            _free(file, box)


def _boxes(file: Any, start: int, end: int) -> Iterator[Box]:
    while start < end:
        file.seek(start)
        head = file.read(16)
        size, kind, content = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:  # the size stands in the next eight bytes
            size, content = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:  # up to the end
            size = end - start
        if size < content or start + size > end:
            raise BrokenVideo
        yield Box(kind, start, start + content, start + size)
        start += size


def _inside(file: Any, box: Box, *kinds: bytes) -> Box | None:
    """The box inside of ``box`` that is reached by ``kinds``, one in the other."""
    for kind in kinds:
        inner = [each for each in _boxes(file, *box[2:]) if each.kind == kind]
        if not inner:
            return None
        box = inner[0]
    return box


def _content(file: Any, box: Box | None) -> bytes:
    if box is None:
        return b""
    file.seek(box.content)
    return bytes(file.read(box.end - box.content))


def _handler(file: Any, track: Box) -> bytes:
    """What a track is for, by its own word."""
    return _content(file, _inside(file, track, b"mdia", b"hdlr"))[8:12]


def _samples(file: Any, track: Box) -> Iterator[tuple[int, int]]:
    """Where in the file the chunks of a track begin and end."""
    table = [b"mdia", b"minf", b"stbl"]
    short, long, sizes, runs = (
        _content(file, _inside(file, track, *table, kind))
        for kind in [b"stco", b"co64", b"stsz", b"stsc"]
    )
    chunks = _numbers(long[8:], 8) or _numbers(short[8:], 4)
    per_chunk = _per_chunk(_numbers(runs[8:], 4), len(chunks))
    same, each = int.from_bytes(sizes[4:8], "big"), iter(_numbers(sizes[12:], 4))
    for start, samples in zip(chunks, per_chunk, strict=True):
        size = samples * same if same else sum(next(each, 0) for _ in range(samples))
        if start + size > file.size:
            raise BrokenVideo
        yield start, start + size


def _per_chunk(runs: list[int], chunks: int) -> list[int]:
    """How many samples each chunk has, of a table of (first chunk, samples in it and in those that follow, kind)."""
    firsts, samples = runs[0::3], runs[1::3]
    if chunks and firsts[:1] != [1]:
        raise BrokenVideo
    ends = [*firsts[1:], chunks + 1]
    if any(later < first for first, later in pairwise([*firsts, chunks + 1])):
        raise BrokenVideo
    lengths = zip(firsts, ends, samples, strict=True)
    return list(chain.from_iterable([count] * (end - first) for first, end, count in lengths))  # fmt: skip


def _numbers(data: bytes, width: int) -> list[int]:
    whole = len(data) - len(data) % width
    return [int.from_bytes(data[i : i + width], "big") for i in range(0, whole, width)]


def _free(file: Any, box: Box) -> None:
    """Make ``box`` one that players pass over."""
    file.seek(box.start + 4)
    file.write(b"free")
    _zero(file, box.content, box.end)


def _zero(file: Any, start: int, end: int) -> None:
    file.seek(start)
    while start < end:
        start += file.write(bytes(min(end - start, 65_536)))
