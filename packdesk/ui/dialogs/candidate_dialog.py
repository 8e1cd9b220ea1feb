"""Candidates side by side, of which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from packdesk.ui.money import money
from packdesk.ui.parts import GAP, MARGIN, button, column, label
from packdesk.ui.spoken import spoken
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.services.candidates import Candidate, Candidates

_FIRST_SIZE = QSize(1080, 600)
_GROUND = "#f0ede8"  # plain board, in both themes
_FRAME, _WIDE = 10, 1.3


class CandidateCell(QAbstractButton):
    """One picture, as large as there is room.

    Signals:
        taken: it was clicked twice.
    """

    taken = Signal()

    def __init__(self, picture: QImage, name: str) -> None:
        super().__init__()
        self._picture = QPixmap.fromImage(picture)
        self.setText(name)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setMinimumSize(120, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for a picture and its name."""
        return QSize(240, 280)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Take it at once."""
        del event
        self.setChecked(True)
        self.taken.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint the picture and its name; a frame marks the chosen one."""
        del event
        palette, below = self.palette(), self.fontMetrics().height() + GAP
        area = self.rect().adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME - below)
        place = QRect(0, 0, *self._picture.size().scaled(area.size(), _KEPT).toTuple())
        place.moveCenter(area.center())
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing
            )
            painter.fillRect(place, QColor(_GROUND))
            painter.drawPixmap(place, self._picture)
            words = QRect(area.left(), area.bottom() + GAP // 2, area.width(), below)
            painter.setPen(palette.color(palette.ColorRole.WindowText))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
            if self.isChecked() or self.underMouse() or self.hasFocus():
                accent = palette.color(palette.ColorRole.Highlight)
                painter.setPen(QPen(accent, 3 if self.isChecked() else 1))
                painter.drawRoundedRect(self.rect().adjusted(2, 2, -3, -3), 6, 6)


_KEPT = Qt.AspectRatioMode.KeepAspectRatio


class CandidateDialog(QDialog):
    """Shows candidates; nothing is on the design before one is taken, and all stay in Generations.

    Args:
        parent: the window it opens above.
        found: the candidates.
        pictures: theirs, in the same order.

    Signals:
        chosen: a `Candidate`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, found: Candidates, pictures: Sequence[QImage]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Choose a picture"))
        self._found = found
        self._cells = QButtonGroup(self)
        self.take = button(self._go_text(), kind="primary")
        self.take.setDefault(True)
        self.take.clicked.connect(self._choose)
        self.leave = button(self.tr("Take none"))
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        self._place(pictures)
        self.resize(_FIRST_SIZE.boundedTo(parent.window().size()))

    def cells(self) -> list[QAbstractButton]:
        """The pictures, in their order."""
        return self._cells.buttons()

    def _place(self, pictures: Sequence[QImage]) -> None:
        layout = column(self, margin=MARGIN, gap=GAP)
        asked = self.tr("Which picture for the panel {0}?").format(panel_name(self._found.panel_id))
        layout.addWidget(label(asked, "heading"))
        layout.addLayout(self._grid(pictures), 1)
        for note in self._notes():
            layout.addWidget(label(note, "warning", wrap=True))
        row = QHBoxLayout()
        row.addWidget(label(self._rest_text(), "muted", wrap=True), 1)
        row.addWidget(self.leave)
        row.addWidget(self.take)
        layout.addLayout(row)

    def _grid(self, pictures: Sequence[QImage]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GAP)
        wide = pictures[0].width() > _WIDE * pictures[0].height()
        columns = (1 if len(pictures) == 2 else 2) if wide else len(pictures)
        for number, (one, picture) in enumerate(zip(self._found.pictures, pictures, strict=True)):
            cell = CandidateCell(picture, self.tr("Variation {0}").format(one.seed))
            cell.taken.connect(self._choose)
            self._cells.addButton(cell, number)
            grid.addWidget(cell, number // columns, number % columns)
        self._cells.button(0).setChecked(True)
        return grid

    def _notes(self) -> list[str]:
        said = [note for one in self._found.pictures for note in one.notes]
        notes = [spoken(note) for note in dict.fromkeys((*said, *self._found.failures))]
        return notes[:3]

    def _go_text(self) -> str:
        others = len(self._found.others)
        if not others:
            return self.tr("Put it on the panel")
        if others == 1:
            return self.tr("Use it and make the other panel")
        return self.tr("Use it and make the other {0} panels").format(others)

    def _rest_text(self) -> str:
        kept = self.tr("All of them stay in Generations.")
        if self._found.rest is None:
            return kept
        cost = self.tr("The other panels cost about {0}.").format(money(self._found.rest.usd))
        return f"{cost} {kept}"

    @Slot()
    def _choose(self) -> None:
        chosen: Candidate = self._found.pictures[max(0, self._cells.checkedId())]
        self.chosen.emit(chosen)
        self.accept()
