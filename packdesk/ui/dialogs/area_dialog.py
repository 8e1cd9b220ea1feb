"""Which finishes go on which parts of a panel; the views behind it show each change at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from packdesk.domain.area_finish import MOST_TOLERANCE, USUAL_TOLERANCE, AreaFinish, AreaKind, ColourRange
from packdesk.ui.parts import GAP, MARGIN, button, choice_box, column, label
from packdesk.ui.translation import translate
from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH = 520
_SWATCH = QSize(16, 16)
_OPAQUE, _COLOUR = "opaque", "colour"
_FIRST = "#808080"


def kind_name(kind: AreaKind) -> str:
    """For people."""
    return {
        AreaKind.WHITE: translate("finishes", "White"),
        AreaKind.FOIL: translate("finishes", "Foil"),
        AreaKind.VARNISH: translate("finishes", "Spot varnish"),
        AreaKind.EMBOSS: translate("finishes", "Relief"),
    }[kind]


class AreaRow(QWidget):
    """One kind of finish: whether it is there, and where; its parts are placed by the dialog.

    Signals:
        edited: something was set.
    """

    edited = Signal()

    def __init__(self, kind: AreaKind, colours: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self._colour = next(iter(colours), _FIRST)
        self.check = QCheckBox(kind_name(kind))
        offered = ((_OPAQUE, self.tr("Where artwork is")), (_COLOUR, self.tr("Where it has a colour")))
        self.place = choice_box(self.tr("Where"), offered)
        self.colour = button("")
        self.colour.setIconSize(_SWATCH)
        self.colour.setAccessibleName(self.tr("Colour"))
        self.colour.setMenu(self._menu(colours))
        self.tolerance = QSpinBox()
        self.tolerance.setRange(0, MOST_TOLERANCE)
        self.tolerance.setValue(USUAL_TOLERANCE)
        self.tolerance.setPrefix("± ")
        self.tolerance.setAccessibleName(self.tr("Tolerance"))
        self.check.toggled.connect(self._on_edit)
        self.place.activated.connect(self._on_edit)
        self.tolerance.valueChanged.connect(self._on_edit)
        self._show()

    def show_area(self, area: AreaFinish | None) -> None:
        """Show what is set."""
        within = area.colours if area is not None else None
        with QSignalBlocker(self):
            self.check.setChecked(area is not None)
            if within is not None:
                self._colour = within.colour
                self.tolerance.setValue(within.tolerance)
            self.place.setCurrentIndex(self.place.findData(_OPAQUE if within is None else _COLOUR))
        self._show()

    def area(self, panel_id: str) -> AreaFinish | None:
        """What is set, for a panel."""
        if not self.check.isChecked():
            return None
        by_colour = self.place.currentData() == _COLOUR
        colours = ColourRange(self._colour, self.tolerance.value()) if by_colour else None
        return AreaFinish(panel_id, self.kind, colours)

    def _menu(self, colours: Sequence[str]) -> QMenu:
        menu = QMenu(self)
        for colour in colours:
            menu.addAction(_swatch(colour), colour).triggered.connect(partial(self._take, colour))
        menu.addSeparator()
        menu.addAction(self.tr("Another colour …")).triggered.connect(self._choose)
        return menu

    @Slot()
    def _choose(self) -> None:
        chosen = QColorDialog.getColor(QColor(self._colour), self.window(), self.tr("Colour"))
        if chosen.isValid():
            self._take(chosen.name())

    def _take(self, colour: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  (a slot)
        self._colour = colour
        self._on_edit()

    @Slot()
    def _on_edit(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        wanted = self.check.isChecked()
        by_colour = wanted and self.place.currentData() == _COLOUR
        self.place.setEnabled(wanted)
        for part in (self.colour, self.tolerance):
            part.setEnabled(by_colour)
        self.colour.setIcon(_swatch(self._colour))
        self.colour.setText(self._colour)


class AreaDialog(QDialog):
    """Asks for the finishes of some panels.

    Args:
        parent: the window.
        name: of the panels, for people.
        areas: of the first of them.
        colours: most of its artwork has, `#rrggbb`.

    Signals:
        edited: something was set; see `chosen`.
    """

    edited = Signal()

    def __init__(
        self, parent: QWidget, name: str, areas: Sequence[AreaFinish], colours: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Finish by area"))
        self.rows = {kind: AreaRow(kind, colours, self) for kind in AreaKind}
        by_kind = {area.kind: area for area in areas}
        for kind, row in self.rows.items():
            row.show_area(by_kind.get(kind))
            row.edited.connect(self.edited)
        self.done_button = button(self.tr("Done"), kind="primary")
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self.accept)
        self._place(name)
        guard_wheel(self)

    def chosen(self, panel_id: str) -> tuple[AreaFinish, ...]:
        """What is set, for a panel."""
        found = (row.area(panel_id) for row in self.rows.values())
        return tuple(area for area in found if area is not None)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As high as it needs."""
        return QSize(max(_WIDTH, super().sizeHint().width()), super().sizeHint().height())

    def _place(self, name: str) -> None:
        layout = column(self, margin=MARGIN, gap=GAP + 4)
        layout.addWidget(label(name, "heading", wrap=True))
        told = self.tr("Each is a plate of its own in PDF and SVG files, and overprints the inks.")
        layout.addWidget(label(told, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(GAP)
        for line, row in enumerate(self.rows.values()):
            for place, part in enumerate((row.check, row.place, row.colour, row.tolerance)):
                grid.addWidget(part, line, place)
            row.colour.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.hide()  # its parts stand in the grid
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)
        ends = QHBoxLayout()
        ends.addStretch(1)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        ends.addWidget(cancel)
        ends.addWidget(self.done_button)
        layout.addLayout(ends)


def _swatch(colour: str) -> QIcon:
    drawn = QPixmap(_SWATCH)
    drawn.fill(QColor(colour))
    return QIcon(drawn)
