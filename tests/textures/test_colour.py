"""Primaries, white points and curves against numbers other people have published."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from PIL import Image
from support.odd_pictures import chunk, png

from packdesk.textures.colour import ColourSpace, as_srgb, told_by_png
from packdesk.textures.png_file import read_png

Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

# From the linear light of H.273's primaries to that of sRGB.
PUBLISHED = {
    5: ((1.0440, -0.0440, 0), (0, 1, 0), (0, 0.0118, 0.9882)),  # ITU-R BT.601, 625 lines
    6: ((0.9395, 0.0502, 0.0103), (0.0178, 0.9658, 0.0164), (-0.0016, -0.0044, 1.0060)),  # SMPTE C
    7: ((0.9395, 0.0502, 0.0103), (0.0178, 0.9658, 0.0164), (-0.0016, -0.0044, 1.0060)),
    9: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),  # BT.2087
    11: ((1.1575, -0.1550, -0.0026), (-0.0415, 1.0456, -0.0041), (-0.0181, -0.0786, 1.0966)),  # DCI-P3
    12: ((1.2249, -0.2249, 0), (-0.0421, 1.0421, 0), (-0.0196, -0.0786, 1.0983)),  # Display P3
}
# Bruce Lindbloom's tables: sRGB and NTSC of 1953 to XYZ, and Bradford's adaptation from illuminant C to D65.
SRGB_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
NTSC_TO_XYZ = (
    (0.6068909, 0.1735011, 0.2003480),
    (0.2989164, 0.5865990, 0.1144845),
    (0, 0.0660957, 1.1162243),
)
C_TO_D65 = (
    (0.9904476, -0.0071683, -0.0116156),
    (-0.0123712, 1.0155950, -0.0029282),
    (-0.0035635, 0.0067697, 0.9181569),
)
# CSS Color 4: from the linear light of ProPhoto RGB, whose white is D50, to that of sRGB.
PROPHOTO = (0.34567, 0.35850, 0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001)
PROPHOTO_TO_SRGB = (
    (2.03438, -0.72764, -0.30674),
    (-0.22883, 1.23174, -0.00292),
    (-0.00856, -0.15327, 1.16183),
)


def told(*notes: bytes) -> ColourSpace:
    space = told_by_png(read_png(png(*notes)))
    assert isinstance(space, ColourSpace)
    return space


def mixing(code: int) -> Numbers:
    found = told(chunk(b"cICP", bytes((code, 13, 0, 1)))).mixing
    assert found is not None
    return found


def gamma(value: float) -> bytes:
    return chunk(b"gAMA", struct.pack(">I", round(value * 100_000)))


def chromaticities(*points: float) -> bytes:
    return chunk(b"cHRM", struct.pack(">8I", *(round(value * 100_000) for value in points)))


@pytest.mark.parametrize("code", PUBLISHED)
def test_primaries_are_the_published_ones(code: int) -> None:
    assert mixing(code) == pytest.approx(np.array(PUBLISHED[code]), abs=0.0006)


@pytest.mark.parametrize("code", [4, 5, 6, 9, 11, 12])
def test_white_stays_white(code: int) -> None:
    assert mixing(code).sum(axis=1) == pytest.approx(np.ones(3), abs=1e-6)


def test_the_oldest_primaries_are_those_of_illuminant_c() -> None:
    published = np.linalg.inv(SRGB_TO_XYZ) @ C_TO_D65 @ NTSC_TO_XYZ
    assert mixing(4) == pytest.approx(published, abs=0.001)


def test_another_white_is_adapted_by_bradford_s_method() -> None:
    space = told(chromaticities(*PROPHOTO))
    assert space.mixing == pytest.approx(np.array(PROPHOTO_TO_SRGB), abs=0.001)


@pytest.mark.parametrize(
    ("code", "place", "light"),
    [
        (1, 0.5, 0.2597),  # ITU-R BT.709: a line of 4.5, then a power
        (1, 0.05, 0.05 / 4.5),
        (1, 0.08, 0.08 / 4.5),
        (1, 1.0, 1.0),
        (6, 0.5, 0.2597),
        (14, 0.5, 0.2597),
        (15, 0.5, 0.2597),
        (4, 0.5, 0.5**2.2),
        (5, 0.5, 0.5**2.8),
        (8, 0.5, 0.5),
        (16, 0.508078, 100 / 203),  # SMPTE ST 2084: codes of 100, 1,000 and 10,000 nits
        (16, 0.751827, 1_000 / 203),
        (16, 1.0, 10_000 / 203),
        (16, 0.58069, 1.0),  # ITU-R BT.2408: diffuse white
        (16, 0.0, 0.0),
        (18, 0.75, 1.0),  # ITU-R BT.2408: diffuse white of HLG on a display of 1,000 nits
        (18, 1.0, 1_000 / 203),
        (18, 0.5, 1_000 / 203 * (1 / 12) ** 1.2),
        (18, 0.25, 1_000 / 203 * (1 / 48) ** 1.2),
    ],
)
def test_curves_have_their_published_values(code: int, place: float, light: float) -> None:
    space = told(chunk(b"cICP", bytes((9, code, 0, 1))))
    assert np.interp(place, np.arange(256) / 255, space.light) == pytest.approx(light, rel=0.002, abs=1e-6)
    assert (np.diff(space.light) >= 0).all()


def test_a_narrow_range_is_black_at_16_and_white_at_235() -> None:
    light = told(chunk(b"cICP", bytes((1, 8, 0, 0)))).light
    assert light[[0, 16, 235, 255]].tolist() == [0, 0, 1, 1]
    assert light[126] == pytest.approx(110 / 219)
    assert light[17] > 0


@pytest.mark.parametrize(
    "note", [(2, 13, 0, 1), (1, 2, 0, 1), (9, 13, 1, 1), (1, 13, 0, 1), (1, 13, 0, 1, 0), (9, 13, 0)]
)
def test_code_points_without_a_meaning_say_nothing(note: tuple[int, ...]) -> None:
    assert told_by_png(read_png(png(chunk(b"cICP", bytes(note))))) is None


def test_a_gamma_near_the_usual_one_is_that() -> None:
    for value in (1 / 2.2 * 1.04, 1 / 2.2 * 0.96):
        assert told_by_png(read_png(png(gamma(value)))) is None
    for value in (1 / 2.2 * 1.06, 1 / 2.2 * 0.94):
        assert told(gamma(value)).light[128] == pytest.approx((128 / 255) ** (1 / value), rel=0.001)
    assert told(gamma(0.01)).light[254] == pytest.approx((254 / 255) ** 20), "no sensible gamma is as high"


def test_primaries_near_the_usual_ones_are_those() -> None:
    usual = (0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)
    assert told_by_png(read_png(png(chromaticities(*usual)))) is None
    assert told_by_png(read_png(png(chromaticities(*(value + 0.0015 for value in usual))))) is None
    assert told(chromaticities(*(value + 0.003 for value in usual))).mixing is not None
    assert told_by_png(read_png(png(chromaticities(0.3127, 0.0, *usual[2:])))) is None, "a white of no light"


def test_a_large_picture_is_converted_as_its_parts_are() -> None:
    pixels = np.random.default_rng(5).integers(0, 256, (521, 1009, 4), dtype=np.uint8)  # two strips and a row
    space = told(chunk(b"cICP", bytes((12, 13, 0, 1))))
    whole = np.asarray(as_srgb(Image.fromarray(pixels), space).picture)
    assert (whole[..., 3] == pixels[..., 3]).all()
    for row in (0, 258, 259, 260, 518, 519, 520):
        part = as_srgb(Image.fromarray(np.ascontiguousarray(pixels[row : row + 1])), space).picture
        assert (np.asarray(part)[0] == whole[row]).all()
    wanted = space.light[pixels[..., :3]] @ mixing(12).T
    codes = np.where(wanted <= 0.0031308, 12.92 * wanted, 1.055 * np.clip(wanted, 0, 1) ** (1 / 2.4) - 0.055)
    assert np.abs(whole[..., :3] - np.clip(255 * codes, 0, 255)).max() <= 0.6
