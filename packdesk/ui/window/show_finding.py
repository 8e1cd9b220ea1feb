"""Brings the place a finding is about into view: on its side, on the blank, and in 3D."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence

from packdesk.domain.panels import PANEL_IDS
from packdesk.ui.translation import translate
from packdesk.viewer.pinning import Place

if TYPE_CHECKING:
    from packdesk.domain.preflight import Finding
    from packdesk.ui.window.main_window import MainWindow


def show_finding(window: MainWindow, finding: Finding) -> None:
    """Show the side it is about, select its panel, look at the place in both views; the blank marks it."""
    blank = window.flat.dieline
    if finding.panel_id is None or blank is None or finding.panel_id not in PANEL_IDS[blank.package_type]:
        return
    window.actions_["inside"].setChecked(finding.inside)
    window.select(finding.panel_id)
    left, top, right, bottom = finding.place or (0.0, 0.0, 1.0, 1.0)
    if not finding.inside:
        window.view.turn_to_place(Place(finding.panel_id, (left + right) / 2, (top + bottom) / 2))
    window.view_commands.show_flat()
    window.flat.show_place(finding.panel_id, finding.place)
    dialog, views = window.exports.dialog, window.centre
    seen = views.rect().translated(views.mapToGlobal(QPoint()))
    if dialog is not None and dialog.isVisible() and dialog.frameGeometry().intersects(seen):
        dialog.hide()  # it has everything as it was when it is opened again
        keys = window.actions_["export"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        window.status.tell(translate("preflight", "{0} shows the other findings again.").format(keys))
