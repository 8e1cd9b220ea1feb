"""A package on its way between its flat blank and the closed box: where its pieces are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.dieline.fold import fold_plates, folded, in_space
from packdesk.domain.easing import smoothstep

if TYPE_CHECKING:
    from packdesk.domain.dieline import Dieline
    from packdesk.domain.dieline.fold import FoldPlate
    from packdesk.domain.geometry import FloatArray

_CLOSING = 0.75  # the share from which the package looks more and more as if it were closed


@dataclass(frozen=True, eq=False)
class Unfolding:
    """One moment of folding.

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

    def panel_hit(self, origin: FloatArray, direction: FloatArray) -> str | None:
        """The panel a ray meets first, '' for the flap it meets, None if it meets nothing."""
        nearest, found = np.inf, None
        for plate in self.plates:
            inverse = np.linalg.inv(self.matrices[plate.plate_id])
            start, step = inverse[:3, :3] @ origin + inverse[:3, 3], inverse[:3, :3] @ direction
            if abs(step[2]) < 1e-12:
                continue
            way = -start[2] / step[2]
            if 0 < way < nearest and _inside(plate.outline, start[:2] + way * step[:2]):
                nearest, found = way, plate.panel_id or ""
        return found


def _inside(outline: FloatArray, point: FloatArray) -> bool:
    """Whether a point lies within a polygon, by counting the edges a line to the right crosses."""
    x, y = point
    ends = np.roll(outline, -1, axis=0)
    spans = (outline[:, 1] > y) != (ends[:, 1] > y)
    begin, end = outline[spans], ends[spans]
    crossed = begin[:, 0] + (y - begin[:, 1]) / (end[:, 1] - begin[:, 1]) * (end[:, 0] - begin[:, 0])
    return bool(np.count_nonzero(crossed > x) % 2)
