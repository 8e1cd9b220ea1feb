"""SVG files may be packed by gzip."""

from __future__ import annotations

import zlib

from packdesk.textures.foreign.worker import FaultError

_MOST_BYTES = 64 * 2**20
_GZIP = 31  # for zlib


def unpacked(data: bytes) -> bytes:
    """What gzip packed; other data as it is.

    Raises:
        FaultError: it is damaged, or too long.
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacking = zlib.decompressobj(_GZIP)
    text = unpacking.decompress(data, _MOST_BYTES)
    if not unpacking.eof:
        raise FaultError("damaged")
    return text
