"""Commands for what went wrong: reset, and the jobs that were left unfinished."""

from __future__ import annotations

import sys
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
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.services.container import Services
    from packdesk.store.job_records import JobRecord

JobArgument = Annotated[str, typer.Argument(metavar="ID", help="The job, or how its id begins")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(reset)
    jobs = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
    jobs.callback()(list_jobs)
    jobs.command("continue")(continue_job)
    jobs.command("apply")(apply_job)
    jobs.command("discard")(discard_job)
    app.add_typer(jobs, name="jobs")


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
    if not yes:
        _ask()
    name = run_service(lambda services: services.designs.reset())
    say(f"It is kept as {name}." if name else "There was nothing to move aside.")


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


def continue_job(job_id: JobArgument, as_json: JsonOption = False) -> None:
    """Have the missing panels made and put all of them on the design."""
    outcome = run_painting(lambda services: services.unfinished.resume(job_id, ProgressPrinter()))
    print_outcome(outcome, as_json=as_json)
    if outcome.failures:
        raise typer.Exit(1)


def apply_job(job_id: JobArgument, as_json: JsonOption = False) -> None:
    """Put the finished panels on the design and forget the rest."""

    async def apply(services: Services) -> PackagingState:
        await services.designs.clear_dead_generation()
        return (await services.unfinished.apply(job_id)).state

    print_state(run_service(apply), as_json=as_json)


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


def _ask() -> None:
    if not sys.stdin.isatty():
        raise InvalidInputError("There is no terminal to ask on.", "Use --yes to skip the confirmation.")
    typer.confirm("Move the current design aside and start anew?", abort=True, err=True)


def _job_for_programs(record: JobRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "started_at": record.started_at,
        "prompt": record.prompt,
        "package_type": record.package_type,
        "finished": [panel_id for panel_id in record.panel_ids if panel_id in record.textures],
        "missing": list(record.missing()),
    }
