"""Pixels as sRGB by an ICC profile; LittleCMS applies it."""

from __future__ import annotations

import io
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageCms

from packdesk.assets import asset_path
from packdesk.domain.text import cut

PLAIN_CMYK = "CMYK (CGATS TR 001)"
"""What inks without a profile are taken for: U.S. web offset, as most programs take them."""
_CMYK_PROFILE = "CGATS001Compat-v2-micro.icc"
_LONGEST_NAME = 80
_LAB = "LAB"
_DATE, _NEW_YEAR = slice(24, 36), bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
"""Where a profile says when it was made (ICC.1:2022, 7.2.8), and the first day of 2000."""
_RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
_PERCEPTUAL = ImageCms.Intent.PERCEPTUAL, ImageCms.Flags.NONE


class Converter(NamedTuple):
    """From the colours of a profile to sRGB.

    Attributes:
        name: what the profile calls itself.
        transform: LittleCMS's.
    """

    name: str
    transform: ImageCms.ImageCmsTransform

    def apply(self, plain: Image.Image) -> Image.Image:
        """A picture as sRGB; it has the mode the converter was made for."""
        converted = ImageCms.applyTransform(plain, self.transform)
        assert converted is not None  # it is not done in place
        return converted


def converter(profile: bytes, mode: str) -> Converter | None:
    """For pixels of a mode of Pillow: L, RGB or CMYK.

    Inks are converted perceptually, all others by relative colorimetry with black point compensation.

    Returns:
        None for a profile that changes nothing, is broken, or is of other colours than the pixels have.
    """
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = _to_srgb(source, mode)
        if mode == "RGB" and _changes_nothing(transform):
            return None
        return Converter(_name(source) or mode, transform)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def by_profile(plain: Image.Image, profile: bytes) -> tuple[Image.Image, str] | None:
    """The pixels as sRGB and what the profile calls itself; None as `converter`."""
    found = converter(profile, plain.mode)
    if found is None and plain.mode == "L":  # grey in a file whose profile is of RGB
        plain = plain.convert("RGB")
        found = converter(profile, "RGB")
    return None if found is None else (found.apply(plain), found.name)


def without_profile(plain: Image.Image) -> tuple[Image.Image, str] | None:
    """Inks and L*a*b* as sRGB where the file has no profile that fits; None for all other pixels."""
    if plain.mode == "CMYK":
        converted = by_profile(plain, _cmyk_profile())
        return None if converted is None else (converted[0], PLAIN_CMYK)
    if plain.mode == _LAB:
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000))
        return Converter("L*a*b*", _to_srgb(lab, _LAB)).apply(plain), "L*a*b*"
    return None


@lru_cache(1024)
def rgb_of_inks(cyan: float, magenta: float, yellow: float, black: float) -> tuple[int, int, int]:
    """What process inks, 0 to 1, look like on a screen, by `PLAIN_CMYK`; bare paper is white."""
    shares = cyan, magenta, yellow, black
    if not any(shares):
        return 255, 255, 255
    codes = tuple(round(255 * share) for share in shares)
    converted = without_profile(Image.new("CMYK", (1, 1), codes))
    assert converted is not None  # the profile is part of packdesk
    red, green, blue = np.asarray(converted[0])[0, 0]
    return int(red), int(green), int(blue)


@cache
def srgb_profile() -> bytes:
    """The profile of sRGB, the same bytes on every day: LittleCMS writes the hour into it."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_DATE] = _NEW_YEAR
    return bytes(made)


def _to_srgb(source: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
    intent, flags = _PERCEPTUAL if mode == "CMYK" else _RELATIVE
    return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB", intent, flags)


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether it is sRGB's own profile: rounding would change codes here and there."""
    steps = np.arange(0, 256, 17, dtype=np.uint8)
    samples = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(len(steps), -1, 3)
    converted = ImageCms.applyTransform(Image.fromarray(samples), transform)
    return bool(np.abs(np.asarray(converted).astype(int) - samples).max() <= 1)


def _name(profile: ImageCms.ImageCmsProfile) -> str:
    """Anybody may have written it."""
    try:
        return cut(ImageCms.getProfileDescription(profile).strip(), _LONGEST_NAME)
    except ImageCms.PyCMSError:
        return ""


@cache
def _cmyk_profile() -> bytes:
    return asset_path("colour", _CMYK_PROFILE).read_bytes()
