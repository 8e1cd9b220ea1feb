"""A process that makes rows: it reads the base design once, and takes row after row."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from packdesk.batch.files import FolderFiles
from packdesk.child import settle_in, share_heaps
from packdesk.services.ranges.orders import RangeOptions
from packdesk.stopping import StoppedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from packdesk.batch.files import RangeFiles
    from packdesk.batch.making import RowMaker
    from packdesk.generation.base import Provider
    from packdesk.generation.pace import Pace
    from packdesk.services.ranges.artwork import RangeArtist
    from packdesk.services.ranges.base import BaseDesign
    from packdesk.services.ranges.orders import RowOrder
    from packdesk.viewer.drawing_room import DrawingRoom

_POLITENESS = 10
_log = logging.getLogger(__name__)


class Workshop(BaseModel):
    """What a process needs to know before it takes rows; plain JSON, as orders are.

    Attributes:
        design: the base design's file.
        folder: of the outputs, where they go into one.
        tables: the folder that names of pictures are meant from.
        options: of the range.
        provider: who paints: `offline` or `gemini`.
        draws: whether there is a display.
        force: whether files that are not of this range may be replaced.
    """

    model_config = ConfigDict(frozen=True)

    design: Path
    folder: Path = Path()
    tables: Path
    options: RangeOptions
    provider: str
    draws: bool = True
    force: bool = False


def maker_of(
    workshop: Workshop,
    files: RangeFiles | None = None,
    pace: Pace | None = None,
    room: DrawingRoom | None = None,
) -> RowMaker:
    """What makes rows in this process; needs a Qt application.

    Args:
        workshop: what to make them of.
        files: where they go, where that is not just the workshop's folder.
        pace: knows when a provider may be asked.
        room: of this process, in which pictures are drawn.

    Raises:
        PackdeskError: the base design cannot be read, or the settings are wrong.
    """
    from packdesk.app.choices import key_keeper  # noqa: PLC0415  (as below)
    from packdesk.app.core import choose_provider  # noqa: PLC0415  (as below)
    from packdesk.batch.making import RowMaker  # noqa: PLC0415  (many libraries, in this process alone)
    from packdesk.batch.outputs import OutputWriter  # noqa: PLC0415  (as above)
    from packdesk.services.ranges.base import read_base  # noqa: PLC0415  (as above)
    from packdesk.settings import read_settings  # noqa: PLC0415  (as above)

    settings = read_settings(provider=workshop.provider)
    base, files = read_base(workshop.design), files or FolderFiles(workshop.folder)
    provider = choose_provider(settings, key_keeper(settings), pace=pace)
    return RowMaker(
        base=base,
        artist=_artist(workshop, base, provider, files),
        writer=OutputWriter(workshop.options, draws=workshop.draws, words=base.words, room=room),
        files=files,
        options=workshop.options,
        provider=provider.profile.name,
        tables=workshop.tables,
        force=workshop.force,
    )


def _artist(workshop: Workshop, base: BaseDesign, provider: Provider, files: RangeFiles) -> RangeArtist:
    from packdesk.services.ranges.artwork import RangeArtist  # noqa: PLC0415  (likewise)
    from packdesk.textures.objects.shaping import set_lettering  # noqa: PLC0415  (as in `maker_of`)

    options, tables = workshop.options, workshop.tables
    return RangeArtist(base, provider, options, tables=tables, shared=files, letter=set_lettering)


def work(orders: Connection, workshop: Workshop) -> None:
    """Take rows until there are none; the answer to each is its record, or what went wrong besides.

    Args:
        orders: brings `RowOrder`s, then None; takes `("ready", None)`, `("done", (record, fresh))` or
            `("broken", sentence)`.
        workshop: what to make them of.
    """
    from packdesk.app.interrupting import interruptible  # noqa: PLC0415  (in this process alone)

    settle_in(_POLITENESS)
    with interruptible(), application(draws=workshop.draws) as room, contextlib.suppress(StoppedError):
        maker = maker_of(workshop, room=room)
        orders.send(("ready", None))
        while (order := orders.recv()) is not None:
            orders.send(_answer(maker, order))


def _answer(maker: RowMaker, order: RowOrder) -> tuple[str, Any]:
    try:
        return "done", maker.make(order)
    except OSError as error:  # the record itself, for want of room
        _log.warning("Row %s: %s", order.row.number, error)
        return "unwritable", str(error)
    except Exception as error:  # noqa: BLE001  (a fault of ours costs this row, and no other)
        _log.exception("Row %s failed unexpectedly", order.row.number)
        return "broken", type(error).__name__


@contextlib.contextmanager
def application(*, draws: bool) -> Iterator[DrawingRoom | None]:
    """The Qt application, which lives as long as the block, and where pictures are drawn if they are."""
    share_heaps()
    if not draws:
        from packdesk.app.display import painting  # noqa: PLC0415  (brings Qt)

        with painting():
            yield None
        return
    from packdesk.viewer.drawing_room import DrawingRoom  # noqa: PLC0415  (likewise)
    from packdesk.viewer.setup import drawing_application  # noqa: PLC0415  (likewise)

    application = drawing_application()
    with contextlib.closing(DrawingRoom()) as room:
        yield room
    del application
