"""What `packdesk doctor` looks at, without changing anything.

Its findings answer the debugging checklist the design came with:

| question | finding |
|---|---|
| Does the state name textures? Is `panel_textures` empty, or are there fewer than the panels? | `design` |
| Is a picture kept on this machine? Was it never cached after generation? | `panels`, `textures`, `cache` |
| Does the state have the right size? Was a size ever saved, and when? | `design` |
| Does the store have the data, and does it answer? | `store`, `server`, `writing` |
| Is `in_progress` true: is something still generating, or is the flag stuck? | `generation`, `flags` |
| Are there network errors while polling? | `store`: its round trips |
| Are pictures drawn smaller than they are, for want of memory? | `card` |
| Did all panels finish? Did the one write at the end happen? | `jobs`: what was painted but never put on it |
| Does `last_error` name the panels that failed? | `design` |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.app.checkup.finding import Finding
from packdesk.app.checkup.machine import artwork, opengl, versions
from packdesk.app.checkup.pictures import cache, library, panels, texture_folders
from packdesk.app.checkup.store import examine_store, generation, unfinished_jobs

if TYPE_CHECKING:
    from packdesk.settings import Settings

__all__ = ["Finding", "examine"]


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; never raises for what it finds."""
    found = examine_store(settings)
    return [
        versions(),
        *found.findings,
        *generation(found.status, found.state),
        unfinished_jobs(settings, found.place),
        *texture_folders(settings),
        *panels(settings, found.state),
        cache(settings),
        *library(settings),
        *artwork(settings),
        opengl(),
    ]
