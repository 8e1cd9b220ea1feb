"""Closed paths as short text, the way SVG writes them: `M`, `L`, `C` and `Z` with absolute millimetres.

One text serves every format: SVG takes it as it is, PDF and Qt word by word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = r"-?\d{1,6}(?:\.\d{1,4})?"
PATTERN = rf"^(?:M{_NUMBER} {_NUMBER}(?:L{_NUMBER} {_NUMBER}|C{_NUMBER}(?: {_NUMBER}){{5}})*Z)*$"
OutlineData = Annotated[str, Field(max_length=16 * 2**20)]
_WHOLE = re.compile(PATTERN)
_STEP = re.compile(r"([MLCZ])([^MLCZ]*)")
KAPPA = 0.5522847498
"""How far the handles of a quarter circle reach, as a share of its radius (4/3 * (sqrt(2) - 1))."""


def is_outline(data: str) -> bool:
    """Whether it is a path as they are written here."""
    return _WHOLE.match(data) is not None


def number(value: float) -> str:
    """A length, to a micrometre."""
    return f"{round(value, 3) + 0:.3f}".rstrip("0").rstrip(".")  # + 0: no minus before nought


def numbers(*values: float) -> str:
    """Lengths with blanks between them."""
    return " ".join(map(number, values))


def steps(data: str) -> Iterator[tuple[str, Sequence[float]]]:
    """The path letter by letter, with its numbers: 2 for M and L, 6 for C, none for Z."""
    for letter, rest in _STEP.findall(data):
        yield letter, [float(one) for one in rest.split()]


def bounds(data: str) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom of a path's points and handles; None for nothing."""
    points = [one for _, places in steps(data) for one in places]
    if not points:
        return None
    return min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2])


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """An upright rectangle."""
    right, bottom = x + width, y + height
    return f"M{numbers(x, y)}L{numbers(right, y)}L{numbers(right, bottom)}L{numbers(x, bottom)}Z"


def rounded(x: float, y: float, width: float, height: float, *, across: float, down: float) -> str:
    """A rectangle whose corners are quarter ellipses.

    Args:
        x: left.
        y: top.
        width: of all.
        height: of all.
        across: half axis of the corners; at most half of the width is taken.
        down: the other half axis; likewise.
    """
    across, down = min(across, width / 2), min(down, height / 2)
    if min(across, down) <= 0:
        return rectangle(x, y, width, height)
    right, bottom = x + width, y + height
    kept_x, kept_y = across * (1 - KAPPA), down * (1 - KAPPA)
    return (
        f"M{numbers(x + across, y)}L{numbers(right - across, y)}"
        f"C{numbers(right - kept_x, y, right, y + kept_y, right, y + down)}"
        f"L{numbers(right, bottom - down)}"
        f"C{numbers(right, bottom - kept_y, right - kept_x, bottom, right - across, bottom)}"
        f"L{numbers(x + across, bottom)}"
        f"C{numbers(x + kept_x, bottom, x, bottom - kept_y, x, bottom - down)}"
        f"L{numbers(x, y + down)}"
        f"C{numbers(x, y + kept_y, x + kept_x, y, x + across, y)}Z"
    )


def polygon(points: Sequence[tuple[float, float]]) -> str:
    """Straight lines from point to point and back to the first."""
    return "M" + "L".join(numbers(*point) for point in points) + "Z"
