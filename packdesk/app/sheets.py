"""Artwork of the whole blank for the current design, without a window."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packdesk.app.core import open_services
from packdesk.app.examining import blank_of
from packdesk.domain.dieline.build import make_dieline, shown_dieline
from packdesk.domain.inside import inside_of_design

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.inside import InsideArt
    from packdesk.domain.sheet.placement import PlacementChange
    from packdesk.domain.sheet.sizes import How
    from packdesk.domain.state import PackagingState
    from packdesk.services.container import Services
    from packdesk.services.sheets import SheetOffer
    from packdesk.settings import Settings
    from packdesk.textures.incoming import IncomingPicture

_FOUND: dict[How, str] = {
    "template": "by what its template says",
    "marks": "by its registration marks",
    "trim": "by its trim box",
    "size": "by its size",
    "ratio": "by the ratio of its sides",
    "ink": "by what is printed of it",
    "lines": "by the lines in it",
}


@dataclass(frozen=True)
class SheetOrder:
    """A sheet that shall be put onto all panels.

    Attributes:
        picture: the sheet.
        said: what shapes the blank otherwise, by the names of `DielineOptions`.
        change: what somebody says of the placement.
        follows: whether the panels shall follow its file.
    """

    picture: IncomingPicture
    said: Mapping[str, Any]
    change: PlacementChange | None = None
    follows: bool = False


async def put_sheet(settings: Settings, services: Services, order: SheetOrder) -> tuple[PackagingState, str]:
    """Put a sheet onto all panels of the current design; the design then, and by what the place was found.

    Args:
        settings: where the design is kept.
        services: of the design.
        order: the sheet.

    Raises as `SheetService.import_sheet`, `LinkService.link_sheet` and `blank_of`.
    """
    async with aclosing(services):
        dieline = await _blank(settings, services, order.said)
        offer, placement = await services.sheets.placed(order.picture, dieline, order.change)
        if order.follows:
            state, _ = await services.links.link_sheet(offer, placement)
        else:
            state = await services.sheets.put(offer, placement)
    return state, _told(offer)


async def put_sheet_inside(
    settings: Settings, services: Services, order: SheetOrder
) -> tuple[dict[str, InsideArt], str]:
    """As `put_sheet`, onto the inside of all panels, which follows no file; what is inside then, by panel."""
    async with aclosing(services):
        dieline = await _blank(settings, services, order.said)
        arts, offer = await services.inside.import_sheet(order.picture, dieline, order.change)
        state = await services.designs.get_state()
    return inside_of_design(arts, state), _told(offer)


async def _blank(settings: Settings, services: Services, said: Mapping[str, Any]) -> Dieline:
    state = await services.designs.get_state()
    options = blank_of(settings, services, state, said)
    return shown_dieline(state.package_type, state.package_dimensions, options)


def _told(offer: SheetOffer) -> str:
    told = "It lies where it was said."
    if offer.found.how != "guess":
        told = f"The place was found {_FOUND[offer.found.how]}."
    if offer.made_for is not None:
        width, height, depth = offer.made_for.as_tuple()
        told += f" The template was made for {width:g} × {height:g} × {depth:g} mm: panels are cropped."
    return told


def template_to_file(settings: Settings, target: Path, said: Mapping[str, Any], *, force: bool) -> None:
    """Write the template of the current design's blank.

    Args:
        settings: where the design is kept.
        target: the file; its ending says which kind.
        said: what shapes the blank otherwise, by the names of `DielineOptions`.
        force: whether what is there may be replaced.

    Raises:
        InvalidInputError: there is no such kind, or no such blank.
        OutputUnwritableError: it cannot be written.
    """
    from packdesk.export.template.writing import check_template, write_template  # noqa: PLC0415  (brings Qt)

    check_template(target, force=force)
    with open_services(settings) as services:
        state = asyncio.run(_state(services))
        options = blank_of(settings, services, state, said)
    write_template(make_dieline(state.package_type, state.package_dimensions, options), target)


async def _state(services: Services) -> PackagingState:
    async with aclosing(services):
        return await services.designs.get_state()
