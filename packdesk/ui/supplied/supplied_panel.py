"""The dock "Supplier's dieline": what lies under ours, where, and which of our lines differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from packdesk.domain.text import cut
from packdesk.ui.icons import line_icon
from packdesk.ui.parts import GAP, MARGIN, button, column, label, restyle, rule, tip, tool
from packdesk.ui.supplied.difference_list import DifferenceList
from packdesk.ui.supplied.place_form import PlaceForm
from packdesk.ui.supplied.words import about_words, result_words
from packdesk.ui.units import MM

if TYPE_CHECKING:
    from packdesk.domain.differing import Comparison
    from packdesk.ui.theme import Theme
    from packdesk.ui.units import Unit

_NAME_LENGTH = 44


class SuppliedPanel(QWidget):
    """Shows a comparison, and says what is to be done with the overlay.

    Signals:
        open_wanted: choose a file.
        off_wanted: take it off.
    """

    open_wanted = Signal()
    off_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._unit = MM
        self._found: Comparison | None = None
        self.name, self.about = label("", "heading"), label("", "muted", wrap=True)
        self.another = tool(self.tr("Open another dieline …"))
        self.off = tool(self.tr("Take it off"))
        self.form = PlaceForm()
        self.result = label("", "good", wrap=True)
        self.list = DifferenceList()
        self.hint = label("", "muted", wrap=True)
        self.open = button(self.tr("Open a dieline …"))
        self._place()
        self.another.clicked.connect(self.open_wanted)
        self.open.clicked.connect(self.open_wanted)
        self.off.clicked.connect(self.off_wanted)
        self.set_reading(reading=False)
        self.show_comparison(None)

    def show_comparison(self, found: Comparison | None) -> None:
        """Show what lies under ours; None for nothing."""
        self._found = found
        self._pages.setCurrentIndex(0 if found is None else 1)
        if found is None:
            return
        self.name.setText(cut(found.overlay.dieline.name, _NAME_LENGTH))
        self.name.setToolTip(tip(found.overlay.dieline.name))
        self.about.setText(about_words(found, self._unit))
        self.form.show_overlay(found.overlay)
        self.result.setText(result_words(found, self._unit))
        self.result.setProperty("role", "error" if found.differs else "good")
        restyle(self.result)
        self.list.show_differences((*found.differences, *found.lacking), self._unit)

    def set_reading(self, *, reading: bool) -> None:
        """Whether a file is being read."""
        self.open.setEnabled(not reading)
        self.another.setEnabled(not reading)
        self.hint.setText(
            self.tr("Reading the file …")
            if reading
            else self.tr(
                "Open the dieline a supplier has sent (PDF, AI, SVG or DXF). It lies over the flat view at "
                "1:1, and every line of ours that differs from it is listed."
            )
        )

    def set_unit(self, unit: Unit) -> None:
        """Show and take lengths in a unit."""
        self._unit = unit
        self.form.set_unit(unit)
        self.show_comparison(self._found)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the theme's colours."""
        self.list.set_theme(theme)
        for one, name in ((self.another, "open"), (self.off, "clear")):
            one.setIcon(line_icon(name, theme.text, theme.disabled))

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As wide as what lies beside it."""
        return QSize(350, 400)

    def _place(self) -> None:
        empty, shown = QWidget(), QWidget()
        waiting = QVBoxLayout(empty)
        waiting.setSpacing(2 * GAP)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        waiting.addStretch(1)
        waiting.addWidget(self.hint)
        waiting.addWidget(self.open, 0, Qt.AlignmentFlag.AlignHCenter)
        waiting.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.name, 1)
        head.addWidget(self.another)
        head.addWidget(self.off)
        filled = column(shown)
        filled.addLayout(head)
        for part in (self.about, self.form, rule(), self.result):
            filled.addWidget(part)
        filled.addWidget(self.list, 1)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(empty)
        self._pages.addWidget(shown)
        layout = column(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        layout.addWidget(pages, 1)
