"""Line icons from SVG files, drawn in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from packdesk.assets import asset_path

_SIZES = (16, 20, 24, 32, 40, 48)


def line_icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """The icon `assets/icons/<name>.svg` in one colour (and one while disabled), sharp at the usual sizes."""
    source = asset_path("icons", f"{name}.svg").read_text("utf-8")
    icon = QIcon()
    for mode, paint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled or colour)):
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", paint).encode()))
        for size in _SIZES:
            icon.addPixmap(_draw(renderer, size), mode)
    return icon


def app_icon() -> QIcon:
    """The program's icon."""
    renderer = QSvgRenderer(str(asset_path("icons", "packdesk.svg")))
    icon = QIcon()
    for size in (*_SIZES, 64, 128, 256):
        icon.addPixmap(_draw(renderer, size))
    return icon


def _draw(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    try:
        renderer.render(painter, QRectF(0, 0, size, size))
    finally:
        painter.end()
    return pixmap
