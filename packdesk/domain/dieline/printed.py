"""What of the sheet is printed: each panel's artwork with its bleed, and the outline of all of it.

Artwork runs over an edge by the bleed where it ends there: at a cut, and at the crease of a flap that has no
artwork of its own, so that no bare board shows along the fold. At a neighbour's artwork it ends at the
crease. In an inner corner of the blank two bleeds meet; they share it along its diagonal.

On thick board panels end on several levels, and lids are narrower than what they hang on. Artwork runs on to
where all would be on one level (`printed_plates`), and from there over by the bleed: a little more of it.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.curves import Arc, Path
from packdesk.domain.dieline.outline import polygon
from packdesk.domain.dieline.plates import Plate, Role, Side, cut_edges, panel_on, root_panel, side_of
from packdesk.domain.dieline.values import PlacedPanel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.glued import Bleeds
    from packdesk.domain.geometry import FloatArray
    from packdesk.domain.panels import FlatSize

_OUTWARDS = {Side.TOP: (0, -1), Side.RIGHT: (1, 0), Side.BOTTOM: (0, 1), Side.LEFT: (-1, 0)}

Neighbours = dict[tuple[str, Side], str]


def place_panels(
    plates: Sequence[Plate], sizes: Mapping[str, FlatSize], printed: Mapping[str, Plate], bleeds: Bleeds
) -> tuple[PlacedPanel, ...]:
    """Where the panels on the blank and their artwork lie, in the order of the sizes.

    Args:
        plates: of the blank, on the sheet.
        sizes: of the panels.
        printed: the panels as far as artwork reaches without bleed, as `printed_plates` gives them.
        bleeds: how far it runs over their edges.
    """
    named = {plate.plate_id: plate for plate in plates}
    beside = _neighbours(plates)
    return tuple(
        _placed(named[panel_id], size, polygon(_artwork_corners(printed[panel_id], beside, bleeds)))
        for panel_id, size in sizes.items()
        if panel_id in named
    )


def _placed(plate: Plate, size: FlatSize, artwork: Path) -> PlacedPanel:
    x, y, right, bottom = plate.face or plate.box
    across, down = right - x, bottom - y
    width, height = (down, across) if plate.rotation in {90, 270} else (across, down)
    if math.isclose(width, size.width) and math.isclose(height, size.height):
        width, height = size.width, size.height
    panel = PlacedPanel(plate.plate_id, x, y, width, height, plate.rotation, "rectangle", artwork)
    return pictured(panel, (size.width, size.height))


def pictured(panel: PlacedPanel, asked: tuple[float, float]) -> PlacedPanel:
    """The panel with a picture of that width and height, which covers it."""
    own = panel.width, panel.height
    return panel if own == asked else replace(panel, picture=covering(own, asked))


def covering(panel: tuple[float, float], picture: tuple[float, float]) -> tuple[float, float]:
    """The size of a picture that covers a panel: its own, or larger in both directions alike."""
    scale = max(1.0, panel[0] / picture[0], panel[1] / picture[1])
    return picture[0] * scale, picture[1] * scale


def printed_plates(plates: Sequence[Plate]) -> tuple[Plate, ...]:
    """The panels as if all walls ended on one level and lids were as wide as what they hang on."""
    if all(plate.face is None or plate.face == plate.box for plate in plates) and not _narrow_lids(plates):
        return tuple(plate for plate in plates if plate.panel_id)
    walls = [plate for plate in plates if plate.role is Role.WALL]
    top, bottom = min(plate.box[1] for plate in walls), max(plate.box[3] for plate in walls)
    made: dict[str, Plate] = {}
    for plate in plates:
        if plate.panel_id is None:
            continue
        left, _, right, _ = plate.box
        if plate.parent is None or plate.side is None:
            upper, lower = (plate.box[1], plate.box[3]) if plate.role is Role.FLOOR else (top, bottom)
            whole = root_panel(plate.plate_id, right - left, lower - upper).shifted(left, upper)
            made[plate.plate_id] = replace(whole, role=plate.role)
        else:
            made[plate.plate_id] = _full(plate, made[plate.parent])
    return tuple(made.values())


def _narrow_lids(plates: Sequence[Plate]) -> bool:
    named = {plate.plate_id: plate for plate in plates}
    return any(
        plate.panel_id is not None
        and (plate.role is Role.LID or named.get(plate.parent or "", plate).role is Role.FLOOR)
        and plate.hinge != named[plate.parent or plate.plate_id].edge(plate.side or Side.TOP)
        for plate in plates
    )


def _full(plate: Plate, parent: Plate) -> Plate:
    left, upper, right, lower = plate.box
    side = plate.side or Side.TOP
    reach = right - left if side in {Side.LEFT, Side.RIGHT} else lower - upper
    return panel_on(parent, side, plate.plate_id, reach, role=plate.role, rotation=plate.rotation)


def _neighbours(plates: Sequence[Plate]) -> Neighbours:
    """The panel at each edge of each panel."""
    beside: Neighbours = {}
    for plate in plates:
        if plate.panel_id and plate.parent and plate.side:
            beside[plate.parent, plate.side] = plate.plate_id
            beside[plate.plate_id, plate.side.opposite] = plate.parent
    return beside


def _artwork_corners(plate: Plate, beside: Neighbours, bleeds: Bleeds) -> list[Point2]:
    left, top, right, bottom = plate.box
    corners = (
        (left, top, Side.LEFT, Side.TOP),
        (right, top, Side.TOP, Side.RIGHT),
        (right, bottom, Side.RIGHT, Side.BOTTOM),
        (left, bottom, Side.BOTTOM, Side.LEFT),
    )
    points: list[Point2] = []
    for x, y, before, after in corners:
        out = [side for side in (before, after) if (plate.plate_id, side) not in beside]
        corner = _pushed((x, y), [(side, bleeds.at(plate.plate_id, side)) for side in out])
        if len(out) != 1:
            points.append(corner)
            continue
        shared = after if out == [before] else before
        if (beside[plate.plate_id, shared], out[0]) not in beside:
            points.append(corner)
            continue
        diagonal = _pushed(corner, [(shared, -max(bleeds.at(plate.plate_id, out[0]), 0.0))])
        points += [diagonal, (x, y)] if shared is after else [(x, y), diagonal]
    return points


def _pushed(point: Point2, ways: Iterable[tuple[Side, float]]) -> Point2:
    """A point moved outwards over sides, by so many millimetres each."""
    x, y = point
    for side, by in ways:
        x, y = x + by * _OUTWARDS[side][0], y + by * _OUTWARDS[side][1]
    return x, y


def printed_outline(plates: Sequence[Plate], bleeds: Bleeds) -> Path:
    """The closed outline of all panels' artwork, the bleed around it."""
    edges = [
        (curve.end, side_of(curve), bleeds.at(plate_id, side_of(curve)))
        for plate_id, curve in cut_edges(plates)
    ]
    points: list[Point2] = []
    for (corner, side, over), (_, next_side, next_over) in zip(edges, (*edges[1:], edges[0]), strict=True):
        one, other = (side, over), (next_side, next_over)
        if side is next_side:  # one wall beside another; a step where one has a glued flap
            points += [_pushed(corner, [one]), _pushed(corner, [other])] if over != next_over else []
        elif _turns_right(side, next_side):
            points.append(_pushed(corner, [one, other]))
        else:  # each is cut along the diagonal between them
            points.append(_pushed(corner, [one, (next_side, max(over, 0.0))]))
            points.append(_pushed(corner, [other, (side, max(next_over, 0.0))]))
    return polygon(points)


