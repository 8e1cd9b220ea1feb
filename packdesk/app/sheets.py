"""Artwork of the whole blank for the current design, without a window."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from packdesk.app.examining import blank_of
from packdesk.domain.dieline.build import shown_dieline
from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.sheet.placement import PlacementChange
    from packdesk.domain.sheet.sizes import How
    from packdesk.domain.state import PackagingState
    from packdesk.services.container import Services
    from packdesk.settings import Settings

_FOUND: dict[How, str] = {
    "template": "by what its template says",
    "marks": "by its registration marks",
    "trim": "by its trim box",
    "size": "by its size",
    "ratio": "by the ratio of its sides",
    "ink": "by what is printed of it",
    "lines": "by the lines in it",
    "guess": "by nothing",
}


async def put_sheet(
    settings: Settings, services: Services, file: Path, change: PlacementChange | None
) -> tuple[PackagingState, str]:
    """Put a sheet onto all panels of the current design; the design then, and by what the place was found.

    Raises as `SheetService.import_sheet`.
    """
    async with aclosing(services):
        state = await services.designs.get_state()
        options = blank_of(settings, services, state, {})
        dieline = shown_dieline(state.package_type, state.package_dimensions, options)
        picture = IncomingPicture.of_file(file)
        state, offer = await services.sheets.import_sheet(picture, dieline, change)
    told = f"The place was found {_FOUND[offer.found.how]}."
    if offer.found.dieline is not dieline:
        width, height, depth = offer.found.dieline.dimensions.as_tuple()
        told += f" The template was made for {width:g} × {height:g} × {depth:g} mm: panels are cropped."
    return state, told
