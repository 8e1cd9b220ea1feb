"""What a picture says of its colours, and its pixels as sRGB.

A PNG file may say it in four ways, of which the first in this order counts: coding-independent code points
(cICP, ITU-T H.273), an ICC profile, sRGB, gamma with primaries (W3C PNG, third edition, 4.3); what a camera
wrote comes last. Profiles are applied by LittleCMS (`profiles`), the others are arithmetic.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from packdesk.domain.colour import srgb_bytes, srgb_light
from packdesk.textures.exif import is_adobe_rgb
from packdesk.textures.profiles import by_profile, converter, without_profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.textures.png_file import PngFile
    from packdesk.textures.profiles import Converter

Floats = npt.NDArray[np.float64]

_D65 = (0.3127, 0.3290)
_SRGB = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), _D65)
_PRIMARIES = {  # H.273 table 2: red, green, blue, white as x and y
    1: _SRGB,
    4: ((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), (0.310, 0.316)),
    5: ((0.64, 0.33), (0.29, 0.60), (0.15, 0.06), _D65),
    6: ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), _D65),
    7: ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), _D65),
    9: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), _D65),
    11: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351)),
    12: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _D65),
}
_SRGB_CURVE, _AS_SRGB = 13, frozenset({1, 2, 6, 14, 15})
_NAMES = {9: "BT.2020", 11: "DCI-P3", 12: "Display P3"}
_CURVE_NAMES = {8: ", linear", 16: ", PQ", 18: ", HLG"}
_ADOBE_RGB = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), _D65)  # Adobe RGB (1998), 4.3.1
_ADOBE_GAMMA = 563 / 256
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_WHITE_NITS = 203.0  # of diffuse white in HDR pictures, ITU-R BT.2408
_SRGB_GAMMA = 1 / 2.2
_SAME_GAMMA = 0.05  # libpng's threshold: nearer gammas are not told apart
_STRIP_PIXELS = 2**18


@dataclass(frozen=True)
class ColourSpace:
    """Red, green and blue that are not sRGB's.

    Attributes:
        light: linear light, 1 for white, of each of the 256 codes.
        mixing: the 3 x 3 matrix from its light to that of sRGB; None where the primaries are the same.
        name: for people, the same in every language.
    """

    light: Floats
    mixing: Floats | None
    name: str = "RGB"


class ConvertedPicture(NamedTuple):
    """A picture in sRGB, and the name of the colours it came in; empty where they were sRGB already."""

    picture: Image.Image
    came_in: str


def told_by_png(file: PngFile) -> ColourSpace | bytes | None:
    """The colours a PNG file tells of: a space, an ICC profile, or None for sRGB or nothing told."""
    code_points = file.notes.get(b"cICP", b"")
    space = _by_code_points(*code_points) if len(code_points) == 4 else None
    if space is not None:
        return None if _is_srgb(space) else space
    profile = file.profile
    if profile is not None:
        return profile
    if b"sRGB" in file.notes:
        return None
    space = _by_gamma(file.notes.get(b"gAMA", b""), file.notes.get(b"cHRM", b""))
    if space is None:
        return told_by_camera(file.exif)
    return None if _is_srgb(space) else space


def told_by_code_points(primaries: int, transfer: int) -> ColourSpace | None:
    """As of HEIF files, whose pixels a decoder has made RGB already; video's own curve is meant as sRGB's."""
    if transfer in _AS_SRGB:
        transfer = _SRGB_CURVE
    space = _by_code_points(primaries, transfer, 0, 1)
    return None if space is None or _is_srgb(space) else space


def told_by_camera(exif: bytes) -> ColourSpace | None:
    """The colours a camera tells of, which counts where the file has no profile; None for sRGB."""
    if not is_adobe_rgb(exif):
        return None
    return ColourSpace((np.arange(256) / 255) ** _ADOBE_GAMMA, _mixing(_ADOBE_RGB), "Adobe RGB")


def as_srgb(
    picture: Image.Image, told: ColourSpace | bytes | None, low: Image.Image | None = None
) -> ConvertedPicture:
    """A picture with its colours as sRGB.

    Args:
        picture: 8 bits a sample: grey or RGB with or without opacity, CMYK or L*a*b*.
        told: what its file says of its colours.
        low: the second bytes of a picture of 16 bits a sample, of which `picture` has the first. Linear
            light in 8 bits would have no shadows.
    """
    plain = picture.convert({"LA": "L", "RGBA": "RGB"}.get(picture.mode, picture.mode))
    converted = None
    if isinstance(told, bytes):
        converted = by_profile(plain, told) if low is None else _finely(plain, low, told)
    elif told is not None:
        converted = _by_arithmetic(plain, told, low), told.name
    converted = converted or without_profile(plain)
    if converted is None:
        return ConvertedPicture(picture, "")
    if picture.mode in {"LA", "RGBA"}:
        converted[0].putalpha(picture.getchannel("A"))
    return ConvertedPicture(*converted)


def _finely(plain: Image.Image, low: Image.Image, profile: bytes) -> tuple[Image.Image, str] | None:
    """By a profile, for 16 bits a sample: LittleCMS is given 8, what is between two codes is interpolated."""
    found = converter(profile, "RGB")
    if found is None:
        return None
    result, rows = Image.new("RGB", plain.size), max(1, _STRIP_PIXELS // plain.width)
    for top in range(0, plain.height, rows):
        area = (0, top, plain.width, min(top + rows, plain.height))
        shown = _interpolated(_codes(plain.crop(area), low.crop(area)), found)
        result.paste(Image.fromarray(np.rint(np.clip(shown, 0, 255)).astype(np.uint8)), (0, top))
    return result, found.name


def _interpolated(codes: npt.NDArray[np.float32], by: Converter) -> npt.NDArray[np.float32]:
    base = np.minimum(codes, 254).astype(np.uint8)
    start = np.asarray(by.apply(Image.fromarray(base))).astype(np.float32)
    shown = start.copy()
    for channel in range(3):
        above = base.copy()
        above[..., channel] += 1
        share = (codes[..., channel] - base[..., channel])[..., None]
        shown += (np.asarray(by.apply(Image.fromarray(above))) - start) * share
    return shown


def _codes(high: Image.Image, low: Image.Image) -> npt.NDArray[np.float32]:
    """Samples of 16 bits as codes of 8, with what lies between them."""
    whole: npt.NDArray[np.float32] = np.asarray(high).astype(np.float32) * 256 + np.asarray(low)
    return whole / np.float32(257)


def _by_arithmetic(plain: Image.Image, space: ColourSpace, low: Image.Image | None) -> Image.Image:
    if low is not None:
        return _mixed(plain, space, low)
    if space.mixing is not None:
        return _mixed(plain.convert("RGB"), space)
    plain = plain if plain.mode == "L" else plain.convert("RGB")
    return plain.point(srgb_bytes(space.light).tolist() * len(plain.getbands()))


def _mixed(picture: Image.Image, space: ColourSpace, low: Image.Image | None = None) -> Image.Image:
    """In place, strip by strip: all of a large picture as numbers would take gigabytes."""
    rows = max(1, _STRIP_PIXELS // picture.width)
    steps = srgb_bytes(np.arange(65536) / 65535)
    matrix = (np.eye(3) if space.mixing is None else space.mixing).T.astype(np.float32)
    lit = space.light.astype(np.float32)
    for top in range(0, picture.height, rows):
        area = (0, top, picture.width, min(top + rows, picture.height))
        strip = picture.crop(area)
        light = lit[np.asarray(strip)] if low is None else _between(lit, _codes(strip, low.crop(area)))
        mixed = np.clip(light @ matrix, 0, 1)
        picture.paste(
            Image.fromarray(steps[(mixed * np.float32(65535) + np.float32(0.5)).astype(np.int32)]), (0, top)
        )
    return picture


def _between(lit: npt.NDArray[np.float32], codes: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.interp(codes, np.arange(256), lit).astype(np.float32)


def _is_srgb(space: ColourSpace) -> bool:
    return space.mixing is None and bool((srgb_bytes(space.light) == np.arange(256)).all())


def _by_gamma(gamma: bytes, chromaticities: bytes) -> ColourSpace | None:
    value = struct.unpack(">I", gamma)[0] / 100_000 if len(gamma) == 4 else 0.0
    points = struct.unpack(">8I", chromaticities) if len(chromaticities) == 32 else ()
    mixing = None
    if points:
        white, red, green, blue = [
            (x / 100_000, y / 100_000) for x, y in zip(points[::2], points[1::2], strict=True)
        ]
        mixing = _mixing((red, green, blue, white))
    if not value and mixing is None:
        return None
    codes = np.arange(256) / 255
    usual = not value or abs(value / _SRGB_GAMMA - 1) <= _SAME_GAMMA
    # Gammas out of all reason would only be a black or white picture.
    name = "RGB" if usual else f"RGB, gamma {1 / value:.3g}"
    return ColourSpace(srgb_light(codes) if usual else codes ** min(1 / value, 20.0), mixing, name)


def _by_code_points(primaries: int, transfer: int, matrix: int, whole_range: int) -> ColourSpace | None:
    """None for what has no meaning here: reserved numbers, "unspecified", other matrices than RGB's."""
    curve = _CURVES.get(transfer)
    if primaries not in _PRIMARIES or curve is None or matrix:
        return None
    codes = np.arange(256) / 255
    if not whole_range:
        codes = np.clip((np.arange(256) - 16) / 219, 0, 1)
    name = _NAMES.get(primaries, "RGB") + _CURVE_NAMES.get(transfer, "")
    return ColourSpace(curve(codes), _mixing(_PRIMARIES[primaries]), name)


