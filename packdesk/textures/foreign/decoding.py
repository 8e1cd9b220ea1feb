"""Files of other kinds than ours, decoded in a process of their own, which has 5 seconds and may crash."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.errors import BadPictureError
from packdesk.sentence import Sentence
from packdesk.textures.colour import told_by_camera, told_by_code_points
from packdesk.textures.foreign.answer import MODES, MOST_BYTES, Head
from packdesk.textures.foreign.apart import WORD, CrashedError, UnreadyError, conversation, prepare
from packdesk.textures.foreign.limits import SECONDS, SHEET_SECONDS
from packdesk.textures.foreign.worker import run, run_fonts, run_marks, run_page
from packdesk.textures.kinds import DRAWINGS
from packdesk.textures.opened import OpenedPicture

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from packdesk.textures.foreign.apart import Ending

_MOST_NOTE_BYTES = 8 * 2**20
_MOST_PAGE_BYTES = 128 * 2**20


@dataclass(frozen=True)
class Limits:
    """Of what comes from there; as `worker.Wanted`."""

    most_pixels: int
    most_side: int
    cover: tuple[int, int]
    sheet: bool = False


def opened_apart(kind: str, data: bytes, limits: Limits, ending: Ending | None = None) -> OpenedPicture:
    """Decode a file elsewhere. Blocks for seconds, or minutes where the file hangs its decoder.

    Args:
        kind: of the file, as `kinds` names it.
        data: the file.
        limits: of the picture.
        ending: ends it before its time.

    Raises:
        BadPictureError: it is damaged, locked, takes too long, or has no picture in it.
    """
    try:
        with conversation(run, kind, SHEET_SECONDS if limits.sheet else SECONDS, ending) as pipe:
            return replace(_asked(pipe, kind, data, limits), drawn=kind in DRAWINGS)
    except UnreadyError as error:
        raise _missing(kind) from error
    except CrashedError as error:
        raise (_too_much() if error.too_much else _damaged(kind)) from error
    except ValueError as error:
        raise _damaged(kind) from error


def prepare_for(kind: str) -> None:
    """Another file of that kind will come soon: see `apart.prepare`."""
    prepare(run, kind)


@dataclass(frozen=True)
class DrawingPaths:
    """A drawing as what it was drawn of.

    Attributes:
        page: a PDF document of one page; empty where there is none.
        markup: an element of SVG, 1 wide and 1 high, as of `svg_page.Paths`; empty likewise.
    """

    page: bytes = field(default=b"", repr=False)
    markup: str = field(default="", repr=False)


def page_apart(data: bytes) -> bytes:
    """The first page of a PDF document alone, as `page.page_of` makes it; empty where that cannot be."""
    return paths_apart("page", data).page


def paths_apart(kind: str, data: bytes) -> DrawingPaths:
    """A PDF document or SVG drawing as paths; empty where that cannot be. Blocks, as `opened_apart`."""
    page = b""
    try:
        with conversation(run_page, kind, SHEET_SECONDS) as pipe:
            pipe.send_bytes(data)
            if pipe.recv_bytes(WORD) != b"page":
                return DrawingPaths()
            page = pipe.recv_bytes(_MOST_PAGE_BYTES)
            return DrawingPaths(page, pipe.recv_bytes(_MOST_PAGE_BYTES).decode())
    except (CrashedError, UnreadyError, UnicodeDecodeError):
        return DrawingPaths(page)


def loose_fonts_apart(page: bytes) -> tuple[str, ...]:
    """Names of the fonts a page of `page_apart` uses and does not carry; none where they cannot be read."""
    try:
        with conversation(run_fonts, "PDF", SHEET_SECONDS) as pipe:
            pipe.send_bytes(page)
            names = json.loads(pipe.recv_bytes(MOST_BYTES))
    except (CrashedError, UnreadyError, ValueError):
        return ()
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def thin_marks_apart(kind: str, data: bytes) -> list[tuple[str, float, float, float]]:
    """Lines and words too small to print, as `thin_marks` tells them; none where a drawing cannot be read."""
    try:
        with conversation(run_marks, kind, SHEET_SECONDS) as pipe:
            pipe.send_bytes(data)
            told = json.loads(pipe.recv_bytes(_MOST_NOTE_BYTES))
            return [(str(name)[:10], float(size), float(x), float(y)) for name, size, x, y in told]
    except (CrashedError, UnreadyError, ValueError, TypeError):
        return []


def _asked(pipe: Connection, kind: str, data: bytes, limits: Limits) -> OpenedPicture:
    pipe.send_bytes(b"%d %d %d %d %d" % (limits.most_pixels, limits.most_side, *limits.cover, limits.sheet))
    pipe.send_bytes(data)
    answer = pipe.recv_bytes(WORD)
    if answer != b"picture":
        raise fault_of(answer.decode("ascii", "replace"), kind)
    return _picture(pipe, limits)


def _picture(pipe: Connection, limits: Limits) -> OpenedPicture:
    head = Head.decoded(pipe.recv_bytes(MOST_BYTES))
    size = head.width, head.height
    if not head.mode:
        return OpenedPicture(size, decode=_nothing)
    if head.width * head.height > limits.most_pixels:
        raise ValueError("more than was asked for")
    profile, exif = pipe.recv_bytes(_MOST_NOTE_BYTES), pipe.recv_bytes(_MOST_NOTE_BYTES)
    pixels = pipe.recv_bytes(head.width * head.height * MODES[head.mode])
    points = None if head.code_points is None else told_by_code_points(*head.code_points)
    return OpenedPicture(
        size,
        decode=lambda: Image.frombytes(head.mode, size, pixels),
        colours=profile or points or told_by_camera(exif),
        exif=exif,
        told=head.told,
    )


def _nothing() -> Image.Image:
    raise ValueError("it was too large to be decoded")  # and is refused for its size


def fault_of(fault: str, kind: str) -> BadPictureError:
    """What the user is told of a fault of `answer.Fault`."""
    make = _FAULTS.get(fault)
    if fault == "missing":
        return _missing(kind)
    return _damaged(kind) if make is None else make()


def _damaged(kind: str) -> BadPictureError:
    return BadPictureError(Sentence("The {kind} file is damaged.", kind=kind))


def entities_in_drawing() -> BadPictureError:
    """The error where a drawing has entities nobody reads."""
    return BadPictureError(
        "The drawing has entities that are not read: they name files, or grow without end.",
        "Save it as plain SVG in another program.",
    )


def _missing(kind: str) -> BadPictureError:
    return BadPictureError(
        Sentence("Nothing on this computer reads {kind} files for packdesk.", kind=kind),
        "Save the picture as PNG or JPEG.",
        terminal="pip install 'packdesk[heic]' brings what reads HEIC.",
    )


def _too_much() -> BadPictureError:
    return BadPictureError(
        "The picture takes too much time or memory to be read.",
        "Save it with less in it, or as PNG or JPEG of the size it is printed at.",
    )


_FAULTS: dict[str, Callable[[], BadPictureError]] = {
    "locked": lambda: BadPictureError(
        "The document is locked by a password.", "Save a copy without a password."
    ),
    "pixels": lambda: BadPictureError(
        "The picture has pixels of a kind packdesk cannot read.",
        "Save it with 8 bits a channel, as RGB or CMYK.",
    ),
    "flat": lambda: BadPictureError(
        "The Photoshop document has no flattened picture in it.",
        "Save it with “Maximize compatibility”, or as TIFF or PNG.",
    ),
    "drawing": lambda: BadPictureError(
        "The Illustrator document was saved without its PDF.",
        "Save it with “Create PDF Compatible File”, or as PDF or SVG.",
    ),
    "entities": entities_in_drawing,
    "endless": lambda: BadPictureError(
        "The drawing's size is no number.", "Set the size of its page in millimetres, and save it again."
    ),
    "animated": lambda: BadPictureError("The picture is animated.", "Use a still picture."),
    "large": _too_much,
}
