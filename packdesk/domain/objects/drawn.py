"""What objects draw: closed paths with an ink, or a picture, each with its place on the panel.

Computed once; pixels, PDF, SVG and the window draw from the same values.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.objects.outline import bounds, polygon, rectangle, rounded
from packdesk.domain.objects.values import LEAST_SIDE_MM, Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.affine import Affine
    from packdesk.domain.objects.inks import Ink
    from packdesk.domain.objects.values import Shape


class InkedPath(NamedTuple):
    """A closed path, filled.

    Attributes:
        outline: as of `domain.objects.outline`, in millimetres of the object's box.
        ink: what it is filled with.
        even_odd: whether what lies within two of its parts is not filled.
    """

    outline: str
    ink: Ink
    even_odd: bool = False


class PlacedPicture(NamedTuple):
    """A picture that fills the unit square.

    Attributes:
        picture: SHA-256 of the picture in the library.
        place: from the unit square, y downwards, to millimetres of the object's box.
    """

    picture: str
    place: Affine


class DrawnObject(NamedTuple):
    """What one object draws, from the bottom to the top.

    Attributes:
        id: the object.
        kind: its kind.
        label: what it says, for people and for programs that read files.
        place: from its box to millimetres of the panel.
        opacity: of all of it together.
        parts: what is drawn.
        box: its width and height, unturned.
        is_guest: whether it runs on from another panel.
    """

    id: str
    kind: str
    label: str
    place: Affine
    opacity: float
    parts: tuple[InkedPath | PlacedPicture, ...]
    box: tuple[float, float] = (0.0, 0.0)
    is_guest: bool = False

    def corners_by(self, place: Affine) -> tuple[tuple[float, float], ...]:
        """The corners of its box where `place` puts the panel, from the upper left one clockwise."""
        whole, (width, height) = self.place.then(place), self.box
        return tuple(whole.point(*at) for at in ((0, 0), (width, 0), (width, height), (0, height)))

    def reach(self) -> Iterator[tuple[float, float]]:
        """The corners of what is drawn, on the panel."""
        for part in self.parts:
            if isinstance(part, InkedPath):
                box, place = bounds(part.outline), self.place
            else:
                box, place = (0.0, 0.0, 1.0, 1.0), part.place.then(self.place)
            if box is not None:
                left, top, right, bottom = box
                yield from (place.point(x, y) for x in (left, right) for y in (top, bottom))


def shape_parts(shape: Shape) -> tuple[InkedPath, ...]:
    """What a shape draws in its box."""
    if shape.form is Form.LINE:
        return _line(shape)
    outer = _outline(shape, 0)
    if shape.border is None or shape.thickness <= 0:
        return () if shape.ink is None else (InkedPath(outer, shape.ink),)
    solid = 2 * shape.thickness >= min(shape.width, shape.height)
    inner = "" if solid else _outline(shape, shape.thickness)
    border = InkedPath(outer + inner, shape.border, even_odd=True)
    # One through which what is beneath is seen must not be seen through its border.
    filled = inner if shape.opacity < 1 else outer
    return (border,) if shape.ink is None or not filled else (InkedPath(filled, shape.ink), border)


def _outline(shape: Shape, inset: float) -> str:
    width, height = shape.width - 2 * inset, shape.height - 2 * inset
    if shape.form is Form.ELLIPSE:
        return rounded(inset, inset, width, height, across=width / 2, down=height / 2)
    if shape.form is Form.ROUNDED:
        radius = max(0.0, min(shape.radius, shape.width / 2, shape.height / 2) - inset)
        return rounded(inset, inset, width, height, across=radius, down=radius)
    return rectangle(inset, inset, width, height)


def _line(shape: Shape) -> tuple[InkedPath, ...]:
    if shape.ink is None or shape.thickness <= 0:
        return ()
    width, height = (side if side > LEAST_SIDE_MM else 0.0 for side in (shape.width, shape.height))
    long = math.hypot(width, height)
    if not long:
        return ()
    right, down = -height / long * shape.thickness / 2, width / long * shape.thickness / 2
    corners = [(right, down), (width + right, height + down), (width - right, height - down), (-right, -down)]
    return (InkedPath(polygon(corners), shape.ink),)
