"""Mip chains against light averaged the long way."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from packdesk.textures.mips import Light, Pixels, mipped, smaller_levels


def decoded(codes: Pixels) -> Light:
    part = codes / 255
    return np.asarray(np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4), np.float32)


def encoded(light: Light) -> Light:
    codes = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(255 * codes, np.float32)


def window_weights(count: int) -> Light:
    """(count // 2, count): the part of every sample in every window."""
    smaller = max(count // 2, 1)
    edges = np.linspace(0, count, smaller + 1)
    samples = np.arange(count)
    covered = np.minimum(edges[1:, None], samples + 1) - np.maximum(edges[:-1, None], samples)
    return np.asarray(np.clip(covered, 0, None) * smaller / count, np.float32)


def halved_slowly(pixels: Pixels) -> Light:
    rows, columns = window_weights(pixels.shape[0]), window_weights(pixels.shape[1])
    opacity = pixels[..., 3:] / 255
    premultiplied = np.concatenate([decoded(pixels[..., :3]) * opacity, opacity], axis=2)
    mean = np.einsum("ry,yxc,kx->rkc", rows, premultiplied, columns)
    colour = encoded(mean[..., :3] / np.maximum(mean[..., 3:], 1e-9))
    return np.concatenate([colour, 255 * mean[..., 3:]], axis=2)


@given(st.integers(1, 150), st.integers(1, 40), st.booleans(), st.integers(0, 2**32 - 1))
def test_every_level_is_the_light_of_the_one_before(height: int, width: int, opaque: bool, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), dtype=np.uint8)
    if opaque:
        pixels[..., 3] = 255
    levels = [pixels, *smaller_levels(pixels)]
    assert levels[-1].shape == (1, 1, 4)
    assert len(levels) == max(height, width).bit_length()
    for larger, smaller in itertools.pairwise(levels):
        wanted = halved_slowly(larger)
        seen = wanted[..., 3] > 0.5  # the colour of what is not there does not matter
        assert np.abs(smaller[seen] - wanted[seen]).max(initial=0) <= 1
        assert np.abs(smaller[..., 3] - wanted[..., 3]).max() <= 1


def test_fine_print_keeps_its_light() -> None:
    pixels = np.full((64, 64, 4), 255, dtype=np.uint8)
    pixels[::2, :, :3] = 0
    grey = next(smaller_levels(pixels))
    assert set(grey[..., 0].ravel()) == {188}, "averaged as codes instead of light, it would be 127 or 128"


def test_what_is_transparent_lends_no_colour() -> None:
    pixels = np.zeros((8, 8, 4), dtype=np.uint8)
    pixels[:, 1:] = (200, 40, 60, 255)
    edge = next(smaller_levels(pixels))[0, 0]
    assert tuple(edge) == (200, 40, 60, 128)


@pytest.mark.usefixtures("qapp")
def test_a_picture_carries_its_levels() -> None:
    pixels = np.full((6, 5, 4), (10, 20, 30, 255), dtype=np.uint8)
    image = mipped(pixels)
    assert [(level.width(), level.height()) for level in (image, *image.levels)] == [(5, 6), (2, 3), (1, 1)]
    assert all(level.pixelColor(0, 0) == QColor(10, 20, 30) for level in (image, *image.levels))
    del pixels
    assert image.pixelColor(4, 5) == QColor(10, 20, 30)
