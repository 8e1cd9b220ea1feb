"""Commands, found by typing some of their letters."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidgetItem, QMenu, QStyleOptionViewItem, QWidget
from shiboken6 import isValid

from packdesk.ui.actions import plain_text
from packdesk.ui.parts import column, label
from packdesk.ui.row_list import ROW_ROLE, RowDelegate, RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtGui import QAction

    from packdesk.ui.actions import WindowActions
    from packdesk.ui.theme import Theme

WIDTH, ROWS, ROW_HEIGHT = 460, 9, 32
_PAD = 10
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class Command(NamedTuple):
    """A row.

    Attributes:
        text: what it is called.
        keys: its first shortcut, or nothing.
        words: what it is found by: its name in the window's language and in English.
        action: what it does.
    """

    text: str
    keys: str
    words: str
    action: QAction

    @property
    def enabled(self) -> bool:
        """Whether it can be done now."""
        return isValid(self.action) and self.action.isEnabled()  # recent designs come and go


class CommandDelegate(RowDelegate):
    """Paints a `Command`: its name, and its keys at the right."""

    def sizeHint(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows are of one height."""
        del option, index
        return QSize(0, ROW_HEIGHT)

    def paint_row(self, painter: QPainter, area: QRect, value: Command, *, selected: bool) -> None:
        """Paint one row."""
        del selected
        inside = area.adjusted(_PAD, 0, -_PAD, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self.theme.text if value.enabled else self.theme.muted))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, value.text)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, value.keys)


class CommandPalette(QDialog):
    """A field and the commands that fit what is typed: arrow keys choose, Enter does it, Escape leaves."""

    def __init__(
        self,
        actions: WindowActions,
        theme: Theme,
        parent: QWidget | None = None,
        menus: Iterable[QAction] = (),
    ) -> None:
        """List the window's actions, and what else stands in its menus: those actions that open one."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find a command"))
        self._commands = [*commands_of(actions), *others_of(menus, actions)]
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type what you want to do"))
        self.field.setAccessibleName(self.windowTitle())
        self.field.setClearButtonEnabled(True)
        self.list = RowList(CommandDelegate())
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.set_theme(theme)
        self.nothing = label(self.tr("Nothing found"), "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._place()
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_chosen)
        self.field.setFocus()
        self._show("")

    def _place(self) -> None:
        layout = column(self, margin=12, gap=8)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self.nothing, 1)
        self.setFixedSize(WIDTH, ROWS * ROW_HEIGHT + 70)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Keys that move go to the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            if event.type() == QEvent.Type.KeyPress:
                self.list.keyPressEvent(event)
            return True
        return False

    @Slot(str)
    def _show(self, typed: str) -> None:
        self.list.clear()
        for command in found(self._commands, typed):
            item = QListWidgetItem(command.text, self.list)
            item.setData(ROW_ROLE, command)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{command.text} {command.keys}")
            if not command.enabled:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self.nothing.setVisible(self.list.count() == 0)

    @Slot()
    def _on_chosen(self) -> None:
        if not self.list.count():
            return
        command: Command = self.list.item(max(0, self.list.currentRow())).data(ROW_ROLE)
        if command.enabled:
            # Only once the window is in front again: what opens a dialog opens it above that.
            QTimer.singleShot(0, command.action, command.action.trigger)
            self.accept()


def commands_of(actions: WindowActions) -> list[Command]:
    """Every command of the menus but the one that opens the list."""
    native = QKeySequence.SequenceFormat.NativeText
    return [
        Command(
            plain_text(actions[spec.name]),
            actions[spec.name].shortcut().toString(native),
            _folded(f"{plain_text(actions[spec.name])} {spec.name.replace('_', ' ')}"),
            actions[spec.name],
        )
        for spec in actions.specs
        if spec.menu and spec.name != "palette"
    ]


def others_of(menus: Iterable[QAction], actions: WindowActions) -> list[Command]:
    """What stands in menus, and in menus within them, beside the window's actions; named with its menu."""
    known = {actions[spec.name] for spec in actions.specs}
    named = [
        (f"{plain_text(menu)}: {plain_text(one)}", one) for menu, one in _leaves(menus) if one not in known
    ]
    native = QKeySequence.SequenceFormat.NativeText
    return [
        Command(text, one.shortcut().toString(native), _folded(f"{text} {one.objectName()}"), one)
        for text, one in named
    ]


def _leaves(menus: Iterable[QAction]) -> Iterator[tuple[QAction, QAction]]:
    for opening in menus:
        menu = opening.menu()
        assert isinstance(menu, QMenu), "only menus stand in a menu bar"
        entries = [one for one in menu.actions() if not one.isSeparator()]
        yield from ((opening, one) for one in entries if one.menu() is None)
        yield from _leaves(one for one in entries if one.menu() is not None)


def found(commands: Iterable[Command], typed: str) -> list[Command]:
    """Those that have every word typed, the best first; what cannot be done now comes last.

    A word may begin one of a command's words or stand within one; where no command has it so, it is enough
    that its letters are there in that order.
    """
    words = _folded(typed).split()
    marked = [([_mark(word, one.words) for word in words], one) for one in commands]
    plainly = [(marks, one) for marks, one in marked if min(marks, default=3) > 1]
    fit = plainly or [(marks, one) for marks, one in marked if all(marks)]
    return [one for _, one in sorted(fit, key=lambda pair: (not pair[1].enabled, -sum(pair[0])))]


def _mark(word: str, words: str) -> int:
    if any(one.startswith(word) for one in words.split()):
        return 3
    if word in words:
        return 2
    letters = iter(words)
    return int(all(letter in letters for letter in word))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
