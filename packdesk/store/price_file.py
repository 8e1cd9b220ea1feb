"""Prices the user has corrected: a JSON file beside the built-in table, whose models it replaces."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pydantic import ValidationError

from packdesk.domain.prices import BUILT_IN, PriceTable
from packdesk.domain.text import cut
from packdesk.errors import InvalidSettingError
from packdesk.files import write_atomically
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

_MAX_BYTES = 100_000


def read_prices(file: Path) -> PriceTable:
    """The built-in table with the models of the file in place of its own; blocks on the disk.

    Raises:
        InvalidSettingError: there is a file that is no table of prices.
    """
    if not os.path.lexists(file):
        return BUILT_IN
    try:
        return BUILT_IN.corrected(PriceTable.model_validate_json(_bytes(file)))
    except ValidationError as error:
        if not (place := _place(error)):
            raise _unreadable(file) from error
        raise InvalidSettingError(
            Sentence("The file of prices {file} cannot be read: {place} is wrong.", file=file, place=place),
            "Correct it, or move it away to have the built-in prices.",
        ) from error
    except (OSError, ValueError) as error:
        raise _unreadable(file) from error


def _unreadable(file: Path) -> InvalidSettingError:
    return InvalidSettingError(
        Sentence("The file of prices {file} cannot be read.", file=file),
        "Correct it, or move it away to have the built-in prices.",
    )


def begin_prices(file: Path) -> None:
    """Write the built-in table for the user to correct, unless there is a file already; blocks on the disk.

    Raises:
        InvalidSettingError: it cannot be written.
    """
    if os.path.lexists(file):
        return
    try:
        write_atomically(file, BUILT_IN.model_dump_json(indent=2).encode() + b"\n", private=True)
    except OSError as error:
        raise InvalidSettingError(
            Sentence("The file of prices {file} cannot be written.", file=file),
            "Check that its folder is yours and has free space.",
        ) from error


def _place(error: ValidationError) -> str:
    """Model and size of the first entry that is wrong, as `gemini-3-pro-image, 1K`; empty if it is all."""
    steps = [str(step) for step in error.errors(include_input=False)[0]["loc"]]
    return ", ".join(cut(step, 80) for step in steps if step not in {"models", "usd", "[key]"})


def _bytes(file: Path) -> bytes:
    if not file.is_file():  # a pipe may never end
        raise ValueError(file)
    with file.open("rb") as opened:
        return opened.read(_MAX_BYTES)  # a larger one is cut, and so refused
