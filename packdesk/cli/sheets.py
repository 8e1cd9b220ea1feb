"""Commands for artwork of the whole blank: import-sheet, template."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from packdesk.app.core import open_services
from packdesk.app.interrupting import interruptible
from packdesk.cli.artwork import LayerOption, PageOption, part_of, tell_of_pages
from packdesk.cli.blank import SaidOfBlank, shapes_blank
from packdesk.cli.inside import InsideOption, print_inside
from packdesk.cli.lengths import length_option
from packdesk.cli.output import ForceOption, JsonOption, print_state, say, tell
from packdesk.domain.sheet.placement import PlacementChange
from packdesk.errors import InvalidInputError
from packdesk.settings import read_settings
from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from collections.abc import Callable


class Turn(StrEnum):
    """Degrees to the right."""

    NONE = "0"
    RIGHT = "90"
    OVER = "180"
    LEFT = "270"


TurnOption = Annotated[
    Turn | None, typer.Option(help="How far the sheet is turned to the right.", show_default="as it is found")
]
LengthOption = Annotated[
    float | None,
    typer.Option(
        metavar="MM",
        parser=length_option,
        help="Where it begins on the blank.",
        show_default="as it is found",
    ),
]


@shapes_blank
def import_sheet(
    file: Annotated[Path, typer.Argument(help="Artwork of the whole blank: a picture, PDF, AI or SVG")],
    turn: TurnOption = None,
    mirrored: Annotated[
        bool | None, typer.Option("--mirrored/--not-mirrored", help="Drawn as seen from inside.")
    ] = None,
    left: LengthOption = None,
    top: LengthOption = None,
    scale: Annotated[
        float | None, typer.Option(help="Of its own size.", min=0.01, max=100, show_default="as it is found")
    ] = None,
    page: PageOption = 1,
    layer: LayerOption = None,
    inside: InsideOption = False,
    follow: Annotated[
        bool, typer.Option("--follow", help="Open windows show whatever is saved in it from now on.")
    ] = False,
    *,
    said: SaidOfBlank,
    as_json: JsonOption = False,
) -> None:
    """Put artwork of the whole blank onto all panels at once."""
    import asyncio  # noqa: PLC0415  (only what is run is loaded)

    from packdesk.app.sheets import SheetOrder, put_sheet, put_sheet_inside  # noqa: PLC0415  (likewise)

    if inside and follow:
        raise InvalidInputError("The inside follows no file.", "Leave --follow or --inside out.")
    turns = None if turn is None else int(turn) // 90
    change = PlacementChange(turns, mirrored, scale, left, top)
    order = SheetOrder(IncomingPicture.of_file(file, part_of(page, layer)), said, change or None, follow)
    settings = read_settings()
    with open_services(settings) as services:
        put: Callable[..., Any] = put_sheet_inside if inside else put_sheet
        done, told = asyncio.run(put(settings, services, order))
    tell(told)
    tell_of_pages(file, page)
    (print_inside if inside else print_state)(done, as_json=as_json)


@shapes_blank
def template(
    file: Annotated[Path, typer.Argument(metavar="OUT", help="name.svg, .pdf, .tiff or .png")],
    said: SaidOfBlank,
    force: ForceOption = False,
) -> None:
    """Write the blank as a template to draw on; what is drawn comes back by import-sheet."""
    from packdesk.app.sheets import template_to_file  # noqa: PLC0415  (brings the writers)

    with interruptible():
        template_to_file(read_settings(), file, said, force=force)
    say(str(file))
