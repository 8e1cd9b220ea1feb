"""Quotations in a text, each from an opening mark to the closing one that belongs to it.

Pairs are those of English, German, French, Danish and Finnish typography (Unicode Standard, section 6.2), and
typewriters' marks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_LETTERS, MOST_LETTERS_SINGLE = 2000, 200

_CLOSING = {
    '"': '"',
    "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{DOUBLE LOW-9 QUOTATION MARK}": "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
}
_DOUBLE = "".join(_CLOSING) + '"'
_SINGLE = re.compile(
    rf"(?<!\w)(?:'([^\n]{{1,{MOST_LETTERS_SINGLE}}}?)['\u2019]"
    rf"|\u2018([^\n]{{1,{MOST_LETTERS_SINGLE}}}?)\u2019"
    rf"|\u201a([^\n]{{1,{MOST_LETTERS_SINGLE}}}?)[\u2018\u2019])(?!\w)"
)
_BEGINS = re.compile(rf"[{_DOUBLE}]|(?<!\w)['\u2018\u201a]")


class Quotation(NamedTuple):
    """A quotation.

    Attributes:
        start, end: where it stands, its marks included.
        text: what stands between them.
    """

    start: int
    end: int
    text: str


def quotations(text: str) -> list[Quotation]:
    """Those of a text in their order; what is quoted within a quotation is a part of it.

    One that its own mark does not close ends at whatever double mark is next, as people mix them.
    """
    found: list[Quotation] = []
    place = 0
    while begun := _BEGINS.search(text, place):
        one = _quotation(text, begun.start())
        if one is not None:
            found.append(one)
        place = begun.end() if one is None else one.end
    return found


def _quotation(text: str, start: int) -> Quotation | None:
    if text[start] not in _CLOSING:
        single = _SINGLE.match(text, start)
        return Quotation(start, single.end(), text[start + 1 : single.end() - 1]) if single else None
    line = text[start : start + MOST_LETTERS + 2].partition("\n")[0]
    end = _own_end(line) or _any_end(line)
    return Quotation(start, start + end + 1, line[1:end]) if end > 1 else None


def _own_end(line: str) -> int:
    """Where the mark stands that closes the one at 0; 0 if none does."""
    if line[0] in _CLOSING[line[0]]:  # nothing nests in its own kind
        return max(0, line.find(line[0], 1))
    open_marks = [line[0]]
    for place in range(1, len(line)):
        mark = line[place]
        if mark in _CLOSING[open_marks[-1]] and not _opens(line, place):
            open_marks.pop()
        elif mark == line[0] or (mark in _CLOSING and _opens(line, place)):
            open_marks.append(mark)
        if not open_marks:
            return place
    return 0


def _opens(line: str, place: int) -> bool:
    """Whether a mark stands as an opening one does: some pairs close with what opens another's."""
    return line[place - 1].isspace() and line[place + 1 : place + 2].isalnum()


def _any_end(line: str) -> int:
    found = re.search(rf"[{_DOUBLE}]", line[1:])
    return found.start() + 1 if found else 0
