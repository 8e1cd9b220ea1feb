"""Line icons from SVG files, drawn in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from packdesk.assets import asset_path

_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def line_icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """The icon `assets/icons/<name>.svg` in one colour (and one while disabled), sharp at every size."""
    return QIcon(_LineEngine(name, colour, disabled or colour))


def app_icon() -> QIcon:
    """The program's icon."""
    renderer = QSvgRenderer(str(asset_path("icons", "packdesk.svg")))
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_draw(renderer, QSize(size, size)))
    return icon


class _LineEngine(QIconEngine):
    """Draws an icon when it is seen first: most of a window's stand in menus nobody opens."""

    def __init__(self, name: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._words = name, colour, disabled
        self._clones: list[QIconEngine] = []  # Qt owns them, but only from when it gets them

    def clone(self) -> QIconEngine:
        """Another one like this."""
        self._clones.append(_LineEngine(*self._words))
        return self._clones[-1]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw it."""
        self._renderer(mode).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """A picture of it, drawn once for all icons that look so."""
        key = f"icon {self._words} {mode.name} {size.width()} {size.height()}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            pixmap = _draw(self._renderer(mode), size)
            QPixmapCache.insert(key, pixmap)
        return pixmap

    def _renderer(self, mode: QIcon.Mode) -> QSvgRenderer:
        name, colour, disabled = self._words
        shown = disabled if mode == QIcon.Mode.Disabled else colour
        source = asset_path("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", shown)
        return QSvgRenderer(QByteArray(source.encode()))


def _draw(renderer: QSvgRenderer, size: QSize) -> QPixmap:
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    return pixmap
