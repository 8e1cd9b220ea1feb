"""Has the user choose one of several candidates."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from packdesk.services.candidates import Candidates


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
