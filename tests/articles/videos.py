"""Small files that are videos as far as their structure goes."""


def box(kind, content=b""):
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def mp4(*, brand=b"isom", codec=b"avc1", extra=b"", place=b"+33.4484-112.0740/"):
    """An MP4 file as a phone writes it, with the place where it was filmed."""
    track = box(b"trak", box(b"mdia", codec) + box(b"udta", place))
    index = box(b"moov", box(b"mvhd", bytes(20)) + track + box(b"udta", place))
    head = box(b"ftyp", brand + bytes(4) + b"isommp42")
    return head + index + box(b"mdat", b"pictures and sound") + extra


WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(60)
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nStand up.\n"
