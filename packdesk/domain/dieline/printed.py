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
from packdesk.domain.dieline.plates import Plate, Role, Side, cut_outline, panel_on, root_panel
from packdesk.domain.dieline.values import PlacedPanel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packdesk.domain.curves import Point2
    from packdesk.domain.geometry import FloatArray
    from packdesk.domain.panels import FlatSize

_OUTWARDS = {Side.TOP: (0, -1), Side.RIGHT: (1, 0), Side.BOTTOM: (0, 1), Side.LEFT: (-1, 0)}

Neighbours = dict[tuple[str, Side], str]


def place_panels(
    plates: Sequence[Plate], sizes: Mapping[str, FlatSize], bleed: float
) -> tuple[PlacedPanel, ...]:
    """Where the panels and their artwork lie, in the order of the sizes.

    Args:
        plates: of the blank, on the sheet.
        sizes: of the panels.
        bleed: millimetres the artwork runs over.
    """
    named = {plate.plate_id: plate for plate in plates}
    printed = {plate.plate_id: plate for plate in printed_plates(plates)}
    beside = _neighbours(plates)
    return tuple(
        _placed(named[panel_id], size, polygon(_artwork_corners(printed[panel_id], beside, bleed)))
        for panel_id, size in sizes.items()
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
            made[plate.plate_id] = root_panel(plate.plate_id, right - left, bottom - top).shifted(left, top)
        else:
            made[plate.plate_id] = _full(plate, made[plate.parent])
    return tuple(made.values())


def _narrow_lids(plates: Sequence[Plate]) -> bool:
    named = {plate.plate_id: plate for plate in plates}
    return any(
        plate.role is Role.LID and plate.hinge != named[plate.parent or ""].edge(plate.side or Side.TOP)
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


def _artwork_corners(plate: Plate, beside: Neighbours, bleed: float) -> list[Point2]:
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
        corner = (
            x + bleed * sum(_OUTWARDS[side][0] for side in out),
            y + bleed * sum(_OUTWARDS[side][1] for side in out),
        )
        if len(out) != 1:
            points.append(corner)
            continue
        shared = after if out == [before] else before
        if (beside[plate.plate_id, shared], out[0]) not in beside:
            points.append(corner)
            continue
        diagonal = corner[0] - bleed * _OUTWARDS[shared][0], corner[1] - bleed * _OUTWARDS[shared][1]
        points += [diagonal, (x, y)] if shared is after else [(x, y), diagonal]
    return points


def printed_outline(plates: Sequence[Plate], bleed: float) -> Path:
    """The closed outline of all panels' artwork, the bleed around it."""
    edges = cut_outline(printed_plates(plates))
    points: list[Point2] = []
    for edge, following in zip(edges, (*edges[1:], edges[0]), strict=True):
        heading, next_heading = _heading(edge.start, edge.end), _heading(following.start, following.end)
        if heading != next_heading:
            # Walked clockwise, outside is to the left; both edges of a corner push it out.
            x, y = edge.end
            out_x, out_y = heading[1] + next_heading[1], -heading[0] - next_heading[0]
            points.append((x + bleed * out_x, y + bleed * out_y))
    return polygon(points)


def _heading(start: Point2, end: Point2) -> tuple[int, int]:
    right, down = end[0] - start[0], end[1] - start[1]
    if abs(right) > abs(down):
        return (1 if right > 0 else -1), 0
    return 0, (1 if down > 0 else -1)


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
