"""Paints every pattern family as an unfolded box, and one cylinder body, onto one contact sheet.

Run: python benchmarks/offline_sheet.py SHEET.webp
"""

from __future__ import annotations

import os
import sys
import time

import numpy as np
from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPainterPath

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.panels import panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.generation.offline.panels import paint_panel

PROMPTS = (
    'dark floral "Sol Field" "Blossom Candle" navy, pink and gold',
    'botanical green tea leaves "Fern House"',
    'geometric bauhaus coffee box "Studio Nord" terracotta and navy',
    'navy and cream stripes "Otter & Oak" "Sea Salt Cookies"',
    'teal waves "Little Tides" "Daily Skincare"',
    'white marble perfume "Otter & Oak" gold veins',
    'kraft paper soap "Alder & Rye"',
    'coral polka dots cookies "Juniper Lane"',
    'terrazzo soap "North Fold" blush and terracotta',
    'violet and coral gradient skincare "Aurora"',
    'emerald art deco gin "Maison Verte" gold',
)
BODY_PROMPT = 'blush floral honey "Haven Row"'
SHEET_WIDTH = 1560
COLUMNS = 4
GAP_MM = 3.0
BACKDROP = "#d9d8d5"


def paint(prompt: str, kind: PackageType, size: Dimensions, dpi: float) -> dict[str, QImage]:
    """All panels of a package as pictures."""
    panels = {}
    for panel_id, flat in panel_sizes(kind, size).items():
        request = PanelRequest(
            prompt=prompt, panel_id=panel_id, size=flat, package_type=kind, package_dimensions=size, dpi=dpi
        )
        panels[panel_id] = QImage.fromData(paint_panel(request))
    return panels


def unfold(size: Dimensions) -> dict[str, QPointF]:
    """Upper left corner of each box panel in millimetres."""
    width, height, depth = size.as_tuple()
    x, y = depth + GAP_MM, depth + GAP_MM
    return {
        "top": QPointF(x, 0),
        "left": QPointF(0, y),
        "front": QPointF(x, y),
        "right": QPointF(x + width + GAP_MM, y),
        "back": QPointF(x + width + depth + 2 * GAP_MM, y),
        "bottom": QPointF(x, y + height + GAP_MM),
    }


def draw_box(p: QPainter, cell: QRectF, prompt: str, size: Dimensions) -> None:
    """One unfolded box in a cell of the sheet, in pixels."""
    width, height, depth = size.as_tuple()
    across, down = 2 * (width + depth) + 3 * GAP_MM, height + 2 * depth + 2 * GAP_MM
    scale = min(cell.width() / across, cell.height() / down)
    panels = paint(prompt, "box", size, dpi=scale * 25.4 * 2)
    for panel_id, corner in unfold(size).items():
        picture, flat = panels[panel_id], panel_sizes("box", size)[panel_id]
        place = QRectF(cell.topLeft() + corner * scale, QPointF(0, 0))
        place.setWidth(flat.width * scale)
        place.setHeight(flat.height * scale)
        draw_smoothly(p, place, picture)


def draw_smoothly(p: QPainter, place: QRectF, picture: QImage) -> None:
    """A picture reduced to a place in pixels."""
    pixels = place.toRect()
    mode = Qt.TransformationMode.SmoothTransformation
    p.drawImage(pixels, picture.scaled(pixels.size(), Qt.AspectRatioMode.IgnoreAspectRatio, mode))


def sheet() -> QImage:
    """The whole contact sheet."""
    size = Dimensions(width=70, height=105, depth=40)
    cell_width, cell_height = SHEET_WIDTH / COLUMNS, SHEET_WIDTH / COLUMNS * 0.84
    image = QImage(SHEET_WIDTH, round(cell_height * 3), QImage.Format.Format_RGB32)
    image.fill(QColor(BACKDROP))
    p = QPainter(image)
    try:
        for number, prompt in enumerate(PROMPTS):
            cell = QRectF(
                number % COLUMNS * cell_width, number // COLUMNS * cell_height, cell_width, cell_height
            )
            started = time.perf_counter()
            draw_box(p, cell.adjusted(9, 9, -9, -9), prompt, size)
            print(f"{time.perf_counter() - started:6.2f} s  {prompt}")
        draw_body(p, QRectF(3 * cell_width, 2 * cell_height, cell_width, cell_height).adjusted(9, 9, -9, -9))
    finally:
        p.end()
    return image


def draw_body(p: QPainter, cell: QRectF) -> None:
    """A cylinder with its discs in a cell of the sheet."""
    size = Dimensions(width=76, height=130, depth=76)
    flats = panel_sizes("cylinder", size)
    scale = min(cell.width() / flats["body"].width, cell.height() / (size.height + size.width + GAP_MM))
    panels = paint(BODY_PROMPT, "cylinder", size, dpi=scale * 25.4 * 2)
    left, disc = cell.left(), flats["top"].width * scale
    body = QRectF(left, cell.top() + disc + GAP_MM * scale, flats["body"].width * scale, size.height * scale)
    draw_smoothly(p, body, panels["body"])
    for panel_id, x in (("top", left), ("bottom", left + disc + GAP_MM * scale)):
        place = QRectF(x, cell.top(), disc, disc)
        outline = QPainterPath()
        outline.addEllipse(place.adjusted(1, 1, -1, -1))
        p.setClipPath(outline)
        draw_smoothly(p, place, panels[panel_id])
        p.setClipping(False)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv[:1])
    picture = sheet().convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(bytes(picture.constBits()), np.uint8).reshape(picture.height(), picture.width(), 4)
    Image.fromarray(pixels[..., :3]).save(sys.argv[1], quality=90, method=6)
