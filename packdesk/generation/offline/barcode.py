"""An EAN-13 barcode with a number no shop sells: prefix 2 is reserved for use inside a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from packdesk.generation.offline.lettering import SANS_MEDIUM, set_line
from packdesk.generation.offline.style import seeded_random

if TYPE_CHECKING:
    from packdesk.generation.offline.canvas import Canvas

ASPECT = 0.6
"""Height of the whole code, with its white margin and digits, as a share of its width."""

_ODD = [f"{code:07b}" for code in (13, 25, 19, 61, 35, 49, 47, 59, 55, 11)]
_RIGHT = ["".join("10"[int(bit)] for bit in code) for code in _ODD]
_EVEN = [code[::-1] for code in _RIGHT]
_PARITY_OF_2 = (_ODD, _ODD, _EVEN, _EVEN, _ODD, _EVEN)
_GUARDS = (0, 2, 46, 48, 92, 94)
_QUIET = 10  # modules of white on either side


def article_number(seed: int) -> str:
    """Thirteen digits with a valid check digit."""
    digits = f"2{seeded_random(seed, 'article').randrange(10**11):011d}"
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-weighted % 10)


def modules(number: str) -> str:
    """The 95 modules of a number that begins with 2; 1 is black."""
    left = "".join(codes[int(digit)] for codes, digit in zip(_PARITY_OF_2, number[1:7], strict=True))
    right = "".join(_RIGHT[int(digit)] for digit in number[7:])
    return f"101{left}01010{right}101"


def paint_barcode(canvas: Canvas, rect: QRectF, seed: int) -> None:
    """Paint the code on white, filling a rectangle in millimetres."""
    number = article_number(seed)
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
