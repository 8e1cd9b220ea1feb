"""What `packdesk doctor` looks at, without changing anything.

Its findings answer the debugging checklist the design came with: the table in docs/troubleshooting.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.app.checkup.finding import Finding
from packdesk.app.checkup.machine import artwork, display, network, opengl, settings_folder, versions
from packdesk.app.checkup.pictures import cache, library, panels, texture_folders
from packdesk.app.checkup.store import examine_store, generation, links, remarks, unfinished_jobs

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
        *remarks(settings, found.place),
        *links(settings, found.place),
        *texture_folders(settings),
        *panels(settings, found.state),
        cache(settings),
        *library(settings),
        settings_folder(),
        *artwork(settings),
        network(),
        *display(),
        opengl(),
    ]
