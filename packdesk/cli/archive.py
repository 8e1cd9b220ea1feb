"""Commands about every picture ever made or imported: generations, use."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.artwork import PanelArgument  # noqa: TC001  (typer reads it)
from packdesk.cli.output import FOREIGN_LENGTH, JsonOption, print_json, print_state, say, tell
from packdesk.cli.running import run_service
from packdesk.domain.panels import check_panel
from packdesk.domain.text import cut
from packdesk.services.archive import ArchiveQuery
from packdesk.textures.incoming import IncomingPicture
from packdesk.textures.picture_index import time_text

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.services.container import Services
    from packdesk.textures.picture_index import IndexedPicture

_SHOWN_NAME = 12


def generations(
    search: Annotated[str, typer.Option(help="Only those with all these words in what is known.")] = "",
    favourites: Annotated[bool, typer.Option("--favourites", help="Only favourites.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List every picture ever made or imported on this computer, the newest first."""
    found = run_service(lambda services: services.archive.search(ArchiveQuery(search, favourites)))
    if found.rebuilt:
        tell("packdesk: The index of the pictures was damaged. It has been made anew; no picture is missing.")
    if as_json:
        print_json([_for_programs(picture) for picture in found.pictures])
        return
    for picture in found.pictures:
        say(_line(picture))
    if not found.pictures:
        say("There is no such picture." if found.total else "No picture has been made or imported yet.")


def use(
    picture: Annotated[str, typer.Argument(help="A picture's name in the list, or how it begins")],
    panel: PanelArgument,
    as_json: JsonOption = False,
) -> None:
    """Put a picture of the list on a panel again."""

    async def put(services: Services) -> PackagingState:
        state = await services.designs.get_state()
        check_panel(state.package_type, panel)  # before the picture is looked for
        found = await services.archive.named(picture)
        incoming = IncomingPicture(found.words, kept=found.sha256)
        done = await services.pictures.put_pictures({panel: incoming})
        for failure in done.failures.values():
            raise failure
        return done.state

    print_state(run_service(put), as_json=as_json)


def _line(picture: IndexedPicture) -> str:
    size = "" if picture.width is None else f"{picture.width:g} × {picture.height:g} mm"
    by = " ".join(word for word in (picture.provider, picture.model) if word) or picture.kind
    seed = "" if picture.seed is None else f"seed {picture.seed}"
    known = ", ".join(cut(word, 80) for word in (by, seed, picture.panel, size, picture.cost) if word)
    star = "*" if picture.favourite else " "
    words = cut(picture.words, FOREIGN_LENGTH) or "–"
    return f"{picture.sha256[:_SHOWN_NAME]} {star} {time_text(picture.at)}  {words}  ({known or 'not noted'})"


def _for_programs(picture: IndexedPicture) -> dict[str, object]:
    return asdict(picture) | {"at": time_text(picture.at)}
