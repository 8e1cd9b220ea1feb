"""Commands about the design itself: state, status, dimensions, clear, open, review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.lengths import read_length
from packdesk.cli.output import FOREIGN_LENGTH, MORE, JsonOption, print_json, print_state, say, tell
from packdesk.cli.remarks import print_taken
from packdesk.cli.running import run_service
from packdesk.domain.design_name import UNTITLED
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.text import cut, cut_names
from packdesk.errors import BundleError, NotPossibleError
from packdesk.services.reviews import TakenAnswer
from packdesk.settings import read_settings
from packdesk.store.bundle.archive import SUFFIX

if TYPE_CHECKING:
    from packdesk.domain.change import DesignChange
    from packdesk.domain.state import GenerationStatus, PackagingState
    from packdesk.services.bundles import OpenedBundle
    from packdesk.services.container import Services

BundleArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A bundle, name.packdesk")]


def state(as_json: JsonOption = False) -> None:
    """Print the current design."""

    async def read(services: Services) -> PackagingState:
        await services.designs.clear_dead_generation()
        return await services.designs.get_state()

    print_state(run_service(read), as_json=as_json)


def status(as_json: JsonOption = False) -> None:
    """Print what is being generated, and the last error."""

    async def read(services: Services) -> GenerationStatus:
        await services.designs.clear_dead_generation()
        return await services.designs.get_status()

    found = run_service(read)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    say("generating" if found.in_progress else "idle")
    if found.in_progress and found.generating_panels:
        say(f"Panels: {cut_names(found.generating_panels, MORE)}")
    if found.last_error:
        say(f"Last error: {cut(found.last_error, FOREIGN_LENGTH)}")


def dimensions(
    package_type: Annotated[str, typer.Argument(metavar="TYPE", help="box or cylinder")],
    width: Annotated[
        str,
        typer.Argument(help="Width (or diameter): millimetres, or a unit with it, as 4in, 4 1/4in or 10,5cm"),
    ],
    height: Annotated[str, typer.Argument(help="Height")],
    depth: Annotated[str, typer.Argument(help="Depth (or diameter again)")],
    as_json: JsonOption = False,
) -> None:
    """Set type and size. Artwork is cut anew for the new size; another type clears it."""
    sides = [read_length(text) for text in (width, height, depth)]
    edit = SizeEdit.of(package_type, *sides, switches=True)

    async def size(services: Services) -> tuple[PackagingState, DesignChange | None]:
        _, lost = await services.designs.resize(edit)
        return await services.pictures.refit(), lost

    sized, lost = run_service(size)
    if lost is not None:
        panels = ", ".join(name for name, texture in lost.before.textures.items() if texture)
        tell(f"packdesk: The artwork and the objects of {panels} went with the {lost.before.package_type}.")
        tell("The window offers to bring them back, until the design is changed again.")
    print_state(sized, as_json=as_json)


def clear(as_json: JsonOption = False) -> None:
    """Back to the default box, without artwork; a design that cannot be read is kept under another name."""
    cleared, kept = run_service(lambda services: services.designs.clear_in_any_case())
    if kept:
        tell(f"packdesk: What stood there could not be read; it is kept as {kept}.")
    print_state(cleared, as_json=as_json)


def open_design(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE_OR_KEY",
            help="A bundle, a JSON document, a reviewer's answer, or a key of the store",
        ),
    ],
    force: Annotated[bool, typer.Option("--force", help="Lose the current design's artwork.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make a bundle, or a design as another program keeps it, the current one; or add a reviewer's answer."""
    file = Path(source)
    there = file.exists()
    is_key = ":" in source and file.suffix not in {SUFFIX, ".json"} and not there

    async def opening(services: Services) -> OpenedBundle | TakenAnswer:
        if is_key:
            return await services.documents.open_key(source, replace_artwork=force)
        if await services.reviews.is_answer(file):
            return await services.reviews.take_file(file)
        if file.suffix.lower() == ".json":
            return await services.documents.open_file(file, replace_artwork=force)
        return await _from_bundle(services, file, there=there, force=force)

    try:
        opened = run_service(opening)
    except NotPossibleError:  # the current design has artwork
        settings = read_settings()
        if force or is_key or settings.redis_url is not None or settings.design is not None:
            raise
        made = run_service(lambda services: services.shelf.new(file.stem or UNTITLED))
        opened = run_service(opening, design=made.id)
        tell(f"packdesk: It is a design of its own now: “{made.name}”.")
    if isinstance(opened, TakenAnswer):
        print_taken(opened, as_json=as_json)
        return
    for sentence in opened.damages:
        tell(f"packdesk: {sentence}")
    print_state(opened.state, as_json=as_json)


async def _from_bundle(services: Services, file: Path, *, there: bool, force: bool) -> OpenedBundle:
    try:
        return await services.bundles.open(file, replace_artwork=force)
    except BundleError as error:
        if not there:  # it may be the name of something else
            error.terminal = "“packdesk open” also takes a key of the store."
        raise


def review(file: BundleArgument) -> None:
    """Look at a bundle in the window. The current design stays, and no network is touched."""
    from packdesk.app.review import run_review  # noqa: PLC0415  (Qt's widgets only where they are shown)

    raise typer.Exit(run_review(read_settings(), file))
