"""Draws pictures for files in a process of its own: large ones take seconds, and the window never waits.

Nor could one thread stop another one that draws: the process is ended, and nothing is left of its files.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from packdesk.child import settle_in
from packdesk.errors import DisplayError, PackdeskError, UnexpectedError
from packdesk.processes import own_processes
from packdesk.sentence import Sentence
from packdesk.stopping import Stop, StoppedError, stoppable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event

    from packdesk.export.flat.progress import Listener
    from packdesk.jobs.drawing import PictureOrder

_POLITENESS = 10
_POLL_S = 0.1
_TIDYING_S = 2.0
_REMEDY = "Try again, or choose a smaller picture."
_log = logging.getLogger(__name__)


def draw_beside(
    order: PictureOrder, artwork: Mapping[str, bytes], stop: Stop, progress: Listener
) -> dict[str, PackdeskError] | None:
    """As `drawing.draw`, but elsewhere; blocks until it is done. None when `stop` was set meanwhile.

    Raises:
        DisplayError: the process ended, or as `draw`.
        InvalidInputError: as `draw`.
        OutputUnwritableError: as `draw`.
    """
    context = own_processes()
    ours, theirs = context.Pipe(duplex=False)
    stopping = context.Event()
    process = context.Process(target=_draw, args=(theirs, stopping, order, dict(artwork)), daemon=True)
    process.start()
    theirs.close()
    try:
        return _followed(ours, stop, progress)
    finally:
        stopping.set()
        process.join(_TIDYING_S)  # it takes what it has begun to write away
        process.kill()
        process.join()
        ours.close()


def _followed(answers: Connection, stop: Stop, progress: Listener) -> dict[str, PackdeskError] | None:
    while not stop.is_set():
        if not answers.poll(_POLL_S):
            continue
        try:
            kind, value = answers.recv()
        except EOFError:
            raise DisplayError("Drawing stopped unexpectedly.", "Choose a smaller picture.") from None
        if kind == "progress":
            progress(*value)
        elif kind == "failed":
            raise _error(value)
        else:
            return {panel_id: _error(told) for panel_id, told in value.items()}
    return None


def _told(error: PackdeskError) -> tuple[type[PackdeskError], str, str]:
    return type(error), error.sentence, error.remedy


def _error(told: tuple[type[PackdeskError], str, str]) -> PackdeskError:
    kind, sentence, remedy = told
    return kind(sentence, remedy)


# --- in the other process


def _draw(answers: Connection, stopping: Event, order: PictureOrder, artwork: Mapping[str, bytes]) -> None:
    from packdesk.jobs.drawing import draw  # noqa: PLC0415  (only there)
    from packdesk.viewer.setup import drawing_application  # noqa: PLC0415  (as above)

    settle_in(_POLITENESS)
    application = drawing_application()

    stop = Stop(stopping.is_set)

    def tell(done: int, total: int) -> None:
        if done < total:  # after the last step the file is there
            stop.check()
        answers.send(("progress", (done, total)))

    try:
        with stoppable(stop):
            missing = draw(order, artwork, tell)
    except StoppedError:
        return
    except PackdeskError as error:
        answer: tuple[str, Any] = "failed", _told(error)
    except Exception as error:  # noqa: BLE001  (a fault of ours must reach the window)
        _log.exception("A picture could not be drawn")
        fault = UnexpectedError(
            Sentence("The picture cannot be drawn: {fault}.", fault=type(error).__name__), _REMEDY
        )
        answer = "failed", _told(fault)
    else:
        answer = "done", {panel_id: _told(error) for panel_id, error in missing.items()}
    answers.send(answer)
    del application  # it had to live until here
