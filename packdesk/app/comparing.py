"""The current design's blank beside a supplier's dieline, without Qt."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from packdesk.app.core import open_services
from packdesk.app.examining import blank_of
from packdesk.dielines.reading import read_dieline
from packdesk.domain.dieline.build import shown_dieline
from packdesk.domain.differing import compared, other_way
from packdesk.domain.supplied import Overlay

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.differing import Comparison
    from packdesk.domain.supplied import Placement
    from packdesk.settings import Settings


def compare_with_file(
    settings: Settings, file: Path, placement: Placement
) -> tuple[Comparison, Comparison | None]:
    """Which lines of the current blank differ from those in a file, and a way in which more would fit.

    Args:
        settings: where the design is kept.
        file: PDF, SVG or DXF.
        placement: how it lies under the blank.

    Raises:
        BadDielineError: the file cannot be used.
    """
    overlay = Overlay(read_dieline(file), placement)
    with open_services(settings) as services:
        state = asyncio.run(services.designs.get_state())
        options = blank_of(settings, services, state, {})
    dieline = shown_dieline(state.package_type, state.package_dimensions, options)
    found = compared(overlay, dieline)
    return found, other_way(found, dieline)
