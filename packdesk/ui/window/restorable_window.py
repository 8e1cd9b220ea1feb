"""A main window whose layout can be kept as plain values, brought back, and reset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QTabBar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QDockWidget

REST_MS = 400
VERSION = 1


class RestorableWindow(QMainWindow):
    """Watches its docks and its size. Subclasses add what else belongs to the layout.

    Signals:
        layout_changed: the values of `layout_values`, once the layout rests in another form.
        layout_closed: the same while the window closes, if they were not emitted yet.
    """

    layout_changed = Signal(object)
    layout_closed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._initial = QByteArray()
        self._held = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)

    def watch_docks(self, docks: list[QDockWidget]) -> None:
        """Follow these docks, and take how they are placed now as the first layout."""
        self._initial = self.saveState(VERSION)
        for dock in docks:
            dock.dockLocationChanged.connect(self.touch_layout)
            dock.topLevelChanged.connect(self.touch_layout)
            dock.visibilityChanged.connect(self.touch_layout)
            dock.installEventFilter(self)
        self.installEventFilter(self)
        self._tend_tabs()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Notice sizes that change, and tend the tabs Qt makes for docks that lie over each other."""
        if isinstance(watched, QTabBar):
            _allow_focus(watched)
            return False
        if isinstance(event, QChildEvent):
            self._tend_tabs()
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange}:
            self.touch_layout()
        return False

    def _tend_tabs(self) -> None:
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setAccessibleName(self.tr("Panels that lie over each other"))
            bar.installEventFilter(self)
            _allow_focus(bar)

    @Slot()
    def touch_layout(self) -> None:
        """Schedule `layout_changed`."""
        self._rest.start()

    @Slot(bool)
    def hold_layout(self, held: bool) -> None:  # noqa: FBT001  (a slot)
        """Keep no layout meanwhile: the window is laid out otherwise for a while only."""
        self._held = held

    def layout_values(self) -> dict[str, Any]:
        """Geometry and docks, for JSON."""
        return {
            "version": VERSION,
            "geometry": _text(self.saveGeometry()),
            "docks": _text(self.saveState(VERSION)),
        }

    def restore_layout(self, values: Mapping[str, Any]) -> bool:
        """Lay the window out as kept; what cannot be used is passed over. Return whether anything can."""
        if values.get("version") != VERSION:
            return False
        self.restoreGeometry(_bytes(values.get("geometry")))
        self.restoreState(_bytes(values.get("docks")), VERSION)
        return True

    @staticmethod
    def knows_dock(values: Mapping[str, Any], dock: QDockWidget) -> bool:
        """Whether a layout says where a dock is: one that an older version kept lacks the newer docks."""
        # Qt writes names as QDataStream does, two bytes a letter; it offers no way to ask.
        return dock.objectName().encode("utf-16-be") in _bytes(values.get("docks")).data()

    @Slot()
    def reset_layout(self) -> None:
        """Lay the docks out as at the first start."""
        self.restoreState(self._initial, VERSION)

    def unkept_layout(self) -> dict[str, Any] | None:
        """The values, if others than the last ones are still to be emitted."""
        return self.layout_values() if self._rest.isActive() and not self._held else None

    @Slot()
    def _on_rest(self) -> None:
        if not self._held:
            self.layout_changed.emit(self.layout_values())


def _allow_focus(bar: QTabBar) -> None:
    """Only tabs that are seen have the keys: Qt moves those it does not need out of the window."""
    wanted = Qt.FocusPolicy.NoFocus if bar.x() < 0 else Qt.FocusPolicy.TabFocus
    if bar.focusPolicy() != wanted:
        bar.setFocusPolicy(wanted)
        bar.clearFocus()


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()


def _bytes(value: object) -> QByteArray:
    return QByteArray.fromBase64(value.encode("ascii", "ignore")) if isinstance(value, str) else QByteArray()
