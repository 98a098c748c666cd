"""Small files that are videos as far as their structure goes."""


def box(kind, content=b""):
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def mp4(*, brand=b"isom", codec=b"avc1", extra=b"", place=b"+33.4484-112.0740/"):
    """An MP4 file as a phone writes it, with the place where it was filmed."""
    handler = box(b"hdlr", bytes(8) + b"vide" + bytes(12))
    media = handler + box(b"minf", box(b"stbl", box(b"stsd", codec)))
    track = box(b"trak", box(b"mdia", media) + box(b"udta", place))
    index = box(b"moov", box(b"mvhd", bytes(20)) + track + box(b"udta", place))
    head = box(b"ftyp", brand + bytes(4) + b"isommp42")
    return head + index + box(b"mdat", b"pictures and sound") + extra


def element(number, content=b"", *, size=None):
    """An element of a WebM file; its size in eight bytes, unless it is given."""
    length = (1 << 56) + len(content) if size is None else size
    return bytes.fromhex(number) + length.to_bytes(8, "big") + content


UNKNOWN_SIZE = (1 << 57) - 1  # as a browser writes while it films


def webm(
    *, live=False, tracks=b"", inside=b"", in_cluster=b"", after=b"", codec=b"V_VP9"
):
    """A WebM file with one picture; ``live`` without sizes."""
    info = element(
        "1549a966",
        element("2ad7b1", b"\x0f\x42\x40") + element("5741", b"Rae's phone") + inside,
    )
    track = element(
        "ae",
        element("d7", b"\1") + element("83", b"\1") + element("86", codec) + tracks,
    )
    size = UNKNOWN_SIZE if live else None
    cluster = element(
        "1f43b675",
        element("e7", b"\0") + in_cluster + element("a3", b"\x81\0\0\x80picture"),
        size=size,
    )
    content = info + element("1654ae6b", track) + cluster + cluster + after
    head = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm\x42\x87\x81\x04\x42\x85\x81\x02"
    return head + element("18538067", content, size=size)


WEBM = webm()
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nStand up.\n"
