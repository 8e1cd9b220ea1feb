"""How much ink a picture gets where it gets most."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from packdesk.export.press.profile import read_press_profile
from packdesk.export.press.proofing import Proof

if TYPE_CHECKING:
    from packdesk.export.press.options import PressOptions

_LONGEST_PX = 1024
_HIGHEST = 99.9
"""Percent of pixels that have at most the ink that is told: a few stray ones are none."""


def highest_ink(png: bytes, press: PressOptions) -> float:
    """The most ink of a checked picture's pixels, in percent; every so many of a large one. Slow.

    Raises:
        InvalidInputError: the profile is unusable.
    """
    profile = read_press_profile(press.profile)
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        opened.thumbnail((_LONGEST_PX, _LONGEST_PX), Image.Resampling.NEAREST)
        pixels = np.asarray(opened.convert("RGBA"))
    solid = pixels[pixels[..., 3] > 0][None, :, :3]
    if not solid.size:
        return 0.0
    proof = Proof(profile, press.ink_limit, separated=False, black_point=press.black_point)
    return float(np.percentile(proof.ink(np.ascontiguousarray(solid)), _HIGHEST))
