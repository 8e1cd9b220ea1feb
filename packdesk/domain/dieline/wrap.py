"""A cylinder's blank: a label that is wrapped around, its overlap for gluing, and two discs.

Three separate pieces, each with a closed cut outline: the label, whose overlap continues it at its left end
and goes under the other end at the back of the cylinder; the top disc above its middle and the bottom disc
below, each as it reads from the front, far enough away that no two bleeds meet.

A telescoping lid makes two tubes of it: the label with the top disc is the lid, as high as the package, and
goes over a tube of bare board, further down on the sheet, with the bottom disc.

A nominal disc is as wide as the middle of the tube's wall. With a board it goes into the tube, off the wall
and the overlap inside it, and tabs around it, which turn down along the wall, are glued there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packdesk.domain.curves import Path, Segment
from packdesk.domain.dieline.flaps import LEAST_MM
from packdesk.domain.dieline.glued import beyond, capped_bleed
from packdesk.domain.dieline.outline import polygon
from packdesk.domain.dieline.printed import pictured, place_disc
from packdesk.domain.dieline.rings import Ring, ring_of
from packdesk.domain.dieline.values import PlacedPanel
from packdesk.domain.dimensions import Dimensions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.outline import Box
    from packdesk.domain.dieline.values import DielineOptions

LID_PLAY_MM = 0.5
"""Between a tube and the lid over it, all around."""
_LEAST_GAP = 5.0
_RAMP = 3.0  # calipers


@dataclass(frozen=True)
class Wrap:
    """Where the pieces of a cylinder lie on the sheet.

    Attributes:
        diameter: of the tube, in the middle of its wall.
        length: of the label, once around.
        height: of the label.
        overlap: of the label at its left end; 0 for none.
        gap: between the label and each disc with its tabs.
        ring: a disc and its tabs.
        sunk: how far below the rim a disc's crease lies.
        ramp: over what length of the overlap it goes under the other end.
        bleed: around label and discs.
        names: of its discs.
        down: how far down on the sheet it begins.
        tube: that a telescoping lid goes over; its label is bare.
    """

    diameter: float
    length: float
    height: float
    overlap: float
    gap: float
    ring: Ring
    sunk: float
    ramp: float
    bleed: float
    names: tuple[str, ...] = ("top", "bottom")
    down: float = 0.0
    tube: Wrap | None = None

    @property
    def parts(self) -> tuple[Wrap, ...]:
        """Itself, and the tube in it if it is a lid."""
        return (self, self.tube) if self.tube else (self,)

    @property
    def is_bare(self) -> bool:
        """Whether its label shows nothing: it stands in a lid."""
        return "top" not in self.names

    @property
    def seam_bleed(self) -> float:
        """How far the label's artwork runs over its overlap, beyond which that takes glue."""
        if self.is_bare:
            return 0.0
        return capped_bleed(self.bleed, self.overlap) if self.overlap else self.bleed

    @property
    def disc_bleed(self) -> float:
        """How far a disc's artwork runs over its rim: over a share of its tabs, which are glued."""
        if not self.ring.count:
            return self.bleed
        return max(0.0, capped_bleed(self.bleed, self.ring.depth, self.ring.sagitta))

    @property
    def label(self) -> Box:
        """Left, upper, right and lower end of what shows of the label."""
        top = self.down + (0.0 if self.is_bare else 2 * self.ring.reach + self.gap)
        return self.overlap, top, self.overlap + self.length, top + self.height

    @property
    def discs(self) -> dict[str, tuple[float, float]]:
        """Upper left corner of each disc's square."""
        left, _, right, bottom = self.label
        x, beyond = (left + right - self.ring.diameter) / 2, self.ring.reach - self.ring.radius
        places = {"top": (x, self.down + beyond), "bottom": (x, bottom + self.gap + beyond)}
        return {name: places[name] for name in self.names}

    def middle(self, disc: str) -> Point2:
        """Of a disc on the sheet."""
        x, y = self.discs[disc]
        return x + self.ring.radius, y + self.ring.radius


