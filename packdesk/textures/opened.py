"""A PNG, JPEG or WebP file, looked at but not decoded."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from packdesk.textures.colour import ColourSpace, told_by_camera, told_by_png
from packdesk.textures.exif import upright
from packdesk.textures.foreign.answer import NOTHING_TOLD, Told
from packdesk.textures.jpeg_file import END, JpegFile, read_jpeg
from packdesk.textures.png_file import MAX_PROFILE_BYTES, PngFile, read_png

if TYPE_CHECKING:
    from collections.abc import Callable

_SIXTEEN = 16
_LOW_BYTES = {
    2: "RGB;16L",
    6: "RGBA;16L",
}  # Pillow's names for the other byte order: it takes the byte we lack
_COLOURED = frozenset(_LOW_BYTES)
_OTHER_END = b"\x55" * 64 + END  # pixels a decoder would make up by this and by END alone differ
_STRIP_ROWS = 64


@dataclass(frozen=True)
class OpenedPicture:
    """What is known of a picture before its pixels are.

    Attributes:
        size: width and height in pixels.
        decode: makes the pixels, 8 bits a sample; raises where they are damaged.
        colours: what the file says of them.
        exif: camera data.
        low: makes the second bytes of samples of 16 bits, if there are any worth it.
        animated: more than one frame.
        drawn: whether the file has lines and no pixels, so that it could be drawn larger.
        slow: decoding would take a processor for long.
        told: what the file says of its size in print, where it was asked for.
    """

    size: tuple[int, int]
    decode: Callable[[], Image.Image]
    colours: ColourSpace | bytes | None = None
    exif: bytes = b""
    low: Callable[[], Image.Image] | None = None
    animated: bool = False
    drawn: bool = False
    slow: bool = False
    told: Told = NOTHING_TOLD

    def upright(self, picture: Image.Image) -> Image.Image:
        """The pixels as the camera saw them."""
        return upright(picture, self.exif)


def opened_png(data: bytes) -> OpenedPicture:
    """Look at a PNG file; raises where it is damaged."""
    file = read_png(data)
    colours = told_by_png(file)
    fine = colours is not None and file.depth == _SIXTEEN and file.colour_type in _COLOURED
    return OpenedPicture(
        size=(file.width, file.height),
        decode=lambda: _png_pixels(file),
        colours=colours,
        low=(lambda: _low_bytes(file)) if fine else None,
        exif=file.exif,
        animated=file.animated,
        told=_told_by_png(file),
    )


def _told_by_png(file: PngFile) -> Told:
    """Size by pHYs, where that is in metres, and a template's note."""
    note = file.notes.get(b"tEXt", b"").decode("latin-1").replace("\0", " ")
    density = file.notes.get(b"pHYs", b"")
    if len(density) < 9 or density[8] != 1:
        return Told(note=note)
    across, down = (int.from_bytes(density[at : at + 4], "big") for at in (0, 4))
    if not (across and down):
        return Told(note=note)
    return Told((1000 * file.width / across, 1000 * file.height / down), note=note)


def opened_jpeg(data: bytes) -> OpenedPicture:
    """Look at a JPEG file; raises where it is damaged."""
    file = read_jpeg(data)
    return OpenedPicture(
        size=(file.width, file.height),
        decode=lambda: _jpeg_pixels(file),
        colours=file.profile or told_by_camera(file.exif),
        exif=file.exif,
        slow=file.slow,
        told=_told_by_jfif(data, file.width, file.height),
    )


def _told_by_jfif(data: bytes, width: int, height: int) -> Told:
    """Size by the density in the JFIF header (ITU-T T.871, 10.1)."""
    unit_mm = {1: 25.4, 2: 10.0}.get(data[13]) if data[6:11] == b"JFIF\0" and len(data) > 18 else None
    across, down = (int.from_bytes(data[at : at + 2], "big") for at in (14, 16))
    if unit_mm is None or not (across and down):
        return NOTHING_TOLD
    return Told((unit_mm * width / across, unit_mm * height / down))


