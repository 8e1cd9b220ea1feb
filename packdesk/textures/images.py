"""Checked PNG bytes to Qt's picture, ready for the screen and the graphics card."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
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

    Raises:
        BadPictureError: Qt cannot decode it after all.
    """
    image = QImage.fromData(png, "PNG")  # type: ignore[arg-type]  # the stubs want bytes, Qt text
    if image.isNull():
        raise BadPictureError("The picture cannot be shown.")
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    small = rgba.scaled(
        QSize(THUMBNAIL_PX, THUMBNAIL_PX),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return DecodedPicture(rgba, small)


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
