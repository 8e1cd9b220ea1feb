"""What the texture library takes, and what of it can go."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from packdesk.app.checkup.finding import Finding
from packdesk.app.core import choose_store, texture_library, tidy_service
from packdesk.errors import PackdeskError

if TYPE_CHECKING:
    from packdesk.services.tidying import Tidied
    from packdesk.settings import Settings

_MB = 2**20


def library(settings: Settings) -> list[Finding]:
    """How much is kept for good, how full the budget for cuts is, and what `packdesk tidy` would remove.

    Where the store does not answer, it is not known what is in use.
    """
    only_looking = settings.model_copy(update={"repair": False})
    try:
        with contextlib.closing(choose_store(only_looking)) as store:
            found = asyncio.run(tidy_service(settings, store, texture_library(settings)).survey())
    except PackdeskError as error:
        return [Finding("library", "note", f"not examined. {error.sentence}", error.terminal_remedy())]
    return [_told(found)]


def _told(found: Tidied) -> Finding:
    cut = found.in_use.bytes + found.free.bytes
    text = (
        f"answers and imports: {found.kept.pictures} pictures, {found.kept.bytes / _MB:.1f} MB; "
        f"cut to size: {found.in_use.pictures + found.free.pictures}, {cut / _MB:.1f} of "
        f"{found.budget / _MB:.0f} MB, of which {found.in_use.pictures} are in use"
    )
    if not found.free.pictures:
        return Finding("library", "ok", text)
    free = f"{found.free.pictures} can go, {found.free.bytes / _MB:.1f} MB"
    return Finding("library", "ok", f"{text} and {free}", "“packdesk tidy” removes those.")
