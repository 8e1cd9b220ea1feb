"""How the pieces of a blank move while it folds: from which share to which, about which line, and how far."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from packdesk.domain.dieline.plates import Role
from packdesk.domain.easing import smoothstep

if TYPE_CHECKING:
    from packdesk.domain.curves import Segment
    from packdesk.domain.geometry import FloatArray

STAGES: dict[Role | str, tuple[float, float]] = {
    Role.WALL: (0.05, 0.5),
    Role.GLUE: (0.0, 0.3),
    Role.DUST: (0.45, 0.65),
    Role.SEAL: (0.55, 0.75),
    Role.TUCK: (0.5, 0.7),
    Role.TAB: (0.3, 0.6),
    Role.HANG: (0.0, 1.0),
    Role.CATCH: (0.45, 0.6),
    Role.SNAP: (0.55, 0.75),
    Role.TONGUE: (0.7, 0.9),
    Role.LOCK: (0.45, 0.65),
    Role.HOOK: (0.5, 0.7),
    Role.ARM: (0.55, 0.75),
    Role.INSERT: (0.0, 0.25),
    Role.SIDE: (0.05, 0.5),
    Role.END: (0.25, 0.5),
    Role.ROLL: (0.45, 0.6),
    Role.INNER: (0.5, 0.75),
    "beside": (0.6, 0.75),
    "label": (0.0, 0.7),
    "lift": (0.45, 0.62),
    "over": (0.6, 0.8),
    "lower": (0.75, 1.0),
    "bottom": (0.6, 0.85),
    "top": (0.75, 1.0),
}
"""From which share of the folding to which each part moves."""


LIFT = 1.1
"""Of its height a lid is lifted, so that it passes over its tray."""


@dataclass(frozen=True)
class FoldPlate:
    """A piece of the blank that stays flat.

    Attributes:
        plate_id: its name.
        panel_id: the panel whose picture it shows, None for a flap; `picture_points` says which part.
        outline: (n, 2) its corners on the sheet in millimetres, clockwise, arcs as chords; around holes, too.
        parent: the plate it hangs on, None if it hangs on none.
        hinge: where it hangs on it.
    """

    plate_id: str
    panel_id: str | None
    outline: FloatArray
    parent: str | None
    hinge: Segment | None


def progress(part: Role | str, share: float) -> float:
    """How far a part has moved, starting and ending gently."""
    return smoothstep(*STAGES[part], share)


def standing(middle: float, foot: float, depth: float) -> FloatArray:
    """The sheet held upright in the plane of the front: what is at (middle, foot) stands on the ground."""
    return np.array(
        [
            [1.0, 0.0, 0.0, -middle],
            [0.0, 0.0, 1.0, -depth / 2],
            [0.0, -1.0, 0.0, foot],
            [0.0, 0.0, 0.0, 1.0],
        ]
    )


def turned(hinge: Segment, angle: float) -> FloatArray:
    """Turns what lies to the left of a hinge away from the printed side."""
    x, y = np.subtract(hinge.end, hinge.start) / math.dist(hinge.start, hinge.end)
    cross = np.array([[0.0, 0.0, y], [0.0, 0.0, -x], [-y, x, 0.0]])
    matrix = np.eye(4)
    # Rodrigues' formula; the angle is negative because y grows downwards.
    matrix[:3, :3] += -math.sin(angle) * cross + (1 - math.cos(angle)) * (cross @ cross)
    start = np.array([*hinge.start, 0.0])
    matrix[:3, 3] = start - matrix[:3, :3] @ start
    return matrix
