"""Lettering typed on the sheet, where it stands and about as it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPalette, QPolygonF, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from packdesk.domain.objects.values import MOST_LETTERS, Align, Text
from packdesk.domain.units import MM_PER_POINT
from packdesk.textures.objects.svg_group import rgb_of
from packdesk.ui.undo_keys import UndoKeys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPointF

_LEAST = 160, 34
_AROUND = 16
_SMALLEST_PX, _LARGEST_PX = 9, 400
_LIGHT = 150
"""Letters lighter than that are typed on dark."""
_ALIGN = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.JUSTIFY: Qt.AlignmentFlag.AlignJustify,
}


class TypingInPlace(QPlainTextEdit):
    """A field over the flat view. Escape leaves the words as they were; whatever else ends it keeps them.

    Signals:
        typed: the ID of the lettering, and its words.
    """

    typed = Signal(str, str)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._undo_keys = UndoKeys()
        self._view, self._one = view, ""
        self._before = ""
        self.setAccessibleName(self.tr("Words on the sheet"))
        self.setAccessibleDescription(self.tr("Control with Enter, or a click beside it, keeps them."))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._grow)
        self.hide()

    def begin(self, one: Text, corners: Sequence[QPointF], scale: float) -> None:
        """Have lettering typed.

        Args:
            one: the lettering.
            corners: of its box in the view, in pixels.
            scale: pixels of a millimetre.
        """
        self.end()
        area = QPolygonF(corners).boundingRect().toRect()
        self._one, self._before = one.id, one.words
        self.setFont(_font_of(one, scale))
        self._dress(one)
        self.setPlainText(one.words)
        width, height = max(area.width() + 12, _LEAST[0]), max(area.height() + 12, _LEAST[1])
        left = min(max(0, area.center().x() - width // 2), max(0, self._view.width() - width))
        top = min(max(0, area.top() - 6), max(0, self._view.height() - height))
        self.setGeometry(left, top, min(width, self._view.width()), min(height, self._view.height()))
        self._grow()
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self, *, keep: bool = True) -> None:
        """Take the field away, with or without what was typed."""
        one, self._one = self._one, ""
        if not one:
            return
        words = self.toPlainText()[:MOST_LETTERS]
        focused = self.window().focusWidget() is self
        self.hide()
        if focused:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        if keep and words != self._before:
            self.typed.emit(one, words)

    def event(self, event: QEvent) -> bool:
        """See `UndoKeys`; Escape is the field's while there is one."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        document = self.document()
        undo, redo = document.isUndoAvailable(), document.isRedoAvailable()
        return self._undo_keys.leaves(event, undo=undo, redo=redo) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """End it, or type."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.end(keep=False)
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.end()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt's name)
        """It is complete, unless only a menu or another window is in front."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        ):
            self.end()

    @Slot()
    def _grow(self) -> None:
        """As high as its lines, as far as the view reaches."""
        lines = self.document().size().height()  # of a plain text's layout: in lines
        wanted = round(lines * self.fontMetrics().lineSpacing()) + _AROUND
        room = self._view.height() - self.y()
        self.resize(self.width(), max(self.height(), min(wanted, room)))

    def _dress(self, one: Text) -> None:
        ink = QColor(*rgb_of(one.ink))
        paper = QColor("#262626") if ink.lightness() > _LIGHT else QColor("#ffffff")
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, ink)
        palette.setColor(QPalette.ColorRole.Base, paper)
        self.setPalette(palette)
        self.setStyleSheet(f"QPlainTextEdit {{ color: {ink.name()}; background: {paper.name()}; }}")
        option = QTextOption(_ALIGN[one.align])
        wrap = QTextOption.WrapMode.WordWrap if one.wraps else QTextOption.WrapMode.NoWrap
        option.setWrapMode(wrap)
        self.document().setDefaultTextOption(option)


def _font_of(one: Text, scale: float) -> QFont:
    font = QFont(one.family)
    pixels = one.size * MM_PER_POINT * scale
    font.setPixelSize(round(min(_LARGEST_PX, max(_SMALLEST_PX, pixels))))
    font.setWeight(QFont.Weight(one.weight))
    font.setItalic(one.italic)
    spacing = one.letter_spacing / 1000 * font.pixelSize()
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    return font
