"""The boards one may choose from: the table of one's own beside the settings, else the built-in one."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from packdesk.chosen_file import read_chosen
from packdesk.domain.dieline.board import BOARDS, boards_text, even_board, find_board, read_boards
from packdesk.errors import InvalidInputError, InvalidSettingError
from packdesk.files import write_atomically
from packdesk.sentence import Sentence
from packdesk.settings.file import settings_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packdesk.domain.dieline.board import Board
    from packdesk.domain.dieline.values import DielineOptions

_REMEDY = Sentence("Correct it, or move it away to choose from the built-in boards.")
NOMINAL = "none"
"""The name that stands for a nominal blank."""
_MOST_BYTES = 200_000
_log = logging.getLogger(__name__)


def boards_file() -> Path:
    """Where the table of one's own is."""
    return settings_file().with_name("boards.csv")


def known_boards() -> tuple[Board, ...]:
    """The boards to choose from.

    Raises:
        InvalidInputError: a line of one's own table is no board; the sentence ends with the file.
        InvalidSettingError: the table cannot be read.
    """
    file = boards_file()
    try:
        if not os.path.lexists(file):
            return BOARDS
        text = read_chosen(file, _MOST_BYTES, InvalidSettingError, _REMEDY).decode("utf-8")
    except ValueError as error:
        raise InvalidSettingError(
            Sentence("The table of boards {file} cannot be read.", file=file), _REMEDY
        ) from error
    try:
        return read_boards(text) or BOARDS
    except InvalidInputError as error:
        sentence = Sentence("{reason} The table is {file}.", reason=error.sentence, file=file)
        raise InvalidInputError(sentence, error.remedy) from error


def usable_boards() -> tuple[Board, ...]:
    """The same where nobody can be told: of a table with a fault only the log says so."""
    try:
        return known_boards()
    except (InvalidInputError, InvalidSettingError) as error:
        _log.warning("%s The built-in boards are offered.", error.sentence)
        return BOARDS


def write_boards() -> Path:
    """Write the built-in boards as a table of one's own; returns the file.

    Raises:
        InvalidInputError: there is one already.
        InvalidSettingError: it cannot be written.
    """
    file = boards_file()
    if os.path.lexists(file):  # a link that leads nowhere is somebody's, too
        raise InvalidInputError(
            Sentence("There is a table of boards already: {file}.", file=file), "Edit it, or move it away."
        )
    try:
        write_atomically(file, boards_text(BOARDS).encode(), private=True)
    except OSError as error:
        raise InvalidSettingError(
            Sentence("The table of boards {file} cannot be written.", file=file),
            "Check that its folder is yours and has free space.",
        ) from error
    return file


def board_named(name: str) -> Board | None:
    """The board of a setting; None for none, and where the table has it no longer, which the log says."""
    if name in {"", NOMINAL}:
        return None
    try:
        return find_board(usable_boards(), name)
    except InvalidInputError as error:
        _log.warning("%s The blank is nominal.", error.sentence)
        return None


def with_board(shown: DielineOptions, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a blank, its board by name, as values of `DielineOptions`.

    On a design that has a board, a caliper by itself is one of that thickness, creased in its middle.

    Raises:
        InvalidInputError: there is no such board.
    """
    values = dict(said)
    name, caliper = values.pop("board", None), values.get("caliper")
    if name is not None:
        values["board"] = None if name.casefold() == NOMINAL else find_board(known_boards(), name)
    elif caliper is not None and shown.board is not None:
        values["board"] = even_board(f"{caliper:g} mm", caliper) if caliper else None
    return values
