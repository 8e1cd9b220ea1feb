"""Which page of a PDF document is wanted, and which of its layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QSpinBox, QWidget

from packdesk.domain.text import cut
from packdesk.textures.incoming import Part
from packdesk.ui.parts import GAP, MARGIN, button, column, label
from packdesk.ui.units import sides_text

if TYPE_CHECKING:
    from packdesk.textures.foreign.parts import Parts
    from packdesk.ui.units import Unit

_NAME_LENGTH = 60
_WIDTH, _LIST_HEIGHT = 400, 160
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PartDialog(QDialog):
    """Asks for a part of a document; `part` is what was chosen when it is accepted."""

    def __init__(self, parent: QWidget, name: str, parts: Parts, unit: Unit) -> None:
        super().__init__(parent)
        self._parts, self._unit = parts, unit
        self.setWindowTitle(self.tr("Choose a page"))
        self.page = QSpinBox()
        self.page.setRange(1, max(1, parts.count))
        self.page.setAccessibleName(self.tr("Page"))
        self.size_label = label("", "muted")
        self.layers = QListWidget()
        self.layers.setAccessibleName(self.tr("Layers"))
        self.layers.setMaximumHeight(_LIST_HEIGHT)
        self.layers.setSpacing(2)
        for layer, shown in parts.layers:
            item = QListWidgetItem(layer, self.layers)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_ON if shown else _OFF)
        self.import_button = button(self.tr("Import"), kind="primary")
        self.import_button.setDefault(True)
        self._place(name)
        self.page.valueChanged.connect(self._show_size)
        self.import_button.clicked.connect(self.accept)
        self._show_size()
        self.page.selectAll()

    def part(self) -> Part:
        """What is chosen; layers as the document shows them are not named."""
        items = [self.layers.item(row) for row in range(self.layers.count())]
        chosen = [item.checkState() == _ON for item in items]
        if chosen == [shown for _, shown in self._parts.layers]:
            return Part(self.page.value())
        names = [name for (name, _), wanted in zip(self._parts.layers, chosen, strict=True) if wanted]
        return Part(self.page.value(), frozenset(names))

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As high as it needs."""
        return QSize(_WIDTH, super().sizeHint().height())

    def _place(self, name: str) -> None:
        layout = column(self, margin=MARGIN, gap=GAP + 4)
        count = self._parts.count
        pages = self.tr("1 page") if count == 1 else self.tr("{0} pages").format(count)
        layout.addWidget(label(f"{cut(name, _NAME_LENGTH)} · {pages}", "heading", wrap=True))
        if self._parts.count > 1:
            row = QHBoxLayout()
            row.setSpacing(GAP)
            row.addWidget(label(self.tr("Page")))
            row.addWidget(self.page)
            row.addWidget(self.size_label, 1)
            layout.addLayout(row)
        if self._parts.layers:
            layout.addWidget(label(self.tr("Layers that are shown")))
            layout.addWidget(self.layers)
        ends = QHBoxLayout()
        ends.addStretch(1)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        ends.addWidget(cancel)
        ends.addWidget(self.import_button)
        layout.addLayout(ends)

    @Slot()
    def _show_size(self) -> None:
        number = self.page.value()
        known = number <= len(self._parts.pages)
        self.size_label.setText(sides_text(self._parts.pages[number - 1], self._unit) if known else "")
