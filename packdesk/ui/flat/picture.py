"""The flat view as a picture for other programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage, QPainter

from packdesk.ui.flat.camera import fitting
from packdesk.ui.flat.measures import margins_for
from packdesk.ui.flat.sheet import FlatSheet

if TYPE_CHECKING:
    from packdesk.domain.flat_layout import FlatLayout

WIDTHS_PX = (64, 8192)
_FRAME_PX = 1000.0  # width for which letters and line weights are made
_HEIGHTS_PX = (500.0, 1500.0)


def flat_picture(shown: FlatSheet, width: int) -> QImage:
    """The whole sheet with names and measures, without selection, hover and notes.

    Args:
        shown: the sheet as it is looked at.
        width: of the picture in pixels; letters and line weights grow with it.

    Raises:
        ValueError: the width is not between 64 and 8192 pixels.
    """
    if not WIDTHS_PX[0] <= width <= WIDTHS_PX[1]:
        raise ValueError(f"a picture {width} pixels wide is not between {WIDTHS_PX[0]} and {WIDTHS_PX[1]}")
    sheet = FlatSheet(replace(shown.scene, selected=None, hovered=None, standings={}))
    sheet.length_text = shown.length_text
    layout = sheet.layout
    frame = _FRAME_PX, _frame_height(layout)
    camera = fitting((layout.width, layout.height), frame, margins_for(layout))
    image = QImage(width, round(width * frame[1] / frame[0]), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(sheet.scene.theme.window))
    image.setDevicePixelRatio(width / frame[0])
    with QPainter(image) as painter:
        sheet.draw(painter, camera, frame)
    image.setDevicePixelRatio(1.0)
    return image


def _frame_height(layout: FlatLayout) -> float:
    margins = margins_for(layout)
    scale = (_FRAME_PX - margins.left - margins.right) / layout.width
    low, high = _HEIGHTS_PX
    return min(max(layout.height * scale + margins.top + margins.bottom, low), high)
