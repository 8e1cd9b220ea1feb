"""What a window does with a supplier's dieline: its dock, made when it is opened first, and the flat view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from packdesk.ui.dropping import last_folder, noted
from packdesk.ui.translation import translate
from packdesk.ui.units import MM
from packdesk.ui.window.dock_title import titled_dock
from packdesk.ui.window.late_dock import LatePlace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from packdesk.domain.differing import Comparison, Difference
    from packdesk.domain.lacking import Lacking
    from packdesk.jobs.overlay_controller import OverlayController
    from packdesk.ui.flat.view import FlatView
    from packdesk.ui.supplied.supplied_panel import SuppliedPanel
    from packdesk.ui.theme import Theme
    from packdesk.ui.units import Unit

FIRST_SIZE = QSize(350, 400)


class Supplied(QObject):
    """Lays it under ours, and carries out what is asked for in the dock.

    Args:
        window: the dock's.
        overlays: reads and compares.
        flat: where it is seen.
        theme: the dock's colours.

    Attributes:
        dock: closed at first.
        panel: what is in it, once it was opened.
        overlays: reads and compares.

    Signals:
        flat_wanted: the flat view shall be seen.
    """

    flat_wanted = Signal()

    def __init__(
        self, window: QMainWindow, overlays: OverlayController, flat: FlatView, theme: Theme
    ) -> None:
        super().__init__(window)
        self.panel: SuppliedPanel | None = None
        self.overlays = overlays
        self._window, self._flat, self._theme, self._unit = window, flat, theme, MM
        self._found: Comparison | None = None
        self._reading = False
        self._place = LatePlace(FIRST_SIZE)
        title = translate("supplied", "Supplier's dieline")
        self.dock = titled_dock(window, "supplied", title, self._place, self._place)
        self._place.opened.connect(self._open)
        overlays.changed.connect(self._show)
        overlays.opened.connect(self.show)
        overlays.reading.connect(self._show_reading)
        flat.blank_changed.connect(overlays.follow_dieline)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the theme's colours."""
        self._theme = theme
        if self.panel is not None:
            self.panel.set_theme(theme)

    def set_unit(self, unit: Unit) -> None:
        """Show and take lengths in a unit."""
        self._unit = unit
        if self.panel is not None:
            self.panel.set_unit(unit)

    @Slot()
    def show(self) -> None:
        """Bring the dock to the front, with the flat view."""
        self.dock.show()
        self.dock.raise_()
        self.flat_wanted.emit()

    @Slot()
    def choose(self) -> None:
        """Let the user choose a file."""
        kinds = self.tr("Dielines (*.pdf *.ai *.svg *.svgz *.dxf)")
        title = self.tr("Open a supplier's dieline")
        file, _ = QFileDialog.getOpenFileName(self._window, title, last_folder(), kinds)
        if file:
            self.overlays.open(noted(Path(file)))

    @Slot()
    def _open(self) -> None:
        if self.panel is None:
            self.panel = self._made()
            self.panel.show_comparison(self._found)
            self.panel.set_reading(reading=self._reading)

    def _made(self) -> SuppliedPanel:
        from packdesk.ui.supplied.supplied_panel import SuppliedPanel  # noqa: PLC0415  (most windows go without)

        panel = SuppliedPanel()
        panel.set_theme(self._theme)
        panel.set_unit(self._unit)
        panel.open_wanted.connect(self.choose)
        panel.off_wanted.connect(self.overlays.take_off)
        panel.form.placed.connect(self.overlays.place)
        panel.form.faded.connect(self.overlays.fade)
        panel.list.chosen.connect(self._show_difference)
        self._place.fill(panel, panel.list)
        return panel

    @Slot(object)
    def _show(self, found: Comparison | None) -> None:
        from packdesk.ui.flat.overlay import FlatOverlay  # noqa: PLC0415  (as above)

        self._found = found
        self._flat.set_overlay(None if found is None else FlatOverlay(found))
        if self.panel is not None:
            self.panel.show_comparison(found)

    @Slot(bool)
    def _show_reading(self, reading: bool) -> None:  # noqa: FBT001  (a slot)
        self._reading = reading
        if self.panel is not None:
            self.panel.set_reading(reading=reading)

    @Slot(object)
    def _show_difference(self, one: Difference | Lacking | None) -> None:
        if one is not None:
            self.flat_wanted.emit()
        self._flat.show_difference(one)
