"""Primaries against matrices other people have published."""

from __future__ import annotations

import numpy as np
import pytest
from support.odd_pictures import chunk, png

from packdesk.textures.colour import ColourSpace, told_by_png
from packdesk.textures.png_file import read_png

# From the linear light of H.273's primaries to that of sRGB.
PUBLISHED = {
    5: ((1.0440, -0.0440, 0), (0, 1, 0), (0, 0.0118, 0.9882)),  # ITU-R BT.601, 625 lines
    6: ((0.9395, 0.0502, 0.0103), (0.0178, 0.9658, 0.0164), (-0.0016, -0.0044, 1.0060)),  # SMPTE C
    7: ((0.9395, 0.0502, 0.0103), (0.0178, 0.9658, 0.0164), (-0.0016, -0.0044, 1.0060)),
    9: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),  # BT.2087
    12: ((1.2249, -0.2249, 0), (-0.0421, 1.0421, 0), (-0.0196, -0.0786, 1.0983)),  # Display P3
}


def mixing(code: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    space = told_by_png(read_png(png(chunk(b"cICP", bytes((code, 13, 0, 1))))))
    assert isinstance(space, ColourSpace)
    assert space.mixing is not None
    return space.mixing


@pytest.mark.parametrize("code", PUBLISHED)
def test_primaries_are_the_published_ones(code: int) -> None:
    assert mixing(code) == pytest.approx(np.array(PUBLISHED[code]), abs=0.0006)


@pytest.mark.parametrize("code", [4, 5, 6, 9, 11, 12])
def test_white_stays_white(code: int) -> None:
    assert mixing(code).sum(axis=1) == pytest.approx(np.ones(3), abs=1e-6)
