"""A planned range on this machine: into a folder, by processes of its own, on a display if there is one."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from packdesk.app.display import some_display
from packdesk.batch.crew import Crew
from packdesk.batch.files import FolderFiles, unwritable
from packdesk.batch.running import RangeRun
from packdesk.errors import DisplayError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.batch.planning import PlannedRange
    from packdesk.stopping import Stop


@contextlib.contextmanager
def run_here(planned: PlannedRange, jobs: int, stop: Stop | None = None) -> Iterator[RangeRun]:
    """What makes the range, ready to be run inside the block.

    Args:
        planned: without problems.
        jobs: rows at the same time.
        stop: whether it is still wanted.

    Raises:
        DisplayError: something has to be drawn, and there is no display.
        OutputUnwritableError: its folder cannot be made.
    """
    workshop, plan = planned.workshop, planned.plan
    files = FolderFiles(workshop.folder)
    try:
        workshop.folder.mkdir(exist_ok=True)
    except OSError as error:
        raise unwritable(files.place) from error
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(some_display())
        except DisplayError:
            if any(kind.draws for kind in workshop.options.kinds):
                raise
            workshop = workshop.model_copy(update={"draws": False})
        crew = Crew(workshop, jobs, stop)
        yield RangeRun(
            files, crew, plan.orders, planned.table.name, source=planned.source, force=workshop.force
        )
