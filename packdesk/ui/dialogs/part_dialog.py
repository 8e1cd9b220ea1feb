"""Which page of a PDF document is wanted, and which of its layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QSpinBox, QWidget

from packdesk.domain.text import cut
from packdesk.textures.incoming import Part
from packdesk.ui.dialogs.page_preview import PagePreview
from packdesk.ui.parts import GAP, MARGIN, button, column, label
from packdesk.ui.spoken import error_text
from packdesk.ui.units import sides_text
from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from packdesk.errors import PackdeskError
    from packdesk.textures.foreign.parts import Parts
    from packdesk.ui.units import Unit

_NAME_LENGTH = 60
_WIDTH, _LIST_HEIGHT = 620, 160
_REST_MS = 150
"""A number that is typed, or a key that is held, is not drawn on its way."""
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PartDialog(QDialog):
    """Asks for a part of a document; `part` is what was chosen when it is accepted.

    Signals:
        part_shown: the `Part` whose picture is wanted (`show_drawn`).
    """

    part_shown = Signal(object)

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
        self.preview = PagePreview()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self.import_button = button(self.tr("Import"), kind="primary")
        self.import_button.setDefault(True)
        self._place(name)
        guard_wheel(self)
        self._connect()
        self._show_size()
        self.page.selectAll()

    def _connect(self) -> None:
        self.page.valueChanged.connect(self._show_size)
        self.page.valueChanged.connect(self._want)
        self.layers.itemChanged.connect(self._want)
        self._rest.timeout.connect(self._ask)
        self.import_button.clicked.connect(self.accept)

    @Slot(object, object)
    def show_drawn(self, part: Part, drawn: QImage | PackdeskError) -> None:
        """Show the picture of a part, or why there is none, if it is still the one that is chosen."""
        if part != self.part():
            return
        if isinstance(drawn, QImage):
            self.preview.show_image(drawn)
        else:
            self.preview.show_words(error_text(drawn))

    @Slot()
    def _want(self) -> None:
        self.preview.wait()
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        self.part_shown.emit(self.part())

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
        both = QHBoxLayout()
        both.setSpacing(MARGIN)
        both.addWidget(self.preview)
        side = QWidget()
        self._place_fields(side)
        both.addWidget(side, 1)
        layout.addLayout(both)
        ends = QHBoxLayout()
        ends.addStretch(1)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        ends.addWidget(cancel)
        ends.addWidget(self.import_button)
        layout.addLayout(ends)

    def _place_fields(self, side: QWidget) -> None:
        layout = column(side, gap=GAP + 4)
        if self._parts.count > 1:
            row = QHBoxLayout()
            row.setSpacing(GAP)
            row.addWidget(label(self.tr("Page")))
            row.addWidget(self.page)
            row.addStretch(1)
            layout.addLayout(row)
        layout.addWidget(self.size_label)
        if self._parts.layers:
            layout.addWidget(label(self.tr("Layers that are shown")))
            layout.addWidget(self.layers)
        layout.addStretch(1)

    @Slot()
    def _show_size(self) -> None:
        number = self.page.value()
        known = number <= len(self._parts.pages)
        self.size_label.setText(sides_text(self._parts.pages[number - 1], self._unit) if known else "")
