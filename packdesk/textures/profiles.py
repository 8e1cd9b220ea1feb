"""Pixels as sRGB by an ICC profile; LittleCMS applies it."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
from PIL import Image, ImageCms

from packdesk.assets import asset_path
from packdesk.domain.text import cut

PLAIN_CMYK = "CMYK (CGATS TR 001)"
"""What inks without a profile are taken for: U.S. web offset, as most programs take them."""
_CMYK_PROFILE = "CGATS001Compat-v2-micro.icc"
_LONGEST_NAME = 80
_LAB = "LAB"
_RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
_PERCEPTUAL = ImageCms.Intent.PERCEPTUAL, ImageCms.Flags.NONE


def by_profile(plain: Image.Image, profile: bytes) -> tuple[Image.Image, str] | None:
    """The pixels as sRGB and what the profile calls itself.

    Inks are converted perceptually, all others by relative colorimetry with black point compensation.

    Returns:
        None for a profile that changes nothing, is broken, or is of other colours than the pixels have.
    """
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() == "RGB" and plain.mode == "L":
            plain = plain.convert("RGB")
        transform = _to_srgb(source, plain.mode)
        if plain.mode == "RGB" and _changes_nothing(transform):
            return None
        return _applied(transform, plain), _name(source) or plain.mode
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def without_profile(plain: Image.Image) -> tuple[Image.Image, str] | None:
    """Inks and L*a*b* as sRGB where the file has no profile that fits; None for all other pixels."""
    if plain.mode == "CMYK":
        converted = by_profile(plain, _cmyk_profile())
        return None if converted is None else (converted[0], PLAIN_CMYK)
    if plain.mode == _LAB:
        transform = _to_srgb(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)), _LAB)
        return _applied(transform, plain), "L*a*b*"
    return None


def _applied(transform: ImageCms.ImageCmsTransform, plain: Image.Image) -> Image.Image:
    converted = ImageCms.applyTransform(plain, transform)
    assert converted is not None  # it is not done in place
    return converted


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
