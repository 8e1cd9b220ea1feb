"""Where a process of a team makes rows: what it needs of each range is fetched once."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rq import Retry

from packdesk.batch.crew import lost, unmade
from packdesk.batch.process import Workshop, maker_of
from packdesk.batch.team.places import files_in
from packdesk.domain.ranges.naming import OURS
from packdesk.errors import NotPossibleError, PackdeskError
from packdesk.files import write_atomically
from packdesk.generation.pace import NoPace
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.batch.files import RangeFiles
    from packdesk.batch.journal import RowRecord
    from packdesk.batch.making import RowMaker
    from packdesk.batch.team.job import TeamRow
    from packdesk.batch.team.server import QueuedRange, TeamServer
    from packdesk.generation.pace import Pace
    from packdesk.viewer.drawing_room import DrawingRoom

RETRIES = (10, 30, 90)
"""Seconds before a row is tried again after a fault that passes."""
INPUTS = f"{OURS}/inputs"
RUN = f"{OURS}/run"
"""Says which time the folder is of, so that another one of its name is not taken for it."""
_MOST_RANGES = 3
"""Known at a time: each keeps a base design in memory."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Known:
    run: str
    files: RangeFiles
    maker: RowMaker


class Bench:
    """Makes rows of any range of a team.

    Args:
        root: the place all of them lie in.
        folder: of this process.
        server: the team's.
        room: where pictures are drawn; None where there is no display.
    """

    def __init__(self, root: str, folder: Path, server: TeamServer, room: DrawingRoom | None) -> None:
        self._root = root
        self._folder = folder
        self._server = server
        self._room = room
        self._ranges: OrderedDict[str, _Known] = OrderedDict()

    def make(self, row: TeamRow, tried: int) -> dict[str, Any] | Retry | None:
        """Make a row; returns its record, when to try again, or nothing where nobody wants it any more.

        Args:
            row: the row.
            tried: how often it was before.

        Raises:
            Exception: a fault of ours, or of the team's server.
        """
        queued = self._server.find(row.range_name)
        if queued is None or queued.run != row.run:
            return None
        try:
            record, fresh = self._made(row, queued)
        except OSError as error:  # the place cannot be reached, or is full
            _log.warning("Row %s: %s", row.order.row.number, error)
            record, fresh = lost(row.order, plain_fault(error)).model_copy(update={"passing": True}), True
        except PackdeskError as error:
            record, fresh = unmade(row.order, error.full_text()), True
        if record.passing and tried < len(RETRIES):
            return Retry(max=len(RETRIES), interval=list(RETRIES))
        _log.info("Row %s: %s", row.order.row.number, record.state if fresh else "made before")
        told = {"record": record.model_dump(mode="json"), "fresh": fresh}
        state = record.state if fresh else "kept"
        self._server.tell(row.range_name, record.name, state, json.dumps(told))
        return told

    def _made(self, row: TeamRow, queued: QueuedRange) -> tuple[RowRecord, bool]:
        known = self._known(row, queued)
        for name, sha256 in row.inputs.items():
            self._fetched(known.files, sha256, self._tables(row.range_name) / name)
        return known.maker.make(row.order)

    def _known(self, row: TeamRow, queued: QueuedRange) -> _Known:
        known = self._ranges.get(row.range_name)
        if known is None or known.run != queued.run:
            known = self._opened(row.range_name, queued)
            self._ranges[row.range_name] = known
        self._ranges.move_to_end(row.range_name)
        if len(self._ranges) > _MOST_RANGES:
            self._ranges.popitem(last=False)
        return known

    def _opened(self, name: str, queued: QueuedRange) -> _Known:
        files = files_in(self._root, name, self._server)
        _check_place(files, self._root, queued.run)
        design = self._folder / f"{queued.design}.packdesk"
        self._fetched(files, queued.design, design)
        workshop = Workshop(
            design=design,
            folder=self._folder,
            tables=self._tables(name),
            options=queued.options,
            provider=queued.provider,
            draws=self._room is not None,
            force=queued.force,
        )
        pace = _pace_of(self._server, queued)
        return _Known(queued.run, files, maker_of(workshop, files, pace, self._room))

    def _tables(self, name: str) -> Path:
        return self._folder / name

    def _fetched(self, files: RangeFiles, sha256: str, target: Path) -> None:
        """Have an input on this machine; what it is called tells whether it is what was meant."""
        if target.is_file():
            return
        data = files.read(f"{INPUTS}/{sha256}")
        if hashlib.sha256(data).hexdigest() != sha256:
            raise OSError(f"{INPUTS}/{sha256} is damaged")
        write_atomically(target, data)


def begin_in(files: RangeFiles, run: str, design: Path) -> None:
    """Have a folder be that of a range from now on, for all machines.

    Args:
        files: of the range.
        run: tells this time from others.
        design: the base design's file.

    Raises:
        OSError: something cannot be read or put there.
    """
    keep_input(files, design)
    files.write(RUN, run.encode())


def _check_place(files: RangeFiles, root: str, run: str) -> None:
    """Refuse a folder the range was not begun in, be it of the same name."""
    try:
        known = files.read(RUN).decode("utf-8", "replace")
    except FileNotFoundError:
        known = ""
    if known != run:
        raise NotPossibleError(
            Sentence(
                "The folder of the range does not lie in the place of the workers: "
                "it was not begun in {folder}.",
                folder=files.place,
            ),
            Sentence("Choose a folder in {place}, or give the workers another place.", place=root),
        )


def plain_fault(error: OSError) -> str:
    """What a system says of a fault, and of which file, without its number."""
    if not error.strerror:
        return str(error)
    return f"{error.strerror}: {error.filename}" if error.filename else error.strerror


def keep_input(files: RangeFiles, file: Path) -> str:
    """Put a file among the inputs of a range, for all machines; returns its SHA-256.

    Raises:
        OSError: it cannot be read or put there.
    """
    data = file.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if not files.there(f"{INPUTS}/{sha256}"):
        files.write(f"{INPUTS}/{sha256}", data)
    return sha256


def _pace_of(server: TeamServer, queued: QueuedRange) -> Pace:
    return _TeamPace(server, queued.provider, queued.rate) if queued.rate else NoPace()


@dataclass(frozen=True)
class _TeamPace:
    """A limit all machines of the team hold together."""

    server: TeamServer
    provider: str
    rate: float

    async def wait(self) -> None:
        """See `Pace.wait`."""
        await asyncio.sleep(await asyncio.to_thread(self.server.wait_s, self.provider, self.rate))
