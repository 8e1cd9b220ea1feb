"""The flat view as a picture for other programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from packdesk.domain.flat_layout import flat_layout
from packdesk.ui.flat_camera import fitting
from packdesk.ui.flat_measures import margins_for
from packdesk.ui.flat_sheet import FlatSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.flat_layout import FlatLayout
    from packdesk.ui.flat_scene import FlatScene

WIDTHS_PX = (64, 8192)
_FRAME_PX = 1000.0  # width for which letters and line weights are made
_HEIGHTS_PX = (500.0, 1500.0)


def flat_picture(scene: FlatScene, width: int, length_text: Callable[[float], str]) -> QImage:
    """The whole sheet with names and measures, without selection, hover and notes.

    Args:
        scene: what to show.
        width: of the picture in pixels; letters and line weights grow with it.
        length_text: writes a length given in millimetres.

    Raises:
        ValueError: the width is not between 64 and 8192 pixels.
    """
    if not WIDTHS_PX[0] <= width <= WIDTHS_PX[1]:
        raise ValueError(f"a picture {width} pixels wide is not between {WIDTHS_PX[0]} and {WIDTHS_PX[1]}")
    sheet = FlatSheet()
    sheet.length_text = length_text
    sheet.show_scene(replace(scene, selected=None, hovered=None, standings={}))
    layout = flat_layout(scene.package_type, scene.dimensions)
    frame = _FRAME_PX, _frame_height(layout)
    camera = fitting((layout.width, layout.height), frame, margins_for(layout))
    across, along = frame[0] / camera.scale, frame[1] / camera.scale
    image = QImage(width, round(width * frame[1] / frame[0]), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(scene.theme.window))  # the last row is not always covered whole
    image.setDevicePixelRatio(width / frame[0])
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    source = QRectF(camera.x - across / 2, camera.y - along / 2, across, along)
    sheet.render(painter, QRectF(0, 0, *frame), source)
    painter.end()
    image.setDevicePixelRatio(1.0)
    return image


def _frame_height(layout: FlatLayout) -> float:
    margins = margins_for(layout)
    scale = (_FRAME_PX - margins.left - margins.right) / layout.width
    low, high = _HEIGHTS_PX
    return min(max(layout.height * scale + margins.top + margins.bottom, low), high)
