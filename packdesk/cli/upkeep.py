"""Commands that look after what is kept: reset, jobs that were left unfinished, tidy, doctor."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.output import (
    FOREIGN_LENGTH,
    JsonOption,
    ProgressPrinter,
    print_json,
    print_outcome,
    print_state,
    say,
)
from packdesk.cli.running import run_painting, run_service
from packdesk.cli.spend import tell_cost
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.services.batch import GenerationOutcome
    from packdesk.services.container import Services
    from packdesk.services.tidying import Amount, Tidied
    from packdesk.store.job_records import JobRecord

JobArgument = Annotated[str, typer.Argument(metavar="ID", help="The job, or how its id begins")]
_MARKS = {"ok": "ok  ", "note": "note", "mend": "MEND"}

jobs = typer.Typer(rich_markup_mode=None, invoke_without_command=True)


def reset(
    flags: Annotated[
        bool, typer.Option("--flags", help="Only clear the generation marks a dead program has left.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Move what stands in the store aside, readable or not, and start with the default design."""
    if flags:
        say(run_service(_clear_flags))
        return
    if not yes and not sys.stdin.isatty():
        raise InvalidInputError("There is no terminal to ask on.", "Use --yes to skip the confirmation.")
    if not yes:
        typer.confirm("Move the current design aside and start anew?", abort=True, err=True)
    name = run_service(lambda services: services.designs.reset())
    say(f"It is kept as {name}." if name else "There was nothing to move aside.")


@jobs.callback()
def list_jobs(context: typer.Context, as_json: JsonOption = False) -> None:
    """Generations that ended before their pictures were put on the design: list, continue, apply, discard."""
    if context.invoked_subcommand is not None:
        return
    records = run_service(lambda services: services.unfinished.list())
    if as_json:
        print_json([_job_for_programs(record) for record in records])
        return
    for record in records:
        done = f"{len(record.textures)} of {len(record.panel_ids)} panels"
        say(f"{record.id}  {record.started_at}  {done}  {cut(record.prompt, FOREIGN_LENGTH)}")
    if not records:
        say("No generation was left unfinished.")


@jobs.command("continue")
def continue_job(job_id: JobArgument, as_json: JsonOption = False) -> None:
    """Have the missing panels made and put all of them on the design."""

    async def resume(services: Services) -> GenerationOutcome:
        tell_cost(await services.unfinished.estimate(job_id))
        return await services.unfinished.resume(job_id, ProgressPrinter())

    print_outcome(run_painting(resume), as_json=as_json)


@jobs.command("apply")
def apply_job(job_id: JobArgument, as_json: JsonOption = False) -> None:
    """Put the finished panels on the design and forget the rest."""

    async def apply(services: Services) -> PackagingState:
        await services.designs.clear_dead_generation()
        return (await services.unfinished.apply(job_id)).state

    print_state(run_service(apply), as_json=as_json)


@jobs.command("discard")
def discard_job(job_id: JobArgument) -> None:
    """Forget a job; its pictures stay in the texture folder."""
    run_service(lambda services: services.unfinished.discard(job_id))
    say("Discarded.")


async def _clear_flags(services: Services) -> str:
    await services.designs.clear_dead_generation()
    state = await services.designs.get_state()
    if not state.generating:
        return "The design is not marked as being generated."
    await services.designs.clear_flags()
    return "The marks are cleared."


def _job_for_programs(record: JobRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "started_at": record.started_at,
        "prompt": record.prompt,
        "package_type": record.package_type,
        "finished": [panel_id for panel_id in record.panel_ids if panel_id in record.textures],
        "missing": list(record.missing()),
    }


def tidy(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Remove pictures that were cut to size and that nothing uses; they can be cut again at any time."""
    found = run_service(lambda services: services.tidying.tidy(dry_run=dry_run))
    if as_json:
        print_json(asdict(found))
        return
    _print_tidied(found, dry_run=dry_run)


def _print_tidied(found: Tidied, *, dry_run: bool) -> None:
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
    if loose := found.objects.pictures:
        say(f"  {'can go' if dry_run else 'gone  '}  {loose} files of objects no picture has")


def _told(amount: Amount) -> str:
    pictures = "1 picture" if amount.pictures == 1 else f"{amount.pictures:,} pictures"
    return f"{pictures}, {amount.bytes / 2**20:,.1f} MB"


def doctor(as_json: JsonOption = False) -> None:
    """Check store, design, pictures, provider and OpenGL; exit code 1 when something has to be mended."""
    from packdesk.app.checkup import examine  # noqa: PLC0415  (brings the viewer)

    findings = examine(read_settings())
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            say(f"{_MARKS[finding.verdict]}  {finding.subject}: {finding.text}")
            if finding.remedy:
                say(f"      {finding.remedy}")
    if any(finding.verdict == "mend" for finding in findings):
        raise typer.Exit(1)
