"""Commands for several machines at one range: workers, and how they fare."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import SecretStr

from packdesk.app.display import some_display
from packdesk.cli.extras import extra
from packdesk.cli.output import JsonOption, counted, print_json, say, tell
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from packdesk.batch.files import RangeFiles
    from packdesk.batch.planning import PlannedRange
    from packdesk.batch.running import RangeOutcome
    from packdesk.batch.team.server import TeamServer
    from packdesk.cli.batch import Printer

QueueOption = Annotated[
    str | None,
    typer.Option(metavar="redis://…", help="The server rows are handed out by.", show_default="your setting"),
]
PlaceOption = Annotated[
    str,
    typer.Option("--place", metavar="FOLDER", help="Where all ranges lie: a folder, or s3://… by fsspec."),
]
BurstOption = Annotated[bool, typer.Option("--burst", help="End when no row is left.")]


def worker(place: PlaceOption, queue: QueueOption = None, burst: BurstOption = False) -> None:
    """Make rows of ranges that others put into a queue, until Ctrl+C."""
    url = queue or queue_set()
    server = _server(url)
    from packdesk.batch.team.places import files_in  # noqa: PLC0415  (only who works for a team pays for it)
    from packdesk.batch.team.worker import Post, work_on  # noqa: PLC0415  (likewise)

    files_in(place, "any", server)
    with some_display():
        tell(f"Rows in {place}, from the queue at {server.place}. Ctrl+C ends it with the row it makes.")
        work_on(
            server,
            Post(url=SecretStr(url), root=place),
            burst=burst,
            tell=lambda sentence: tell(f"packdesk: {sentence}"),
        )


def status(queue: QueueOption = None, as_json: JsonOption = False) -> None:
    """Tell what became of ranges that were put into a queue, and who works on them."""
    server = _server(queue or queue_set())
    from packdesk.batch.team.standing import standing_of  # noqa: PLC0415  (as above)

    told = standing_of(server)
    if as_json:
        print_json(told)
        return
    if not told["ranges"]:
        tell("No range is known.")
    for one in told["ranges"]:
        failed = f", {one['failed']} failed" if one["failed"] else ""
        left = f", {one['left']} to go" if one["going"] else "" if not one["left"] else ", stopped"
        rows = counted(one["total"], "row")
        say(f"{one['name']}: {one['made'] + one['kept']} of {rows} made{failed}{left}")
    for one in told["workers"]:
        say(f"worker {one['name'].removeprefix('packdesk-')[:12]} on {one['host']}: {one['doing']}")
    if told["strangers"]:
        strange = counted(told["strangers"], "worker")
        tell(f"{strange} of other programs on the same queue: rows such a worker takes come back or fail.")
    say(f"{counted(told['waiting'], 'row')} in the queue, {counted(len(told['workers']), 'worker')}")


def queue_set() -> str:
    """The server of the settings, where others of the machine do not see its password; empty for none."""
    url = read_settings().queue_url
    return url.get_secret_value() if url else ""


def queue_meant(queue: str | None, out: str, *, rate: float | None, detach: bool) -> str:
    """The server rows are handed out by; empty where this machine makes them.

    Raises:
        InvalidInputError: something was asked for that makes sense with a queue only, or no place is named.
    """
    meant = queue or queue_set()
    if not meant and (rate is not None or detach):
        raise InvalidInputError("This needs a queue.", "Name one with --queue.")
    if not out.strip():
        raise InvalidInputError(
            "No folder is named for the range.", "Name a folder.", terminal="--out FOLDER."
        )
    if not meant and "://" in out:
        raise InvalidInputError(
            Sentence("Only workers of a queue put files in a place like {place}.", place=out[:200]),
            "Name a folder, or a queue.",
            terminal="--out FOLDER, or --queue redis://….",
        )
    return meant


@dataclass(frozen=True)
class TeamPlace:
    """Where a team makes a range.

    Attributes:
        server: hands out its rows.
        name: of the range.
        files: of it.
    """

    server: TeamServer
    name: str
    files: RangeFiles


def team_place(queue: str, out: str, *, check: bool) -> TeamPlace:
    """The place of a range in that of the team.

    Args:
        queue: the address of the team's server.
        out: of the range.
        check: whether the server has to answer.

    Raises:
        InvalidInputError: it is no address, or no place of a team.
        OutputUnwritableError: there is no such place.
        StoreUnavailableError: the server does not answer.
    """
    server = _server(queue, check=check)
    from packdesk.batch.team.places import files_in, place_of  # noqa: PLC0415  (as above)

    root, name = place_of(out)
    return TeamPlace(server, name, files_in(root, name, server))


def give_to_team(
    planned: PlannedRange, place: TeamPlace, printer: Printer, *, rate: float, detach: bool
) -> RangeOutcome | None:
    """Have workers make a range; None where nobody waits for it."""
    from packdesk.batch.files import file_hash  # noqa: PLC0415  (as above)
    from packdesk.batch.running import RangeRun  # noqa: PLC0415  (as above)
    from packdesk.batch.team.hands import Team  # noqa: PLC0415  (as above)
    from packdesk.batch.team.server import QueuedRange  # noqa: PLC0415  (as above)
    from packdesk.batch.whose import claim  # noqa: PLC0415  (as above)
    from packdesk.cli.batch import followed  # noqa: PLC0415  (which offers this)

    workshop, orders = planned.workshop, planned.plan.orders
    server, name, files = place.server, place.name, place.files
    queued = QueuedRange(
        run=uuid.uuid4().hex[:12],
        total=len(orders),
        design=file_hash(workshop.design),
        options=workshop.options,
        provider=workshop.provider,
        rate=rate,
        force=workshop.force,
        began=time.time(),
    )
    team = Team(
        server, name, queued, files, tables=workshop.tables, design=workshop.design, tell=printer.warn
    )
    if not detach:
        run = RangeRun(files, team, orders, planned.table.name, source=planned.source, force=workshop.force)
        return followed(run, printer, len(orders))
    with server.alone(name):
        files.open()
        claim(files, planned.source, force=workshop.force)
        team.give(orders)
    kept = f", {len(planned.plan.kept)} of them made before" if planned.plan.kept else ""
    rows = f"{counted(len(orders), 'row')} of {name} in the queue{kept}"
    tell(f"{rows}; “packdesk batch status” tells how they fare.")
    return None


def _server(queue: str, *, check: bool = True) -> TeamServer:
    if not queue:
        raise InvalidInputError(
            "No queue is named.", "Name the team's Redis server.", terminal="--queue, or PACKDESK_QUEUE_URL."
        )
    with extra("team", "rq", "fsspec", command="worker"):
        import fsspec  # noqa: F401, PLC0415  (whether it is there)
        import rq  # noqa: F401, PLC0415  (likewise)
    from packdesk.batch.team.server import TeamServer  # noqa: PLC0415  (only who works for a team pays for it)

    server = TeamServer(queue)
    if check:
        server.check()
    return server
