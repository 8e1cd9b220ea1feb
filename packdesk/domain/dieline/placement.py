"""Which point of a panel's picture lies at a point of the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import PlacedPanel
    from packdesk.domain.geometry import FloatArray

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
    uvs: FloatArray = (points - panel.centre) @ back / (panel.width, panel.height) + 0.5
    return uvs
