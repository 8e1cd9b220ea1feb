"""A partly folded package: where its pieces are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.dieline.fold import fold_plates, folded, in_space, stays_in_pieces
from packdesk.domain.dieline.rolling import rolled_share
from packdesk.domain.ears import crossed, triangulated
from packdesk.domain.easing import smoothstep

if TYPE_CHECKING:
    from packdesk.domain.dieline.motion import FoldPlate
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.geometry import FloatArray

_NOTHING_MM2 = 1e-6
_CLOSING = 0.75  # the share from which the package looks more and more as if it were closed


@dataclass(frozen=True, eq=False)
class Unfolding:
    """A package at one share of its folding.

    Attributes:
        dieline: the blank.
        share: 0 for the flat blank; close to 1 the package is nearly closed.
    """

    dieline: Dieline
    share: float

    @property
    def closed(self) -> float:
        """How far shadow and reflection are those of the closed package: 0 to 1, only towards the end."""
        return smoothstep(_CLOSING, 1.0, self.share)

    @property
    def rolled(self) -> float:
        """How far a cylinder's label is rolled: 0 to 1."""
        return rolled_share(self.share) if self.dieline.package_type == "cylinder" else 0.0

    @cached_property
    def plates(self) -> tuple[FoldPlate, ...]:
        """The flat pieces."""
        return fold_plates(self.dieline)

    @cached_property
    def matrices(self) -> dict[str, FloatArray]:
        """For each plate id the (4, 4) matrix from the sheet to space, with the lowest point on the floor.

        The front stays upright, so that artwork can be read at every moment; what hangs below it lifts it.
        """
        matrices = folded(self.dieline, self.share)
        lowest = min(
            float(in_space(matrices[plate.plate_id], plate.outline)[:, 2].min()) for plate in self.plates
        )
        lift = np.eye(4)
        lift[2, 3] = -lowest
        return {plate_id: lift @ matrix for plate_id, matrix in matrices.items()}

    @cached_property
    def extent(self) -> FloatArray:
        """The corners of all pieces in space, (n, 3)."""
        return np.concatenate([in_space(self.matrices[one.plate_id], one.outline) for one in self.plates])

    @cached_property
    def triangles(self) -> list[tuple[str, FloatArray]]:
        """Panel id, '' for a flap, and triangles in space, (n, 3, 3), of each piece."""
        return [
            (
                plate.panel_id or "",
                in_space(self.matrices[plate.plate_id], fan(plate.outline)).reshape(-1, 3, 3),
            )
            for plate in self.plates
        ]


def unfolding_of(dieline: Dieline, share: float) -> Unfolding | None:
    """The pieces of a package folded by a share; None where it is drawn as a closed one, in one piece."""
    in_pieces = share < 1 or stays_in_pieces(dieline.package_type, dieline.options)
    return Unfolding(dieline, share) if in_pieces else None


def fan(outline: FloatArray) -> FloatArray:
    """(3 n, 2) corners of a piece's triangles, counter-clockwise seen from the printed side.

    They lie around its middle, if all of it is seen from there.
    """
    corners = outline[::-1]
    middle, after = corners.mean(axis=0), np.roll(corners, -1, axis=0)
    turns = crossed(corners - middle, after - middle)
    if turns.min() < -_NOTHING_MM2 and turns.max() > _NOTHING_MM2:
        return triangulated(corners)
    return np.stack([np.broadcast_to(middle, corners.shape), corners, after], axis=1).reshape(-1, 2)
