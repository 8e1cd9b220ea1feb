"""A JPEG file taken apart: what its pixels need, and what it says of its colours (ITU-T T.81, ICC.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from packdesk.textures.png_file import MAX_PROFILE_BYTES

MAX_SCANS = 100
"""Photographs have 1 to about 12, each of which is a pass over all pixels."""
USUAL_SCANS = 15
MAX_SCANNED_PIXELS = 400_000_000
"""Of files with more scans than usual: a scan takes up to 2 ns a pixel."""
END = b"\xff\xd9"
_MAX_SEGMENTS = 20_000
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")  # but for stuffed bytes and restarts
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_NOTES = (*range(0xE0, 0xF0), _COMMENT)
_KEPT = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}  # both say which colours the components are
_ALONE = frozenset({0x01, 0xD8})


class BrokenJpegError(ValueError):
    """The segments that make the pixels are damaged."""


@dataclass
class JpegFile:
    """The parts of a JPEG file.

    Attributes:
        pixels: a JPEG file of the segments its pixels need, without an end marker.
        width: in pixels.
        height: in pixels.
        scans: passes over the pixels.
        ended: whether the file had its end marker.
        exif: camera data, empty if there is none.
        profile: the ICC profile, if there is one of a usual size.
    """

    pixels: bytes = b""
    width: int = 0
    height: int = 0
    scans: int = 0
    ended: bool = False
    exif: bytes = b""
    profile: bytes | None = None
    profile_parts: dict[int, bytes] = field(default_factory=dict)

    @property
    def slow(self) -> bool:
        """Whether decoding would take a processor for long."""
        scanned = self.scans * self.width * self.height
        return self.scans > MAX_SCANS or (self.scans > USUAL_SCANS and scanned > MAX_SCANNED_PIXELS)


class _Segment(NamedTuple):
    code: int
    body: bytes
    end: int


def read_jpeg(data: bytes) -> JpegFile:
    """Take a JPEG file apart.

    Raises:
        BrokenJpegError: there is no frame, or a segment that the pixels need is cut.
    """
    file, needed, at = JpegFile(), [b"\xff\xd8"], 2
    for _ in range(_MAX_SEGMENTS):
        found = _MARKER.search(data, at)
        if found is None:
            break
        code = found[1][0]
        if code == _END:
            file.ended = True
            break
        if code in _ALONE:
            at = found.end()
            continue
        segment = _segment(data, code, found.end())
        at = segment.end
        if _noted(file, segment):
            needed.append(b"\xff" + data[found.end() - 1 : at])
    else:
        file.scans = MAX_SCANS + 1  # thousands of segments are as slow
    if not file.width or not file.scans:
        raise BrokenJpegError("no frame or no scan")
    file.pixels = b"".join(needed)
    file.profile = _profile(file.profile_parts)
    return file


def _segment(data: bytes, code: int, start: int) -> _Segment:
    """A segment; a scan with the coded pixels that follow it."""
    length = int.from_bytes(data[start : start + 2], "big")
    end = start + length
    if length < 2 or end > len(data):
        raise BrokenJpegError(code)
    body = data[start + 2 : end]
    if code == _SCAN:
        following = _MARKER.search(data, end)
        end = following.start() if following else len(data)
    return _Segment(code, body, end)


def _noted(file: JpegFile, segment: _Segment) -> bool:
    """Remember what a segment says; whether the pixels need it."""
    code, body, _ = segment
    if code in _FRAMES and len(body) >= 5 and not file.width:
        file.height, file.width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    file.scans += code == _SCAN
    if code == 0xE1 and body.startswith(b"Exif\0") and not file.exif:
        file.exif = body[6:]
    if code == 0xE2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
        file.profile_parts.setdefault(body[12], body[14:])
    return code not in _NOTES or body.startswith(_KEPT.get(code, b"\0none"))


def _profile(parts: dict[int, bytes]) -> bytes | None:
    complete = sorted(parts) == list(range(1, len(parts) + 1))
    joined = b"".join(parts[number] for number in sorted(parts)) if complete else b""
    return joined if 0 < len(joined) <= MAX_PROFILE_BYTES else None
