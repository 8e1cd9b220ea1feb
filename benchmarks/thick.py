"""Folds blanks of thick board in arithmetic and prints, for each style and board, what is worst of 200 sizes.

- overlap: how deep two pieces of board are in each other when the box is closed; a fold may touch what it
  joins.
- play: the widest gap between two faces that lie on each other (a lid on its dust flaps, a tuck flap behind
  its wall, the back over its glue flap); of a tuck flap less what its lock takes. A tuck flap goes
  to the back a board further in, for the glue flap is there: where that is shorter, so much is left.
- hold: how far dust flaps stand over the ends of locked tuck flaps, of the board's thickness, at least; how
  many sizes have no room for a lock.
- seam: between the glue flap's crease and the edge of the free panel when the blank is glued flat, at least.
- gap: the widest opening along a lid's side or the seam, from its edge to the outer face beside it; of a
  mailer's lid to the inner face of the wall it goes down beside, of a tray between it and its lid.
- knives: the shortest rule of the cut, from corner to corner.
- ears: how far flaps at the sides of a lid come beyond the inner face of the wall it closes against while it
  turns, in 41 steps; nothing where it can be shut.
- bent: likewise flaps at its front, which a hand bends meanwhile; so much less they may reach straight.
- lid: between the overlap of a telescoping lid and the tube in it, at least.
- disc: between a cylinder's disc with its tabs and the inside of its tube, overlap included, at least.

`python benchmarks/thick.py [SIZES [STYLE …]]`; 200 take some minutes.
"""

from __future__ import annotations

import math
import random
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from tables import table

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.board import Board, even_board
from packdesk.domain.dieline.build import blank_plates, make_dieline
from packdesk.domain.dieline.fold import fold_plates, folded, in_space
from packdesk.domain.dieline.plates import Role, Side
from packdesk.domain.dieline.rings import inner_radius
from packdesk.domain.dieline.structures import BOX_STYLES
from packdesk.domain.dieline.swing import swings
from packdesk.domain.dieline.thick import catches, overlaps, slabs
from packdesk.domain.dieline.trays import TRAY_STYLES
from packdesk.domain.dieline.tucks import lock_on
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, Hand, LineType, Lock
from packdesk.domain.dimensions import Dimensions
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packdesk.domain.curves import Curve
    from packdesk.domain.dieline.thick import Slab
from packdesk.domain.dieline.values import Dieline

CALIPERS = (0.3, 0.5, 1.5, 3.0)
_SMOOTH = 1.0  # degrees
_CLOSING = np.linspace(0.6, 1.0, 41)  # before, no lid turns
_BEHIND = {Role.TUCK, Role.GLUE, Role.DUST, Role.SEAL, Role.INSERT, Role.INNER}


def sizes(count: int) -> list[Dimensions]:
    """Small, usual and large, slim and flat; the same in every run."""
    chance = random.Random(18)
    ranges = ((10, 60), (40, 300), (100, 1200))

    def side() -> float:
        return round(chance.uniform(*chance.choice(ranges)), 1)

    return [Dimensions(width=side(), height=side(), depth=side()) for _ in range(count)]


def boards(caliper: float) -> Iterator[Board]:
    """Creased in the middle, and nearer to one side."""
    yield even_board("even", caliper)
    yield Board("uneven", caliper, 0.3 * caliper, 0.7 * caliper)


def main(count: int, styles: Sequence[DielineStyle] = BOX_STYLES) -> None:
    """Print the tables."""
    asked = sizes(count)
    rows = [_box_row(style, caliper, asked) for style in styles for caliper in CALIPERS]
    found = ("overlap", "play", "seam", "gap", "knives", "ears", "bent", "hold")
    table(("style", "board", "folded", "refused", *found), rows)
    table(
        ("cylinder, board", "rolled", "refused", "disc, play", "lid, play", "level with the rim"),
        [_tube_row(caliper, asked) for caliper in CALIPERS],
    )


