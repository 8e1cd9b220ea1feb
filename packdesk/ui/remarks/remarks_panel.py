"""The dock "Remarks": who approves, what is to be changed, and what was replied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from packdesk.domain.review import LONGEST_REMARK
from packdesk.ui.icons import line_icon
from packdesk.ui.parts import GAP, MARGIN, button, column, label, tool
from packdesk.ui.remarks.remark_list import RemarkList, note_row, opinion_row, remark_row
from packdesk.ui.remarks.words import count_words
from packdesk.ui.undo_keys import LineEdit

if TYPE_CHECKING:
    from packdesk.domain.remarks import Board, Thread
    from packdesk.ui.theme import Theme

MOST_ROWS = 1000


class RemarksPanel(QWidget):
    """Shows a board, and says what is to be done about a remark.

    Signals:
        add_wanted: choose files with answers.
        paste_wanted: take the answer that was copied.
        chosen: the ID of a remark, empty for none.
        reply_wanted: the ID of a remark, and the words.
        close_wanted: the ID of a remark, and whether it is closed from now on.
    """

    add_wanted = Signal()
    paste_wanted = Signal()
    chosen = Signal(str)
    reply_wanted = Signal(str, str)
    close_wanted = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._threads: dict[str, Thread] = {}
        self._board: Board | None = None
        self._drafts: dict[str, str] = {}
        self._changeable = True
        self.list = RemarkList()
        self.count = label("", "muted")
        self.only_open = tool(self.tr("Only open remarks"), checkable=True)
        self.pins = tool(self.tr("Show the pins"), checkable=True)
        self.paste = tool(self.tr("Take an answer that was copied as text"))
        self.add = tool(self.tr("Open answers that came back …"))
        self.hint = label(
            self.tr(
                "Nobody has answered yet. Export a review page and send it. The answer that comes back is "
                "opened here, by File > Open, or by dropping it on the window."
            ),
            "muted",
            wrap=True,
        )
        self.reply = LineEdit()
        self.send = button(self.tr("Reply"))
        self.close_button = button(self._close_words(closed=False))
        self._place()
        self._connect()
        self.show_board(None)

    def show_board(self, board: Board | None) -> None:
        """Show what all reviews come to."""
        self._board = board
        self._threads = {one.remark.id: one for one in board.threads} if board is not None else {}
        for name, thread in self._threads.items():  # what was sent is there: it need not be kept here
            if self._drafts.get(name, "").strip() in {note.text for note in thread.replies}:
                self._drafts.pop(name, None)
        self.count.setText(count_words(board))
        self._show_rows()

    def set_changeable(self, *, changeable: bool) -> None:
        """Whether anything can be added now."""
        self._changeable = changeable
        for one in (self.add, self.paste):
            one.setEnabled(changeable)
        self._show_current()

    def set_theme(self, theme: Theme) -> None:
        """Draw in the theme's colours."""
        self.list.set_theme(theme)
        for one, name in (
            (self.only_open, "approved"),
            (self.pins, "pin"),
            (self.paste, "paste"),
            (self.add, "open"),
        ):
            one.setIcon(line_icon(name, theme.text, theme.disabled))

    def select(self, remark: str) -> None:
        """Show a remark as chosen, without telling of it."""
        if self.only_open.isChecked() and remark in self._threads and self._threads[remark].closed:
            self.only_open.setChecked(False)
        self.list.select(remark)
        self._show_current()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As wide as what lies beside it."""
        return QSize(340, 400)

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.count, 1)
        for one in (self.only_open, self.pins, self.paste, self.add):
            head.addWidget(one)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.hint)
        self.reply.setMaxLength(LONGEST_REMARK)
        self.reply.setAcceptDrops(False)  # what is dropped is an answer
        ends = QHBoxLayout()
        ends.setSpacing(GAP)
        ends.addStretch(1)
        ends.addWidget(self.close_button)
        ends.addWidget(self.send)
        layout = column(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        layout.addLayout(head)
        layout.addWidget(pages, 1)
        layout.addWidget(self.reply)
        layout.addLayout(ends)
        self.setMinimumWidth(280)

    def _connect(self) -> None:
        self.only_open.toggled.connect(self._show_rows)
        self.paste.clicked.connect(self.paste_wanted)
        self.add.clicked.connect(self.add_wanted)
        self.list.chosen.connect(self._on_chosen)
        self.list.itemActivated.connect(self.reply.setFocus)
        self.reply.textEdited.connect(self._on_edited)
        self.reply.returnPressed.connect(self._send)
        self.send.clicked.connect(self._send)
        self.close_button.clicked.connect(self._close)

    @Slot()
    def _show_rows(self) -> None:
        board, only_open = self._board, self.only_open.isChecked()
        opinions = [opinion_row(one) for one in board.opinions] if board is not None else []
        remarks = [remark_row(one) for one in self._threads.values() if not (only_open and one.closed)]
        rows = [*opinions, *remarks]
        if len(rows) > MOST_ROWS:
            said = self.tr("… and {0} more. Close some to see them here.")
            rows[MOST_ROWS:] = [note_row(said.format(len(rows) - MOST_ROWS))]
        self.list.show_rows(rows)
        self._pages.setCurrentIndex(0 if opinions or remarks else 1)
        for switch in (self.only_open, self.pins):
            switch.setEnabled(bool(self._threads))
        for one in (self.reply, self.close_button, self.send):
            one.setVisible(bool(self._threads))
        self._show_current()

    def _show_current(self) -> None:
        thread = self._threads.get(self.list.current())
        for one in (self.reply, self.close_button):
            one.setEnabled(thread is not None and self._changeable)
        self.close_button.setText(self._close_words(closed=thread is not None and thread.closed))
        said = self.tr("Reply to remark {0}").format(thread.number) if thread else self.tr("Choose a remark")
        self.reply.setPlaceholderText(said)
        self.reply.setAccessibleName(said)
        draft = self._drafts.get(thread.remark.id, "") if thread else ""
        if self.reply.text() != draft:
            self.reply.setText(draft)
        self.send.setEnabled(self.reply.isEnabled() and bool(draft.strip()))

    def _close_words(self, *, closed: bool) -> str:
        return self.tr("Open again") if closed else self.tr("Close remark")

    @Slot(str)
    def _on_chosen(self, remark: str) -> None:
        self._show_current()
        self.chosen.emit(remark)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._drafts[self.list.current()] = text
        self.send.setEnabled(bool(text.strip()))

    @Slot()
    def _send(self) -> None:
        if self.send.isEnabled():
            self.reply_wanted.emit(self.list.current(), self.reply.text())

    @Slot()
    def _close(self) -> None:
        thread = self._threads[self.list.current()]
        self.close_wanted.emit(thread.remark.id, not thread.closed)
