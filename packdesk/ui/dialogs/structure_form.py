"""What shapes a blank besides its measures: the board, which size is meant, tuck flaps, glue flap."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSpinBox

from packdesk.domain.dieline.board import BOARDS
from packdesk.domain.dieline.build import MOST_NICKS, OPTION_LIMITS_MM
from packdesk.domain.dieline.structures import STRUCTURES, Closing, has_tucks, notched_ends
from packdesk.domain.dieline.tucks import USUAL_TUCK_MM, tuck_depth
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, Hand, Lock, Sized
from packdesk.ui.length_field import LengthField
from packdesk.ui.parts import choice_box, tip
from packdesk.ui.usual_field import UsualField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.dieline.board import Board
    from packdesk.domain.dimensions import Dimensions, PackageType

_NOMINAL = ""


class StructureForm(QObject):
    """Widgets for others to place.

    Signals:
        edited: something was set.
    """

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._boards: dict[str, Board] = {}
        self.board = choice_box(self.tr("Board"), ())
        self.sized = choice_box(self.tr("Size set is"), self._sizes())
        self.lock = choice_box(self.tr("Tuck lock"), self._locks())
        self.glue_side = choice_box(self.tr("Glue side"), self._hands())
        self.tuck = UsualField(OPTION_LIMITS_MM["tuck"], USUAL_TUCK_MM, steps_in_a_unit=2)
        self.tuck.setAccessibleName(self.tr("Tuck flap"))
        self.notch = QCheckBox(self.tr("Thumb notch"))
        self.flap_art = QCheckBox(self.tr("Print tuck flaps"))
        self.telescope = QCheckBox(self.tr("Telescoping lid"))
        words = self.tr("Label and top are a lid that goes over a tube of bare board with the bottom.")
        self.telescope.setToolTip(tip(words))
        self.flap_art.setToolTip(tip(self.tr("Artwork goes on over tuck and dust flaps, never under glue.")))
        words = self.tr("Its thickness is allowed for at every crease. Nominal: it is not.")
        self.board.setToolTip(tip(words))
        self._make_nicks()
        self.use_boards(BOARDS)
        for box in (self.board, self.sized, self.lock, self.glue_side):
            box.currentIndexChanged.connect(self.edited)
        self.tuck.edited.connect(self.edited)
        for check in (self.notch, self.flap_art, self.telescope):
            check.toggled.connect(self.edited)

    def _make_nicks(self) -> None:
        self.nicks = QSpinBox()
        self.nicks.setRange(0, MOST_NICKS)
        self.nicks.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.nicks.setAccessibleName(self.tr("Nicks"))
        self.nick_width = LengthField(0, OPTION_LIMITS_MM["nick_width"], steps_in_a_unit=10)
        self.nick_width.setAccessibleName(self.tr("Width of a nick"))
        words = self.tr("Gaps of the knife around each piece, which hold the blank in its sheet.")
        for field in (self.nicks, self.nick_width):
            field.setToolTip(tip(words))
        self.nicks.valueChanged.connect(self.edited)
        self.nick_width.edited.connect(self.edited)

    def use_boards(self, boards: Iterable[Board]) -> None:
        """Offer these boards, and nominal blanks."""
        chosen = self.board.currentData()
        self._boards = {board.name: board for board in boards}
        with QSignalBlocker(self.board):
            self.board.clear()
            self.board.addItem(self.tr("Nominal"), _NOMINAL)
            for name in self._boards:
                self.board.addItem(name, name)
            self.board.setCurrentIndex(max(self.board.findData(chosen), 0))

    def show_options(self, options: DielineOptions) -> None:
        """Show what is set."""
        board = options.board
        if board is not None and self._boards.get(board.name) != board:
            self.use_boards((*(one for one in self._boards.values() if one.name != board.name), board))
        with QSignalBlocker(self):
            self.board.setCurrentIndex(self.board.findData(board.name if board else _NOMINAL))
            self.sized.setCurrentIndex(self.sized.findData(options.sized))
            self.lock.setCurrentIndex(self.lock.findData(options.lock))
            self.glue_side.setCurrentIndex(self.glue_side.findData(options.glue_side))
            self.notch.setChecked(options.notch)
            self.flap_art.setChecked(options.flap_art)
            self.telescope.setChecked(options.telescope)
            self.nicks.setValue(options.nicks)
            self.nick_width.show_value(options.nick_width)
            self.tuck.show_own(options.tuck)

    def applied(self, options: DielineOptions) -> DielineOptions:
        """The options with what is set here."""
        return replace(
            options,
            board=self._boards.get(self.board.currentData()),
            sized=Sized(self.sized.currentData()),
            lock=Lock(self.lock.currentData()),
            glue_side=Hand(self.glue_side.currentData()),
            tuck=self.tuck.own,
            notch=self.notch.isChecked(),
            flap_art=self.flap_art.isChecked(),
            telescope=self.telescope.isChecked(),
            nicks=self.nicks.value(),
            nick_width=self.nick_width.millimetres(),
        )

    def show_for(self, package_type: PackageType, size: Dimensions, options: DielineOptions) -> None:
        """Allow what a package can have, and show how deep its tuck flaps are by themselves."""
        box = package_type == "box"
        ends = STRUCTURES.get(options.style, ()) if box else ()
        tucked = box and has_tucks(options.style)
        for widget in (self.lock, self.tuck):
            widget.setEnabled(tucked)
        self.notch.setEnabled(box and bool(notched_ends(options.style)))
        self.glue_side.setEnabled(bool(ends))
        self.telescope.setEnabled(not box)
        folded = any(end.closing not in {Closing.GLUED, Closing.OPEN} for end in ends)
        self.flap_art.setEnabled(folded or (box and options.style is DielineStyle.MAILER))
        self.sized.setEnabled(options.board is not None)
        self.tuck.show_usual(tuck_depth(size, replace(options, tuck=None)))

    def _sizes(self) -> tuple[tuple[object, str], ...]:
        return (
            (Sized.CREASE, self.tr("Crease to crease")),
            (Sized.INSIDE, self.tr("Inside")),
            (Sized.OUTSIDE, self.tr("Outside")),
        )

    def _locks(self) -> tuple[tuple[object, str], ...]:
        return (
            (Lock.NONE, self.tr("None")),
            (Lock.FRICTION, self.tr("Friction lock")),
            (Lock.SLIT, self.tr("Slit lock")),
        )

    def _hands(self) -> tuple[tuple[object, str], ...]:
        return ((Hand.LEFT, self.tr("Left")), (Hand.RIGHT, self.tr("Right")))
