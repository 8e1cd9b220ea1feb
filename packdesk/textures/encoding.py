"""Qt's pictures as PNG."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice

from packdesk.files import write_output

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage


_HEADER_END = 33
"""The signature and the first chunk."""
_PERCEPTUAL = b"sRGB\x00"
_SRGB = (1).to_bytes(4) + _PERCEPTUAL + zlib.crc32(_PERCEPTUAL).to_bytes(4)


def encode_png(image: QImage, quality: int = -1) -> bytes:
    """A picture as PNG; nothing where there is no memory. Slow for large ones: never on the GUI thread.

    `quality` is Qt's for its size: 0 is the smallest and slowest, 100 the fastest, -1 the usual.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG", quality):  # type: ignore[call-overload]  # the stubs want bytes, Qt takes text
        return b""
    return bytes(buffer.data().data())


def tagged_srgb(png: bytes) -> bytes:
    """A PNG that says that its colours are sRGB (PNG 3, 11.3.2.5), for files others read."""
    if png[12:16] != b"IHDR" or png[_HEADER_END + 4 : _HEADER_END + 8] == b"sRGB":
        return png
    return png[:_HEADER_END] + _SRGB + png[_HEADER_END:]


def save_png(image: QImage, file: Path) -> None:
    """Write a picture as PNG, beside the file first and then over it.

    Raises:
        OutputUnwritableError: the file cannot be written.
    """
    write_output(file, encode_png(image))
