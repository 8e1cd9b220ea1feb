"""The process that plans and makes ranges for a window: asked by lines of JSON, answered by lines of JSON.

The window holds the other end of stdin: however it ends, also killed, this process ends, too, and a range
that is being made stays as it is, to be gone on with (docs/decisions/0043).
"""

from __future__ import annotations

import logging
import os
import queue
import sys
import tempfile
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from packdesk.batch.looking import LookedAt
from packdesk.batch.previewing import Previewer, Wanted
from packdesk.domain.ranges.messages import (
    ASKED,
    Cancel,
    Ended,
    Make,
    Plan,
    Preview,
    Rows,
    Seen,
    Told,
)
from packdesk.errors import PackdeskError
from packdesk.files import remove_tree
from packdesk.programs import trust_no_folder
from packdesk.sentence import Sentence
from packdesk.stopping import Stop, undone_by

if TYPE_CHECKING:
    from typing import BinaryIO

    from packdesk.domain.ranges.messages import Answered, Asked
    from packdesk.settings import Settings

_LONGEST_LINE = 4 * 2**20
_log = logging.getLogger(__name__)


class Desk:
    """Answers a window: tables and rows at once, previews and a range beside them.

    Args:
        settings: of the window.
        answer: sends a message; may be called on any thread.
        folder: for previews.
    """

    def __init__(self, settings: Settings, answer: Answer, folder: Path) -> None:
        self._answer = answer
        self._looked = LookedAt(settings, folder)
        self._previewer = Previewer(folder, self._seen)
        self._newest = 0
        self._stop = Stop()
        self._making: threading.Thread | None = None

    def notice(self, asked: Asked) -> None:
        """What must not wait for the answers before it: that nothing more is wanted of them."""
        if isinstance(asked, Plan):
            self._newest = asked.number
        elif isinstance(asked, Cancel):
            self._stop.set()

    def handle(self, asked: Asked) -> None:
        """Answer one question."""
        if isinstance(asked, Plan):
            if asked.number == self._newest:  # else another table, or another column, is on its way
                self._previewer.forget()
                self._answer(self._looked.plan(asked))
        elif isinstance(asked, Rows):
            self._answer(self._looked.page(asked.first))
        elif isinstance(asked, Preview):
            self._preview(asked.row)
        elif isinstance(asked, Make) and self._making is None:
            self._begin(asked)

    def close(self) -> None:
        """End everything; what is made stays."""
        self._stop.set()
        if self._making is not None:
            self._making.join()
        self._previewer.close()
        self._looked.close()

    # --- previews

    def _preview(self, place: int) -> None:
        try:
            workshop, order = self._looked.order_to_see(place)
        except PackdeskError as error:
            self._answer(Seen(row=place, error=Told.of(error.full_text())))
            return
        self._previewer.ask(Wanted(place, workshop, order))

    def _seen(self, wanted: Wanted, picture: Path | None, error: PackdeskError | None) -> None:
        told = None if error is None else Told.of(error.full_text())
        file = "" if picture is None else str(picture)
        stands_in = self._looked.paid and bool(wanted.order.prompts)
        name = wanted.order.name
        self._answer(Seen(row=wanted.place, file=file, name=name, painted_here=stands_in, error=told))

    # --- the range

    def _begin(self, asked: Make) -> None:
        self._stop = Stop()
        self._making = threading.Thread(target=self._make, args=(asked, self._stop), name="range")
        self._making.start()

    def _make(self, asked: Make, stop: Stop) -> None:
        from packdesk.batch.desk_run import made  # noqa: PLC0415  (tables are shown before it is there)

        try:
            ended = made(self._looked, asked, stop, self._answer)
        except PackdeskError as error:
            ended = Ended(error=Told.of(error.full_text()))
        except Exception as error:  # noqa: BLE001  (the last door before the thread)
            _log.exception("A range could not be made")
            ended = Ended(
                error=Told.of(Sentence("The range could not be made: {fault}.", fault=type(error).__name__))
            )
        self._making = None
        self._answer(ended)


def serve_window(settings: Settings) -> None:
    """Answer until stdin is closed."""
    trust_no_folder()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # libraries that print would print among the answers
    with tempfile.TemporaryDirectory(prefix="packdesk-") as name, undone_by(partial(remove_tree, name)):
        desk = Desk(settings, Answer(out), Path(name))
        asked: queue.Queue[Asked | None] = queue.Queue()
        threading.Thread(target=_read, args=(asked, desk), name="asked", daemon=True).start()
        try:
            while (one := asked.get()) is not None:
                desk.handle(one)
        finally:
            desk.close()


class Answer:
    """Writes messages, whole lines each."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._turn = threading.Lock()

    def __call__(self, answered: Answered) -> None:
        """Send one; nobody hears it where the window has gone."""
        line = answered.model_dump_json().encode() + b"\n"
        with self._turn:
            try:
                self._out.write(line)
                self._out.flush()
            except OSError:
                _log.info("The window has gone.")


def _read(asked: queue.Queue[Asked | None], desk: Desk) -> None:
    while line := sys.stdin.buffer.readline(_LONGEST_LINE):
        try:
            one = ASKED.validate_json(line)
        except ValidationError as error:
            _log.warning("A question of the window is none: %s", error)
            continue
        desk.notice(one)
        asked.put(one)
    desk.notice(Cancel())
    asked.put(None)
