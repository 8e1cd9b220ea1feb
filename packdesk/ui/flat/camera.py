"""Where the flat view looks: a scale and a point of the sheet, by arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

_MIN_SCALE = 1e-3  # pixels per millimetre, for a frame with no room at all


class Margins(NamedTuple):
    """Room in pixels kept free around the sheet for measures and names."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class FlatCamera:
    """The sheet as seen in a frame.

    Attributes:
        scale: pixels per millimetre.
        x: of the point of the sheet in the middle of the frame, in millimetres.
        y: of that point.
    """

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def zoomed(self, scale: float, right: float, down: float) -> FlatCamera:
        """At another scale; the point that many pixels from the frame's middle stays where it is."""
        shrink = 1 / self.scale - 1 / scale
        return FlatCamera(scale, self.x + right * shrink, self.y + down * shrink)

    def panned(self, right: float, down: float) -> FlatCamera:
        """With the sheet moved by that many pixels."""
        return FlatCamera(self.scale, self.x - right / self.scale, self.y - down / self.scale)

    def kept_within(self, width: float, height: float) -> FlatCamera:
        """Moved as far as needed to look at a point between (0, 0) and (width, height) millimetres."""
        return FlatCamera(self.scale, min(max(self.x, 0.0), width), min(max(self.y, 0.0), height))


def fitting(sheet: tuple[float, float], frame: tuple[float, float], margins: Margins) -> FlatCamera:
    """All of a sheet (width, height in millimetres) in a frame (in pixels), centred between the margins."""
    across = margins.left + margins.right
    along = margins.top + margins.bottom
    scale = max(min((frame[0] - across) / sheet[0], (frame[1] - along) / sheet[1]), _MIN_SCALE)
    middle = sheet[0] / 2, sheet[1] / 2
    return FlatCamera(
        scale,
        middle[0] + (margins.right - margins.left) / 2 / scale,
        middle[1] + (margins.bottom - margins.top) / 2 / scale,
    )