def _turns_right(side: Side, after: Side) -> bool:
    """Whether a corner from one edge to another, walked clockwise, points outwards."""
    sides = list(Side)
    return sides[(sides.index(side) + 1) % 4] is after


def place_disc(panel_id: str, x: float, y: float, diameter: float, bleed: float) -> PlacedPanel:
    """A disc whose square has its upper left corner at (x, y)."""
    artwork = replace(disc_outline(x, y, diameter), radius=diameter / 2 + bleed)
    return PlacedPanel(panel_id, x, y, diameter, diameter, 0, "disc", Path((artwork,), closed=True))


def disc_outline(x: float, y: float, diameter: float) -> Arc:
    """The circle that touches the square at (x, y)."""
    return Arc(x + diameter / 2, y + diameter / 2, diameter / 2)


# Cosine and sine of each rotation, without the rounding of a computed one.
_TURNS = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}


def picture_points(panel: PlacedPanel, points: FloatArray) -> FloatArray:
    """Texture coordinates, as in `geometry`, of points on the sheet.

    Args:
        panel: whose picture it is.
        points: (n, 2) millimetres on the sheet.

    Returns:
        (n, 2) u to the right and v down over the upright picture; 0 to 1 on the panel, beyond on the bleed.
    """
    cosine, sine = _TURNS[panel.rotation]
    back = np.array([[cosine, -sine], [sine, cosine]])
    uvs: FloatArray = (points - panel.centre) @ back / panel.picture_size + 0.5
    return uvs