def _mixing(points: tuple[tuple[float, float], ...]) -> Floats | None:
    """From light of these primaries and white to that of sRGB; None for sRGB's own, or no sensible ones."""
    if np.allclose(points, _SRGB, atol=0.002):
        return None
    try:
        whole: Floats = np.linalg.inv(_to_xyz(_SRGB)) @ _adapted(points[3]) @ _to_xyz(points)
    except (np.linalg.LinAlgError, ZeroDivisionError):
        return None
    return whole if bool(np.isfinite(whole).all()) else None


def _to_xyz(points: tuple[tuple[float, float], ...]) -> Floats:
    columns = np.array([_xyz(point) for point in points[:3]]).T
    scale = np.linalg.solve(columns, _xyz(points[3]))
    result: Floats = columns * scale
    return result


def _xyz(point: tuple[float, float]) -> Floats:
    x, y = point
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _adapted(white: tuple[float, float]) -> Floats:
    """Bradford's adaptation from a white to that of sRGB (ICC.1 annex E)."""
    cones = (_BRADFORD @ _xyz(_D65)) / (_BRADFORD @ _xyz(white))
    adapted: Floats = np.linalg.inv(_BRADFORD) @ np.diag(cones) @ _BRADFORD
    return adapted


def _video_light(codes: Floats) -> Floats:
    """ITU-R BT.709, also 601 and 2020."""
    light: Floats = np.where(codes < 0.081, codes / 4.5, ((codes + 0.099) / 1.099) ** (1 / 0.45))
    return light


def _pq_light(codes: Floats) -> Floats:
    """SMPTE ST 2084, with diffuse white as 1."""
    root = codes ** (1 / 78.84375)
    nits = 10_000 * (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
    light: Floats = nits / _WHITE_NITS
    return light


def _hlg_light(codes: Floats) -> Floats:
    """ARIB STD-B67 on a display of 1,000 nits, with diffuse white as 1; as if all were grey."""
    scene = np.where(
        codes <= 0.5, codes**2 / 3, (np.exp((codes - 0.55991073) / 0.17883277) + 0.28466892) / 12
    )
    light: Floats = 1000 * scene**1.2 / _WHITE_NITS
    return light


_CURVES: dict[int, Callable[[Floats], Floats]] = {  # H.273 table 3
    1: _video_light,
    4: lambda codes: codes**2.2,
    5: lambda codes: codes**2.8,
    6: _video_light,
    8: lambda codes: codes,
    13: srgb_light,
    14: _video_light,
    15: _video_light,
    16: _pq_light,
    18: _hlg_light,
}
