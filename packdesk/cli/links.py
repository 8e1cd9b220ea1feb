"""Commands that have panels follow files of this machine: link, unlink, links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.artwork import PanelArgument  # noqa: TC001  (typer reads it)
from packdesk.cli.output import JsonOption, print_json, print_state, say, tell
from packdesk.cli.running import run_service

if TYPE_CHECKING:
    from packdesk.domain.links import LinkView
    from packdesk.domain.state import PackagingState
    from packdesk.services.container import Services


def link(
    panel: PanelArgument,
    file: Annotated[Path, typer.Argument(help="A picture, or a drawing as PDF, AI or SVG")],
    as_json: JsonOption = False,
) -> None:
    """Put a file on a panel and have the panel follow it: open windows show whatever is saved in it."""

    async def linked(services: Services) -> PackagingState:
        done = await services.links.link({panel: file})
        for error in done.failures.values():
            raise error
        return done.state

    print_state(run_service(linked), as_json=as_json)


def unlink(
    panels: Annotated[list[str], typer.Argument(metavar="PANEL…", help="Panels that follow files")],
) -> None:
    """Have panels follow their files no longer; the pictures stay."""
    left = run_service(lambda services: services.links.unlink(*panels))
    say(f"{len(left.links)} linked")


def links(as_json: JsonOption = False) -> None:
    """List the panels that follow files, and how they fare."""
    views = run_service(lambda services: services.links.views())
    if as_json:
        print_json([_values(view) for view in views])
        return
    if not views:
        tell("No panel follows a file.")
    for view in views:
        when = view.link.saved_at[:16].replace("T", " ") or "at an unknown time"
        say(f"{view.link.target.name:<7} {view.state:<10} {view.link.file}  (saved {when})")


def _values(view: LinkView) -> dict[str, str]:
    link = view.link
    reason = "" if view.error is None else view.error.terminal_text()
    values = {"panel": link.target.name, "file": link.file, "state": view.state}
    return values | {"saved_at": link.saved_at, "reason": reason}
