"""Where a sheet of artwork lies on a blank, and the piece of it that a panel shows. Millimetres."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packdesk.domain.affine import Affine

if TYPE_CHECKING:
    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.values import PlacedPanel
    from packdesk.domain.panels import FlatSize


@dataclass(frozen=True)
class SheetPlacement:
    """A sheet on a blank: mirrored first, then turned about its middle, scaled, and put there.

    Attributes:
        width: of the sheet, as its file says.
        height: likewise.
        x: of the sheet's middle on the blank.
        y: likewise.
        scale: 1 for the file's own size.
        turns: quarter turns to the right, 0 to 3.
        angle: degrees to the right besides.
        mirrored: left and right changed over: artwork that was drawn as seen from inside.
    """

    width: float
    height: float
    x: float
    y: float
    scale: float = 1.0
    turns: int = 0
    angle: float = 0.0
    mirrored: bool = False

    def on_blank(self) -> Affine:
        """From the sheet, in its millimetres from its upper left corner, to the blank."""
        across = -self.scale if self.mirrored else self.scale
        return (
            Affine.shift(-self.width / 2, -self.height / 2)
            .then(Affine.scaling(across, self.scale))
            .then(Affine.turning(self.turns, self.angle))
            .then(Affine.shift(self.x, self.y))
        )

    def corners(self) -> tuple[Point2, ...]:
        """The sheet's corners on the blank, from its own upper left one clockwise."""
        placed = self.on_blank()
        width, height = self.width, self.height
        return tuple(placed.point(*corner) for corner in ((0, 0), (width, 0), (width, height), (0, height)))

    def moved(self, right: float, down: float) -> SheetPlacement:
        """The sheet so much further right and down."""
        return replace(self, x=self.x + right, y=self.y + down)

    def turned(self, turns: int = 1) -> SheetPlacement:
        """The sheet turned by quarters where it lies."""
        return replace(self, turns=(self.turns + turns) % 4)

    @property
    def degrees(self) -> float:
        """How far it is turned to the right in all, more than -180 and at most 180."""
        whole = 90 * self.turns + self.angle
        return whole - 360 if whole > 180 else whole

    def at_angle(self, degrees: float) -> SheetPlacement:
        """The sheet turned so far in all, where it lies."""
        turns = round(degrees / 90)
        return replace(self, turns=turns % 4, angle=degrees - 90 * turns)


@dataclass(frozen=True)
class PlacementChange:
    """What somebody says of a placement; None for what stays as it was found.

    Attributes:
        turns: quarter turns to the right.
        mirrored: as of `SheetPlacement`.
        scale: likewise.
        left: of the rectangle around the sheet on the blank.
        top: likewise.
    """

    turns: int | None = None
    mirrored: bool | None = None
    scale: float | None = None
    left: float | None = None
    top: float | None = None

    def __bool__(self) -> bool:
        return self != PlacementChange()

    def applied(self, placement: SheetPlacement) -> SheetPlacement:
        """The placement with what was said of it."""
        changed = replace(
            placement,
            turns=placement.turns if self.turns is None else self.turns,
            mirrored=placement.mirrored if self.mirrored is None else self.mirrored,
            scale=placement.scale if self.scale is None else self.scale,
        )
        left = min(x for x, _ in changed.corners())
        top = min(y for _, y in changed.corners())
        right = 0.0 if self.left is None else self.left - left
        down = 0.0 if self.top is None else self.top - top
        return changed.moved(right, down)


@dataclass(frozen=True)
class SheetPiece:
    """What of a sheet lies on a panel.

    Attributes:
        place: from the upright panel, in millimetres from its upper left corner, to shares of the sheet's
            width and height.
        width: of the panel, when the sheet was laid on it.
        height: likewise.
    """

    place: Affine
    width: float
    height: float

    def shown(self, size: FlatSize, turns: int = 0) -> Affine:
        """From a panel of any size, upright, to shares of the sheet: the piece covers it, about its middle.

        Args:
            size: of the panel now.
            turns: quarter turns to the right the piece was given.
        """
        width, height = (self.height, self.width) if turns % 2 else (self.width, self.height)
        scale = max(size.width / width, size.height / height)
        return (
            Affine.shift(-size.width / 2, -size.height / 2)
            .then(Affine.scaling(1 / scale, 1 / scale))
            .then(Affine.turning(-turns))
            .then(Affine.shift(self.width / 2, self.height / 2))
            .then(self.place)
        )


def piece_on(panel: PlacedPanel, placement: SheetPlacement) -> SheetPiece:
    """What of a sheet lies on a panel of the blank."""
    place = upright_to_blank(panel).then(blank_to_shares(placement))
    return SheetPiece(place, *panel.picture_size)


def upright_to_blank(panel: PlacedPanel) -> Affine:
    """From the upright panel's picture, in millimetres from its upper left corner, to the blank."""
    width, height = panel.picture_size
    return (
        Affine.shift(-width / 2, -height / 2)
        .then(Affine.turning(panel.rotation // 90))
        .then(Affine.shift(*panel.centre))
    )


def blank_to_shares(placement: SheetPlacement) -> Affine:
    """From the blank to shares of the sheet's width and height."""
    return placement.on_blank().inverse().then(Affine.scaling(1 / placement.width, 1 / placement.height))
