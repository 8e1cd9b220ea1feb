"""The blank seen from its inside: what is printed there as a second side, and where glue wants bare board.

The sheet is turned over about its upright axis, as a press turns it: left and right change places, top stays.
Walls have their artwork upright, as outside. Lids and discs have it turned by half: so it is read by whoever
opens the package from its front, on an open lid and on the floor.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from packdesk.domain.curves import Arc, Path, Segment
from packdesk.domain.dieline.build import blank_plates
from packdesk.domain.dieline.fold import fold_plates, folded, in_space
from packdesk.domain.dieline.glued import GLUED_ROLES
from packdesk.domain.dieline.outline import polygon
from packdesk.domain.dieline.printed import picture_points
from packdesk.domain.dieline.values import Dieline, Line, LineType, Measure, PlacedPanel, Rotation
from packdesk.domain.dieline.wrap import wrap_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.curves import Curve
    from packdesk.domain.geometry import FloatArray

_LIDS = frozenset({"top", "bottom"})
_NOTHING_MM = 1e-6
_NEAR_CALIPERS, _NEAR_MM = 6.0, 3.0
"""So far from a wall's plane a flap may lie that is glued to it."""


class Shares(NamedTuple):
    """An upright rectangle of a panel's picture, in shares of its width and height from its upper left."""

    left: float
    top: float
    right: float
    bottom: float


def seen_from_inside(dieline: Dieline) -> Dieline:
    """The same blank turned over; its panels are those of the inside. Flaps have no artwork there.

    Glue lies where flaps are glued onto panels, not on the flaps.
    """
    width = dieline.width
    turned = [replace(line, path=_turned_over(line.path, width)) for line in dieline.lines]
    return replace(
        dieline,
        options=replace(dieline.options, flap_art=False),
        lines=(*(line for line in turned if line.kind is not LineType.GLUE), *_glue_lines(dieline)),
        panels=tuple(_inside(panel, width) for panel in dieline.panels),
        measures=tuple(
            Measure(
                (width - one.end[0], one.end[1]), (width - one.start[0], one.start[1]), one.offset, one.length
            )
            for one in dieline.measures
        ),
    )


def _inside(panel: PlacedPanel, width: float) -> PlacedPanel:
    half = 180 if panel.panel_id in _LIDS else 0
    rotation = cast("Rotation", (360 - panel.rotation + half) % 360)
    return replace(
        panel,
        x=width - panel.x - panel.sheet_size[0],
        rotation=rotation,
        artwork=_turned_over(panel.artwork, width),
    )


def _turned_over(path: Path, width: float) -> Path:
    """Walked the other way, so that what ran clockwise still does."""
    return Path(tuple(_turned_curve(curve, width) for curve in reversed(path.curves)), path.closed)


def _turned_curve(curve: Curve, width: float) -> Curve:
    if isinstance(curve, Segment):
        return Segment(width - curve.x2, curve.y2, width - curve.x1, curve.y1)
    return Arc(width - curve.x, curve.y, curve.radius, 180.0 - curve.start_angle - curve.sweep, curve.sweep)


def inside_points(panel: PlacedPanel, width: float, points: FloatArray) -> FloatArray:
    """Places in the picture of a panel's inside, as of `picture_points`, of points on the outside's sheet.

    Args:
        panel: as of `seen_from_inside`.
        width: of the blank.
        points: (n, 2) millimetres on the sheet.
    """
    return picture_points(panel, np.array([width, 0.0]) + points * [-1.0, 1.0])


def glued_inside(dieline: Dieline) -> dict[str, tuple[Shares, ...]]:
    """Where a flap is glued onto the inside of a panel, by panel: no ink lies there, and nobody sees it.

    Args:
        dieline: the blank from its outside.

    Returns:
        shares of the inside's upright pictures.
    """
    found: dict[str, list[Shares]] = {}
    for panel_id, corners in _glued_rectangles(dieline):
        panel = _inside(dieline.panel(panel_id), dieline.width)
        places = inside_points(panel, dieline.width, corners)
        (left, top), (right, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
        found.setdefault(panel_id, []).append(Shares(left, top, right, bottom))
    return {panel_id: tuple(shares) for panel_id, shares in found.items()}


def _glue_lines(dieline: Dieline) -> Iterator[Line]:
    for _, corners in _glued_rectangles(dieline):
        (near, top), (far, bottom) = corners.tolist()
        left, right = dieline.width - far, dieline.width - near
        yield Line(LineType.GLUE, polygon([(left, top), (right, top), (right, bottom), (left, bottom)]))


def _glued_rectangles(dieline: Dieline) -> Iterator[tuple[str, FloatArray]]:
    """Panel, and upper left and lower right corner on the outside's sheet of what is glued, on the panel."""
    areas = _wrapped(dieline) if dieline.package_type == "cylinder" else _folded_onto(dieline)
    for panel_id, corners in areas:
        panel = dieline.panel(panel_id)
        start, size = np.array([panel.x, panel.y]), np.array(panel.sheet_size)
        low = corners.min(axis=0).clip(start, start + size)
        high = corners.max(axis=0).clip(start, start + size)
        if (high - low).min() > _NOTHING_MM:
            yield panel_id, np.stack([low, high])


def _folded_onto(dieline: Dieline) -> Iterator[tuple[str, FloatArray]]:
    """Panel, and the corners on the outside's sheet of what a glued flap covers when the box is closed."""
    matrices = folded(dieline, 1.0)
    shapes = {plate.plate_id: plate.outline for plate in fold_plates(dieline)}
    near = max(_NEAR_MM, _NEAR_CALIPERS * dieline.options.caliper)
    for flap in blank_plates(dieline.manufacturing, dieline.options):
        if flap.role not in GLUED_ROLES:
            continue
        space = in_space(matrices[flap.plate_id], shapes[flap.plate_id])
        for panel in dieline.panels:
            if panel.panel_id == flap.parent:
                continue
            back = np.linalg.inv(matrices[panel.panel_id])
            local = space @ back[:3, :3].T + back[:3, 3]
            if np.abs(local[:, 2]).max() <= near:
                yield panel.panel_id, local[:, :2]


def _wrapped(dieline: Dieline) -> Iterator[tuple[str, FloatArray]]:
    """A label's overlap goes under its other end; the tabs of sunk discs stand along both of its rims."""
    wrap = wrap_of(dieline.manufacturing, dieline.options)
    left, top, right, bottom = wrap.label
    if wrap.overlap:
        yield "body", np.array([[right - wrap.overlap, top], [right, bottom]])
    if wrap.ring.count:
        deep = wrap.sunk + wrap.ring.depth
        yield "body", np.array([[left, top], [right, top + deep]])
        yield "body", np.array([[left, bottom - deep], [right, bottom]])
