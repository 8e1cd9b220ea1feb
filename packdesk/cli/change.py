"""`packdesk change`: a picture is changed in words."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from packdesk.cli.artwork import PanelArgument, ProviderOption, make_artwork
from packdesk.cli.output import JsonOption, print_outcome
from packdesk.cli.running import run_painting
from packdesk.domain.area import read_area
from packdesk.domain.order import GenerationOrder, PanelChange
from packdesk.domain.pack_words import NO_WORDS


def change(
    panel: PanelArgument,
    words: Annotated[str, typer.Argument(help="What shall change: “make the flowers blue”")],
    area: Annotated[
        str | None,
        typer.Option(
            metavar="X,Y,W,H", help="Only this rectangle, in mm from the panel's left and upper edge."
        ),
    ] = None,
    provider: ProviderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change the picture on a panel in words; the painter on this computer understands colours."""
    where = PanelChange(None if area is None else read_area(area))
    order = GenerationOrder(words, (panel,), words=NO_WORDS, change=where)
    print_outcome(run_painting(partial(make_artwork, order), provider=provider), as_json=as_json)
