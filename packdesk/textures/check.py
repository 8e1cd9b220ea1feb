"""Turn untrusted picture bytes into a canonical PNG, or refuse them with a sentence."""

from __future__ import annotations

import hashlib
import io
import threading
import zlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from packdesk.chosen_file import read_chosen
from packdesk.domain.sheet.facts import SheetFacts
from packdesk.domain.units import MM_PER_INCH, pixel_size
from packdesk.errors import BadPictureError
from packdesk.sentence import Sentence
from packdesk.textures.colour import ConvertedPicture, as_srgb
from packdesk.textures.foreign.answer import NOTHING_TOLD
from packdesk.textures.incoming import FIRST_PAGE, MAX_BYTES, MAX_SHEET_BYTES
from packdesk.textures.kinds import APART, JPEG, PDF, PNG, WEBP, kind_of
from packdesk.textures.opened import opened_jpeg, opened_png, opened_webp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PIL import Image

    from packdesk.domain.panels import FlatSize
    from packdesk.textures.incoming import Part
    from packdesk.textures.opened import OpenedPicture

MAX_PIXELS = 64_000_000
MAX_SIDE = 16_384
MIN_SIDE = 16
_PRINT_DPI = 300.0
_SAVE_AS = "Save it as PNG, JPEG, TIFF, PDF or SVG in another program."
_LARGE_PIXELS = 8_000_000
_OPENERS = {PNG: opened_png, JPEG: opened_jpeg, WEBP: opened_webp}

large_picture = threading.Lock()
"""Held while a large picture is decoded: each takes up to a gigabyte meanwhile."""


@dataclass(frozen=True)
class CleanPicture:
    """A picture that was fully decoded once and written anew, without anything but its pixels.

    Attributes:
        png: the encoded picture, RGB or RGBA, 8 bits a channel, sRGB.
        width: in pixels.
        height: in pixels.
        sha256: of `png`, hexadecimal.
        notes: sentences of whoever made it about what it does not show.
        bars: whether whoever made it drew a barcode.
        came_in: the name of the colours it came in, where they were not sRGB.
        drawing: the PDF or SVG file it was drawn from; may be empty.
        signature: what its maker wants to have back when it is asked to change the picture; may be empty.
    """

    png: bytes = field(repr=False)
    width: int
    height: int
    sha256: str
    notes: tuple[str, ...] = ()
    bars: bool = False
    came_in: str = ""
    drawing: bytes = field(default=b"", repr=False)
    signature: bytes = field(default=b"", repr=False)

    @classmethod
    def of(cls, pixels: Image.Image, came_in: str = "", level: int = 3) -> CleanPicture:
        """Pixels without anything beside them, encoded; at the first level in half of the time."""
        buffer = io.BytesIO()
        # What looks for runs only is a quarter faster there, and no larger: PNG's filters leave little else.
        quick = {"compress_type": zlib.Z_RLE} if level == 1 else {}
        pixels.save(buffer, "PNG", compress_level=level, **quick)
        png = buffer.getvalue()
        return cls(png, pixels.width, pixels.height, hashlib.sha256(png).hexdigest(), came_in=came_in)


@dataclass(frozen=True)
class DecodedSheet:
    """Artwork of a whole blank that was decoded and checked, and what its file says of it.

    Attributes:
        pixels: RGB or RGBA, 8 bits a channel, sRGB.
        came_in: as of `CleanPicture`.
        drawing: likewise.
        facts: what the file says.
    """

    pixels: Image.Image
    came_in: str
    drawing: bytes = field(repr=False)
    facts: SheetFacts

    @cached_property
    def clean(self) -> CleanPicture:
        """The sheet written anew. Slow: nearly half of what a sheet takes goes into it."""
        return replace(CleanPicture.of(self.pixels, self.came_in, level=1), drawing=self.drawing)


def clean_picture(data: bytes) -> CleanPicture:
    """Check and re-encode a PNG, JPEG or WebP. Sizes are judged from the header, before any pixel is decoded.

    Raises:
        BadPictureError: another kind, damaged, animated, too large, too small, too slow to decode.
    """
    return _cleaned(data, _opened, MAX_BYTES)


