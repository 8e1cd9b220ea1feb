"""Commands about the designs of this machine: designs, and what is done with one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from packdesk.cli.output import JsonOption, print_json, say, tell
from packdesk.cli.running import run_service
from packdesk.domain.design_name import UNTITLED

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from packdesk.services.container import Services
    from packdesk.store.shelf import ShelvedDesign

designs = typer.Typer(help="The designs of this machine: list, make, name, delete.", rich_markup_mode=None)
NameArgument = Annotated[str, typer.Argument(metavar="DESIGN", help="Its name, or its ID")]
NewName = Annotated[str, typer.Argument(metavar="NAME", help="What it shall be called")]


@designs.callback(invoke_without_command=True)
def list_designs(
    context: typer.Context,
    search: Annotated[str, typer.Option(help="Only those with these words in their names.")] = "",
    deleted: Annotated[bool, typer.Option("--bin", help="Those in the bin.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the designs of this machine, the newest first."""
    if context.invoked_subcommand is not None:
        return
    found = run_service(lambda services: services.shelf.find(search, deleted=deleted))
    if as_json:
        print_json([_values(design) for design in found])
    elif not found:
        tell("No design is there." if not search else "No design has these words in its name.")
    for design in found if not as_json else ():
        copied = f", from {design.origin}" if design.origin else ""
        say(f"{design.name}  ({(design.deleted_at or design.newest)[:16].replace('T', ' ')}{copied})")


@designs.command("new")
def new(name: NewName = UNTITLED) -> None:
    """Make another design, and work on it from now on."""
    say(run_service(lambda services: services.shelf.new(name)).name)


@designs.command("duplicate")
def duplicate(
    design: NameArgument, name: Annotated[str | None, typer.Argument(metavar="[NAME]")] = None
) -> None:
    """Make another design like this one."""

    async def copy(services: Services, found: ShelvedDesign) -> str:
        return (await services.shelf.duplicate(found, name)).name

    say(_done(design, copy))


@designs.command("rename")
def rename(design: NameArgument, name: NewName) -> None:
    """Give it another name."""

    async def named(services: Services, found: ShelvedDesign) -> str:
        return (await services.shelf.rename(found, name)).name

    say(_done(design, named))


@designs.command("delete")
def delete(design: NameArgument) -> None:
    """Put it into the bin, where it stays for 30 days."""

    async def deleted(services: Services, found: ShelvedDesign) -> str:
        await services.shelf.delete(found)
        return found.name

    say(f"In the bin: {_done(design, deleted)}")


@designs.command("restore")
def restore(design: NameArgument) -> None:
    """Take it out of the bin."""

    async def restored(services: Services) -> str:
        found = await services.shelf.named(design, deleted=True)
        return (await services.shelf.restore(found)).name

    say(run_service(restored))


@designs.command("empty-bin")
def empty_bin() -> None:
    """Remove everything in the bin for good, but for what a window has open."""
    for name in run_service(lambda services: services.shelf.empty()):
        say(f"Gone: {name}")


def _done(name: str, work: Callable[[Services, ShelvedDesign], Coroutine[Any, Any, str]]) -> str:
    async def found(services: Services) -> str:
        return await work(services, await services.shelf.named(name))

    return run_service(found)


def _values(design: ShelvedDesign) -> dict[str, object]:
    return {
        "id": design.id,
        "name": design.name,
        "file": str(design.file),
        "used_at": design.used_at or None,
        "changed_at": design.changed_at or None,
        "deleted_at": design.deleted_at or None,
        "origin": design.origin or None,
    }
