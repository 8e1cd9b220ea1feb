"""From the screen's colours to the four inks of a press, by the printer's profile and within an ink limit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms

from packdesk.export.press.options import FULL_LIMIT

if TYPE_CHECKING:
    import numpy.typing as npt

    from packdesk.export.press.profile import PressProfile

    Bytes = npt.NDArray[np.uint8]

_ROWS = 256
"""At a time, so that a large picture takes no more than a few strips of memory beside it."""
_RELATIVE, _BLACK_POINT = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
_STEPS = np.arange(256, dtype=np.uint8)


class Separation:
    """LittleCMS's conversion by relative colorimetry, with black point compensation by choice.

    Neutral colours (red, green and blue are the same) get black ink only: small lettering and codes need no
    register, and a grey has no cast. Where the inks are more than the limit, cyan, magenta and yellow are
    reduced in proportion and black stays.

    Args:
        profile: of the press.
        limit: the sum of the four inks in percent, as in `PressOptions`.
        black_only: whether neutral colours get black ink only.
        black_point: whether the darkest tones are fitted to the darkest of the press.
    """

    def __init__(
        self,
        profile: PressProfile,
        limit: float = FULL_LIMIT,
        *,
        black_only: bool = True,
        black_point: bool = True,
    ) -> None:
        flags = _BLACK_POINT if black_point else ImageCms.Flags.NONE
        press = ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
        screen = ImageCms.createProfile("sRGB")
        self._transform = ImageCms.buildTransform(screen, press, "RGB", "CMYK", _RELATIVE, flags)
        self._most = int(limit * 255 / 100)
        self._blacks = _black_for_grey(screen, press) if black_only else None

    def inks(self, pixels: Bytes) -> Bytes:
        """The inks of pixels.

        Args:
            pixels: (rows, columns, 3), sRGB.

        Returns:
            (rows, columns, 4): cyan, magenta, yellow, black; 255 is an ink in full.
        """
        strips = [self._strip(pixels[row : row + _ROWS]) for row in range(0, len(pixels), _ROWS)]
        return np.concatenate(strips) if strips else np.empty((*pixels.shape[:2], 4), np.uint8)

    def colour(self, rgb: tuple[int, int, int]) -> tuple[float, float, float, float]:
        """The inks of one colour, 0 to 1."""
        cyan, magenta, yellow, black = self.inks(np.array([[rgb]], np.uint8))[0, 0] / 255
        return float(cyan), float(magenta), float(yellow), float(black)

    def _strip(self, pixels: Bytes) -> Bytes:
        converted = ImageCms.applyTransform(Image.fromarray(np.ascontiguousarray(pixels)), self._transform)
        inks = np.array(converted)
        if self._blacks is not None:
            neutral = pixels.max(axis=-1) == pixels.min(axis=-1)
            inks[neutral] = 0
            inks[neutral, 3] = self._blacks[pixels[neutral, 0]]
        return limited(inks, self._most)


def limited(inks: Bytes, most: int) -> Bytes:
    """Inks whose sum (255 for each in full) is nowhere above a limit; black stays."""
    sums = inks.sum(axis=-1, dtype=np.uint16)
    over = sums > most
    if not over.any():
        return inks
    colours, black = inks[over][:, :3].astype(np.uint32), inks[over][:, 3:].astype(np.int64)
    left = np.maximum(most - black, 0).astype(np.uint32)
    inks[over, :3] = colours * left // colours.sum(axis=-1, keepdims=True)
    return inks


def coverage(inks: Bytes) -> npt.NDArray[np.float32]:
    """The sum of the four inks of each pixel, in percent."""
    sums: npt.NDArray[np.float32] = inks.sum(axis=-1, dtype=np.uint16).astype(np.float32)
    return sums / np.float32(2.55)


def _black_for_grey(screen: Any, press: Any) -> Bytes:
    """The black ink that is as light as each grey of the screen, from the paper's white to full black."""
    lab = ImageCms.createProfile("LAB")
    greys = np.repeat(_STEPS[None, :, None], 3, axis=2)
    inks = np.zeros((1, 256, 4), np.uint8)
    inks[0, :, 3] = _STEPS
    wanted = _lightness(screen, lab, Image.fromarray(greys), "RGB")
    printed = _lightness(press, lab, Image.frombytes("CMYK", (256, 1), inks.tobytes()), "CMYK")
    darkness, depths = (_share_of_darkness(one) for one in (wanted, printed))
    return np.rint(np.interp(darkness, np.maximum.accumulate(depths), _STEPS)).astype(np.uint8)


def _share_of_darkness(lightness: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """0 for the lightest, 1 for the darkest of a range."""
    lightest, darkest = float(lightness.max()), float(lightness.min())
    shares: npt.NDArray[np.float64] = (lightest - lightness) / (lightest - darkest)
    return shares


def _lightness(source: Any, lab: Any, samples: Image.Image, mode: str) -> npt.NDArray[np.float64]:
    transform = ImageCms.buildTransform(source, lab, mode, "LAB", _RELATIVE)
    converted = ImageCms.applyTransform(samples, transform)
    assert converted is not None  # it is not done in place
    found: npt.NDArray[np.float64] = np.asarray(converted.getchannel(0), dtype=np.float64)
    first: npt.NDArray[np.float64] = found[0]
    return first
