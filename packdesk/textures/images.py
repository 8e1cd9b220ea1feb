"""Checked PNG bytes to Qt's picture, ready for the screen and the graphics card."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from packdesk.errors import BadPictureError
from packdesk.textures.check import large_picture
from packdesk.textures.mips import MippedImage, fill, halved, mipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from packdesk.textures.mips import Pixels, Rows

THUMBNAIL_PX = 160
SCREEN_PIXELS = 2048 * 2048
"""Of a panel's picture in a window: more than a screen shows of it, and six of them have room in memory."""
DRAWN_PIXELS = 16_000_000
"""Of a panel's picture for a drawing in a file: six of them fill the budget of a graphics card."""
_STRIP_PIXELS = 2**19
_ENOUGH_PX = 3 * THUMBNAIL_PX


WidgetImage = QImage
"""A picture as widgets paint it, for those who only pass it on."""


class DecodedPicture(NamedTuple):
    """A picture in the forms it is shown in.

    Attributes:
        image: for the graphics card: RGBA with 8 bits a channel, and its mip chain.
        pixmap: for widgets, as Qt paints it, so that a QPixmap of it takes no time.
        smaller: the same of each level of the mip chain.
        thumbnail: the same, at most `THUMBNAIL_PX` a side.
        size: width and height of the whole picture, of which these may be smaller copies.
    """

    image: MippedImage
    pixmap: QImage
    smaller: tuple[QImage, ...]
    thumbnail: QImage
    size: tuple[int, int]


def decode_picture(png: bytes, most_pixels: int | None = None) -> DecodedPicture:
    """Decode a checked picture. Slow for large art: never on the GUI thread.

    Pillow decodes and scales, because Qt would hold up every other thread of Python meanwhile.

    Args:
        png: the picture.
        most_pixels: halve the picture until it has no more than these; all of it is never kept as numbers.

    Raises:
        BadPictureError: it cannot be decoded after all.
    """
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            size = opened.size
            if size[0] * size[1] <= SCREEN_PIXELS:
                return in_all_forms(_pixels(opened, most_pixels), size)
            with large_picture:
                pixels = _pixels(opened, most_pixels)
                opened.close()
                return in_all_forms(pixels, size)
    except Exception as error:
        raise BadPictureError("The picture cannot be shown.") from error


def decode_texture(png: bytes, most_pixels: int | None = None) -> MippedImage:
    """As `decode_picture`, for the graphics card only, and without waiting for other large pictures."""
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            return mipped(_pixels(opened, most_pixels))
    except Exception as error:
        raise BadPictureError("The picture cannot be shown.") from error


def kept_images(files: Mapping[str, Path]) -> dict[str, QImage]:
    """Small pictures packdesk has drawn and kept, by name; those not there are missing. Blocks."""
    side = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    read = {name: QImage(str(file)) for name, file in files.items()}
    return {name: image.scaled(320, 320, *side) for name, image in read.items() if not image.isNull()}


def thumbnail_image(jpeg: bytes) -> QImage:
    """A thumbnail of `thumbnails` as Qt paints it; null if it is damaged."""
    return QImage.fromData(jpeg).convertToFormat(QImage.Format.Format_RGB32)


def in_all_forms(pixels: Pixels, size: tuple[int, int]) -> DecodedPicture:
    """Pixels (rows, columns, 4) of a picture of a size in every form. Slow."""
    picture, image = Image.fromarray(pixels), mipped(pixels)
    smaller = tuple(for_widgets(_opened(level)) for level in image.levels)
    return DecodedPicture(image, for_widgets(picture), smaller, for_widgets(_small(image)), size)


def _pixels(picture: Image.Image, most: int | None) -> Pixels:
    """RGBA, halved as often as need be."""
    picture.load()
    rows: Rows = _PictureRows(picture)
    opaque = "transparency" not in picture.info and _is_opaque(picture)
    while most is not None and rows.shape[0] * rows.shape[1] > most:
        rows = halved(rows, opaque=opaque)
    if isinstance(rows, np.ndarray):
        return rows
    return np.concatenate([np.asarray(strip.convert("RGBA")) for strip in _strips(picture)])


class _PictureRows:
    """A decoded picture's rows as RGBA, some at a time."""

    def __init__(self, picture: Image.Image) -> None:
        self._picture = picture
        self.shape = (picture.height, picture.width, 4)

    def __getitem__(self, rows: slice, /) -> Pixels:
        area = (0, rows.start, self._picture.width, min(rows.stop, self._picture.height))
        strip = self._picture.crop(area)
        return np.asarray(strip if strip.mode == "RGBA" else strip.convert("RGBA"))


def _is_opaque(picture: Image.Image) -> bool:
    return "A" not in picture.getbands() or all(
        strip.getchannel("A").getextrema() == (255, 255) for strip in _strips(picture)
    )


def _strips(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture from top to bottom; what is copied whole holds up other threads for as long as it takes."""
    rows = max(1, _STRIP_PIXELS // picture.width)
    for top in range(0, picture.height, rows):
        yield picture.crop((0, top, picture.width, min(top + rows, picture.height)))


def _opened(level: QImage) -> Image.Image:
    """A level of a mip chain for Pillow, without copying it."""
    return Image.fromarray(
        np.frombuffer(level.constBits(), np.uint8).reshape(level.height(), level.width(), 4)
    )


def _small(image: MippedImage) -> Image.Image:
    """The thumbnail, made from the smallest level that is still three times as large."""
    scale = min(1.0, THUMBNAIL_PX / max(image.width(), image.height()))
    size = (max(1, round(image.width() * scale)), max(1, round(image.height() * scale)))
    levels = [image, *(level for level in image.levels if max(level.width(), level.height()) >= _ENOUGH_PX)]
    return _opened(levels[-1]).resize(size, Image.Resampling.LANCZOS)


def for_widgets(picture: Image.Image) -> QImage:
    """A picture as Qt paints it on widgets."""
    """Premultiplied, and blue first, as Qt's 32 bits lie in a little-endian computer's memory."""
    opaque = _is_opaque(picture)
    kind = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(picture.width, picture.height, kind)
    first = 0
    for strip in _strips(picture):
        data = strip.tobytes("raw", "BGRA") if opaque else strip.convert("RGBa").tobytes("raw", "BGRa")
        fill(image, np.frombuffer(data, dtype=np.uint8), first)
        first += len(data)
    return image
