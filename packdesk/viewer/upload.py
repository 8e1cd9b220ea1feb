"""Uploads a picture to the graphics card in slices that fit between two frames."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtOpenGL import QOpenGLTexture
from shiboken6 import VoidPtr

from packdesk.textures.mips import MippedImage
from packdesk.viewer import gl
from packdesk.viewer.budget import level_size

if TYPE_CHECKING:
    from collections.abc import Iterator

_SLICE_BYTES = 2**20
BETWEEN = QOpenGLTexture.Filter.LinearMipMapLinear
"""Between pixels and between levels."""
ONE_LEVEL = QOpenGLTexture.Filter.LinearMipMapNearest
"""From one level: half the time where the driver reads textures without a graphics card."""
ONE_PIXEL = QOpenGLTexture.Filter.NearestMipMapNearest
"""A pixel of one level, none between: for noise."""
_SMOOTHLY = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


class Upload:
    """A texture uploaded slice by slice; do not draw with it before it is complete.

    Attributes:
        texture: belongs to the context that was current when it was made.
        complete: whether all of the picture has arrived.
    """

    def __init__(
        self,
        image: QImage,
        *,
        first_level: int = 0,
        linear: bool = False,
        smaller: QOpenGLTexture.Filter = BETWEEN,
        anisotropy: float = 1.0,
    ) -> None:
        """Make room for a picture.

        Args:
            image: a `MippedImage` is sent with its own levels, of any other the card makes them at the end.
            first_level: of the picture's levels, the one to begin with.
            linear: whether its values are no colours; its levels are made here, in a tenth of the time.
            smaller: how it is read where it is made smaller.
            anisotropy: of the driver's filter.
        """
        self._levels = _levels(image, first_level)
        if linear:
            self._levels = _scaled_down(self._levels[0])
        self._own_levels = len(self._levels) > 1
        self.texture = _room_for(self._levels[0], linear=linear, anisotropy=anisotropy)
        self.texture.setMinMagFilters(smaller, QOpenGLTexture.Filter.Linear)
        self._slices = _slices(self._levels)
        self._rows_left = sum(image.height() for image in self._levels)
        self.complete = False

    def advance(self, until: float) -> None:
        """Upload slices, at least one, until all are sent or `time.perf_counter()` reaches `until`."""
        for level, first, count in self._slices:
            self._send(level, first, count)
            self._rows_left -= count
            if time.perf_counter() >= until:
                break
        if not self._rows_left:
            self._finish()
        gl.clear_errors()

    def _send(self, level: int, first: int, count: int) -> None:
        image = self._levels[level]
        stride = image.bytesPerLine()
        data = image.constBits()[first * stride : (first + count) * stride]
        # From a picture Qt would insist on a format of its own; rows of four-byte pixels need no padding.
        source, kind = QOpenGLTexture.PixelFormat.RGBA, QOpenGLTexture.PixelType.UInt8
        pixels: Any = VoidPtr(data)  # type: ignore[arg-type]  # the stubs know addresses only
        self.texture.setData(0, first, 0, image.width(), count, 1, level, source, kind, pixels)

    def _finish(self) -> None:
        if not self._own_levels:
            self.texture.generateMipMaps()
        self._levels = []  # the picture is not needed any more
        self.complete = True


def _slices(levels: list[QImage]) -> Iterator[tuple[int, int, int]]:
    """Level, first row and rows of every slice."""
    for level, image in enumerate(levels):
        rows = max(1, _SLICE_BYTES // image.bytesPerLine())
        for first in range(0, image.height(), rows):
            yield level, first, min(rows, image.height() - first)


def _levels(image: QImage, first: int) -> list[QImage]:
    rgba = QImage.Format.Format_RGBA8888
    if isinstance(image, MippedImage) and image.levels:
        return [image, *image.levels][first:]
    if first:
        width, height = level_size((image.width(), image.height()), first)
        image = image.scaled(width, height, *_SMOOTHLY)
    return [image.convertToFormat(rgba)]


def _scaled_down(image: QImage) -> list[QImage]:
    """The picture and its smaller levels, down to a single pixel; each is the mean of the former."""
    levels = [image]
    while levels[-1].width() > 1 or levels[-1].height() > 1:
        width, height = level_size((levels[-1].width(), levels[-1].height()), 1)
        levels.append(levels[-1].scaled(width, height, *_SMOOTHLY))
    return levels


def _room_for(image: QImage, *, linear: bool, anisotropy: float) -> QOpenGLTexture:
    kinds = QOpenGLTexture.TextureFormat
    texture = QOpenGLTexture(QOpenGLTexture.Target.Target2D)
    # As sRGB the card decodes before it filters: fine print neither darkens nor thickens in the distance.
    texture.setFormat(kinds.RGBA8_UNorm if linear else kinds.SRGB8_Alpha8)
    texture.setSize(image.width(), image.height())
    texture.setAutoMipMapGenerationEnabled(False)
    texture.setMipLevels(texture.maximumMipLevels())
    texture.allocateStorage()
    texture.setWrapMode(QOpenGLTexture.WrapMode.ClampToEdge)
    texture.setMaximumAnisotropy(anisotropy)
    return texture
