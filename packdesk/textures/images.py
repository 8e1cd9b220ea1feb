"""Checked PNG bytes to Qt's picture, ready for the screen and the graphics card."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from packdesk.errors import BadPictureError

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
