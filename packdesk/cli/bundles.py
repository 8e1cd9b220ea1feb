"""Commands about designs as files: open, review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.output import JsonOption, print_state, tell
from packdesk.cli.running import run_service
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

BundleArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A bundle, name.packdesk")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("open")(open_bundle)
    app.command()(review)


def open_bundle(
    file: BundleArgument,
    force: Annotated[bool, typer.Option("--force", help="Lose the current design's artwork.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make a bundle the current design."""
    opened = run_service(lambda services: services.bundles.open(file, replace_artwork=force))
    _tell(opened.damages)
    print_state(opened.state, as_json=as_json)


def review(file: BundleArgument) -> None:
    """Look at a bundle in the window. The current design stays, and no network is touched."""
    from packdesk.app.review import run_review  # noqa: PLC0415  (Qt's widgets only where they are shown)

    raise typer.Exit(run_review(read_settings(), file))


def _tell(damages: Iterable[str]) -> None:
    for sentence in damages:
        tell(f"packdesk: {sentence}")
