"""A PNG file taken apart: what its pixels need, and what it says of its colours (W3C PNG, third edition).

A decoder is given only the chunks that make the pixels. Whatever else a program wrote into the file can
neither spoil the picture nor take memory.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_PROFILE_BYTES = 8 * 2**20
_MAX_CHUNKS = 200_000
_MAX_NOTE_BYTES = 2**20
_MAX_EXIF_BYTES = 2**20
_NOTES = (b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"tRNS", b"eXIf", b"acTL", b"pHYs")
_TEMPLATE, _MAX_TEMPLATE_BYTES = b"packdesk-template\0", 2000
_RAW_EXIF = b"Raw profile type exif\0"  # ImageMagick's way, from before there was eXIf
_GREY, _TRUE, _INDEXED = 0, 2, 3


class BrokenPngError(ValueError):
    """The chunks that make the pixels are damaged."""


@dataclass
class PngFile:
    """The parts of a PNG file.

    Attributes:
        width: in pixels.
        height: in pixels.
        depth: bits a sample.
        colour_type: as in IHDR.
        pixels: a PNG file of the chunks its pixels need; one transparent colour is not among them.
        notes: the first sound chunk of each kind that says something about the pixels.
        exif: camera data, empty if there is none.
    """

    width: int
    height: int
    depth: int
    colour_type: int
    pixels: bytes = b""
    notes: dict[bytes, bytes] = field(default_factory=dict)
    exif: bytes = b""

    @property
    def transparent_colour(self) -> tuple[int, ...] | None:
        """Samples of the one colour that is transparent: a grey, or red, green and blue."""
        count = {_GREY: 1, _TRUE: 3}.get(self.colour_type, 0)
        data = self.notes.get(b"tRNS", b"")
        if not count or len(data) < 2 * count:
            return None
        return struct.unpack(f">{count}H", data[: 2 * count])

    @property
    def animated(self) -> bool:
        """Whether it has more than one frame."""
        data = self.notes.get(b"acTL", b"")
        return len(data) >= 4 and int.from_bytes(data[:4], "big") > 1

    @property
    def profile(self) -> bytes | None:
        """The ICC profile, if there is one of a usual size."""
        _, _, packed = self.notes.get(b"iCCP", b"").partition(b"\0")
        return unpacked(packed[1:], MAX_PROFILE_BYTES) if packed[:1] == b"\0" else None


def read_png(data: bytes) -> PngFile:
    """Take a PNG file apart.

    Raises:
        BrokenPngError: a chunk that the pixels need is missing, cut or does not fit its checksum.
    """
    chunks = _chunks(data)
    kind, head, sound = next(chunks, (b"", b"", False))
    if kind != b"IHDR" or len(head) != 13 or not sound:
        raise BrokenPngError(kind)
    file = PngFile(*struct.unpack(">IIBB", head[:10]))
    needed = [SIGNATURE, _chunk(b"IHDR", head)]
    for kind, body, sound in chunks:
        if kind[0] & 0x20:  # a small first letter: pixels can be made without it
            if sound:
                _note(file, kind, body)
        elif kind not in {b"PLTE", b"IDAT"} or not sound:
            raise BrokenPngError(kind)
        else:
            if kind == b"IDAT" and file.colour_type == _INDEXED and needed[-1][4:8] == b"PLTE":
                needed.append(_chunk(b"tRNS", file.notes[b"tRNS"][:256]) if b"tRNS" in file.notes else b"")
            needed.append(_chunk(kind, body))
    file.pixels = b"".join([*needed, _chunk(b"IEND", b"")])
    return file


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bool]]:
    """Kind, content and whether the checksum fits, up to the end; a last one that is cut does not fit."""
    at = len(SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        if at + 8 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, at)
        body, told = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if kind == b"IEND":
            return
        yield kind, body, told == struct.pack(">I", zlib.crc32(body, zlib.crc32(kind)))
        at += 12 + length
    raise BrokenPngError("too many chunks")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(body, zlib.crc32(kind)))


def _note(file: PngFile, kind: bytes, body: bytes) -> None:
    ours = kind == b"tEXt" and body.startswith(_TEMPLATE) and len(body) <= _MAX_TEMPLATE_BYTES
    if (kind in _NOTES or ours) and kind not in file.notes:
        file.notes[kind] = body
    if file.exif:
        return
    if kind == b"eXIf" and len(body) <= _MAX_EXIF_BYTES:
        file.exif = body
    elif kind in {b"tEXt", b"zTXt"} and body.startswith(_RAW_EXIF):
        file.exif = _raw_exif(kind, body[len(_RAW_EXIF) :])


def _raw_exif(kind: bytes, body: bytes) -> bytes:
    """Camera data as hexadecimal text: a name, its length and the digits, each in lines of its own."""
    text = body[:_MAX_NOTE_BYTES] if kind == b"tEXt" else unpacked(body[1:], _MAX_NOTE_BYTES) or b""
    try:
        return bytes.fromhex("".join(text.decode("ascii").split()[2:]))
    except ValueError:
        return b""


def unpacked(packed: bytes, most: int) -> bytes | None:
    """What zlib packed, or None where that is damaged or more than so many bytes."""
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(packed, most)
    except zlib.error:
        return None
    return found if unpacking.eof else None