def _box_row(style: DielineStyle, caliper: float, asked: list[Dimensions]) -> tuple[str, ...]:
    overlap, play, seam, gap, knives, refused, done = 0.0, 0.0, math.inf, 0.0, math.inf, 0, 0
    ears, bent, hold, unlocked = 0.0, 0.0, 1.0, 0
    for number, size in enumerate(asked):
        for board in boards(caliper):
            hand = list(Hand)[number % 2]
            options = DielineOptions(style, board=board, glue_side=hand, lock=Lock.SLIT)
            try:
                dieline = make_dieline("box", size, options)
            except InvalidInputError:
                refused += 1
                continue
            done += 1
            overlap = max(overlap, max((depth for depth, *_ in overlaps(dieline)), default=0.0))
            solids = {solid.names[0]: solid for solid in slabs(dieline) if len(solid.names) == 1}
            play = max(play, _play(dieline, solids))
            seam = min(seam, _seam(dieline))
            gap = max(gap, _gap(dieline, solids))
            knives = min(knives, _shortest(dieline))
            caught = catches(dieline).values()
            hold, unlocked = min([hold, *(one.over / caliper for one in caught)]), unlocked + (not caught)
            beside, before = _swings(dieline)
            ears, bent = max(ears, beside), max(bent, before)
    figures = (f"{overlap:.3f}", f"{play:.3f}", f"{seam:.2f}", f"{gap:.2f}", f"{knives:.2f}")
    held = f"{hold:.0%}, {unlocked} none" if unlocked < done else "none"
    return style.value, f"{caliper:g}", str(done), str(refused), *figures, f"{ears:.3f}", f"{bent:.2f}", held


def _swings(dieline: Dieline) -> tuple[float, float]:
    """Of the flaps at the sides of lids, and of those at their front."""
    reached = swings(dieline, _CLOSING)
    plates = blank_plates(dieline.manufacturing, dieline.options)
    beside = {plate.plate_id for plate in plates if plate.side in {Side.LEFT, Side.RIGHT}}
    of = [[far for name, far in reached.items() if (name in beside) is ears] for ears in (True, False)]
    return max(of[0], default=0.0), max(of[1], default=0.0)


def _play(dieline: Dieline, solids: dict[str, Slab]) -> float:
    """Between a flap's face and that of the panel it lies on, at worst."""
    plates = {plate.plate_id: plate for plate in blank_plates(dieline.manufacturing, dieline.options)}
    worst = 0.0
    for name, plate in plates.items():
        if plate.role not in _BEHIND or dieline.options.style is DielineStyle.CROSS:
            continue
        flap = solids[name]
        beside = [
            solid
            for other, solid in solids.items()
            if solid.axis == flap.axis and other not in {plate.parent, name} and _over_each_other(flap, solid)
        ]
        apart = [max(solid.low - flap.high, flap.low - solid.high) for solid in beside]
        lock = lock_on(plate, dieline.options, dieline.manufacturing)
        worst = max(worst, min(max(one, 0.0) for one in apart) - (lock.back if lock else 0.0))
    return worst


def _over_each_other(one: Slab, other: Slab) -> bool:
    kept = [axis for axis in range(3) if axis != one.axis]
    low = np.maximum(one.outline[:, kept].min(0), other.outline[:, kept].min(0))
    high = np.minimum(one.outline[:, kept].max(0), other.outline[:, kept].max(0))
    return bool((high - low > 0).all())


def _seam(dieline: Dieline) -> float:
    """Glued flat, the wall of the glue flap lies on the front, and the back on the walls beside it."""
    if dieline.options.style in TRAY_STYLES:
        return math.inf
    named = {panel.panel_id: panel for panel in dieline.panels}
    glued, other = ("left", "right") if dieline.options.glue_side is Hand.LEFT else ("right", "left")
    across = named["front"].width + named[other].width
    return across - named["back"].width - named[glued].width


