"""A step from 0 to 1 that starts and ends gently."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.floating[Any]]


@overload
def smoothstep(start: float, end: float, at: float) -> float: ...
@overload
def smoothstep(start: float, end: float, at: _Floats) -> _Floats: ...
def smoothstep(start: float, end: float, at: float | _Floats) -> float | _Floats:
    """GLSL's `smoothstep`: 0 up to `start`, 1 from `end` on, between them Hermite's cubic."""
    share: float | _Floats = np.clip((at - start) / (end - start), 0.0, 1.0)
    return share * share * (3 - 2 * share)