def clean_artwork(data: bytes, panel: FlatSize | None = None) -> CleanPicture:
    """As `clean_picture`, for files of people: also TIFF, AVIF, PSD, PDF, SVG and HEIC. Blocks for seconds.

    Args:
        data: a file.
        panel: what it is for; a drawing without pixels of its own becomes fine enough to print on it.
    """
    kind = kind_of(data)
    if kind not in APART:
        return _cleaned(data, _opened, MAX_BYTES)

    def opened(data: bytes) -> OpenedPicture:
        from packdesk.textures.foreign.decoding import Limits, opened_apart  # noqa: PLC0415  (seldom needed)

        cover = (0, 0) if panel is None else pixel_size(panel, _PRINT_DPI)
        return opened_apart(kind, data, Limits(MAX_PIXELS, MAX_SIDE, cover))

    return _cleaned(data, opened, MAX_BYTES)


def clean_sheet(data: bytes, cover: tuple[int, int] = (0, 0)) -> tuple[CleanPicture, SheetFacts]:
    """As `clean_artwork`, for artwork of a whole blank; also what its file says of it.

    Args:
        data: a file.
        cover: pixels a drawing has to cover, where that is more than its own size at 300 dpi.
    """
    sheet = decoded_sheet(data, cover)
    return sheet.clean, sheet.facts


def decoded_sheet(data: bytes, cover: tuple[int, int] = (0, 0)) -> DecodedSheet:
    """As `clean_sheet`, not yet written anew."""
    told = NOTHING_TOLD

    def opened(data: bytes) -> OpenedPicture:
        nonlocal told
        from packdesk.textures.foreign.decoding import Limits, opened_apart  # noqa: PLC0415  (seldom needed)

        kind = kind_of(data)
        apart = Limits(MAX_PIXELS, MAX_SIDE, cover, sheet=True)
        found = opened_apart(kind, data, apart) if kind in APART else _opened(data)
        told = found.told
        return found

    (picture, came_in), drawing = _checked(data, opened, MAX_SHEET_BYTES)
    at_300_dpi = (picture.width * MM_PER_INCH / _PRINT_DPI, picture.height * MM_PER_INCH / _PRINT_DPI)
    width, height = told.size or at_300_dpi
    if (width > height) != (picture.width > picture.height):  # it was turned upright
        width, height = height, width
    facts = SheetFacts(width, height, told.size is not None, told.trim, told.note)
    return DecodedSheet(picture, came_in, drawing, facts)


def _cleaned(data: bytes, open_it: Callable[[bytes], OpenedPicture], most_bytes: int) -> CleanPicture:
    decoded, drawing = _checked(data, open_it, most_bytes)
    return replace(CleanPicture.of(*decoded), drawing=drawing)


