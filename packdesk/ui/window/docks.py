"""Where the docks are at first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QDockWidget, QMainWindow

_PACKAGE_WIDTH, _ARTWORK_WIDTH = 300, 350


class Docks(NamedTuple):
    """All of a window's."""

    package: QDockWidget
    artwork: QDockWidget
    generations: QDockWidget
    remarks: QDockWidget
    supplied: QDockWidget
    objects: QDockWidget


def arrange_docks(window: QMainWindow, docks: Docks) -> None:
    """Put them where they are at first: two are open, others lie over the artwork, the pictures below."""
    areas = Qt.DockWidgetArea
    for dock, area, width in (
        (docks.package, areas.LeftDockWidgetArea, _PACKAGE_WIDTH),
        (docks.artwork, areas.RightDockWidgetArea, _ARTWORK_WIDTH),
    ):
        dock.setFloating(False)
        window.addDockWidget(area, dock)
        dock.show()
        window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)
    docks.generations.setFloating(False)
    window.addDockWidget(areas.BottomDockWidgetArea, docks.generations)
    docks.generations.hide()
    lay_over_artwork(window, docks)
    window.setTabPosition(areas.AllDockWidgetAreas, QTabWidget.TabPosition.North)


def lay_over_artwork(window: QMainWindow, docks: Docks, chosen: Collection[QDockWidget] = ()) -> None:
    """Put the docks that lie over the artwork (or those that are chosen) there, closed."""
    for dock in chosen or (docks.remarks, docks.supplied, docks.objects):
        dock.setFloating(False)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        window.tabifyDockWidget(docks.artwork, dock)
        dock.hide()


def share_corners(window: QMainWindow) -> None:
    """The docks at the sides are as high as the window, the one below lies between them."""
    window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
    window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
