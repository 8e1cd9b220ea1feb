"""Commands that have the design follow files of this machine: link, unlink, links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.artwork import LayerOption, PageOption, PanelArgument, part_of, tell_of_pages
from packdesk.cli.output import JsonOption, print_json, print_state, say, tell
from packdesk.cli.running import run_service
from packdesk.domain.links import SHEET, panel_target
from packdesk.errors import InvalidInputError
from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from packdesk.domain.links import LinkView
    from packdesk.domain.state import PackagingState
    from packdesk.services.container import Services


def link(
    panel: PanelArgument,
    file: Annotated[Path, typer.Argument(help="A picture, or a drawing as PDF, AI or SVG")],
    page: PageOption = 1,
    layer: LayerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a file on a panel and have the panel follow it: open windows show whatever is saved in it."""
    picture = IncomingPicture.of_file(file, part_of(page, layer))

    async def linked(services: Services) -> PackagingState:
        done = await services.links.link({panel: picture})
        for error in done.failures.values():
            raise error
        return done.state

    state = run_service(linked)
    tell_of_pages(file, page)
    print_state(state, as_json=as_json)


def unlink(
    panels: Annotated[
        list[str] | None, typer.Argument(metavar="[PANEL…]", help="Panels that follow files")
    ] = None,
    sheet: Annotated[bool, typer.Option("--sheet", help="The artwork of the whole blank.")] = False,
) -> None:
    """Have panels, or the whole blank, follow their files no longer; the pictures stay."""
    targets = [*map(panel_target, panels or ()), *([SHEET] if sheet else [])]
    if not targets:
        raise InvalidInputError("Nothing was named to be unlinked.", "Name panels, or --sheet.")
    left = run_service(lambda services: services.links.unlink(*targets))
    say(f"{len(left.links)} linked")


def links(as_json: JsonOption = False) -> None:
    """List what follows files, panels or the whole blank, and how it fares."""
    views = run_service(lambda services: services.links.views())
    if as_json:
        print_json([_values(view) for view in views])
        return
    if not views:
        tell("No panel follows a file.")
    for view in views:
        when = f"saved {view.link.saved_at[:16].replace('T', ' ')}" if view.link.saved_at else "not read yet"
        page = f", page {view.link.page}" if view.link.page > 1 else ""
        layers = f", layers {', '.join(view.link.layers)}" if view.link.layers else ""
        say(f"{_name(view):<7} {view.state:<10} {view.link.file}  ({when}{page}{layers})")
        if reason := _reason(view):
            say(f"        {reason}")


def _name(view: LinkView) -> str:
    return view.link.target.name or view.link.target.kind


def _reason(view: LinkView) -> str:
    """Why it does not show what its file holds; empty where it does."""
    if view.error is not None:
        return view.error.terminal_text()
    if view.state != "waiting":
        return ""
    if not view.link.stamp:
        return "It is shown as it was put there: an open window reads it once more."
    return "It was saved after what is shown: an open window takes it over."


def _values(view: LinkView) -> dict[str, object]:
    link, reason = view.link, _reason(view)
    values: dict[str, object] = {"panel": _name(view), "file": link.file, "state": view.state}
    values |= {"panels": list(view.panels), "page": link.page, "layers": link.layers}
    return values | {"saved_at": link.saved_at, "reason": reason}