def _gap(dieline: Dieline, solids: dict[str, Slab]) -> float:
    """From the edges of lids and back to the outer faces of the walls beside them."""
    if dieline.options.style is DielineStyle.MAILER:
        return solids["top-left-dust"].low - solids["left-inner"].high if "top-left-dust" in solids else 0.0
    if dieline.options.style is DielineStyle.TRAY_LID:
        beside = solids["tray-front"].low - solids["front"].high
        corner = solids.get("front-left-glue", solids["left"])
        return max(beside, solids["tray-left"].low - corner.high)
    low, high = solids["left"].low, solids["right"].high
    lids = [solids[name].outline[:, 0] for name in ("top", "bottom", "back") if name in solids]
    return max(max(float(edge.min()) - low, high - float(edge.max())) for edge in lids)


def _shortest(dieline: Dieline) -> float:
    """The shortest rule of the cut: what runs on without a corner is one, bent."""
    shortest = math.inf
    for cut in dieline.of_kind(LineType.CUT):
        runs = [0.0]
        for curve, after in zip(cut.curves, (*cut.curves[1:], cut.curves[0]), strict=True):
            runs[-1] += _length(curve)
            if abs(math.remainder(_heading(after, 0.0) - _heading(curve, 1.0), 360.0)) > _SMOOTH:
                runs.append(0.0)
        last = runs.pop()
        runs[:1] = [runs[0] + last] if runs else [last]
        shortest = min(shortest, *runs)
    return shortest


def _length(curve: Curve) -> float:
    if isinstance(curve, Segment):
        return math.dist(curve.start, curve.end)
    return math.radians(abs(curve.sweep)) * curve.radius


def _heading(curve: Curve, share: float) -> float:
    """Degrees at its start (0) or end (1)."""
    if isinstance(curve, Segment):
        return math.degrees(math.atan2(curve.y2 - curve.y1, curve.x2 - curve.x1))
    return curve.start_angle + share * curve.sweep + math.copysign(90.0, curve.sweep)


def _tube_row(caliper: float, asked: list[Dimensions]) -> tuple[str, ...]:
    least, lid, off, done, refused = math.inf, math.inf, 0.0, 0, 0
    for size in asked:
        tube = size.model_copy(update={"depth": size.width})
        for board in boards(caliper):
            try:
                dieline = make_dieline("cylinder", tube, replace(DielineOptions(), board=board))
            except InvalidInputError:
                refused += 1
                continue
            done += 1
            reach, level = _ring(dieline, board)
            lid = min(lid, _lid_play(tube, board))
            least = min(least, inner_radius(tube, board) - reach)
            off = max(off, abs(level - tube.height))
    return f"{caliper:g}", str(done), str(refused), f"{least:.3f}", f"{lid:.3f}", f"off by {off:.3f}"


def _lid_play(tube: Dimensions, board: Board) -> float:
    """Between the overlap within a telescoping lid and the tube in it, outer face to inner face."""
    try:
        dieline = make_dieline("cylinder", tube, DielineOptions(board=board, telescope=True))
    except InvalidInputError:
        return math.inf
    matrices = folded(dieline, 1.0)
    away: dict[str, list[float]] = {"body": [], "tube": []}
    for plate in fold_plates(dieline):
        kind = plate.plate_id.partition("-")[0]
        if kind in away:
            placed = in_space(matrices[plate.plate_id], plate.outline)
            away[kind] += np.hypot(placed[:, 0], placed[:, 1]).tolist()
    within = min(away["body"]) - board.inside_loss - board.caliper
    return within - max(away["tube"]) - board.outside_gain


def _ring(dieline: Dieline, board: Board) -> tuple[float, float]:
    """How far the upper disc and its tabs reach from the axis, and how high, outer faces included."""
    matrices, reach, level = folded(dieline, 1.0), 0.0, 0.0
    for plate in fold_plates(dieline):
        if plate.plate_id.startswith("top"):
            matrix = matrices[plate.plate_id]
            placed = in_space(matrix, plate.outline) - board.outside_gain * matrix[:3, 2]
            reach = max(reach, float(np.hypot(placed[:, 0], placed[:, 1]).max()))
            level = max(level, float(placed[:, 2].max()))
    return reach, level


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 200,
        [DielineStyle(style) for style in sys.argv[2:]] or BOX_STYLES,
    )
