"""What a camera wrote into a picture: how it was held, and its colours (CIPA DC-008, "Exif").

Pillow writes warnings to the error stream where such data is broken; here that says nothing.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

_ORIENTATION, _CAMERA_TAGS, _INTEROPERABILITY_TAGS = 0x0112, 0x8769, 0xA005
_COLOUR_SPACE, _INTEROPERABILITY_INDEX = 0xA001, 0x0001
_ADOBE_RGB, _UNCALIBRATED = 2, 0xFFFF
_R03 = b"R03\0"  # DCF 2.0: the optional colour space, which is Adobe RGB's
_MAX_TAGS = 1000
_METHODS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(picture: Image.Image, exif: bytes) -> Image.Image:
    """A picture as it was seen; as it is, where the camera's data says nothing or is broken."""
    method = _METHODS.get(_number(exif, _ORIENTATION))
    return picture if method is None else picture.transpose(method)


def is_adobe_rgb(exif: bytes) -> bool:
    """Whether a camera says that its colours are Adobe RGB's."""
    space = _number(exif, _COLOUR_SPACE, _CAMERA_TAGS)
    if space != _UNCALIBRATED:
        return space == _ADOBE_RGB
    told = _value(exif, _INTEROPERABILITY_INDEX, _CAMERA_TAGS, _INTEROPERABILITY_TAGS)
    return told is not None and told[1] == _R03


def _number(exif: bytes, tag: int, *folders: int) -> int:
    """A tag of one 16-bit number; 0 where it is not there."""
    found = _value(exif, tag, *folders)
    return 0 if found is None else int(struct.unpack(f"{found[0]}H", found[1][:2])[0])


def _value(exif: bytes, tag: int, *folders: int) -> tuple[str, bytes] | None:
    """Byte order and the four bytes of a tag, in the folder the others lead to."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        for folder in folders:
            found = next((value for number, value in _tags(tiff, order, start) if number == folder), None)
            if found is None:
                return None
            (start,) = struct.unpack(f"{order}I", found)
        return next(((order, value) for number, value in _tags(tiff, order, start) if number == tag), None)
    except struct.error:
        return None


def _tags(tiff: bytes, order: str, start: int) -> Iterator[tuple[int, bytes]]:
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for number in range(min(count, _MAX_TAGS)):
        tag, _, _, value = struct.unpack_from(f"{order}HHI4s", tiff, start + 2 + 12 * number)
        yield tag, value
