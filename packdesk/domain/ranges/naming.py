"""What the files of a row are called: by a pattern of fields, safe on every system, no two alike."""

from __future__ import annotations

import re
import string
import unicodedata
from typing import TYPE_CHECKING

from packdesk.domain.ranges.fields import FIELDS, Field
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.ranges.row import RangeRow

PATTERN = "{brand}-{product}-{row}"
ROW = "row"
REPORT, CONTACT_SHEET = "report", "contact-sheet"
"""Files of the range itself."""
OURS = ".packdesk"
"""The folder for what is known of it, among its files."""
_LONGEST = 120
"""Bytes: with an ending and what is written beside it, within the 255 every file system takes."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_ENDING = re.compile(r"(?:\.render|\.proof)?\.(?:pdf|png|glb|packdesk)\s*$", re.IGNORECASE)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names Windows keeps for devices, whatever their ending."""


def check_pattern(pattern: str) -> str:
    """Return the pattern.

    Raises:
        InvalidInputError: it names no field, an unknown one, or a folder, or a brace has no other one.
    """
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None]
    except ValueError as error:
        raise InvalidInputError(
            Sentence("A brace in the pattern “{pattern}” has no other one.", pattern=pattern[:60]),
            Sentence("Fields stand between two braces, as in {usual}.", usual=PATTERN),
        ) from error
    unknown = [name for name in names if name not in {*FIELDS, ROW}]
    if unknown or not names:
        raise InvalidInputError(
            Sentence("The pattern “{pattern}” names no field of a row.", pattern=pattern[:60]),
            Sentence("Use {names} in braces, as in {usual}.", names=", ".join((ROW, *FIELDS)), usual=PATTERN),
        )
    if _NOT_IN_NAMES.search(pattern):
        raise _leaves(pattern)
    return pattern


def file_name(row: RangeRow, pattern: str) -> str:
    """A row's name without an ending: what its column for it says, else by the pattern.

    An ending that files of a range have is left out: each kind of file has its own.

    Raises:
        InvalidInputError: the name leaves the folder, or nothing is left of it.
    """
    own = row.fields.get(Field.FILE)
    if own is not None and (_NOT_IN_NAMES.search(own) or own.startswith(".")):
        raise _leaves(own)
    text = own if own is not None else _filled(pattern, row.shown)
    name = _tidy(_ENDING.sub("", text))
    if not name:
        raise InvalidInputError("Nothing is left of the file's name.", "Write one with letters or digits.")
    if len(name.encode()) > _LONGEST:  # the number tells apart what is cut alike
        short = name.encode()[:_LONGEST].decode("utf-8", "ignore").strip(" .-_")
        name = f"{short}-{row.number}"
    taken = _DEVICES.fullmatch(name) or same_name(name).startswith(CONTACT_SHEET)
    return f"{name}_" if taken else name


def same_name(name: str) -> str:
    """What two names have in common that are one file on some systems."""
    return unicodedata.normalize("NFC", name).casefold()


def _filled(pattern: str, fields: Mapping[str, str]) -> str:
    parts = string.Formatter().parse(pattern)
    text = "".join(literal + (fields.get(name, "") if name else "") for literal, name, _, _ in parts)
    return re.sub(r"([-_ .])[-_ .]*\1", r"\1", text)  # around a field that says nothing


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", _NOT_IN_NAMES.sub("-", text)).strip(" .-_")


def _leaves(name: str) -> InvalidInputError:
    return InvalidInputError(
        Sentence("“{name}” is no name of a file in the folder.", name=name[:60]),
        "Leave out slashes, colons, quotation marks and a first dot.",
    )


def is_file_name(name: str) -> bool:
    """Whether it is the name of a file in some folder, and of none outside it, as `file_name` makes them."""
    return (
        0 < len(name.encode()) <= 2 * _LONGEST and not name.startswith(".") and not _NOT_IN_NAMES.search(name)
    )
