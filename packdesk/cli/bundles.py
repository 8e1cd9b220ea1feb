"""Commands about designs as files: open, review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.output import JsonOption, print_state, tell
from packdesk.cli.running import run_service
from packdesk.settings import read_settings
from packdesk.store.bundle.archive import SUFFIX

if TYPE_CHECKING:
    from packdesk.services.bundles import OpenedBundle
    from packdesk.services.container import Services

BundleArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A bundle, name.packdesk")]


def open_design(
    source: Annotated[
        str, typer.Argument(metavar="FILE_OR_KEY", help="A bundle, a JSON document, or a key of the store")
    ],
    force: Annotated[bool, typer.Option("--force", help="Lose the current design's artwork.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make a bundle, or a design as another program keeps it, the current design."""
    file = Path(source)
    is_key = ":" in source and file.suffix not in {SUFFIX, ".json"} and not file.exists()

    async def opening(services: Services) -> OpenedBundle:
        if is_key:
            return await services.documents.open_key(source, replace_artwork=force)
        if file.suffix.lower() == ".json":
            return await services.documents.open_file(file, replace_artwork=force)
        return await services.bundles.open(file, replace_artwork=force)

    opened = run_service(opening)
    for sentence in opened.damages:
        tell(f"packdesk: {sentence}")
    print_state(opened.state, as_json=as_json)


def review(file: BundleArgument) -> None:
    """Look at a bundle in the window. The current design stays, and no network is touched."""
    from packdesk.app.review import run_review  # noqa: PLC0415  (Qt's widgets only where they are shown)

    raise typer.Exit(run_review(read_settings(), file))
