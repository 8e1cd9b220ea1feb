"""Files of other kinds than ours, decoded in a process of their own: it has 5 seconds, and may crash."""

from __future__ import annotations

import multiprocessing
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.errors import BadPictureError
from packdesk.programs import trust_no_folder
from packdesk.sentence import Sentence
from packdesk.textures.colour import told_by_camera, told_by_code_points
from packdesk.textures.foreign.answer import MODES, MOST_BYTES, Head
from packdesk.textures.foreign.limits import SECONDS, SHEET_SECONDS
from packdesk.textures.foreign.worker import run, run_page
from packdesk.textures.kinds import DRAWINGS
from packdesk.textures.opened import OpenedPicture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_STARTING_S = 60.0  # of a machine with much to do; nothing of the file has been looked at by then
_MOST_NOTE_BYTES = 8 * 2**20
_MOST_PAGE_BYTES = 128 * 2**20
_WORD = 20
_ENDING_S = 2.0
_ENDED = (-9, -24)
"""By our clock, by the limit of its processor's time, or for want of memory."""
_one_at_a_time = threading.Lock()
"""Each may take as much memory as there is for one."""


@dataclass(frozen=True)
class Limits:
    """Of what comes from there; as `worker.Wanted`."""

    most_pixels: int
    most_side: int
    cover: tuple[int, int]
    sheet: bool = False


def opened_apart(kind: str, data: bytes, limits: Limits) -> OpenedPicture:
    """Decode a file elsewhere. Blocks for 5 seconds and the start of a process, at most.

    Args:
        kind: of the file, as `kinds` names it.
        data: the file.
        limits: of the picture.

    Raises:
        BadPictureError: it is damaged, locked, takes too long, or has no picture in it.
    """
    with _one_at_a_time, _process(run, kind) as (pipe, process):
        try:
            return replace(_asked(pipe, process, kind, data, limits), drawn=kind in DRAWINGS)
        except (EOFError, OSError) as error:  # it crashed, or was ended
            process.join(_ENDING_S)
            if process.exitcode in _ENDED:
                raise _too_much() from error
            raise _damaged(kind) from error
        except ValueError as error:
            raise _damaged(kind) from error


def page_apart(data: bytes) -> bytes:
    """The first page of a PDF document alone, as `page.page_of` makes it; empty where that cannot be."""
    with _one_at_a_time, _process(run_page) as (pipe, process):
        try:
            with _within(_STARTING_S, process):
                if pipe.recv_bytes(_WORD) != b"ready":
                    return b""
            with _within(SHEET_SECONDS, process):
                pipe.send_bytes(data)
                return pipe.recv_bytes(_MOST_PAGE_BYTES) if pipe.recv_bytes(_WORD) == b"page" else b""
        except (EOFError, OSError):  # it crashed, or was ended
            return b""


@contextmanager
def _process(target: Callable[..., None], *words: str) -> Iterator[tuple[Connection, SpawnProcess]]:
    trust_no_folder()  # else Python starts with the current folder before its own libraries
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, *words), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours, process
    finally:
        process.kill()
        process.join()
        ours.close()


@contextmanager
def _within(seconds: float, process: SpawnProcess) -> Iterator[None]:
    """Ends the process when the time is over, whatever either side waits for; reading from it then raises."""
    clock = threading.Timer(seconds, process.kill)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _asked(pipe: Connection, process: SpawnProcess, kind: str, data: bytes, limits: Limits) -> OpenedPicture:
    with _within(_STARTING_S, process):
        if pipe.recv_bytes(_WORD) != b"ready":
            raise _fault("missing", kind)
    with _within(SHEET_SECONDS if limits.sheet else SECONDS, process):
        pipe.send_bytes(
            b"%d %d %d %d %d" % (limits.most_pixels, limits.most_side, *limits.cover, limits.sheet)
        )
        pipe.send_bytes(data)
        answer = pipe.recv_bytes(_WORD)
        if answer != b"picture":
            raise _fault(answer.decode("ascii", "replace"), kind)
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


def _fault(fault: str, kind: str) -> BadPictureError:
    make = _FAULTS.get(fault)
    if fault == "missing":
        return _missing(kind)
    return _damaged(kind) if make is None else make()


def _damaged(kind: str) -> BadPictureError:
    return BadPictureError(Sentence("The {kind} file is damaged.", kind=kind))


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
    "animated": lambda: BadPictureError("The picture is animated.", "Use a still picture."),
    "large": _too_much,
}
