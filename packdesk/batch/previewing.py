"""Rows drawn in 3D before anything is made, in a process of its own: the newest that was asked for."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from packdesk.batch.process import application, maker_of
from packdesk.child import settle_in
from packdesk.errors import NotPossibleError, PackdeskError
from packdesk.files import remove_tree
from packdesk.processes import own_processes
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

    from packdesk.batch.process import Workshop
    from packdesk.services.ranges.orders import RowOrder

    Drawn = Callable[["Wanted", "Path | None", PackdeskError | None], None]

PREVIEW_DPI = 110.0
PREVIEW_SIZE = (960, 720)
_POLL_S = 0.1
_LONG_S = 3.0
"""A row that takes longer gives way to another at once; a new process takes about as long to begin."""
_ENDING_S = 2.0
_log = logging.getLogger(__name__)


class Wanted(NamedTuple):
    """A row to be drawn.

    Attributes:
        place: of it in the table, from 0.
        workshop: what it is made of.
        order: what it is.
    """

    place: int
    workshop: Workshop
    order: RowOrder


class Previewer:
    """Draws rows; one that is asked for while another is drawn takes its place.

    Args:
        folder: for the pictures, of which only the newest is kept, and for artwork that rows share.
        drawn: told a row with its picture, or why there is none, on a thread of this object.
    """

    def __init__(self, folder: Path, drawn: Drawn) -> None:
        self._folder = folder
        self._drawn = drawn
        self._context = own_processes()
        self._changed = threading.Condition()
        self._wanted: Wanted | None = None
        self._closed = False
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._workshop: Workshop | None = None
        self._count = 0
        self._thread = threading.Thread(target=self._run, name="previews", daemon=True)
        self._thread.start()

    def ask(self, wanted: Wanted) -> None:
        """Draw that row and no older one."""
        with self._changed:
            self._wanted = wanted
            self._changed.notify()

    def forget(self) -> None:
        """Draw nothing that was asked for."""
        with self._changed:
            self._wanted = None

    def close(self) -> None:
        """End the process."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(_ENDING_S)
        self._dismiss()

    def _run(self) -> None:
        while (wanted := self._next()) is not None:
            try:
                picture, error = self._picture(wanted)
            except (OSError, EOFError):
                self._dismiss()
                picture, error = None, _died()
            if picture is not None or error is not None:
                self._drawn(wanted, picture, error)

    def _next(self) -> Wanted | None:
        with self._changed:
            while self._wanted is None and not self._closed:
                self._changed.wait()
            wanted, self._wanted = self._wanted, None
            return None if self._closed else wanted

    def _picture(self, wanted: Wanted) -> tuple[Path | None, PackdeskError | None]:
        """A row's picture, or why there is none; neither where another row is wanted meanwhile."""
        pipe = self._ready(wanted.workshop)
        self._count += 1
        folder = self._folder / f"{self._count % 2}"  # the one before may still be read
        pipe.send((wanted.order, folder))
        began = time.monotonic()
        while not pipe.poll(_POLL_S):
            if self._closed or (self._wanted is not None and time.monotonic() - began > _LONG_S):
                self._dismiss()
                return None, None
        picture, error = pipe.recv()
        return (None, None) if self._wanted is not None else (picture, error)

    def _ready(self, workshop: Workshop) -> Connection:
        if self._process is None or workshop != self._workshop or not self._process.is_alive():
            self._dismiss()
            self._pipe, theirs = self._context.Pipe()
            self._process = self._context.Process(target=draw_rows, args=(theirs, workshop), daemon=True)
            self._process.start()
            theirs.close()
            self._workshop = workshop
        assert self._pipe is not None, "it is made with the process"
        return self._pipe

    def _dismiss(self) -> None:
        process, self._process = self._process, None
        if process is not None and self._pipe is not None:
            process.kill()
            process.join()
            self._pipe.close()


def draw_rows(pipe: Connection, workshop: Workshop) -> None:
    """Draw row after row until the other side of the pipe is closed.

    Args:
        pipe: brings an order and a folder; takes the picture's file and None, or None and an error.
        workshop: what to make them of.
    """
    settle_in()
    with application(draws=True) as room, contextlib.suppress(EOFError):
        maker = maker_of(workshop, room=room)
        while True:
            order, folder = pipe.recv()
            remove_tree(folder)
            folder.mkdir()
            pipe.send(_answer(maker, order, folder))


def _answer(maker: Any, order: RowOrder, folder: Path) -> tuple[Path | None, PackdeskError | None]:
    try:
        return maker.draw(order, folder), None
    except PackdeskError as error:
        return None, error
    except Exception as error:  # noqa: BLE001  (a fault of ours costs this preview, and no other)
        _log.exception("Row %s could not be drawn", order.row.number)
        return None, NotPossibleError(
            Sentence("The row could not be drawn: {fault}.", fault=type(error).__name__),
            "The log says more.",
        )


def _died() -> NotPossibleError:
    return NotPossibleError("The row could not be drawn.", "Choose another row; the log says more.")
