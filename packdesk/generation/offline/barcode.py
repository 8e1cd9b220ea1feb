"""An EAN-13 barcode: of the user's number, or of one no shop sells, as prefix 2 is for use inside a store."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from packdesk.domain.objects.numbers import check_digit
from packdesk.domain.tills import LEAST_MAGNIFICATION, NOMINAL_MODULE_MM
from packdesk.generation.offline.lettering import SANS_MEDIUM, set_line
from packdesk.generation.offline.style import seeded_random

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.generation.offline.canvas import Canvas

ASPECT = 0.6
"""Height of the whole code, with its white margin and digits, as a share of its width."""

_ODD = [f"{code:07b}" for code in (13, 25, 19, 61, 35, 49, 47, 59, 55, 11)]
_RIGHT = ["".join("10"[int(bit)] for bit in code) for code in _ODD]
_EVEN = [code[::-1] for code in _RIGHT]
_PARITIES = (
    "LLLLLL",
    "LLGLGG",
    "LLGGLG",
    "LLGGGL",
    "LGLLGG",
    "LGGLLG",
    "LGGGLL",
    "LGLGLG",
    "LGLGGL",
    "LGGLGL",
)
"""By the first digit, the codes of the six on the left (GS1 General Specifications, 5.2)."""
_GUARDS = (0, 2, 46, 48, 92, 94)
_BEFORE, _BEHIND = 11, 7
"""Modules of white on either side (GS1 General Specifications, 5.2.3.4: EAN-13)."""
_ALL = _BEFORE + 95 + _BEHIND
_WIDER = 0.12
"""Of a module: as much less than a whole pixel more still becomes one."""


def article_number(seed: int) -> str:
    """A sample: thirteen digits with a valid check digit."""
    digits = f"2{seeded_random(seed, 'article').randrange(10**11):011d}"
    return digits + check_digit(digits)


def modules(number: str) -> str:
    """The 95 modules of a number; 1 is black."""
    parity = _PARITIES[int(number[0])]
    left = "".join(
        (_ODD if kind == "L" else _EVEN)[int(digit)] for kind, digit in zip(parity, number[1:7], strict=True)
    )
    right = "".join(_RIGHT[int(digit)] for digit in number[7:])
    return f"101{left}01010{right}101"


class CodePlace(NamedTuple):
    """Where a code lies.

    Attributes:
        left: of the white before its bars, in millimetres.
        module: width of its narrowest bar in millimetres.
    """

    left: float
    module: float

    def at(self, place: float) -> float:
        """Where a module begins, counted from the first bar."""
        return self.left + (_BEFORE + place) * self.module


def till_width(pixels_per_mm: float) -> float:
    """Millimetres a code needs, with its white, so that tills read it: its bars are whole pixels."""
    pixels = math.ceil(NOMINAL_MODULE_MM * LEAST_MAGNIFICATION * pixels_per_mm)
    return pixels * _ALL / pixels_per_mm


def code_place(rect: QRectF, pixels_per_mm: float) -> CodePlace:
    """Bars that fill a rectangle in millimetres as far as whole pixels allow: none has a grey edge.

    Where there are fewer pixels than modules the edges are grey, and no resolution would mend it.
    """
    pixels = math.floor(rect.width() * pixels_per_mm / _ALL + _WIDER)
    if pixels < 1:
        return CodePlace(rect.left(), rect.width() / _ALL)
    first = round(rect.center().x() * pixels_per_mm - pixels * _ALL / 2)
    return CodePlace(first / pixels_per_mm, pixels / pixels_per_mm)


def paint_barcode(canvas: Canvas, rect: QRectF, number: str) -> CodePlace:
    """Paint the code on white, filling a rectangle in millimetres: a rectangle a bar, on whole pixels."""
    place = code_place(rect, canvas.pixels_per_mm)
    painter, ink = canvas.painter, QColor("#000000")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, place.module * canvas.pixels_per_mm < 1)
    width = _ALL * place.module
    painter.fillRect(QRectF(place.left, rect.top(), width, rect.height()).united(rect), QColor("#ffffff"))
    top = rect.top() + rect.height() * 0.08
    for first, length, guard in bars(number):
        height = rect.height() * (0.82 if guard else 0.74)
        painter.fillRect(QRectF(place.at(first), top, length * place.module, height), ink)
    painter.restore()
    _print_digits(canvas, rect, place, number, ink)
    return place


def bars(number: str) -> Iterator[tuple[int, int, bool]]:
    """First module, width in modules, and whether it guards, of every bar."""
    place = 0
    for bit, run in groupby(modules(number)):
        length = len(list(run))
        if bit == "1":
            yield place, length, place in _GUARDS
        place += length


def _print_digits(canvas: Canvas, rect: QRectF, place: CodePlace, number: str, ink: QColor) -> None:
    """The first digit stands before the bars, the others in two groups between the guards."""
    baseline = rect.bottom() - rect.height() * 0.05
    size = rect.height() * 0.095
    for text, middle, room in ((number[0], -5, 7), (number[1:7], 24.5, 38), (number[7:], 70.5, 38)):
        line = set_line(text, SANS_MEDIUM, 0.1)
        height = line.height_within(size, room * place.module)
        line.draw(canvas.painter, place.at(middle), baseline, height, ink)
