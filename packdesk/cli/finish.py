"""Finishes on parts of panels: set, removed, listed."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.output import JsonOption, print_json, say, tell
from packdesk.cli.running import run_service
from packdesk.domain.area_finish import (
    USUAL_TOLERANCE,
    AreaFinish,
    AreaKind,
    ColourRange,
    with_area,
    without_areas,
)
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.appearance import Appearance
    from packdesk.services.container import Services

    Areas = tuple[AreaFinish, ...]


_RELIEF = "relief"
"""What the window and the help call an emboss."""


def _kind(text: str | AreaKind) -> AreaKind:
    if text == _RELIEF:
        return AreaKind.EMBOSS
    try:
        return AreaKind(text)
    except ValueError:
        choices = ", ".join((*AreaKind, _RELIEF))
        raise typer.BadParameter(Sentence("it must be one of {choices}", choices=choices) + ".") from None


KindArgument = Annotated[
    AreaKind | None,
    typer.Argument(
        parser=_kind,
        metavar="kind",
        help="What is done there: white, foil, varnish or emboss (or: relief).",
        show_default=False,
    ),
]


def finish(
    panel: Annotated[
        str | None,
        typer.Argument(help="The panel; without one, all finishes are listed.", show_default=False),
    ] = None,
    kind: KindArgument = None,
    colour: Annotated[
        str | None,
        typer.Option(
            metavar="#RRGGBB", help="Only where the artwork has this colour; else where it is opaque."
        ),
    ] = None,
    tolerance: Annotated[
        int | None,
        typer.Option(
            help="How far red, green and blue may each be from it, 0 to 255.",
            show_default=str(USUAL_TOLERANCE),
        ),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it off again.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Put white, foil, varnish or a relief on a part of a panel, as a plate of its own in PDF and SVG."""
    if tolerance is not None and colour is None:
        raise InvalidInputError("A tolerance changes nothing without a colour.", "Say which with --colour.")
    if panel is None:
        areas = run_service(_kept)
    elif remove:
        areas = run_service(partial(_changed, panel, lambda kept: without_areas(kept, panel, kind)))
    elif kind is None:
        raise InvalidInputError("Which finish is missing.", "Name one: white, foil, varnish or emboss.")
    else:
        wide = USUAL_TOLERANCE if tolerance is None else tolerance
        colours = None if colour is None else ColourRange(colour, wide)
        areas = run_service(
            partial(_changed, panel, lambda kept: with_area(kept, AreaFinish(panel, kind, colours)))
        )
    _show(areas, as_json=as_json)


def _show(areas: Areas, *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(area) for area in areas])
        return
    if not areas:
        tell("No panel has a finish on a part of it.")
    for area in areas:
        within = area.colours
        where = f"{within.colour} ± {within.tolerance}" if within else "where its artwork is opaque"
        say(f"{area.panel_id:<8} {area.kind:<8} {where}")


async def _kept(services: Services) -> Areas:
    kept = await asyncio.to_thread(services.appearance.read)
    return kept.areas if kept else ()


async def _changed(panel: str, change: Callable[[Areas], Areas], services: Services) -> Areas:
    from packdesk.domain.panels import check_panel  # noqa: PLC0415  (only what is run is loaded)

    check_panel((await services.designs.get_state()).package_type, panel)

    def changed(kept: Appearance) -> Appearance:
        return replace(kept, areas=change(kept.areas))

    return (await asyncio.to_thread(services.appearance.change, changed)).areas
