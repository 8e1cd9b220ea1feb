"""Turn untrusted picture bytes into a canonical PNG, or refuse them with a sentence."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from packdesk.errors import BadPictureError

MAX_BYTES = 64 * 2**20
MAX_PIXELS = 64_000_000
MAX_SIDE = 16_384
MIN_SIDE = 16
_FORMATS = ("PNG", "JPEG", "WEBP")


@dataclass(frozen=True)
class CleanPicture:
    """A picture that was fully decoded once and written anew, without anything but its pixels.

    Attributes:
        png: the encoded picture, RGB or RGBA, 8 bits a channel.
        width: in pixels.
        height: in pixels.
        sha256: of `png`, hexadecimal.
    """

    png: bytes
    width: int
    height: int
    sha256: str


def clean_picture(data: bytes) -> CleanPicture:
    """Check and re-encode a picture. Sizes are judged from the header, before any pixel is decoded.

    Raises:
        BadPictureError: not a PNG, JPEG or WebP, damaged, animated, too large or too small.
    """
    if len(data) > MAX_BYTES:
        raise BadPictureError(
            f"The picture file has {len(data) / 2**20:.0f} MB; {MAX_BYTES // 2**20} are possible."
        )
    with _opened(data) as picture:
        _check_size(*picture.size)
        _check_sums(picture)
    with _opened(data) as picture:
        if getattr(picture, "is_animated", False) and picture.format != "MPO":  # those carry previews
            raise BadPictureError("The picture is animated.", "Use a still picture.")
        pixels = _decoded(picture)
    buffer = io.BytesIO()
    pixels.save(buffer, "PNG", compress_level=3)
    png = buffer.getvalue()
    return CleanPicture(png, pixels.width, pixels.height, hashlib.sha256(png).hexdigest())


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPictureError("The picture has too many pixels.", "Scale it down first.") from error
    except Exception as error:
        raise BadPictureError("This is not a PNG, JPEG or WebP picture.") from error


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise BadPictureError(
            f"The picture has {width} x {height} pixels, which is too many.",
            f"Scale it down to at most {MAX_PIXELS // 1_000_000} megapixels.",
        )
    if min(width, height) < MIN_SIDE:
        raise BadPictureError(
            f"The picture has only {width} x {height} pixels.",
            f"Use one of at least {MIN_SIDE} pixels a side.",
        )


def _check_sums(picture: Image.Image) -> None:
    # Decoding alone passes over the checksums of a PNG's pixel data, and shows what is left of them.
    try:
        picture.verify()
    except Exception as error:
        raise BadPictureError("The picture is damaged.") from error


def _decoded(picture: Image.Image) -> Image.Image:
    try:
        picture.load()  # decodes every pixel: cut and corrupt files fail here, not on the card
        upright = ImageOps.exif_transpose(_eight_bits(picture))
        transparent = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
        pixels = upright.convert("RGBA" if transparent else "RGB")
    except Exception as error:
        raise BadPictureError("The picture is damaged.") from error
    pixels.info.clear()  # no EXIF, profile or text chunk travels on
    return pixels


def _eight_bits(picture: Image.Image) -> Image.Image:
    # Converting 16-bit grey directly clips everything above 255 to white.
    return picture.point(lambda value: value / 257, "L") if picture.mode.startswith("I") else picture
