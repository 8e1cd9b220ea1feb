"""Codes as closed paths in millimetres: bars, white around them, and the number below.

Which modules are dark say python-barcode, segno and ppf.datamatrix; how large everything is, the GS1 General
Specifications, 5.2 (EAN, UPC), 5.3 (ITF-14), 5.12 (sizes by use). Those are followed from descriptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from packdesk.domain.affine import Affine
from packdesk.domain.objects.drawn import InkedPath
from packdesk.domain.objects.numbers import ARTICLE_DIGITS, check_value, waits_for_number
from packdesk.domain.objects.outline import numbers, rectangle
from packdesk.domain.objects.symbology import Symbology

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.domain.objects.values import Barcode

Modules = npt.NDArray[np.bool_]


class CodeSize(NamedTuple):
    """A kind of code at 100 %.

    Attributes:
        module: width of the narrowest bar in millimetres.
        before: modules of white on the left.
        behind: on the right.
        height: of the bars in millimetres; 0 where modules are square.
        per: entries of the pattern a module has.
        above: modules of white above and below.
    """

    module: float
    before: int
    behind: int
    height: float = 0.0
    per: int = 1
    above: int = 0


SIZES = {
    Symbology.EAN13: CodeSize(0.33, 11, 7, 22.85),
    Symbology.EAN8: CodeSize(0.33, 7, 7, 18.23),
    Symbology.UPCA: CodeSize(0.33, 9, 9, 22.85),
    Symbology.ITF14: CodeSize(0.495, 10, 10, 31.75, per=2),
    Symbology.CODE128: CodeSize(0.33, 10, 10, 15.0),
    Symbology.QR: CodeSize(0.5, 4, 4, above=4),
    Symbology.DATA_MATRIX: CodeSize(0.5, 1, 1, above=1),
}
GUARD_MODULES = 5
"""So much longer are the guard bars of EAN and UPC."""
_GUARDS = {
    Symbology.EAN13: (3, 45, 50, 92),
    Symbology.EAN8: (3, 31, 36, 64),
    Symbology.UPCA: (10, 45, 50, 85),
}
"""Where they end and begin, by modules: left, both sides of the middle, right."""
DIGIT_MM, _GAP_MM = 2.5, 0.3
"""Height of the digits at 100 %, and the white above them."""
_DIGIT_SHARE = 0.7
"""Height of a digit by the size of the typeface."""
_EQUAL_MODULES = 2
"""Width of bars and gaps that stand for a number which is not known yet: like that they are no code."""
_GAP_SHARE = 0.14
"""Half the height of the gap that goes through them, by theirs."""


@dataclass(frozen=True)
class DrawnCode:
    """A code in its box.

    Attributes:
        width: of the box, its white included, in millimetres.
        height: likewise.
        module: width of a module.
        bars: the dark parts.
        digits: the number below them; empty where there is none.
    """

    width: float
    height: float
    module: float
    bars: str
    digits: str

    def parts(self, code: Barcode) -> tuple[InkedPath, ...]:
        """What is drawn: white, and one path in one ink."""
        dark = InkedPath(self.bars + self.digits, code.ink)
        if code.plate is None:
            return (dark,)
        return InkedPath(rectangle(0, 0, self.width, self.height), code.plate), dark


def fitted(code: Barcode) -> Barcode:
    """The code with what it holds checked, and its box as large as that needs.

    Raises:
        InvalidInputError: it cannot hold that.
    """
    checked = code.model_copy(update={"value": check_value(code.symbology, code.value)})
    drawn = drawn_code(checked)
    return checked.model_copy(update={"width": drawn.width, "height": drawn.height})


def drawn_code(code: Barcode) -> DrawnCode:
    """What a code draws. Its value has been checked.

    One that waits for its number draws bars that are no code, with a gap across, and the field below.
    """
    return _drawn(code.symbology, code.value, code.magnification, code.reduction, code.digits)


@lru_cache(256)
def _drawn(kind: Symbology, value: str, magnification: float, reduction: float, digits: bool) -> DrawnCode:  # noqa: FBT001  (a key of the cache)
    size, scale = SIZES[kind], magnification / 100
    module, less = size.module * scale, reduction / 1000
    if not size.height:
        return _square(modules_of(kind, value), size, module, less)
    waits = waits_for_number(kind, value)
    pattern = _equal_bars(kind) if waits else modules_of(kind, value)[0]
    step, left, high = module / size.per, size.before * module, size.height * scale
    guards = _GUARDS.get(kind)
    deep = high + GUARD_MODULES * module if guards else high
    drawn = [
        (
            left + start * step + less / 2,
            (end - start) * step - less,
            deep if guards and not waits and _is_guard(start, guards) else high,
        )
        for start, end in _runs(pattern)
    ]
    bars = _parted(drawn, high) if waits else "".join(rectangle(x, 0, *sides) for x, *sides in drawn)
    width = (size.before + size.behind) * module + len(pattern) * step
    below = (
        _digits(kind, value, module, top=high + _GAP_MM * scale, scale=scale, width=width) if digits else ""
    )
    tall = max(deep, high + (_GAP_MM * 2 + DIGIT_MM) * scale) if digits else deep
    return DrawnCode(round(width, 4), round(tall, 4), module, bars, below)


def _equal_bars(kind: Symbology) -> npt.NDArray[np.bool_]:
    """As wide as a number is."""
    wide = len(modules_of(kind, "0" * ARTICLE_DIGITS[kind])[0])
    return np.asarray(np.arange(wide) // (_EQUAL_MODULES * SIZES[kind].per) % 2 == 0, bool)


def _parted(bars: Sequence[tuple[float, float, float]], high: float) -> str:
    """Bars, each as where it begins, its width and height, with a gap that rises through all of them."""
    first, last = bars[0][0], sum(bars[-1][:2])
    parts = []
    for x, width, tall in bars:
        middle = high * (1 - (x + width / 2 - first) / (last - first))
        above, below = middle - _GAP_SHARE * high, middle + _GAP_SHARE * high
        if above > 0:
            parts.append(rectangle(x, 0, width, above))
        if below < tall:
            parts.append(rectangle(x, below, width, tall - below))
    return "".join(parts)


def _is_guard(start: int, guards: tuple[int, int, int, int]) -> bool:
    first, middle, beyond, last = guards
    return start < first or middle <= start < beyond or start >= last


def modules_of(kind: Symbology, value: str) -> Modules:
    """(rows, columns) True where it is dark; one row for codes of bars."""
    # Libraries of single formats: windows start without them.
    if kind is Symbology.QR:
        import segno  # noqa: PLC0415  (see above)

        # Other letters are UTF-8, and declared as that (ECI 26): not every reader guesses it.
        plain = value.isascii()
        code = segno.make_qr(value, error="m", encoding=None if plain else "utf-8", eci=not plain)
        return np.array(code.matrix, bool)
    if kind is Symbology.DATA_MATRIX:
        from ppf.datamatrix import DataMatrix  # noqa: PLC0415  (see above)

        return np.array(DataMatrix(value).matrix, bool)
    return np.array([[letter == "1" for letter in _bars(kind, value)]])


def _bars(kind: Symbology, value: str) -> str:
    from barcode import EAN8, EAN13, ITF, UPCA, Code128  # noqa: PLC0415  (as above)

    writers: dict[Symbology, Any] = {
        Symbology.EAN13: EAN13,
        Symbology.EAN8: EAN8,
        Symbology.UPCA: UPCA,
        Symbology.ITF14: ITF,
        Symbology.CODE128: Code128,
    }
    (pattern,) = writers[kind](value).build()
    return str(pattern)


def _runs(row: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where dark runs begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    yield from ((int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True))


def _square(modules: Modules, size: CodeSize, module: float, less: float) -> DrawnCode:
    rows, columns = modules.shape
    left, top = size.before * module, size.above * module
    dark = np.pad(modules, 1)
    bars = []
    for row in range(rows):
        if not less:
            bars += [
                rectangle(left + start * module, top + row * module, (end - start) * module, module)
                for start, end in _runs(modules[row])
            ]
            continue
        for column in np.flatnonzero(modules[row]):
            here = int(column)
            # A side that borders on white moves inwards.
            before, behind = (not dark[row + 1, here + beside] for beside in (0, 2))
            above, below = (not dark[row + beside, here + 1] for beside in (0, 2))
            bars.append(
                rectangle(
                    left + here * module + before * less / 2,
                    top + row * module + above * less / 2,
                    module - (before + behind) * less / 2,
                    module - (above + below) * less / 2,
                )
            )
    width = (columns + size.before + size.behind) * module
    return DrawnCode(round(width, 4), round((rows + 2 * size.above) * module, 4), module, "".join(bars), "")


def _digits(kind: Symbology, value: str, module: float, *, top: float, scale: float, width: float) -> str:
    size = DIGIT_MM * scale / _DIGIT_SHARE
    baseline = top + DIGIT_MM * scale
    before = SIZES[kind].before * module
    middles = None if waits_for_number(kind, value) else _digit_middles(kind, value)
    if middles is None:
        return _line_of(value, size, width / 2, baseline)
    return "".join(
        _line_of(digit, size, before + at * module, baseline)
        for digit, at in zip(value, middles, strict=True)
    )


def _digit_middles(kind: Symbology, value: str) -> Sequence[float] | None:
    """Where the digits of an EAN or UPC stand, by modules from the first bar."""
    if kind is Symbology.EAN13:
        return [-6.5, *(3 + 7 * at + 3.5 for at in range(6)), *(50 + 7 * at + 3.5 for at in range(6))]
    if kind is Symbology.EAN8:
        return [*(3 + 7 * at + 3.5 for at in range(4)), *(36 + 7 * at + 3.5 for at in range(4))]
    if kind is Symbology.UPCA:
        inner = [*(10 + 7 * at + 3.5 for at in range(5)), *(50 + 7 * at + 3.5 for at in range(5))]
        return [-5.5, *inner, 95 + 5.5]
    del value
    return None


def _line_of(words: str, size: float, middle: float, baseline: float) -> str:
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # noqa: PLC0415  (as in `typeface`)

    typeface = _typeface()
    pen = DecomposingRecordingPen(typeface.glyphs)
    start = middle - typeface.width(words, size) / 2
    typeface.draw(words, size, pen, Affine.shift(start, baseline))
    return "".join(
        _PEN_LETTERS[step] + numbers(*(value for point in points for value in point))
        for step, points in pen.value
    )


_PEN_LETTERS = {"moveTo": "M", "lineTo": "L", "curveTo": "C", "closePath": "Z"}


@lru_cache(1)
def _typeface() -> Any:
    from packdesk.textures.typeface import Typeface  # noqa: PLC0415  (as above)

    return Typeface()
