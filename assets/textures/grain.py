"""Writes grain.png anew: the tooth of paper and its fibres, for the 3D view.

python assets/textures/grain.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float64]

_PIXELS = 512
_SEED = 7


def paint_grain() -> npt.NDArray[np.uint8]:
    """(512, 512, 3): the tooth of paper lit from above left, its fibres, nothing; 128 on average, seamless.

    Noise is shaped by its spectrum (Lagae et al., "A Survey of Procedural Noise Functions", 2010): an even
    share of sizes from 0.4 to 7 mm for the tooth, and strokes of a few millimetres in all directions.
    """
    random = np.random.default_rng(_SEED)
    height = _band(random.standard_normal((_PIXELS, _PIXELS)), _ring(14, 240))
    tooth = height - np.roll(height, (1, 1), axis=(0, 1))
    strokes = [
        np.maximum(_band(random.standard_normal((_PIXELS, _PIXELS)), _stroke(angle)) - 1.2, 0.0)
        for angle in np.linspace(0.0, np.pi, 9)[:-1]
    ]
    fleck = sum(sign * stroke for sign, stroke in zip((1, -1) * 4, strokes, strict=True))
    cloud = _band(random.standard_normal((_PIXELS, _PIXELS)), _ring(2, 24))
    planes = [tooth, 1.5 * fleck + 0.35 * cloud, np.zeros_like(tooth)]
    return np.stack([np.clip(np.rint(128 + 42 * _even(plane)), 0, 255) for plane in planes], 2).astype(
        np.uint8
    )


def _band(noise: FloatArray, spectrum: FloatArray) -> FloatArray:
    """The noise with that spectrum, of unit deviation."""
    return _even(np.fft.ifft2(np.fft.fft2(noise) * spectrum).real)


def _even(plane: FloatArray) -> FloatArray:
    deviation = float(plane.std())
    return (plane - plane.mean()) / deviation if deviation else plane


def _frequencies() -> tuple[FloatArray, FloatArray]:
    """Waves across the picture, along both sides."""
    waves = np.fft.fftfreq(_PIXELS, 1 / _PIXELS)
    x, y = np.meshgrid(waves, waves)
    return x, y


def _ring(low: float, high: float) -> FloatArray:
    """Waves from low to high, long ones stronger, as in most of nature."""
    waves = np.hypot(*_frequencies())
    spectrum: FloatArray = np.where((waves >= low) & (waves <= high), 1 / np.maximum(waves, 1.0), 0.0)
    return spectrum


def _stroke(angle: float) -> FloatArray:
    """Strokes across that angle: long one way, thin the other."""
    x, y = _frequencies()
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    spectrum: FloatArray = np.exp(-((along / 16) ** 2) - (across / 130) ** 2)
    spectrum[0, 0] = 0.0
    return spectrum


if __name__ == "__main__":
    Image.fromarray(paint_grain()).save(Path(__file__).with_name("grain.png"), optimize=True)
