"""Line icons from SVG files, drawn in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from packdesk.assets import asset_path

_SIZES = (16, 20, 24, 32, 40, 48)


def line_icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """The icon `assets/icons/<name>.svg` in one colour (and one while disabled), sharp at the usual sizes."""
    icon = QIcon()
    for mode, paint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled or colour)):
        for pixmap in _pixmaps(name, paint):
            icon.addPixmap(pixmap, mode)
    return icon


def app_icon() -> QIcon:
    """The program's icon."""
    renderer = QSvgRenderer(str(asset_path("icons", "packdesk.svg")))
    icon = QIcon()
    for size in (*_SIZES, 64, 128, 256):
        icon.addPixmap(_draw(renderer, size))
    return icon


def _pixmaps(name: str, colour: str) -> list[QPixmap]:
    """The icon in one colour at all sizes, drawn once."""
    keys = [f"icon {name} {colour} {size}" for size in _SIZES]
    kept = [QPixmap() for _ in keys]
    if all(QPixmapCache.find(key, pixmap) for key, pixmap in zip(keys, kept, strict=True)):
        return kept
    source = asset_path("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    drawn = [_draw(renderer, size) for size in _SIZES]
    for key, pixmap in zip(keys, drawn, strict=True):
        QPixmapCache.insert(key, pixmap)
    return drawn


def _draw(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, size, size))
    return pixmap