def _checked(
    data: bytes, open_it: Callable[[bytes], OpenedPicture], most_bytes: int
) -> tuple[ConvertedPicture, bytes]:
    """The pixels, and the file where they were drawn from it."""
    if len(data) > most_bytes:
        raise BadPictureError(
            Sentence("The picture file has more than {most} MB.", most=most_bytes // 2**20),
            "Scale it down, or save it as JPEG.",
        )
    try:
        opened = open_it(data)
    except BadPictureError:
        raise
    except Exception as error:
        raise BadPictureError("The picture is damaged.") from error
    check_size(*opened.size)
    if opened.slow:
        raise BadPictureError(
            "The picture is a JPEG with too many passes to be shown.",
            "Save it anew as an ordinary JPEG or PNG.",
        )
    if opened.animated:
        raise BadPictureError("The picture is animated.", "Use a still picture.")
    drawing = data if opened.drawn else b""
    if opened.size[0] * opened.size[1] <= _LARGE_PIXELS:
        return _decoded(opened), drawing
    with large_picture:
        return _decoded(opened), drawing


def _opened(data: bytes) -> OpenedPicture:
    kind = kind_of(data)
    if kind is not None and kind in _OPENERS:
        return _OPENERS[kind](data)
    raise _no_picture(data, kind)


def check_kind(data: bytes, kind: str | None) -> None:
    """Refuse what is none of the kinds of files people have.

    Raises:
        BadPictureError: nothing here reads it.
    """
    if kind is None or (kind not in _OPENERS and kind not in APART):
        raise _no_picture(data, kind)


def _no_picture(data: bytes, kind: str | None) -> BadPictureError:
    if not data:
        return BadPictureError("The picture file is empty.")
    if kind is None:
        return BadPictureError("This is no picture packdesk can read.", _SAVE_AS)
    return BadPictureError(Sentence("This is no picture packdesk can read but {kind}.", kind=kind), _SAVE_AS)


def check_size(width: int, height: int) -> None:
    """Refuse a picture of so many pixels before one of them is decoded.

    Raises:
        BadPictureError: they are too many, or too few.
    """
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise BadPictureError(
            Sentence("The picture is too large: {width} x {height} pixels.", width=width, height=height),
            Sentence("Scale it down to at most {most} megapixels.", most=MAX_PIXELS // 1000000),
        )
    if min(width, height) < MIN_SIDE:
        raise BadPictureError(
            Sentence("The picture is too small: {width} x {height} pixels.", width=width, height=height),
            Sentence("Use one of at least {least} pixels a side.", least=MIN_SIDE),
        )


def _decoded(opened: OpenedPicture) -> ConvertedPicture:
    try:
        # Decodes every pixel: cut and corrupt files fail here, not on the card.
        low = None if opened.low is None else opened.low()
        pixels, came_in = as_srgb(opened.decode(), opened.colours, low)
        transparent = pixels.mode in {"RGBA", "LA", "PA"} or "transparency" in pixels.info
        wanted = "RGBA" if transparent else "RGB"
        pixels = opened.upright(pixels if pixels.mode == wanted else pixels.convert(wanted))
    except Exception as error:
        raise BadPictureError("The picture is damaged.") from error
    pixels.info.clear()  # no EXIF, profile or text chunk travels on
    return ConvertedPicture(pixels, came_in)


def read_picture_file(file: Path, panel: FlatSize | None = None, part: Part = FIRST_PAGE) -> CleanPicture:
    """Read and check a picture file; arguments and what it raises as of `chosen_data` and `clean_artwork`."""
    return clean_artwork(chosen_data(file, part), panel)


def read_logo_file(file: Path, panel: FlatSize | None = None) -> CleanPicture:
    """As `read_picture_file`, of what has to show something.

    Raises:
        BadPictureError: as there, or every pixel is transparent.
    """
    picture = read_picture_file(file, panel)
    decoded = opened_png(picture.png).decode()
    if decoded.mode == "RGBA" and decoded.getchannel("A").getbbox() is None:
        raise BadPictureError(
            "There is nothing to be seen in this picture.",
            "Look at it in the program it is from: it may be hidden there, or have neither fill nor line.",
        )
    return picture


def chosen_data(file: Path, part: Part = FIRST_PAGE, most_bytes: int = MAX_BYTES) -> bytes:
    """What stands in a picture's file, or in a part of it.

    Args:
        file: the picture.
        part: what of a PDF document; it becomes a document of its own.
        most_bytes: what may be used; one more is read, so that too much is seen.

    Raises:
        BadPictureError: it cannot be read, or has no such part.
    """
    return part_data(picture_data(file, most_bytes), part)


def part_data(data: bytes, part: Part) -> bytes:
    """A part of a picture's file, as a file of its own; raises as `chosen_data`."""
    if part == FIRST_PAGE:
        return data
    if kind_of(data) != PDF:
        raise BadPictureError(
            "Only PDF documents have pages and layers to choose from.", "Leave page and layers out."
        )
    from packdesk.textures.foreign.parts import page_alone  # noqa: PLC0415  (seldom needed)

    return page_alone(data, part)


def picture_data(file: Path, most_bytes: int = MAX_BYTES) -> bytes:
    """What stands in a picture's file, as far as it may be used, and a byte more.

    Raises:
        BadPictureError: it cannot be read.
    """
    return read_chosen(file, most_bytes, BadPictureError, Sentence("Name the file of a picture."))
