"""How high the list of objects is beside the properties of those that are chosen.

It has what they leave, and at least some rows. What is said below a field does not count: fields would move
while they are typed in. A row that is clicked stays where it is until it is no double click any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from packdesk.ui.parts import GAP

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QLayoutItem, QScrollArea

    from packdesk.ui.objects.object_form import ObjectForm
    from packdesk.ui.objects.object_list import ObjectList

_ANY_HEIGHT = (1 << 24) - 1
"""Qt's: no limit."""
_LEAST_HEIGHT, BESIDE_FORM = 96, 132
"""Pixels."""
_LINES = 2
"""Of what may be said between the fields, without anything being scrolled."""


class ListRoom(QObject):
    """Divides a column between the list and the properties.

    Args:
        listed: the list.
        form: the properties.
        column: what both are in, with others.
        area: scrolls what has the column in it.
    """

    def __init__(self, listed: ObjectList, form: ObjectForm, column: QLayout, area: QScrollArea) -> None:
        super().__init__(area)
        self._list, self._form, self._column, self._area = listed, form, column, area
        self._wanted = False
        self._later = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._later.timeout.connect(self.settle)
        area.viewport().installEventFilter(self)

    def show_form(self, *, wanted: bool) -> None:
        """Have the properties seen, or not."""
        self._wanted = wanted
        if wanted and (self._later.isActive() or (self._list.is_pressed and self._moves_row())):
            if not self._later.isActive():
                self._later.start()
        else:
            self.settle()

    @Slot()
    def settle(self) -> None:
        """Divide it now."""
        self._later.stop()
        self._form.setVisible(self._wanted)
        height = self._beside_form() if self._wanted else 0
        self._list.setMaximumHeight(height or _ANY_HEIGHT)
        self._list.setMinimumHeight(height or _LEAST_HEIGHT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """What is higher has more room."""
        if event.type() == QEvent.Type.Resize and self._wanted and not self._later.isActive():
            self.settle()
        return super().eventFilter(watched, event)

    def _moves_row(self) -> bool:
        row, height = self._list.visualItemRect(self._list.currentItem()), self._beside_form()
        scrolled = self._list.verticalScrollBar().value() > 0
        return height != self._list.height() and (scrolled or row.bottom() > height)

    def _beside_form(self) -> int:
        beside = [item for item in self._items() if item.widget() not in (self._list, self._form)]
        content = self._area.widget()
        assert content is not None
        margins = content.contentsMargins()
        taken = margins.top() + margins.bottom() + (len(beside) + 1) * self._column.spacing()
        taken += sum(item.sizeHint().height() for item in beside) + self._form.fields_height()
        told = _LINES * self._list.fontMetrics().lineSpacing() + GAP
        return max(BESIDE_FORM, self._area.viewport().height() - taken - told)

    def _items(self) -> list[QLayoutItem]:
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        return [item for item in items if item is not None and not item.isEmpty()]
