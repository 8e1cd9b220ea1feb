"""Where a blank takes glue, and how far artwork runs towards it: no ink lies under glue.

Artwork goes over the crease of a flap so that no bare board shows along the fold. On a flap that is glued it
takes a third of the depth at most, whatever the bleed; all beyond is for the glue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.dieline.auto import bonds
from packdesk.domain.dieline.outline import polygon
from packdesk.domain.dieline.plates import Role, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from packdesk.domain.curves import Curve, Path, Point2
    from packdesk.domain.dieline.plates import Plate

GLUED_ROLES = frozenset({Role.GLUE, Role.SEAL, Role.TAB})
INKED_SHARE = 1 / 3
"""The most of a glued flap's depth that artwork goes over."""

_SEAL_RIM, _SEAL_SHARE = 5.0, 1 / 4


class Bleeds(NamedTuple):
    """How far artwork runs over the edges of panels, in millimetres.

    Attributes:
        usual: over every edge.
        capped: over those a glued flap or a rolled edge hangs on, by panel and edge: less, or more, for the
            roll's outer side is seen. Below 0 where a panel's artwork would
            otherwise end too far over the flap, because board is thick.
    """

    usual: float
    capped: Mapping[tuple[str, Side], float]

    def at(self, panel_id: str, side: Side) -> float:
        """Over one edge."""
        return self.capped.get((panel_id, side), self.usual)


def bleeds_of(
    plates: Sequence[Plate],
    printed: Mapping[str, Plate],
    bleed: float,
    shoulders: Mapping[tuple[str, Side], float] | None = None,
) -> Bleeds:
    """The bleed of every edge of a box.

    Args:
        plates: of the blank, on the sheet.
        printed: the panels as far as their artwork reaches without bleed.
        bleed: what was asked for.
        shoulders: how far panels go on beyond creases, by panel and edge: these are seen, too.
    """
    capped = {edge: bleed + shoulder for edge, shoulder in (shoulders or {}).items()}
    for flap in plates:
        if flap.role in GLUED_ROLES and flap.side and flap.parent and flap.parent in printed:
            over = beyond_crease(flap, printed[flap.parent])
            capped[flap.parent, flap.side] = capped_bleed(bleed, flap_depth(flap), over)
    for strip in plates:
        if strip.role is Role.ROLL and strip.parent and strip.side:
            capped[strip.parent, strip.side] = bleed + flap_depth(strip)
    for floor, rim in _bare_corners(plates):
        for side in Side:
            capped[floor, side] = min(bleed, rim)
    for bond in bonds(plates):
        if bond.flap.parent and bond.flap.side:
            over = beyond_crease(bond.flap, printed[bond.flap.parent])
            capped[bond.flap.parent, bond.flap.side] = capped_bleed(bleed, bond.far, over)
    return Bleeds(bleed, capped)


def _bare_corners(plates: Sequence[Plate]) -> Iterator[tuple[str, float]]:
    """Each floor whose walls are bare, and how far the glued corners of those stay away from it."""
    named = {plate.plate_id: plate for plate in plates}
    for flap in plates:
        wall = named.get(flap.parent or "")
        if flap.role is not Role.GLUE or wall is None or wall.role is not Role.SIDE:
            continue
        assert flap.hinge is not None
        assert wall.hinge is not None
        rim = min(abs(y - wall.hinge.y1) for y in (flap.hinge.y1, flap.hinge.y2))
        yield wall.parent or "", rim


def capped_bleed(bleed: float, depth: float, over: float = 0.0) -> float:
    """How far artwork runs on where a glued flap of that depth begins `over` before its own end."""
    return min(bleed, INKED_SHARE * depth - over)


def beyond_crease(flap: Plate, printed: Plate) -> float:
    """How far a panel's artwork without bleed lies on a flap, because other panels end further out."""
    assert flap.hinge is not None
    left, top, right, bottom = printed.box
    x, y = flap.hinge.start
    return {
        Side.LEFT: x - left,
        Side.TOP: y - top,
        Side.RIGHT: right - x,
        Side.BOTTOM: bottom - y,
    }[flap.side or Side.TOP]


def flap_depth(flap: Plate) -> float:
    """From its crease to its far end, in millimetres."""
    left, top, right, bottom = flap.box
    return right - left if flap.side in {Side.LEFT, Side.RIGHT} else bottom - top


def glue_areas(plates: Sequence[Plate], printed: Mapping[str, Plate], bleeds: Bleeds) -> Iterator[Path]:
    """What of each glued flap takes glue: all of it beyond the artwork; a rim of a seal flap stays free.

    An auto-lock's corners take it on their inside, which lies on the printed side of the flaps they hold: it
    is drawn there.
    """
    for flap in plates:
        if flap.role not in GLUED_ROLES or not flap.parent or not flap.side:
            continue
        inked = _inked(flap, printed, bleeds)
        yield _sealed(flap, inked) if flap.role is Role.SEAL else beyond(flap.free, inked / flap_depth(flap))

    for bond in bonds(plates):
        yield bond.area(_inked(bond.flap, printed, bleeds))


def _inked(flap: Plate, printed: Mapping[str, Plate], bleeds: Bleeds) -> float:
    """How far from its crease a panel's artwork lies on a flap."""
    parent, side = flap.parent or "", flap.side or Side.TOP
    if parent not in printed:  # a wall of bare board
        return 0.0
    return max(0.0, beyond_crease(flap, printed[parent]) + bleeds.at(parent, side))


def beyond(free: Sequence[Curve], share: float) -> Path:
    """What of a tapered flap, up, across and down, lies further from its crease than a share of its depth."""
    up, across, down = free
    far = _between(up.start, up.end, share), _between(down.end, down.start, share)
    return polygon([far[0], across.start, across.end, far[1]])


def seal_rim(plates: Iterable[Plate]) -> float:
    """The least rim of a seal flap that no glue is put on, at its sides and its end; infinite without one."""
    return min((_rim(plate) for plate in plates if plate.role is Role.SEAL), default=float("inf"))


def _rim(flap: Plate) -> float:
    left, top, right, bottom = flap.box
    return min(_SEAL_RIM, _SEAL_SHARE * (right - left), _SEAL_SHARE * (bottom - top))


def _sealed(flap: Plate, inked: float) -> Path:
    left, top, right, bottom = flap.box
    rim, hinge = _rim(flap), max(_rim(flap), inked)
    upper, lower = (rim, hinge) if flap.side is Side.TOP else (hinge, rim)
    left, top, right, bottom = left + rim, top + upper, right - rim, bottom - lower
    return polygon([(left, top), (right, top), (right, bottom), (left, bottom)])


def _between(start: Point2, end: Point2, share: float) -> Point2:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
