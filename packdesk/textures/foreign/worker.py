"""The decoding process. It imports Pillow and one library, and no more of packdesk than it needs."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.textures.foreign import limits
from packdesk.textures.foreign.answer import MODES, NOTHING_TOLD, Head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from PIL import Image

    from packdesk.textures.foreign.answer import Fault, Told

_LEAST_DRAWN = 1024
_MOST_DRAWN = 4096 * 4096
"""Pixels of a drawing: as many as a panel ever has, and as are drawn in the time there is."""
_MOST_OF_A_SHEET = 6000 * 6000
"""Pixels of a drawing of a whole blank, which all panels share."""


class FaultError(Exception):
    """Why there is no picture.

    Args:
        fault: see `answer.Fault`.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Wanted:
    """What may come, and how large a drawing is to be.

    Attributes:
        most_pixels: of a picture.
        most_side: in pixels, of a picture.
        cover: pixels a drawing has to cover, where that is more than its own size at 300 dpi.
        sheet: whether it is artwork of a whole blank: what the file says of it is told, and what our
            templates have drawn in it is left out.
    """

    most_pixels: int
    most_side: int
    cover: tuple[int, int]
    sheet: bool = False

    @property
    def seconds(self) -> int:
        """How long it may take."""
        return limits.SHEET_SECONDS if self.sheet else limits.SECONDS

    def allows(self, width: int, height: int) -> bool:
        """Whether a picture of that size may be decoded."""
        return width * height <= self.most_pixels and max(width, height) <= self.most_side

    def scale(self, width: float, height: float, own: float) -> float:
        """Of a drawing: pixels for one of its units.

        Args:
            width: of the drawing, in its units.
            height: likewise.
            own: pixels of a unit at 300 dpi.
        """
        least = max(own, _LEAST_DRAWN / max(width, height), self.cover[0] / width, self.cover[1] / height)
        most = _MOST_OF_A_SHEET if self.sheet else _MOST_DRAWN
        side, area = self.most_side / max(width, height), (most / (width * height)) ** 0.5
        return float(min(least, side, area) * (1 - 1e-6))  # the pixels are rounded up


@dataclass(frozen=True)
class Decoded:
    """A picture, or only its size where that is too large."""

    size: tuple[int, int]
    picture: Image.Image | None = None
    profile: bytes = b""
    exif: bytes = b""
    code_points: tuple[int, int] | None = None
    told: Told = NOTHING_TOLD


@contextmanager
def faults_told(pipe: Connection) -> Iterator[None]:
    """Answer with the fault where there is no answer, whatever the file made of its decoder."""
    try:
        yield
    except FaultError as error:
        pipe.send_bytes(error.fault.encode())
    except MemoryError:
        pipe.send_bytes(b"large")
    except ImportError:
        pipe.send_bytes(b"missing")
    except Exception:  # noqa: BLE001  (of whatever kind: the file made it)
        pipe.send_bytes(b"damaged")


def run(pipe: Connection, kind: str) -> None:
    """Answer one request, and end.

    Args:
        pipe: brings the limits, then the file; takes the answer.
        kind: of the file, as `kinds` names it.
    """
    limits.settle_in()
    with faults_told(pipe):
        decode = _decoder(kind)
        pipe.send_bytes(b"ready")
        numbers = [int(number) for number in pipe.recv_bytes(200).split()]
        data = pipe.recv_bytes()
        found = decode(data, Wanted(numbers[0], numbers[1], (numbers[2], numbers[3]), bool(numbers[4])))
        _answer(pipe, found)


def run_page(pipe: Connection, kind: str) -> None:
    """Answer one PDF document with its first page alone, or a drawing as paths, and end.

    Of a kind `page` the page is all that is wanted.
    """
    limits.settle_in()
    try:
        paths_of = _paths_maker(kind)
        pipe.send_bytes(b"ready")
        page, markup_of = paths_of(pipe.recv_bytes())
        pipe.send_bytes(b"page")
        pipe.send_bytes(page)
        pipe.send_bytes(markup_of().encode())
    except Exception:  # noqa: BLE001  (of whatever kind: the file made it)
        pipe.send_bytes(b"damaged")


