"""What a window does with remarks: their dock, made when it is opened first, and the pins over the views."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from packdesk.ui.dropping import last_folder, noted
from packdesk.ui.translation import translate
from packdesk.ui.window.dock_title import titled_dock
from packdesk.ui.window.late_dock import LatePlace

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow

    from packdesk.domain.remarks import Board, Thread
    from packdesk.jobs.review_controller import ReviewController
    from packdesk.services.reviews import TakenAnswer
    from packdesk.ui.remarks.pins import Pin, PinLayer
    from packdesk.ui.remarks.remarks_panel import RemarksPanel
    from packdesk.ui.theme import Theme
    from packdesk.ui.view.centre import Centre

FIRST_SIZE = QSize(350, 400)
MOST_PINS = 300
"""At once: more would hide each other, and slow the views down."""


class Remarks(QObject):
    """Shows what reviewers say, and carries out what is asked for in the dock.

    Args:
        window: the dock's.
        reviews: what was said.
        pins: the switch of the pins.
        centre: has the views.
        theme: the dock's colours.

    Attributes:
        dock: closed at first.
        panel: what is in it, once it was opened.
        layers: the pins over the views, once there are any.

    Signals:
        place_wanted: a `Place` on a panel to look at.
        told: a sentence for the status bar.
    """

    place_wanted = Signal(object)
    told = Signal(str)

    def __init__(
        self, window: QMainWindow, reviews: ReviewController, pins: QAction, centre: Centre, theme: Theme
    ) -> None:
        super().__init__(window)
        self.panel: RemarksPanel | None = None
        self.layers: tuple[PinLayer, ...] = ()
        self._window, self._reviews, self._pins, self._centre = window, reviews, pins, centre
        self._theme = theme
        self._chosen = ""
        self._alone, self._changeable = False, True
        self._place = LatePlace(FIRST_SIZE)
        self.dock = titled_dock(window, "remarks", translate("remarks", "Remarks"), self._place, self._place)
        self._place.opened.connect(self._open)
        pins.setChecked(True)
        pins.toggled.connect(self._show_pins)
        reviews.changed.connect(self._show_board)
        reviews.taken.connect(self._show_taken)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the theme's colours."""
        self._theme = theme
        if self.panel is not None:
            self.panel.set_theme(theme)

    @Slot(str)
    def follow_connection(self, connection: str) -> None:
        """Where a design is only looked at, nothing is kept that is said of it."""
        self._changeable = connection != "review"
        if self.panel is not None:
            self.panel.set_changeable(changeable=self._changeable)

    @Slot(bool)
    def set_alone(self, alone: bool) -> None:  # noqa: FBT001  (a slot)
        """Whether the picture is shown alone, without pins."""
        self._alone = alone
        self._show_pins()

    @Slot(str)
    def choose(self, remark: str) -> None:
        """Choose a remark everywhere, and show its panel."""
        self._chosen = remark
        self._show_pins()
        thread = self._thread(remark)
        if self.panel is not None:
            self.panel.select(remark)
        if thread is not None and thread.remark.panel:
            self.place_wanted.emit(self._pin(thread).place)

    @Slot(str)
    def open_at(self, remark: str) -> None:
        """Show the dock at a remark: its pin was clicked."""
        self.show()
        self.choose(remark)

    @Slot()
    def show(self) -> None:
        """Bring the dock to the front."""
        self.dock.show()
        self.dock.raise_()

    @Slot()
    def add(self) -> None:
        """Let the user choose answers that came back."""
        kinds = self.tr("Answers of reviewers (*.json)")
        title = self.tr("Open answers")
        files, _ = QFileDialog.getOpenFileNames(self._window, title, last_folder(), kinds)
        if files:
            self._reviews.take([noted(Path(file)) for file in files])

    @Slot()
    def paste(self) -> None:
        """Take the answer that was copied as text."""
        self._reviews.take_text(QGuiApplication.clipboard().text())

    @Slot()
    def _open(self) -> None:
        if self.panel is None:
            self.panel = self._made()
            self._show_board(self._reviews.board)
            self.panel.select(self._chosen)

    def _made(self) -> RemarksPanel:
        from packdesk.ui.remarks.remarks_panel import RemarksPanel  # noqa: PLC0415  (most windows go without)

        panel = RemarksPanel()
        panel.set_theme(self._theme)
        panel.set_changeable(changeable=self._changeable)
        panel.pins.setChecked(self._pins.isChecked())
        panel.pins.toggled.connect(self._pins.setChecked)
        self._pins.toggled.connect(panel.pins.setChecked)
        panel.add_wanted.connect(self.add)
        panel.paste_wanted.connect(self.paste)
        panel.chosen.connect(self.choose)
        panel.reply_wanted.connect(self._reviews.reply)
        panel.close_wanted.connect(self._reviews.set_closed)
        self._place.fill(panel, panel.list)
        return panel

    @Slot(object)
    def _show_board(self, board: Board | None) -> None:
        if self.panel is not None:
            self.panel.show_board(board)
        if self._thread(self._chosen) is None:
            self._chosen = ""
        self._show_pins()

    @Slot(object)
    def _show_taken(self, taken: TakenAnswer) -> None:
        from packdesk.ui.remarks.words import taken_words  # noqa: PLC0415  (as above)

        self.show()
        self.told.emit(taken_words(taken))

    @Slot()
    def _show_pins(self) -> None:
        board = self._reviews.board
        threads = board.threads if board is not None else ()
        pinned = [
            self._pin(one)
            for one in threads
            if one.remark.panel and (not one.closed or one.remark.id == self._chosen)
        ]
        pinned = [one for one in pinned[:MOST_PINS] if one.remark != self._chosen] + [
            one for one in pinned if one.remark == self._chosen
        ]
        if pinned and not self.layers:
            self.layers = self._made_layers()
        for layer in self.layers:
            layer.show_pins(pinned, self._chosen)
            layer.setVisible(self._pins.isChecked() and bool(pinned) and not self._alone)

    def _made_layers(self) -> tuple[PinLayer, PinLayer]:
        from packdesk.ui.remarks.pins import SMALL, PinLayer  # noqa: PLC0415  (as above)

        view, flat = self._centre.view, self._centre.flat
        solid, sheet = PinLayer(view, view.spots), PinLayer(flat, flat.spots, SMALL)
        view.camera_moved.connect(solid.follow)
        for layer in (solid, sheet):
            layer.clicked.connect(self.open_at)
        return solid, sheet

    def _thread(self, remark: str) -> Thread | None:
        board = self._reviews.board
        return next((one for one in board.threads if one.remark.id == remark), None) if board else None

    @staticmethod
    def _pin(thread: Thread) -> Pin:
        from packdesk.ui.remarks.pins import Pin  # noqa: PLC0415  (as above)
        from packdesk.ui.remarks.words import pin_words  # noqa: PLC0415  (as above)
        from packdesk.viewer.pinning import Place  # noqa: PLC0415  (as above)

        said = thread.remark
        place = Place(said.panel, said.u, said.v)
        return Pin(said.id, thread.number, place, thread.closed, pin_words(thread))