def wrap_of(dimensions: Dimensions, options: DielineOptions) -> Wrap:
    """Lay out a cylinder; the overlap never goes around further than a quarter."""
    if not options.telescope:
        return _laid_out(dimensions, options)
    lid = replace(_laid_out(dimensions, options), names=("top",))
    bare = _laid_out(tube_size(dimensions, options), options)
    _, _, _, bottom = lid.label
    return replace(lid, tube=replace(bare, names=("bottom",), down=bottom + lid.gap))


def tube_size(dimensions: Dimensions, options: DielineOptions) -> Dimensions:
    """Of the tube below a telescoping lid: within its overlap, and below the tabs of its disc."""
    board = options.board
    tabs = ring_of(dimensions, board).depth if board else 0.0
    across = dimensions.width - telescope_loss(options.caliper)
    height = dimensions.height - options.caliper - tabs - LID_PLAY_MM
    return Dimensions.model_construct(width=across, height=height, depth=across)


def telescope_loss(caliper: float) -> float:
    """By how much a tube is narrower than its lid: a wall, an overlap and play on either side."""
    return 2 * (2 * caliper + LID_PLAY_MM)


def _laid_out(dimensions: Dimensions, options: DielineOptions) -> Wrap:
    length = math.pi * dimensions.width
    overlap = min(options.glue, length / 4)
    board = options.board
    return Wrap(
        diameter=dimensions.width,
        length=length,
        height=dimensions.height,
        overlap=overlap if overlap >= LEAST_MM else 0.0,
        gap=2 * options.bleed + _LEAST_GAP,
        ring=ring_of(dimensions, board) if board else Ring(dimensions.width),
        sunk=board.outside_gain if board else 0.0,
        ramp=min(overlap, _RAMP * board.caliper) if board else overlap,
        bleed=options.bleed,
    )


def wrap_cuts(wrap: Wrap) -> tuple[Path, ...]:
    """The outlines of label, top and bottom disc; of a lid and its tube those of each."""
    cuts: list[Path] = []
    for part in wrap.parts:
        _, top, right, bottom = part.label
        discs = (Path(part.ring.cut(part.middle(name)), closed=True) for name in part.discs)
        cuts += [rectangle(0.0, top, right, bottom), *discs]
    return tuple(cuts)


def wrap_panels(wrap: Wrap, asked: Dimensions | None = None) -> tuple[PlacedPanel, ...]:
    """The label and the discs with their artwork, in panel order.

    Args:
        wrap: the layout.
        asked: the size the pictures are made for; by default that of the panels.
    """
    left, top, right, bottom = wrap.label
    bleed = wrap.bleed
    artwork = rectangle(left - wrap.seam_bleed, top - bleed, right + bleed, bottom + bleed)
    body = PlacedPanel("body", left, top, wrap.length, wrap.height, 0, "rectangle", artwork)
    discs = (
        place_disc(panel_id, *corner, part.ring.diameter, part.disc_bleed)
        for part in wrap.parts
        for panel_id, corner in part.discs.items()
    )
    panels = (body, *discs)
    if asked is None:
        return panels
    across = asked.width
    sizes = {"body": (math.pi * across, asked.height)}
    return tuple(pictured(panel, sizes.get(panel.panel_id, (across, across))) for panel in panels)


def tab_creases(wrap: Wrap) -> Iterator[Segment]:
    """Where the discs' tabs are folded."""
    for part in wrap.parts:
        for name in part.discs:
            yield from (crease for crease, _ in part.ring.tabs(part.middle(name)))


def wrap_glue(wrap: Wrap) -> Iterator[Path]:
    """What takes glue: the overlap beyond the label's artwork, and all of each tab beyond the disc's."""
    for part in wrap.parts:
        left, top, _, bottom = part.label
        if part.overlap:
            yield rectangle(0.0, top, left - part.seam_bleed, bottom)
    for part in wrap.parts:
        inked = part.disc_bleed + part.ring.sagitta
        for name in part.discs:
            for _, tab in part.ring.tabs(part.middle(name)):
                yield beyond(tab, inked / part.ring.depth)


def rectangle(left: float, top: float, right: float, bottom: float) -> Path:
    """A closed rectangle, clockwise."""
    return polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
