"""What the window asks about artwork: which candidate, and what shall change on a panel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain.panels import panel_sizes
from packdesk.ui.units import MM, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from packdesk.domain.state import PackagingState
    from packdesk.jobs.part_asking import PartAsking
    from packdesk.services.candidates import Candidates
    from packdesk.textures.pixmaps import PixmapMap
    from packdesk.ui.actions import WindowActions


class CandidateChoice(QObject):
    """Opens the dialog above the window.

    Args:
        above: a widget of the window.

    Signals:
        chosen: the `Candidates` and the `Candidate` of them.
    """

    chosen = Signal(object, object)

    def __init__(self, above: QWidget) -> None:
        super().__init__(above)
        self._above = above

    @Slot(object, object)
    def offer(self, found: Candidates, pictures: Sequence[QImage]) -> None:
        """Show candidates."""
        from packdesk.ui.dialogs.candidate_dialog import CandidateDialog  # noqa: PLC0415  (few see it)

        dialog = CandidateDialog(self._above.window(), found, pictures)
        dialog.chosen.connect(partial(self.chosen.emit, found))
        dialog.open()


class PartChoice(QObject):
    """Opens the dialog that chooses a page of a document, and its layers.

    Args:
        above: a widget of the window.
    """

    def __init__(self, above: QWidget) -> None:
        super().__init__(above)
        self._above = above
        self.unit: Unit = MM

    @Slot(object)
    def ask(self, asking: PartAsking) -> None:
        """Have a part chosen; None where the dialog is left."""
        from packdesk.ui.dialogs.part_dialog import PartDialog  # noqa: PLC0415  (few see it)

        dialog = PartDialog(self._above.window(), asking.name, asking.parts, self.unit)
        dialog.part_shown.connect(asking.draw)
        asking.drawn.connect(dialog.show_drawn)
        dialog.accepted.connect(lambda: asking.answer(dialog.part()))
        dialog.rejected.connect(lambda: asking.answer(None))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        asking.draw(dialog.part())


class ChangeInWords(QObject):
    """Opens the dialog for the one selected panel that shows a picture.

    Args:
        pixmaps: what the panels show.
        actions: the window's.
        above: a widget of the window.

    Signals:
        wanted: a `GenerationOrder`.
    """

    wanted = Signal(object)

    def __init__(self, pixmaps: PixmapMap, actions: WindowActions, above: QWidget) -> None:
        super().__init__(above)
        self._pixmaps, self._above, self._action = pixmaps, above, actions["change"]
        self._state: PackagingState | None = None
        self._panel_id = ""
        self.unit: Unit = MM
        self._action.triggered.connect(self.ask)

    def show_selected(self, chosen: Sequence[str], state: PackagingState, *, changeable: bool) -> None:
        """Follow what is selected."""
        self._state, self._panel_id = state, chosen[0] if len(chosen) == 1 else ""
        self._action.setEnabled(changeable and self._pixmaps.get(self._panel_id) is not None)

    @Slot()
    def ask(self) -> None:
        """Show the dialog."""
        from packdesk.ui.dialogs.change_dialog import ChangeDialog  # noqa: PLC0415  (few see it)

        shown, state = self._pixmaps.get(self._panel_id), self._state
        if shown is None or state is None:
            return
        size = panel_sizes(state.package_type, state.package_dimensions)[self._panel_id]
        dialog = ChangeDialog(self._above.window(), self._panel_id, size, shown.pixmap, self.unit)
        dialog.wanted.connect(self.wanted)
        dialog.open()
