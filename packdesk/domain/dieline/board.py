"""Board: how thick it is and what its creases take, and the table of boards one may choose from.

Thicknesses of solid bleached board in points are those of a carton maker's table
(deprintedbox.com, *Paper Grammage (GSM), PT and Thickness*), those of flutes of packcalc.com,
*Corrugated Board Grades*, after the Fibre Box Association. A crease lies in the middle of the board:
EngView's help on FEFCO 0713 has each fold take half a thickness of the inside and give half to the outside.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass

from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

MOST_CALIPER_MM = 10.0
MOST_BOARDS, _MOST_NAME = 200, 60
_EXACT = 0.011  # losses and gains are given to a hundredth
HEADING = ("name", "caliper", "inside loss", "outside gain")


@dataclass(frozen=True)
class Board:
    """What a blank is cut from; millimetres.

    Attributes:
        name: what people call it.
        caliper: its thickness.
        inside_loss: from a crease to the inner face of the wall beside it.
        outside_gain: from a crease to the outer face of the wall beside it; with the loss it is the caliper.
    """

    name: str
    caliper: float
    inside_loss: float
    outside_gain: float

    def __post_init__(self) -> None:
        """Check the values; a name from elsewhere is cut.

        Raises:
            InvalidInputError: they are no board's.
        """
        object.__setattr__(self, "name", cut(self.name, _MOST_NAME))
        if not 0 < self.caliper <= MOST_CALIPER_MM:  # not a number is refused as well
            raise InvalidInputError(
                Sentence("Board of {value:g} mm is out of range.", value=self.caliper),
                Sentence("Use more than 0 and at most {limit:g} mm.", limit=MOST_CALIPER_MM),
            )
        least = min(self.inside_loss, self.outside_gain)
        if not (least >= 0 and abs(self.inside_loss + self.outside_gain - self.caliper) <= _EXACT):
            raise InvalidInputError(
                Sentence(
                    "The inside loss of {loss:g} mm and the outside gain of {gain:g} mm are not a board of "
                    "{caliper:g} mm.",
                    loss=self.inside_loss,
                    gain=self.outside_gain,
                    caliper=self.caliper,
                ),
                "Together they are the caliper; half of it each where nothing else is known.",
            )


def even_board(name: str, caliper: float) -> Board:
    """Board whose creases lie in its middle."""
    return Board(name, caliper, caliper / 2, caliper / 2)


BOARDS = (
    even_board("SBS 12 pt", 0.305),
    even_board("SBS 16 pt", 0.406),
    even_board("SBS 18 pt", 0.456),
    even_board("SBS 20 pt", 0.508),
    even_board("SBS 24 pt", 0.61),
    even_board("F flute", 0.8),
    even_board("E flute", 1.6),
    even_board("B flute", 3.2),
)
"""Those one may choose from without a table of one's own."""


def read_boards(text: str) -> tuple[Board, ...]:
    """Boards of a table: lines of name, caliper, inside loss, outside gain, parted by commas or semicolons.

    The last two may be missing, for creases in the middle. Empty lines, lines that begin with `#` and a
    heading say nothing: that is a line whose first cell is `name` and whose second is no length.

    Raises:
        InvalidInputError: a line is no board, a name comes twice, or there are too many.
    """
    found: dict[str, Board] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        board = _read_line(line, number)
        if board is None:
            continue
        if board.name in found or len(found) >= MOST_BOARDS:
            raise _bad(number, line)
        found[board.name] = board
    return tuple(found.values())


def boards_text(boards: tuple[Board, ...]) -> str:
    """The table as `read_boards` reads it."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\n")
    rows.writerow(HEADING)
    for board in boards:
        rows.writerow((board.name, f"{board.caliper:g}", f"{board.inside_loss:g}", f"{board.outside_gain:g}"))
    return written.getvalue()


def _read_line(line: str, number: int) -> Board | None:
    delimiter = ";" if ";" in line else ","
    cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    if not any(cells) or cells[0].startswith("#") or _is_heading(cells):
        return None
    try:
        lengths = [_length(cell) for cell in cells[1:]]
    except ValueError:
        raise _bad(number, line) from None
    name = cells[0]
    if not 0 < len(name) <= _MOST_NAME or not name.isprintable() or len(lengths) not in {1, 3}:
        raise _bad(number, line)
    try:
        return even_board(name, lengths[0]) if len(lengths) == 1 else Board(name, *lengths)
    except InvalidInputError as error:
        sentence = Sentence(
            "Line {number} of the table of boards, “{text}”: {reason}",
            number=number,
            text=line[:60],
            reason=error.sentence,
        )
        raise InvalidInputError(sentence, error.remedy) from error


def _is_heading(cells: list[str]) -> bool:
    """Whether a line names its columns, in whatever language calls a name so."""
    if cells[0].casefold() != HEADING[0]:
        return False
    try:
        _length(cells[1] if len(cells) > 1 else "")
    except ValueError:
        return True
    return False


def _length(cell: str) -> float:
    value = float(cell.replace(",", "."))
    if not math.isfinite(value):
        raise ValueError
    return value


def _bad(number: int, line: str) -> InvalidInputError:
    return InvalidInputError(
        Sentence(
            "Line {number} of the table of boards cannot be read: “{text}”.", number=number, text=line[:60]
        ),
        "Write name; caliper; inside loss; outside gain, in millimetres, each name once.",
    )


def find_board(boards: tuple[Board, ...], name: str) -> Board:
    """The board of that name, whatever case it is written in.

    Raises:
        InvalidInputError: there is none.
    """
    for board in boards:
        if board.name.casefold() == name.strip().casefold():
            return board
    raise InvalidInputError(
        Sentence("There is no board “{text}”.", text=name[:60]),
        Sentence("Use one of {boards}, or none.", boards=", ".join(board.name for board in boards)),
    )
