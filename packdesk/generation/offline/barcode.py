"""An EAN-13 barcode: of the user's number, or of one no shop sells, as prefix 2 is for use inside a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from packdesk.domain.pack_words import check_digit
from packdesk.generation.offline.lettering import SANS_MEDIUM, set_line
from packdesk.generation.offline.style import seeded_random

if TYPE_CHECKING:
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
_QUIET = 10  # modules of white on either side


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


def paint_barcode(canvas: Canvas, rect: QRectF, number: str) -> None:
    """Paint the code on white, filling a rectangle in millimetres."""
    bits = modules(number)
    painter, ink = canvas.painter, QColor("#111111")
    painter.fillRect(rect, QColor("#ffffff"))
    module = rect.width() / (len(bits) + 2 * _QUIET)
    for place, bit in enumerate(bits):
        if bit == "1":
            left = rect.left() + (place + _QUIET) * module
            length = rect.height() * (0.82 if place in _GUARDS else 0.74)
            painter.fillRect(QRectF(left, rect.top() + rect.height() * 0.08, module, length), ink)
    _print_digits(canvas, rect, number, ink)


def _print_digits(canvas: Canvas, rect: QRectF, number: str, ink: QColor) -> None:
    """The first digit stands before the bars, the others in two groups between the guards."""
    module = rect.width() / (95 + 2 * _QUIET)
    baseline = rect.bottom() - rect.height() * 0.05
    size = rect.height() * 0.095
    for text, middle, room in ((number[0], -5, 7), (number[1:7], 24.5, 38), (number[7:], 70.5, 38)):
        line = set_line(text, SANS_MEDIUM, 0.1)
        height = line.height_within(size, room * module)
        line.draw(canvas.painter, rect.left() + (_QUIET + middle) * module, baseline, height, ink)


def module_width(rect: QRectF) -> float:
    """Millimetres of the narrowest bar of a code that fills the rectangle."""
    return rect.width() / (95 + 2 * _QUIET)
