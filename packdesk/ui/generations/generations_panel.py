"""Every picture ever made or imported: searched, marked, and shown as a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from packdesk.ui.generations.picture_grid import CELL_HEIGHT, PictureGrid
from packdesk.ui.generations.picture_model import PictureModel
from packdesk.ui.icons import line_icon
from packdesk.ui.parts import GAP, MARGIN, column, label, tool
from packdesk.ui.undo_keys import LineEdit

if TYPE_CHECKING:
    from packdesk.services.archive import Found
    from packdesk.ui.theme import Theme
    from packdesk.ui.units import Unit

_REST_MS = 120
_LONGEST_SEARCH = 200


class GenerationsPanel(QWidget):
    """Search field, what can be done with a selection, and the pictures.

    Signals:
        searched: words, and whether only favourites are wanted.
        compare_wanted: the two selected pictures shall be compared.
    """

    searched = Signal(str, bool)
    compare_wanted = Signal()

    def __init__(self, unit: Unit) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = PictureModel(unit)
        self.grid = PictureGrid(self.model)
        self.search = LineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the pictures"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(_LONGEST_SEARCH)
        self.favourites = tool(self.tr("Only favourites"), checkable=True)
        self.compare = tool(self.tr("Compare two selected pictures"))
        self.count = label("", "muted")
        self.note = label("", "warning", wrap=True)
        self.note.hide()
        self.hint = label(self._hint_words(0, looking=True), "muted", wrap=True)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._place()
        self._connect()

    def show_found(self, found: Found, *, looking: bool) -> None:
        """List what was found; `looking` while the folder is looked through."""
        self.grid.show_pictures(list(found.pictures))
        self.count.setText(self._count_words(len(found.pictures), found.total))
        self.hint.setText(self._hint_words(found.total, looking=looking))
        self._pages.setCurrentIndex(0 if found.pictures else 1)
        if found.rebuilt:
            self.note.setText(
                self.tr(
                    "The index of the pictures was damaged. It has been made anew; no picture is missing."
                )
            )
        self.note.setVisible(bool(self.note.text()))

    def set_theme(self, theme: Theme) -> None:
        """Draw in the theme's colours."""
        self.grid.set_theme(theme)
        self.favourites.setIcon(line_icon("star", theme.text, theme.disabled))
        self.compare.setIcon(line_icon("compare", theme.text, theme.disabled))

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """The search and one row."""
        return QSize(640, CELL_HEIGHT + 70)

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.search, 1)
        head.addWidget(self.favourites)
        head.addWidget(self.compare)
        head.addSpacing(GAP)
        head.addWidget(self.count)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self.hint)
        self._pages.setCurrentWidget(self.hint)
        layout = column(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        layout.addLayout(head)
        layout.addWidget(self.note)
        layout.addWidget(pages, 1)
        self.setMinimumWidth(280)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._rest.start)
        self._rest.timeout.connect(self._send)
        self.favourites.toggled.connect(self._send)
        self.compare.clicked.connect(self.compare_wanted)
        self.grid.selectionModel().selectionChanged.connect(self._follow_selection)
        self.model.modelReset.connect(self._follow_selection)
        self._follow_selection()

    @Slot()
    def _send(self) -> None:
        self._rest.stop()
        self.searched.emit(self.search.text(), self.favourites.isChecked())

    @Slot()
    def _follow_selection(self) -> None:
        self.compare.setEnabled(len(self.grid.selectionModel().selectedIndexes()) == 2)

    def _count_words(self, shown: int, total: int) -> str:
        if shown != total:
            return self.tr("{0} of {1} pictures").format(shown, total)
        return self.tr("1 picture") if total == 1 else self.tr("{0} pictures").format(total)

    def _hint_words(self, total: int, *, looking: bool) -> str:
        if looking:
            return self.tr("Looking through the pictures …")
        if total:
            return self.tr("No picture matches.")
        return self.tr("What is generated or imported stays here, whatever becomes of the design.")
