"""A picture's mip chain, averaged as light; made off the GUI thread.

What is averaged is light, not the codes that stand for it (IEC 61966-2-1), so fine print neither darkens nor
thickens in the smaller levels. Transparent pixels have no weight: no dark seam where artwork ends.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from packdesk.domain.colour import srgb_bytes, srgb_light

if TYPE_CHECKING:
    from collections.abc import Iterator

Pixels = npt.NDArray[np.uint8]
Light = npt.NDArray[np.float32]

_ROWS = 16  # of the smaller level at a time: what is between them stays in the processor's cache
_STEPS = 65535  # of light that are told apart; in the darkest tones about twenty of them make one code

_FOURTH = 2**14 - 1  # steps of light of which four make a number of 16 bits


class Rows(Protocol):
    """Pixels (height, width, 4) of which some rows are asked for at a time."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Height, width, channels."""
        ...

    def __getitem__(self, rows: slice, /) -> Pixels:
        """Those rows."""
        ...


class MippedImage(QImage):
    """RGBA with 8 bits a channel, and the smaller levels of its mip chain.

    Attributes:
        levels: level 1, 2 ... down to a single pixel, each half as wide and high as the former, rounded down.
    """

    levels: tuple[QImage, ...] = ()


def mipped(pixels: Pixels) -> MippedImage:
    """A picture with its mip chain. Slow for large art: never on the GUI thread.

    Args:
        pixels: (height, width, 4), not premultiplied.
    """
    height, width, _ = pixels.shape
    image = MippedImage(width, height, QImage.Format.Format_RGBA8888)
    fill(image, pixels)
    levels = []
    for smaller in smaller_levels(pixels):
        level = QImage(smaller.shape[1], smaller.shape[0], QImage.Format.Format_RGBA8888)
        fill(level, smaller)
        levels.append(level)
    image.levels = tuple(levels)
    return image


def fill(image: QImage, pixels: Pixels, first: int = 0) -> None:
    """Put pixels into a picture of four bytes a pixel, from a byte on; numpy lets other threads run."""
    np.frombuffer(image.bits(), dtype=np.uint8)[first : first + pixels.size] = pixels.reshape(-1)


def smaller_levels(pixels: Pixels) -> Iterator[Pixels]:
    """Level 1, 2 ... of a picture (height, width, 4), down to a single pixel."""
    opaque = bool(pixels[..., 3].min() == 255)
    while pixels.shape[0] > 1 or pixels.shape[1] > 1:
        pixels = halved(pixels, opaque=opaque)
        yield pixels


def halved(pixels: Rows, *, opaque: bool) -> Pixels:
    """Half as many rows and columns, rounded down; `opaque` if nothing shines through."""
    height, width = pixels.shape[:2]
    if opaque and height % 2 == width % 2 == 0:
        return _halved_evenly(pixels)
    rows, columns = max(height // 2, 1), max(width // 2, 1)
    smaller = np.full((rows, columns, 4), 255, dtype=np.uint8)
    for first in range(0, rows, _ROWS):
        last = min(first + _ROWS, rows)
        strip = pixels[2 * first : height if last == rows else 2 * last + height % 2]
        part = smaller[first:last]
        if opaque:
            light = _decoding()[strip[..., :3]]
            part[..., :3] = _encoded(_shrunk(light, first, height))
        else:
            _average_weighted(strip, first, height, part)
    return smaller


def _halved_evenly(pixels: Rows) -> Pixels:
    """Means of two by two pixels, of two channels at a time, each in 16 bits of a number."""
    height, width = pixels.shape[:2]
    smaller = np.empty((height // 2, width // 2, 4), dtype=np.uint8)
    light = np.empty((2 * _ROWS, width, 2), np.uint32)
    for first in range(0, height // 2, _ROWS):
        part = smaller[first : first + _ROWS]
        rows = light[: 2 * len(part)]
        strip = np.ascontiguousarray(pixels[2 * first : 2 * (first + len(part))])
        np.take(_decoding_pairs(), strip.view(np.uint16), out=rows, mode="clip")
        higher = rows[0::2] + rows[1::2]
        summed = higher[:, 0::2] + higher[:, 1::2]
        np.take(_encoding_sums(), summed.view(np.uint16), out=part, mode="clip")
    return smaller


def _average_weighted(strip: Pixels, first: int, height: int, part: Pixels) -> None:
    weights = strip[..., 3:].astype(np.float32)
    summed = _shrunk(_decoding()[strip[..., :3]] * weights, first, height)
    opacity = _shrunk(weights, first, height)
    part[..., 3:] = (opacity + np.float32(0.5)).astype(np.uint8)
    summed /= np.maximum(opacity, np.float32(1e-6))
    part[..., :3] = _encoded(summed)


def _shrunk(light: Light, first: int, height: int) -> Light:
    """Half as many rows and columns; the rows are those for row `first` and on, out of `height` in all."""
    shorter = _averaged(light, first, height)
    return _averaged(shorter.swapaxes(0, 1), 0, light.shape[1]).swapaxes(0, 1)


def _averaged(light: Light, first: int, count: int) -> Light:
    """Means over `count // 2` windows of equal width; where `count` is odd they share samples."""
    if count == 1:
        return light
    if count % 2 == 0:
        return (light[0::2] + light[1::2]) * np.float32(0.5)
    half = count // 2
    place = np.arange(first, first + len(light) // 2, dtype=np.float32)[:, None, None]
    sums = light[0:-1:2] * (half - place) + light[1::2] * np.float32(half) + light[2::2] * (place + 1)
    windows: Light = sums / np.float32(count)
    return windows


def _encoded(light: Light) -> Pixels:
    return _encoding()[(light * np.float32(_STEPS) + np.float32(0.5)).astype(np.uint16)]


@cache
def _decoding() -> Light:
    """Light, 0 to 1, of every code."""
    codes = np.arange(256) / 255
    return srgb_light(codes).astype(np.float32)


@cache
def _decoding_pairs() -> npt.NDArray[np.uint32]:
    """Light, 0 to `_FOURTH`, of every two codes beside each other, in the halves of a number."""
    light = np.rint(srgb_light(np.arange(256) / 255) * _FOURTH).astype(np.uint32)
    codes = np.arange(2**16)
    pairs: npt.NDArray[np.uint32] = light[codes & 255] | light[codes >> 8] << 16
    return pairs


@cache
def _encoding_sums() -> Pixels:
    """The code of the mean of four lights, by their sum."""
    return srgb_bytes(np.arange(4 * _FOURTH + 1) / (4 * _FOURTH))


@cache
def _encoding() -> Pixels:
    """The code of every step of light."""
    return srgb_bytes(np.arange(_STEPS + 1) / _STEPS)