def _paths_maker(kind: str) -> Callable[[bytes], tuple[bytes, Callable[[], str]]]:
    """Its libraries are imported before there are limits. The page comes first: markup may take too long."""
    if kind == "SVG":
        from packdesk.textures.foreign.svg_page import paths_maker  # noqa: PLC0415  (one of two)

        made_of = paths_maker()

        def both(data: bytes) -> tuple[bytes, Callable[[], str]]:
            made = made_of(data)
            return made.page, lambda: made.markup

        return both
    from packdesk.textures.foreign.page import page_of  # noqa: PLC0415  (likewise)
    from packdesk.textures.foreign.pdf_content import be_ready_for_locks  # noqa: PLC0415  (likewise)

    be_ready_for_locks()
    if kind == "page":
        return lambda data: (page_of(data), str)
    from packdesk.textures.foreign.pdf_markup import markup_maker  # noqa: PLC0415  (likewise)

    markup_of = markup_maker()

    def with_markup(data: bytes) -> tuple[bytes, Callable[[], str]]:
        page = page_of(data)
        return page, lambda: markup_of(page)

    return with_markup


def run_fonts(pipe: Connection, _kind: str) -> None:
    """Answer a page, as `run_page` gives it, with the fonts it does not carry, and end."""
    limits.settle_in()
    try:
        from packdesk.textures.foreign.page_fonts import loose_fonts  # noqa: PLC0415  (before there are limits)

        pipe.send_bytes(b"ready")
        found = loose_fonts(pipe.recv_bytes())
        pipe.send_bytes(json.dumps(found).encode())
    except Exception:  # noqa: BLE001  (of whatever kind: the file made it)
        pipe.send_bytes(b"[]")


def run_marks(pipe: Connection, kind: str) -> None:
    """Answer a drawing with its lines and words that are too small to print, and end."""
    limits.settle_in()
    try:
        import svgelements as _svg  # noqa: F401, PLC0415  (before there are limits)

        from packdesk.textures.foreign.pdf_content import be_ready_for_locks  # noqa: PLC0415  (likewise)
        from packdesk.textures.foreign.thin_marks import marks_of_pdf, marks_of_svg  # noqa: PLC0415  (likewise)
        from packdesk.textures.foreign.unpacking import unpacked  # noqa: PLC0415  (likewise)

        be_ready_for_locks()
        pipe.send_bytes(b"ready")
        data = pipe.recv_bytes()
        found = marks_of_svg(unpacked(data)) if kind == "SVG" else marks_of_pdf(data)
        pipe.send_bytes(json.dumps(found).encode())
    except Exception:  # noqa: BLE001  (of whatever kind: the file made it)
        pipe.send_bytes(b"[]")


def _decoder(kind: str) -> Callable[[bytes, Wanted], Decoded]:
    """Its libraries are imported before there are limits."""
    if kind == "PDF":
        from packdesk.textures.foreign import pdf  # noqa: PLC0415  (one of three)

        return pdf.decoder()
    if kind == "SVG":
        from packdesk.textures.foreign.svg import decode_svg  # noqa: PLC0415  (likewise)

        return decode_svg
    from packdesk.textures.foreign.raster import decoder  # noqa: PLC0415  (likewise)

    return decoder(kind)


def _answer(pipe: Connection, found: Decoded) -> None:
    picture = found.picture
    if picture is None:
        pipe.send_bytes(b"picture")
        pipe.send_bytes(Head(*found.size).encoded())
        return
    if picture.mode not in MODES:
        raise FaultError("pixels")
    pixels = picture.tobytes()
    pipe.send_bytes(b"picture")
    pipe.send_bytes(Head(*picture.size, picture.mode, found.code_points, found.told).encoded())
    for part in (found.profile, found.exif, pixels):
        pipe.send_bytes(part)
