"""Texts from outside, made fit to be shown: on one line, cut, and without marks that steer what shows them.

The state, bundles and records keep their texts whole; only what is shown is cut. The kinds of characters are
Unicode's general categories (Unicode Standard, section 4.5).
"""

from __future__ import annotations

import logging
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LINE_LENGTH = 2000
RECORD_LINES = 200
NAMES_SHOWN = 8
NAME_LENGTH = 40

# Controls and line ends become blanks. Format characters go, bidi overrides among them, but for the two that
# join letters and emoji. Halves of surrogate pairs cannot be written anywhere.
_INSTEAD = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": "\ufffd"}
_JOINERS = frozenset("\u200c\u200d")


def printable(text: str) -> str:
    """The text on one line, without control characters and overrides of the writing direction."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_printable, text))


def cut(text: str, length: int) -> str:
    """The printable text, at most `length` characters of it; an ellipsis is the last one if some are missing.

    What is left out is not looked at, so that a text of many megabytes costs no more than a short one.
    """
    shown = printable(text[: length + 1])
    return shown if len(text) <= length else shown[: length - 1] + "…"


def cut_names(names: Sequence[str], more: str, name: Callable[[str], str] = str) -> str:
    """Names with commas between them, each cut, and after `NAMES_SHOWN` of them how many there are beside.

    Args:
        names: what is listed; no more of it is looked at than is shown.
        more: words for the rest, with `{0}` for its number.
        name: from an entry to its name for people.
    """
    named = ", ".join(name(cut(one, NAME_LENGTH)) for one in names[:NAMES_SHOWN])
    rest = len(names) - NAMES_SHOWN
    return named if rest <= 0 else f"{named} {more.format(rest)}"


def _printable(char: str) -> str:
    if char in _JOINERS:
        return char
    if ord(char) & 0xFFFE == 0xFFFE:  # no characters, and XML holds none of them
        return "\ufffd"
    return _INSTEAD.get(unicodedata.category(char), char)


class PlainFormatter(logging.Formatter):
    """Formats records of a log so that nothing in them steers a terminal or fills a window."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's name)
        """The message on one line."""
        return cut(super().formatMessage(record), LINE_LENGTH)

    def format(self, record: logging.LogRecord) -> str:
        """The message, and the lines of a traceback below it."""
        lines = super().format(record).split("\n")
        return "\n".join(cut(line, LINE_LENGTH) for line in lines[:1] + lines[1:][-RECORD_LINES:])
