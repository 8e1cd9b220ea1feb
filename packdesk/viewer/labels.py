"""The faint name on a panel that has no artwork yet."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QRawFont, QTransform

from packdesk.assets import asset_path

LABEL_SIZE = (512, 128)
"""Pixels of a label; the shader spreads it over an area of the same aspect."""
_LETTER_PIXELS = 96.0


def label_font() -> QRawFont:
    """The bundled font. Reading its file takes as long as painting two labels."""
    return QRawFont(str(asset_path("fonts", "hanken-grotesk", "HankenGrotesk-Medium.otf")), _LETTER_PIXELS)


def paint_label(text: str, font: QRawFont) -> QImage:
    """The text centred on a transparent picture of `LABEL_SIZE`.

    The glyphs are drawn as outlines of `label_font`, so no font needs to be installed and the picture is the
    same everywhere.
    """
    width, height = LABEL_SIZE
    image = QImage(width, height, QImage.Format.Format_RGBA8888)
    image.fill(QColor(255, 255, 255, 0))
    outline = _outline(text, font)
    bounds = outline.boundingRect()
    scale = min(1.0, 0.9 * width / max(bounds.width(), 1.0))
    place = QTransform().translate(width / 2, height / 2).scale(scale, scale)
    place.translate(-bounds.center().x(), _LETTER_PIXELS * 0.34)  # 0.34 em is half the height of a capital
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(place.map(outline), QColor(255, 255, 255))
    return image


def _outline(text: str, font: QRawFont) -> QPainterPath:
    path = QPainterPath()
    glyphs = font.glyphIndexesForString(text)
    pen = QPointF(0.0, 0.0)
    for glyph, advance in zip(glyphs, font.advancesForGlyphIndexes(glyphs), strict=True):
        path.addPath(font.pathForGlyph(glyph).translated(pen))
        pen += advance
    return path
