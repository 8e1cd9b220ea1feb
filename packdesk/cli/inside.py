"""Artwork on the inside of panels: put there, listed, taken off."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.output import FOREIGN_LENGTH, JsonOption, print_json, say, tell
from packdesk.cli.running import run_service
from packdesk.domain.inside import InsideArt, inside_of_design
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError
from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packdesk.services.container import Services
    from packdesk.textures.incoming import Part

InsideOption = Annotated[
    bool, typer.Option("--inside", help="On the inside, which is printed as a second side.")
]


def inside(
    panel: Annotated[
        str | None,
        typer.Argument(help="The panel; without one, all that is inside is listed.", show_default=False),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take its artwork off the inside.")] = False,
    turn: Annotated[bool, typer.Option("--turn", help="Turn it by a quarter to the right.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the artwork on the inside of panels; take it off, or turn it."""
    if panel is None and (remove or turn):
        raise InvalidInputError("Which panel is missing.", "Name one, such as front.")

    async def changed(services: Services) -> dict[str, InsideArt]:
        if panel is not None and remove:
            await services.inside.clear(panel)
        elif panel is not None and turn:
            await services.inside.turn(panel)
        return inside_of_design(await services.inside.kept(), await services.designs.get_state())

    print_inside(run_service(changed), as_json=as_json)


def put_inside(panel: str, file: Path, part: Part, *, as_json: bool) -> None:
    """Put a picture file on the inside of a panel, and print what is inside then."""

    async def put(services: Services) -> dict[str, InsideArt]:
        done = await services.inside.put({panel: IncomingPicture.of_file(file, part)})
        for error in done.failures.values():
            raise error
        return inside_of_design(done.arts, await services.designs.get_state())

    print_inside(run_service(put), as_json=as_json)


def print_inside(arts: Mapping[str, InsideArt], *, as_json: bool) -> None:
    """What is inside, by panel, for people or programs."""
    if as_json:
        print_json([asdict(art) for art in arts.values()])
        return
    if not arts:
        tell("No panel has artwork on its inside.")
    for panel_id, art in arts.items():
        say(f"  {panel_id:<7} {cut(art.name, FOREIGN_LENGTH) or 'a picture'}")
