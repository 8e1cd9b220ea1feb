"""The words on the pack, each in a field of its own, folded into one row until they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from packdesk.domain.pack_words import FIELDS, PackWords, check_barcode, unplaced, words_in
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError
from packdesk.ui.icons import line_icon
from packdesk.ui.parts import button, column, label, tip
from packdesk.ui.spoken import error_text
from packdesk.ui.undo_keys import LineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from packdesk.ui.theme import Theme

_MOST_TYPED = 2000


class WordFields(QWidget):
    """Brand, product, line, net weight and barcode number, and whether sample text fills in the rest.

    A field that says what the prompt said follows the prompt; one the user has written in does not.

    Signals:
        edited: the user has set the words, `PackWords`.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._followed = ""
        self._theme: Theme | None = None
        self.toggle = button("", kind="quiet", tip=self.tr("What stands on the pack, whole"))
        self.toggle.setCheckable(True)
        self.toggle.setIconSize(QSize(14, 14))
        self.body = QWidget()
        self.fields = {name: LineEdit() for name in FIELDS}
        self.sample = QCheckBox(self.tr("Fill in sample text"))
        self.sample.setToolTip(
            tip(self.tr("Invents what is empty: for a demonstration, not for a real pack"))
        )
        self.note = label("", "warning", wrap=True)
        self._place()
        self.toggle.toggled.connect(self.body.setVisible)
        self.toggle.toggled.connect(self._show_icon)
        for field in self.fields.values():
            field.textChanged.connect(self._show)
            field.editingFinished.connect(self._on_edited)
        self.sample.clicked.connect(self._on_edited)
        self.body.hide()
        self._show()

    def words(self) -> PackWords:
        """What stands in the fields."""
        said = {name: field.text().strip() for name, field in self.fields.items()}
        return PackWords(**said, sample=self.sample.isChecked())

    @Slot(object)
    def set_words(self, words: PackWords) -> None:
        """Show these words."""
        with QSignalBlocker(self.sample):
            self.sample.setChecked(words.sample)
        for name, field in self.fields.items():
            text = getattr(words, name)
            if field.text() != text:
                _say(field, text)
        self._show()

    def follow(self, prompt: str) -> None:
        """The prompt is another: fields that say what the former one said take what this one says."""
        before, now = words_in(self._followed), words_in(prompt)
        self._followed = prompt
        for name, field in self.fields.items():
            if field.text() == getattr(before, name) != getattr(now, name):
                _say(field, getattr(now, name))
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in the theme's colours."""
        self._theme = theme
        self._show_icon()

    @Slot()
    def _show_icon(self) -> None:
        """It points to where the fields go at the next click."""
        if self._theme is not None:
            self.toggle.setIcon(line_icon("up" if self.toggle.isChecked() else "down", self._theme.muted))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """The row's words are cut to its width."""
        super().resizeEvent(event)
        self._show_summary()

    def _place(self) -> None:
        titles = {
            "brand": self.tr("Brand"),
            "product": self.tr("Product"),
            "line": self.tr("Line"),
            "net_weight": self.tr("Net weight"),
            "barcode": self.tr("Barcode number"),
        }
        hints = {"net_weight": "250 g", "barcode": "4006381333931"}
        grid = QGridLayout(self.body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        for row, (name, field) in enumerate(self.fields.items()):
            field.setMaxLength(_MOST_TYPED)
            field.setAccessibleName(titles[name])
            field.setPlaceholderText(self.tr("such as {0}").format(hints[name]) if name in hints else "")
            title = label(titles[name], "muted")
            title.setBuddy(field)
            grid.addWidget(title, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.sample, len(self.fields), 1)
        layout = column(self, gap=6)
        layout.addWidget(self.toggle)
        layout.addWidget(self.body)
        layout.addWidget(self.note)

    @Slot()
    def _show(self) -> None:
        self._show_summary()
        notes = [self._barcode_problem()]
        told = self.tr("“{0}” is quoted, but stands in no field: it will not be on the pack.")
        notes += [told.format(cut(name, 60)) for name in unplaced(self._followed, self.words())]
        self.note.setText("\n".join(filter(None, notes)))
        self.note.setVisible(bool(self.note.text()))

    def _show_summary(self) -> None:
        said = " · ".join(cut(text, 80) for text in self.words().said().values())
        text = self.tr("Words on the pack: {0}").format(said or self.tr("none"))
        room = max(60, self.toggle.width() - 48)
        shown = self.toggle.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.toggle.setText(shown.replace("&", "&&"))

    def _barcode_problem(self) -> str:
        text = self.fields["barcode"].text().strip()
        try:
            if text and not self.fields["barcode"].hasFocus():
                check_barcode(text)
        except InvalidInputError as error:
            return error_text(error)
        return ""

    @Slot()
    def _on_edited(self) -> None:
        self._show()
        self.edited.emit(self.words())


def _say(field: QLineEdit, text: str) -> None:
    field.setText(text)
    field.setCursorPosition(0)  # its beginning is seen
