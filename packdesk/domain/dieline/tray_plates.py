"""The plates of a mailer, and of a tray and its lid: floors, walls around them, and what hangs on those."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from packdesk.domain.curves import Path, Segment
from packdesk.domain.dieline.flaps import ear_flap, glue_flap, mitred_flap, tuck_flap
from packdesk.domain.dieline.outline import hinged, polygon, polyline
from packdesk.domain.dieline.plates import Plate, Role, Side, flap_on, panel_on, root_panel
from packdesk.domain.dieline.trays import tray_rules
from packdesk.domain.dieline.tucks import tuck_depth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from packdesk.domain.dieline.flaps import Shape
    from packdesk.domain.dieline.trays import TrayRules
    from packdesk.domain.dieline.values import DielineOptions, Rotation
    from packdesk.domain.dimensions import Dimensions

_SIDES = {"front": Side.TOP, "back": Side.BOTTOM, "left": Side.LEFT, "right": Side.RIGHT}
"""Where walls hang on a floor that is seen from below; on a lid, seen from above, front and back change."""
_ON_FLOOR: dict[str, Rotation] = {"front": 0, "back": 180, "left": 270, "right": 90}
_ON_LID: dict[str, Rotation] = {"front": 0, "back": 180, "left": 90, "right": 270}
_PIECES_APART, _BLEED_SHARE = 5.0, 1 / 8
_CORNER_MM, _CORNER_SHARE, _EAR_SHARE = 10.0, 0.6, 0.6


def tray_plates(size: Dimensions, options: DielineOptions) -> list[Plate]:
    """The plates of a mailer, or of a tray and then its lid; parents before children."""
    rules = tray_rules(size, options)
    if rules.is_mailer:
        return list(_mailer(rules))
    tray = list(_tray(rules))
    right = max(plate.box[2] for plate in tray)
    lid = list(_lid(rules))
    left, top = min(plate.box[0] for plate in lid), min(plate.box[1] for plate in lid)
    above = min(plate.box[1] for plate in tray)
    apart = right - left + 2 * options.bleed + _PIECES_APART
    return [*tray, *(plate.shifted(apart, above - top) for plate in lid)]


def _floor(panel_id: str, width: float, depth: float) -> Plate:
    return replace(root_panel(panel_id, width, depth), role=Role.FLOOR)


def _mailer(rules: TrayRules) -> Iterator[Plate]:
    width, height, depth = rules.size.as_tuple()
    floor = _floor("bottom", width, depth)
    yield floor
    for wall in ("front", "back"):
        plate = _wall(rules, floor, wall, height, _ON_FLOOR)
        yield plate
        reach = min(depth / 2 - rules.gap, _CORNER_SHARE * height + _CORNER_MM)
        yield from _flaps(plate, Role.INSERT, glue_flap(height, reach, rules.gap))
        if wall == "back":
            yield from _tucked_lid(rules, plate)
    for wall in ("left", "right"):
        side = _SIDES[wall]
        plate = panel_on(floor, side, wall, height, role=Role.END, rotation=_ON_FLOOR[wall])
        yield plate
        ends = (rules.gap, rules.gap)
        strip = _bare(panel_on(plate, side, f"{wall}-{Role.ROLL}", rules.roll, role=Role.ROLL, insets=ends))
        yield strip
        inner = panel_on(strip, side, f"{wall}-{Role.INNER}", height - rules.gap, role=Role.INNER)
        yield _bare(inner)
        yield from _latches(rules, inner, side)


def _tucked_lid(rules: TrayRules, back: Plate) -> Iterator[Plate]:
    beside = rules.ears - rules.inset
    lid = panel_on(back, Side.BOTTOM, "top", rules.lid_depth, role=Role.LID, insets=(beside, beside))
    yield lid
    width, height, _ = rules.size.as_tuple()
    gap, knife = rules.gap, rules.allowed.knife
    beside = knife if rules.allowed.thick else gap  # the lid leaves a little beside the inner walls already
    tuck = min(tuck_depth(rules.size, rules.options), height - gap)
    yield from _flap(lid, Side.BOTTOM, Role.TUCK, tuck_flap(width - 2 * rules.ears, tuck, beside, knife))
    reach = min(_EAR_SHARE * height, height - gap)
    for side in (Side.LEFT, Side.RIGHT):
        # Edges run clockwise: the right one begins at the back, the left one at the front.
        at_start = side is Side.RIGHT
        shape = ear_flap(rules.lid_depth, reach, gap, lid_at_start=at_start)
        yield from _flap(lid, side, Role.DUST, shape)


def _latches(rules: TrayRules, inner: Plate, side: Side) -> Iterator[Plate]:
    """Two at the free edge of an inner wall, through the floor to its outer face."""
    wide, edge = rules.latch, inner.edge(side)
    length = math.dist(edge.start, edge.end)
    reach = rules.gap + rules.gain
    for number, share in enumerate((0.25, 0.75) if wide else ()):
        left, right = share * length - wide / 2, share * length + wide / 2
        taper = min(reach, wide) / 8
        shape = polyline([(left, 0.0), (left + taper, -reach), (right - taper, -reach), (right, 0.0)])
        free = hinged(shape, edge)
        hinge = Segment(*free[0].start, *free[-1].end)
        name = f"{inner.plate_id}-{Role.LATCH}-{number}"
        yield Plate(name, Role.LATCH, free, inner.plate_id, None, hinge)


def _tray(rules: TrayRules) -> Iterator[Plate]:
    """The floor with walls of bare board."""
    floor = _floor("bottom", *rules.floor)
    yield floor
    for wall in _SIDES:
        plate = replace(
            _bare(_wall(rules, floor, wall, rules.wall, _ON_FLOOR)),
            plate_id=f"tray-{wall}",
            role=Role.SIDE,
        )
        yield plate
        yield from _glued_corners(rules, plate, wall, rules.wall, rules.floor[1])


def _lid(rules: TrayRules) -> Iterator[Plate]:
    """The top with the walls that are seen."""
    width, height, depth = rules.size.as_tuple()
    floor = _floor("top", width, depth)
    yield floor
    for wall in _SIDES:
        plate = _wall(rules, floor, wall, height, _ON_LID)
        yield plate
        yield from _glued_corners(rules, plate, wall, height, depth)


def _wall(rules: TrayRules, floor: Plate, wall: str, height: float, rotations: dict[str, Rotation]) -> Plate:
    across = _SIDES[wall] in {Side.TOP, Side.BOTTOM}
    side = _SIDES[wall].opposite if across and rotations is _ON_LID else _SIDES[wall]
    inset = rules.inset if across else 0.0
    return panel_on(floor, side, wall, height, rotation=rotations[wall], insets=(inset, inset))


def _glued_corners(rules: TrayRules, plate: Plate, wall: str, height: float, depth: float) -> Iterator[Plate]:
    if wall not in {"front", "back"}:
        return
    reach = min(rules.options.glue, depth / 2 - rules.gap)
    bleed = rules.options.bleed
    if bleed <= _BLEED_SHARE * height:
        # Nearly all of the corner takes glue, but for the bleed of its neighbour.
        shape = glue_flap(height, reach, max(rules.gap, bleed))
    else:
        # On a lid the bleeds of neighbours share the corner; a tray's floor has all of it.
        gap = rules.gap if plate.panel_id else max(rules.gap, min(bleed, height / 8))
        shape = mitred_flap(height, reach, gap)
    yield from _flaps(plate, Role.GLUE, shape)


def _flaps(plate: Plate, role: Role, shape: Shape) -> Iterator[Plate]:
    for side in (Side.LEFT, Side.RIGHT):
        yield from _flap(plate, side, role, shape)


def _flap(parent: Plate, side: Side, role: Role, shape: Shape) -> Iterator[Plate]:
    if shape:
        yield flap_on(parent, side, f"{parent.plate_id}-{side}-{role}", role, shape)


def _bare(plate: Plate) -> Plate:
    """The plate as one that is no panel."""
    return replace(plate, panel_id=None, rotation=0)


def slots(plates: Sequence[Plate], options: DielineOptions, size: Dimensions) -> Iterator[Path]:
    """The slots of a mailer's floor at the creases of its sides, for the latches of its inner walls."""
    rules = tray_rules(size, options)
    for latch in plates:
        if latch.role is not Role.LATCH or latch.hinge is None:
            continue
        left, _, right, _ = plates[0].box
        upper, lower = sorted((latch.hinge.y1, latch.hinge.y2))
        at_left, play = latch.hinge.x1 < left, rules.gap / 2
        near, far = (left, left + rules.slot) if at_left else (right - rules.slot, right)
        upper, lower = upper - play, lower + play
        yield polygon([(near, upper), (near, lower), (far, lower), (far, upper)])


def pieces(plates: Iterable[Plate]) -> list[tuple[Plate, ...]]:
    """The plates of each piece of a blank, its root first."""
    found: list[list[Plate]] = []
    for plate in plates:
        if plate.parent is None:
            found.append([])
        found[-1].append(plate)
    return [tuple(piece) for piece in found]
