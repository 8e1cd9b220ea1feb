"""Says in the dock what another program took off the panel, until somebody says what is to become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from packdesk.ui.parts import GAP, MARGIN, button, column, label

if TYPE_CHECKING:
    from collections.abc import Mapping


class TakenOffRow(QFrame):
    """Seen while objects are off the panel that is selected; the message about it may be closed long ago.

    Signals:
        put_back_wanted: the panels whose objects shall lie there again.
        leave_off_wanted: those whose objects shall not.
    """

    put_back_wanted = Signal(object)
    leave_off_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._panel = ""
        self._taken: dict[str, int] = {}
        self.text = label("", wrap=True)
        self.put_back, self.leave_off = button(self.tr("Put back")), button(self.tr("Leave off"))
        self.put_back.clicked.connect(lambda: self.put_back_wanted.emit((self._panel,)))
        self.leave_off.clicked.connect(lambda: self.leave_off_wanted.emit((self._panel,)))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.put_back)
        buttons.addWidget(self.leave_off)
        buttons.addStretch(1)
        layout = column(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, 0)
        layout.addWidget(self.text)
        layout.addLayout(buttons)
        self.hide()

    def show_panel(self, panel_id: str) -> None:
        """The panel that is selected, '' for none or several."""
        self._panel = panel_id
        self._show()

    def follow(self, taken: Mapping[str, int]) -> None:
        """How many objects are off which panels."""
        self._taken = dict(taken)
        self._show()

    def _show(self) -> None:
        count = self._taken.get(self._panel, 0)
        self.text.setText(
            self.tr("Another program took an object off this panel.")
            if count == 1
            else self.tr("Another program took {0} objects off this panel.").format(count)
        )
        self.setVisible(count > 0)
