"""WebM files (Matroska, EBML): what plays is kept where it is, and everything else in them is wiped.

Element numbers: https://www.matroska.org/technical/elements.html. An element that is not in the tree below may hold
anything, so that cameras' tags, titles, attached files and chapters need no list of their own.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

KEPT, BLANKED, VORBIS = "kept", "blanked", "codec's own"
VOID, UNKNOWN_SIZE = 0xEC, -1
LARGEST_CODEC_DATA = 1_000_000
_TRACK: dict[int, Any] = dict.fromkeys(
    [
        *[0xD7, 0x73C5, 0x83, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x6DF8, 0x23E383, 0x55EE],  # numbers and flags
        *[0x22B59C, 0x22B59D, 0x86, 0x56AA, 0x56BB, 0xE0, 0xE1, 0x6D80],  # language, codec, picture, sound
    ],
    KEPT,
) | {0x63A2: VORBIS}  # fmt: skip
_CLUSTER = dict.fromkeys([0xE7, 0xA3, 0xA0, 0xA7, 0xAB], KEPT)
SEGMENT = 0x18538067
CLUSTER = 0x1F43B675
# MuxingApp and WritingApp must be there, and name the device and its programs.
_INFO: dict[int, Any] = {0x2AD7B1: KEPT, 0x4489: KEPT, 0x4D80: BLANKED, 0x5741: BLANKED}
_LEVEL_1: dict[int, Any] = {
    0x114D9B74: KEPT,  # where the others stand
    0x1549A966: _INFO,
    0x1654AE6B: {0xAE: _TRACK},
    CLUSTER: _CLUSTER,
    0x1C53BB6B: KEPT,  # where to jump to
}
_HEAD = dict.fromkeys([0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4282, 0x4287, 0x4285], KEPT)
TREE: dict[int, Any] = {0x1A45DFA3: _HEAD, SEGMENT: _LEVEL_1}


class BrokenVideo(ValueError):
    """A file whose parts do not fit into each other."""


class Element(NamedTuple):
    number: int
    start: int
    content: int
    end: int


def wipe_private_parts(file: Any) -> None:
    """Make whatever in ``file`` is not needed to play it one long nothing; nothing moves. Raises ``BrokenVideo``."""
    _wipe_inside(file, 0, file.size, TREE)


def _wipe_inside(file: Any, start: int, end: int, tree: dict[int, Any]) -> None:
    for element in _elements(file, start, end, tree):
        rule = tree.get(element.number)
        if isinstance(rule, dict):
            _wipe_inside(file, element.content, element.end, rule)
        elif rule == BLANKED:
            _zero(file, element.content, element.end)
        elif rule == VORBIS:
            _wipe_vorbis_comments(file, element)
        elif rule != KEPT:
            _void(file, element)


def _elements(file: Any, start: int, end: int, tree: dict[int, Any]) -> Iterator[Element]:  # fmt: skip
    while start < end:
        number, after = _number(file, start, keep_marker=True)
        size, content = _number(file, after, keep_marker=False)
        if size == UNKNOWN_SIZE:
            # Written while it was filmed: it ends where the next of its kind begins.
            size = _live_end(file, content, end, number, tree) - content
        if content + size > end:
            raise BrokenVideo
        yield Element(number, start, content, content + size)
        start = content + size


def _live_end(file: Any, content: int, end: int, number: int, tree: Any) -> int:
    if number == SEGMENT:
        return end
    if number != CLUSTER:
        raise BrokenVideo
    place = content
    while place < end:
        inner, after = _number(file, place, keep_marker=True)
        if inner in tree:
            return place
        size, after = _number(file, after, keep_marker=False)
        if size == UNKNOWN_SIZE:
            raise BrokenVideo
        place = after + size
    return end


def _number(file: Any, start: int, *, keep_marker: bool) -> tuple[int, int]:
    """The number of variable length at ``start`` (RFC 8794, 4), and where it ends."""
    file.seek(start)
    read = file.read(8)
    if not read or not read[0]:
        raise BrokenVideo
    length = 9 - read[0].bit_length()
    if len(read) < length:
        raise BrokenVideo
    value = int.from_bytes(read[:length], "big")
    if keep_marker:
        return value, start + length
    value -= 1 << (7 * length)
    return (UNKNOWN_SIZE if value == (1 << (7 * length)) - 1 else value), start + length


def _void(file: Any, element: Element) -> None:
    """Make ``element`` one that players pass over, as long as it was."""
    total = element.end - element.start
    for length in count(1):
        size = total - 1 - length
        if size < (1 << (7 * length)) - 1:
            break
    file.seek(element.start)
    file.write(bytes([VOID]) + ((1 << (7 * length)) + size).to_bytes(length, "big"))
    _zero(file, element.end - size, element.end)


def _wipe_vorbis_comments(file: Any, element: Element) -> None:
    """The second of Vorbis's three headers holds tags of its own: their words are zeroed, not their lengths."""
    file.seek(element.content)
    data = file.read(min(element.end - element.content, LARGEST_CODEC_DATA))
    at = data.find(b"\x03vorbis")
    if at < 0:
        return
    at += 7
    length = int.from_bytes(data[at : at + 4], "little")  # the program that wrote it
    spans = [(at + 4, at + 4 + length)]
    at += 4 + length
    comments = int.from_bytes(data[at : at + 4], "little")
    at += 4
    for _ in range(comments):
        if at >= len(data):
            raise BrokenVideo
        length = int.from_bytes(data[at : at + 4], "little")
        spans.append((at + 4, at + 4 + length))
        at += 4 + length
    if at > len(data):
        raise BrokenVideo
    for start, end in spans:
        _zero(file, element.content + start, element.content + end)


def _zero(file: Any, start: int, end: int) -> None:
    file.seek(start)
    while start < end:
        start += file.write(bytes(min(end - start, 65_536)))