def opened_webp(data: bytes) -> OpenedPicture:
    """Look at a WebP file; raises where it is damaged. Its header limits a side to 16,384 pixels."""
    size, animated, exif, profile = _webp_notes(data)
    return OpenedPicture(
        size=size,
        decode=lambda: _loaded(data, "WEBP"),
        colours=profile or told_by_camera(exif),
        exif=exif,
        animated=animated,
    )


def _loaded(data: bytes, kind: str) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=[kind]) as picture:
        picture.load()
        return picture


def _png_pixels(file: PngFile) -> Image.Image:
    picture = _loaded(file.pixels, "PNG")
    clear = file.transparent_colour
    opaque = None if clear is None else _other_than(file, picture, clear)
    if picture.mode.startswith("I"):
        # Converting 16-bit grey directly clips everything above 255 to white.
        picture = picture.point(lambda value: value / 257).convert("L")
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode == "1":
        picture = picture.convert("L")
    if opaque is not None:
        picture.putalpha(opaque)
    return picture


def _other_than(file: PngFile, picture: Image.Image, clear: tuple[int, ...]) -> Image.Image:
    """Opacity: 0 where all samples are those, else 255. Pillow compares 8 bits only."""
    if len(clear) == 1:
        most = 1 if file.depth == _SIXTEEN else 255 // (2**file.depth - 1)
        grey = picture.convert("L") if picture.mode == "1" else picture
        return _differing([(grey, np.array(clear[0] * most))])
    if file.depth < _SIXTEEN:
        return _differing([(picture, np.array(clear))])
    return _differing([(picture, np.array(clear) >> 8), (_low_bytes(file), np.array(clear) & 255)])


def _low_bytes(file: PngFile) -> Image.Image:
    with Image.open(io.BytesIO(file.pixels), formats=["PNG"]) as low:
        low.tile = [tile._replace(args=_LOW_BYTES[file.colour_type]) for tile in low.tile]
        low.load()
    return low.convert("RGB")


def _differing(compared: list[tuple[Image.Image, np.ndarray]]) -> Image.Image:
    width, height = compared[0][0].size
    opacity = Image.new("L", (width, height), 255)
    for top in range(0, height, _STRIP_ROWS):
        area = (0, top, width, min(top + _STRIP_ROWS, height))
        same = np.ones((area[3] - top, width), dtype=bool)
        for picture, samples in compared:
            equal = np.asarray(picture.crop(area)) == samples
            same &= equal.all(axis=2) if equal.ndim > 2 else equal
        opacity.paste(Image.fromarray(np.where(same, 0, 255).astype(np.uint8)), (0, top))
    return opacity


def _jpeg_pixels(file: JpegFile) -> Image.Image:
    picture = _loaded(file.pixels + END, "JPEG")
    # Without its end marker a file may be whole or cut: what a decoder makes up depends on what follows.
    if not file.ended and picture.tobytes() != _loaded(file.pixels + _OTHER_END, "JPEG").tobytes():
        raise ValueError("the picture is cut")
    return picture


def _webp_notes(data: bytes) -> tuple[tuple[int, int], bool, bytes, bytes | None]:
    """Size, whether it is animated, camera data and profile (WebP container specification, RFC 9649)."""
    size, animated, exif, profile, at = (0, 0), False, b"", None, 12
    for _ in range(1000):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + min(length, MAX_PROFILE_BYTES)]
        if kind in {b"VP8X", b"VP8 ", b"VP8L"} and size == (0, 0):
            size = _webp_size(kind, body)
            animated = kind == b"VP8X" and bool(body[0] & 2)
        elif kind == b"EXIF":
            exif = body
        elif kind == b"ICCP" and length == len(body):
            profile = body
        at += 8 + length + length % 2
        if at >= len(data):
            break
    return size, animated, exif, profile


def _webp_size(kind: bytes, body: bytes) -> tuple[int, int]:
    if len(body) < (5 if kind == b"VP8L" else 10):
        raise ValueError("a header that is cut")
    if kind == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
