"""How the window is laid out, as plain values: to keep it, bring it back, and reset it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer, Signal, Slot

from packdesk.ui.centre import FLAT_SHARE
from packdesk.ui.look import look_of, look_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QDockWidget

    from packdesk.ui.main_window import MainWindow

REST_MS = 400
VERSION = 1
LEAST_SHARE = 0.05


class WindowLayout(QObject):
    """Watches a window's docks, views and size, and tells when they rest in another place.

    Signals:
        changed: the values of `values`, to be kept.
        closed: the same while the window closes, to be kept at once.
    """

    changed = Signal(object)
    closed = Signal(object)

    def __init__(self, window: MainWindow, docks: list[QDockWidget]) -> None:
        super().__init__(window)
        self._initial = window.saveState(VERSION)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._tell)
        for dock in docks:
            dock.dockLocationChanged.connect(self.touch)
            dock.topLevelChanged.connect(self.touch)
            dock.visibilityChanged.connect(self.touch)
            dock.installEventFilter(self)
        window.installEventFilter(self)
        window.centre.arranged.connect(self.touch)
        window.actions_["perspective"].toggled.connect(self.touch)
        window.centre.look_bar.changed.connect(self.touch)

    @Slot()
    def touch(self) -> None:
        """Something moved; it is told when it rests."""
        self._rest.start()

    def untold(self) -> dict[str, Any] | None:
        """The values, if they are others than those that were told."""
        return self.values() if self._rest.isActive() and not self._window.presentation.active else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Notice sizes that change."""
        del watched
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange}:
            self.touch()
        return False

    def values(self) -> dict[str, Any]:
        """Geometry, docks and views, for JSON."""
        window = self._window
        return {
            "version": VERSION,
            "geometry": _text(window.saveGeometry()),
            "docks": _text(window.saveState(VERSION)),
            "flat": window.actions_["flat"].isChecked(),
            "beside": window.actions_["beside"].isChecked(),
            "flat_share": round(window.centre.flat_share(), 3),
            "perspective": window.actions_["perspective"].isChecked(),
            "look": look_values(window.centre.look_bar.look),
            "dismissed": window.news.dismissed,
            "recent": [str(file) for file in window.designs.recent.files],
        }

    def restore(self, values: Mapping[str, Any]) -> None:
        """Lay the window out as kept; what cannot be used is passed over."""
        window = self._window
        if values.get("version") != VERSION:
            return
        window.restoreGeometry(_bytes(values.get("geometry")))
        window.restoreState(_bytes(values.get("docks")), VERSION)
        self._restore_views(values)
        window.designs.recent.restore(values.get("recent"))
        dismissed = values.get("dismissed")
        window.news.dismissed = dismissed if isinstance(dismissed, str) else ""

    def reset(self) -> None:
        """Lay the window out as at the first start."""
        window = self._window
        window.actions_["full_screen"].setChecked(False)
        window.restoreState(self._initial, VERSION)
        window.arrange_docks()
        self._restore_views({})

    def _restore_views(self, values: Mapping[str, Any]) -> None:
        window = self._window
        window.actions_["beside"].setChecked(values.get("beside") is True)
        window.actions_["flat"].setChecked(values.get("flat", True) is True)
        window.actions_["perspective"].setChecked(values.get("perspective", True) is True)
        look = values.get("look")
        window.centre.look_bar.show_look(look_of(look if isinstance(look, dict) else {}))
        share = values.get("flat_share")
        known = isinstance(share, float) and LEAST_SHARE <= share <= 1 - LEAST_SHARE
        window.centre.share_out(float(share or 0) if known else FLAT_SHARE)

    @property
    def _window(self) -> MainWindow:
        from packdesk.ui.main_window import MainWindow  # noqa: PLC0415  (it makes this object)

        window = self.parent()
        assert isinstance(window, MainWindow), "see __init__"
        return window

    @Slot()
    def _tell(self) -> None:
        if not self._window.presentation.active:
            self.changed.emit(self.values())


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()


def _bytes(value: object) -> QByteArray:
    return QByteArray.fromBase64(value.encode("ascii", "ignore")) if isinstance(value, str) else QByteArray()
