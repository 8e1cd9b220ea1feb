"""The command that keeps the library small."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.output import JsonOption, print_json, say
from packdesk.cli.running import run_service

if TYPE_CHECKING:
    from packdesk.services.tidying import Amount, Tidied


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(tidy)


def tidy(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Remove pictures that were cut to size and that nothing uses; they can be cut again at any time."""
    found = run_service(lambda services: services.tidying.survey() if dry_run else services.tidying.tidy())
    if as_json:
        print_json(asdict(found))
        return
    _print(found, dry_run=dry_run)


def _print(found: Tidied, *, dry_run: bool) -> None:
    uses = found.uses
    say(found.folder)
    say(f"  stay    {_told(found.kept)}: answers, imports, and what cannot be cut again here")
    say(f"  in use  {_told(found.in_use)}: cut to size")
    say(
        f"          named by the current design {uses['current']}, designs kept {uses['kept']}, "
        f"jobs {uses['jobs']}, open windows {uses['windows']}"
    )
    if dry_run:
        say(f"  can go  {_told(found.free)}: cut to size, used by nothing")
    else:
        say(f"  gone    {_told(found.removed)}: cut to size, used by nothing")
    if found.notes:
        say(f"  {'can go' if dry_run else 'gone  '}  {found.notes} notes of cuts that went long ago")


def _told(amount: Amount) -> str:
    pictures = "1 picture" if amount.pictures == 1 else f"{amount.pictures:,} pictures"
    return f"{pictures}, {amount.bytes / 2**20:,.1f} MB"
