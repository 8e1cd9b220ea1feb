"""The curve of sRGB: from the codes of a picture to light and back (IEC 61966-2-1). All run from 0 to 1."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def srgb_to_linear(code: float) -> float:
    """The light one code stands for."""
    return code / 12.92 if code <= 0.04045 else ((code + 0.055) / 1.055) ** 2.4


def srgb_light(codes: Floats) -> Floats:
    """The light many codes stand for."""
    light: Floats = np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)
    return light


def srgb_bytes(light: Floats) -> npt.NDArray[np.uint8]:
    """The codes of light, 0 to 255; light beyond the limits counts as these."""
    held = np.clip(light, 0, 1)
    codes = np.where(held <= 0.0031308, 12.92 * held, 1.055 * held ** (1 / 2.4) - 0.055)
    rounded: npt.NDArray[np.uint8] = np.rint(255 * codes).astype(np.uint8)
    return rounded
