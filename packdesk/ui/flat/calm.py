"""Where a panel's picture is calm enough for its name: lettering and logos are not to be written over."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTransform

from packdesk.textures.pixmaps import MippedPixmap

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from packdesk.domain.dieline.values import PlacedPanel

Corner = tuple[int, int]
CORNERS: tuple[Corner, ...] = ((0, 0), (1, 0), (0, 1), (1, 1))
"""Of a panel as it is seen: across and down, 0 or 1; the first one is preferred."""
_SIDE_PX = 160
"""So small a copy shows letters still."""
_PARTS = 6
"""The part a name takes is counted in so many of the panel, or names would jump with every step of a zoom."""
_CALM = 2.0
"""Levels neighbouring pixels differ by in the mean, where nothing stands."""
_CALMER = 0.5
_MOST = 64


def calm_corner(panel: PlacedPanel, picture: QPixmap, share: tuple[float, float]) -> Corner:
    """The corner of a panel where its name covers least: the upper left one unless another is much calmer.

    Args:
        panel: as it lies on the sheet.
        picture: that it shows.
        share: of the panel's width and height as it is seen that its name takes.
    """
    parts = tuple(min(math.ceil(one * _PARTS), _PARTS) for one in share)
    return _corner(_Seen(picture, panel.rotation), parts[0] / _PARTS, parts[1] / _PARTS)


class _Seen:
    """A picture as it is seen on the sheet, known by what it shows."""

    def __init__(self, picture: QPixmap, rotation: int) -> None:
        self.picture, self.rotation = picture, rotation
        self._key = picture.cacheKey(), rotation

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Seen) and other._key == self._key


@lru_cache(_MOST)
def _corner(seen: _Seen, wide_share: float, high_share: float) -> Corner:
    if seen.picture.isNull():
        return CORNERS[0]
    picture, side = seen.picture, _SIDE_PX
    small = picture.for_size(side, side) if isinstance(picture, MippedPixmap) else picture
    keeping, smooth = (
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    image = (
        small.toImage().scaled(side, side, keeping, smooth).transformed(QTransform().rotate(seen.rotation))
    )
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    pixels = rows[:, : grey.width()].astype(float)
    high, wide = max(2, int(high_share * pixels.shape[0])), max(2, int(wide_share * pixels.shape[1]))
    noise = {}
    for across, down in CORNERS:
        part = pixels[-high:] if down else pixels[:high]
        part = part[:, -wide:] if across else part[:, :wide]
        noise[across, down] = sum(float(np.abs(np.diff(part, axis=axis)).mean()) for axis in (0, 1))
    usual, best = noise[CORNERS[0]], min(CORNERS, key=lambda corner: noise[corner])
    return best if usual > _CALM and noise[best] < _CALMER * usual else CORNERS[0]
