"""Affine maps of the plane: shift, scale, turn, mirror, and one after the other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from packdesk.domain.curves import Point2

_QUARTERS = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))
"""Cosine and sine of each quarter turn, without the rounding of a computed one."""


class Affine(NamedTuple):
    """Maps (x, y) to (a x + c y + e, b x + d y + f), as PDF and SVG write matrices."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @classmethod
    def shift(cls, right: float, down: float) -> Affine:
        """Moves."""
        return cls(e=right, f=down)

    @classmethod
    def scaling(cls, across: float, down: float) -> Affine:
        """Scales about (0, 0)."""
        return cls(a=across, d=down)

    @classmethod
    def turning(cls, turns: int, degrees: float = 0.0) -> Affine:
        """Turns clockwise about (0, 0), where y runs downwards: quarter turns, and degrees besides."""
        cosine, sine = _QUARTERS[turns % 4]
        if degrees:
            angle = math.radians(90 * turns + degrees)
            cosine, sine = math.cos(angle), math.sin(angle)
        return cls(cosine, sine, -sine, cosine)

    def then(self, other: Affine) -> Affine:
        """This map, and the other one after it."""
        a, b, c, d, e, f = self
        return Affine(
            other.a * a + other.c * b,
            other.b * a + other.d * b,
            other.a * c + other.c * d,
            other.b * c + other.d * d,
            other.a * e + other.c * f + other.e,
            other.b * e + other.d * f + other.f,
        )

    def inverse(self) -> Affine:
        """The map back.

        Raises:
            ZeroDivisionError: it flattens the plane.
        """
        a, b, c, d, e, f = self
        scale = 1 / (a * d - b * c)
        return Affine(
            d * scale,
            -b * scale,
            -c * scale,
            a * scale,
            (c * f - d * e) * scale,
            (b * e - a * f) * scale,
        )

    def point(self, x: float, y: float) -> Point2:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def is_upright(self) -> bool:
        """Whether upright rectangles stay upright rectangles, perhaps turned by quarters."""
        least = 1e-9 * max(map(abs, self[:4]))
        return max(abs(self.b), abs(self.c)) <= least or max(abs(self.a), abs(self.d)) <= least
