"""What the View menu does, and copying the view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication

from packdesk.ui.view.centre import FLAT_SHARE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.ui.actions import WindowActions
    from packdesk.ui.view.centre import Centre

LEAST_SHARE = 0.05


class ViewCommands(QObject):
    """Connects the view's actions to the views.

    Signals:
        arranged: the views are arranged otherwise.
    """

    arranged = Signal()

    def __init__(self, actions: WindowActions, centre: Centre) -> None:
        super().__init__(centre)
        self._actions = actions
        self._centre = centre
        actions.views.triggered.connect(self._on_view)
        actions["perspective"].setChecked(True)
        actions["flat"].setChecked(True)
        actions["perspective"].toggled.connect(centre.view.set_perspective)
        actions["turntable"].toggled.connect(centre.view.set_turning)
        actions["fold"].triggered.connect(centre.look_bar.toggle_fold)
        actions["flat"].toggled.connect(centre.show_flat)
        actions["beside"].toggled.connect(centre.set_beside)
        actions["pins"].toggled.connect(self.arranged)
        actions["copy_view"].triggered.connect(self._copy)
        centre.view.turning_changed.connect(actions["turntable"].setChecked)
        centre.arranged.connect(self.arranged)

    def values(self) -> dict[str, Any]:
        """How the views are arranged, for JSON."""
        return {
            "flat": self._actions["flat"].isChecked(),
            "beside": self._actions["beside"].isChecked(),
            "pins": self._actions["pins"].isChecked(),
            "flat_share": round(self._centre.flat_share(), 3),
        }

    def restore(self, values: Mapping[str, Any]) -> None:
        """Arrange the views as kept; what cannot be used is as at the first start."""
        self._actions["beside"].setChecked(values.get("beside") is True)
        for name in ("flat", "pins"):
            self._actions[name].setChecked(values.get(name, True) is True)
        share = values.get("flat_share")
        known = isinstance(share, float) and LEAST_SHARE <= share <= 1 - LEAST_SHARE
        self._centre.share_out(float(share or 0) if known else FLAT_SHARE)

    @Slot()
    def show_flat(self) -> None:
        """Show the flat view, if it is hidden."""
        self._actions["flat"].setChecked(True)

    @Slot(QAction)
    def _on_view(self, action: QAction) -> None:
        self._centre.view.show_named_view(action.data())

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setImage(self._centre.view.picture())
