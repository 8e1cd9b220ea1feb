"""Checked PNG bytes to Qt's picture, ready for the screen and the graphics card."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from packdesk.errors import BadPictureError
from packdesk.files import write_output

if TYPE_CHECKING:
    from pathlib import Path

THUMBNAIL_PX = 160


class DecodedPicture(NamedTuple):
    """A picture as RGBA with 8 bits a channel, and a small copy of at most `THUMBNAIL_PX` a side."""

    image: QImage
    thumbnail: QImage


def decode_picture(png: bytes) -> DecodedPicture:
    """Decode a checked picture. Slow for large art: never on the GUI thread.

    Pillow decodes and scales, because Qt would hold up every other thread of Python meanwhile.

    Raises:
        BadPictureError: it cannot be decoded after all.
    """
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            picture = opened.convert("RGBA")
        small = picture.copy()
        small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    except Exception as error:
        raise BadPictureError("The picture cannot be shown.") from error
    return DecodedPicture(_for_qt(picture), _for_qt(small))


def _for_qt(picture: Image.Image) -> QImage:
    data = picture.tobytes()
    shared = QImage(data, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGBA8888)
    return shared.copy()  # the bytes go with this function


def encode_png(image: QImage) -> bytes:
    """A picture as PNG. Slow for large ones: never on the GUI thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes text
    return bytes(buffer.data().data())


def save_png(image: QImage, file: Path) -> None:
    """Write a picture as PNG, beside the file first and then over it.

    Raises:
        OutputUnwritableError: the file cannot be written.
    """
    write_output(file, encode_png(image))
