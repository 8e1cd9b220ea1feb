"""How colours would look in print (a soft proof), what a press cannot print, and how much ink lies where."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms

from packdesk.domain.sight import LEAST_INK, MOST_INK, OVER, WARNING, Sight
from packdesk.export.press.inks import Separation, coverage

if TYPE_CHECKING:
    import numpy.typing as npt

    from packdesk.export.press.profile import PressProfile

    Bytes = npt.NDArray[np.uint8]

FAR_OFF = 6.0
"""Colour difference (CIE 1976) from which on a colour counts as one the press cannot print."""
_ROWS = 256
_RELATIVE, _ABSOLUTE = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Intent.ABSOLUTE_COLORIMETRIC
_WARM, _HOT = np.array(LEAST_INK, np.float32), np.array(MOST_INK, np.float32)


class Proof:
    """Looks at pixels as a press would print them: through the inks they get, seen on its paper.

    Args:
        profile: of the press.
        limit: of ink, in percent, as in `PressOptions`.
        separated: whether the inks will be ours, held within the limit; else the printer's program converts.
        black_point: as of `Separation`.
    """

    def __init__(
        self, profile: PressProfile, limit: float, *, separated: bool = True, black_point: bool = True
    ) -> None:
        press = ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
        screen, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        kept = {"black_only": separated, "black_point": black_point}
        self._unlimited = Separation(profile, **kept)
        self._printed = Separation(profile, limit, **kept) if separated else self._unlimited
        self._limit = limit
        self._on_paper = ImageCms.buildTransform(press, screen, "CMYK", "RGB", _ABSOLUTE)
        self._wanted = ImageCms.buildTransform(screen, lab, "RGB", "LAB", _RELATIVE)
        # Dark tones that were fitted to the darkest of the press on purpose are not missed.
        flags = ImageCms.Flags.BLACKPOINTCOMPENSATION if black_point else ImageCms.Flags.NONE
        self._got = ImageCms.buildTransform(press, lab, "CMYK", "LAB", _RELATIVE, flags)

    def seen(self, pixels: Bytes, sight: Sight) -> Bytes:
        """Pixels as they are looked at, (rows, columns, 4), sRGB; opacity stays as it is. Slow."""
        seen = pixels.copy()
        for row in range(0, len(pixels), _ROWS):
            strip = np.ascontiguousarray(pixels[row : row + _ROWS, :, :3])
            seen[row : row + _ROWS, :, :3] = self._strip(strip, sight)
        return seen

    def ink(self, pixels: Bytes) -> npt.NDArray[np.float32]:
        """The sum of the inks each pixel would get without a limit, in percent."""
        return coverage(self._unlimited.inks(pixels))

    def out_of_reach(self, pixels: Bytes) -> npt.NDArray[np.bool_]:
        """The pixels whose colour the press misses by more than `FAR_OFF`."""
        return self._missed(pixels, self._printed.inks(pixels))

    def _strip(self, pixels: Bytes, sight: Sight) -> Bytes:
        if sight is Sight.INKS:
            return _heat(self.ink(pixels), self._limit)
        inks = self._printed.inks(pixels)
        seen: Bytes = np.array(ImageCms.applyTransform(Image.fromarray(inks, "CMYK"), self._on_paper))
        if sight is Sight.GAMUT:
            seen[self._missed(pixels, inks)] = WARNING
        return seen

    def _missed(self, pixels: Bytes, inks: Bytes) -> npt.NDArray[np.bool_]:
        wanted = _lab(Image.fromarray(pixels), self._wanted)
        got = _lab(Image.fromarray(inks, "CMYK"), self._got)
        missed: npt.NDArray[np.bool_] = np.linalg.norm(wanted - got, axis=-1) > FAR_OFF
        return missed


def _lab(picture: Image.Image, transform: Any) -> npt.NDArray[np.float32]:
    """Lightness and the two colour axes, in their own units (ICC.1:2022, 6.3.4.2, 8 bits)."""
    codes = np.asarray(ImageCms.applyTransform(picture, transform))
    lightness = codes[..., :1].astype(np.float32) * np.float32(100 / 255)
    axes = codes[..., 1:].view(np.int8).astype(np.float32)  # Pillow keeps them signed
    return np.concatenate([lightness, axes], axis=-1)


def _heat(ink: npt.NDArray[np.float32], limit: float) -> Bytes:
    """Pale where there is little ink, orange towards the limit, red beyond it."""
    share = np.clip(ink / np.float32(limit), 0, 1)[..., None]
    shown: Bytes = (_WARM * (1 - share) + _HOT * share).astype(np.uint8)
    shown[ink > limit + 0.5] = OVER
    return shown
