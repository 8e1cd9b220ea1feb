"""The command that makes a range of products from a table."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from packdesk.cli.artwork import ProviderOption  # noqa: TC001  (typer reads it)
from packdesk.cli.output import MORE, ForceOption, JsonOption, ProgressPrinter, counted, print_json, say, tell
from packdesk.cli.pictures import read_pixels
from packdesk.cli.team import QueueOption, give_to_team, queue_meant, status, team_place
from packdesk.domain.order import MOST_SEED
from packdesk.domain.ranges.naming import PATTERN
from packdesk.domain.text import cut, cut_names
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence
from packdesk.services.ranges.orders import OutputKind, RangeOptions
from packdesk.settings import read_settings
from packdesk.starting import begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.batch.planning import PlannedRange
    from packdesk.batch.running import RangeOutcome, RangeProgress, RangeRun
    from packdesk.cli.team import TeamPlace

_MOST_JOBS = 64
_MOST_TOLD = 200
_MOST_NOTES = 8


TableArgument = Annotated[Path, typer.Argument(metavar="TABLE", help="A .csv, .xlsx, .xls or .ods file")]
DesignOption = Annotated[
    Path, typer.Option(metavar="BASE.packdesk", help="What all products have in common.")
]
OutOption = Annotated[str, typer.Option(metavar="FOLDER", help="Where the files go; it is made.")]
KindsOption = Annotated[str, typer.Option(help="Of files: pdf, png, glb, render, bundle, proof.")]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=FIELD", help="A column that goes by another name."),
]
NameOption = Annotated[str, typer.Option(help="Names of the files: fields in braces.")]
SheetOption = Annotated[str, typer.Option(help="Of a workbook.", show_default="its first")]
JobsOption = Annotated[
    int | None, typer.Option(min=1, max=_MOST_JOBS, help="Rows at the same time.", show_default="one a core")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Check every row, and make nothing.")]
LimitOption = Annotated[
    float | None, typer.Option(metavar="USD", min=0, help="The most that paid pictures may cost.")
]
VariationOption = Annotated[int, typer.Option(min=0, max=MOST_SEED, help="The variation that is painted.")]
DpiOption = Annotated[float | None, typer.Option(min=72, max=1200, help="Of artwork and PNG files.")]
SizeOption = Annotated[str, typer.Option(help="Of rendered pictures, width x height in pixels.")]
RateOption = Annotated[
    float | None, typer.Option(min=0.1, help="Requests a minute to a paid provider, by all workers together.")
]
DetachOption = Annotated[bool, typer.Option("--detach", help="Put the rows in the queue, and wait for none.")]


def batch(
    table: TableArgument,
    design: DesignOption,
    out: OutOption,
    kinds: KindsOption = "pdf",
    mapping: MapOption = None,
    name: NameOption = PATTERN,
    sheet: SheetOption = "",
    jobs: JobsOption = None,
    dry_run: DryRunOption = False,
    limit: LimitOption = None,
    provider: ProviderOption = None,
    seed: VariationOption = 0,
    dpi: DpiOption = None,
    size: SizeOption = "1600x1200",
    queue: QueueOption = None,
    rate: RateOption = None,
    detach: DetachOption = False,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make a product of every row of a table: print files, pictures, bundles.

    Rows that were made of the same before are not made again, also after an interruption. With --queue other
    machines make them: “packdesk worker” on each, and “packdesk batch status” tells how they fare.
    """
    from packdesk.batch.planning import RangeInputs, plan_range  # noqa: PLC0415  (brings the painters)

    settings = read_settings(provider=provider)
    pixels, dpi = read_pixels(size), dpi or settings.dpi
    options = RangeOptions(kinds=read_kinds(kinds), dpi=dpi, seed=seed, picture_size=pixels)
    queue = queue_meant(queue, out, rate=rate, detach=detach)
    place = team_place(queue, out, check=not dry_run) if queue else None
    folder, said = None if place else Path(out), tuple(mapping or ())
    team = place.files if place else None
    asked = RangeInputs(table, design, folder, sheet, said, name, options, force, team)
    planned = plan_range(settings, asked)
    printer = Printer(as_json=as_json)
    make = _maker(planned, jobs, place, rate, printer, detach=detach)
    _carry_out(planned, make, limit, dry_run=dry_run, as_json=as_json)


def _maker(
    planned: PlannedRange,
    jobs: int | None,
    place: TeamPlace | None,
    rate: float | None,
    printer: Printer,
    *,
    detach: bool,
) -> Callable[[], RangeOutcome | None]:
    """What makes the rows: this machine, or a team."""
    if place:
        return partial(give_to_team, planned, place, printer, rate=rate or 0.0, detach=detach)
    return partial(_make, planned, jobs or os.cpu_count() or 1, printer)


def _carry_out(
    planned: PlannedRange,
    make: Callable[[], RangeOutcome | None],
    limit: float | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    from packdesk.batch.planning import check_money  # noqa: PLC0415  (as above)

    if planned.plan.problems:
        _print_problems(planned, as_json=as_json)
        raise typer.Exit(1)
    _tell_plan(planned)
    if dry_run:
        _print_plan(planned, as_json=as_json)
        return
    check_money(planned, limit)
    begin()
    outcome = make()
    if outcome is None:  # given to others, who go on without us
        return
    _print_outcome(outcome, as_json=as_json)
    if outcome.failed:
        raise typer.Exit(1)


def read_kinds(text: str) -> tuple[OutputKind, ...]:
    """Kinds of files, each once.

    Raises:
        InvalidInputError: there is none, or an unknown one.
    """
    names = [part.strip().casefold() for part in text.split(",") if part.strip()]
    unknown = [name for name in names if name not in set(OutputKind)]
    if unknown or not names:
        raise InvalidInputError(
            Sentence("“{text}” is no kind of file a range is made of.", text=(unknown or [text])[0][:40]),
            Sentence("Use {names}.", names=", ".join(OutputKind)),
        )
    return tuple(OutputKind(name) for name in dict.fromkeys(names))


def _make(planned: PlannedRange, jobs: int, printer: Printer) -> RangeOutcome:
    from packdesk.batch.here import run_here  # noqa: PLC0415  (brings the painters)

    with run_here(planned, jobs) as run:
        return followed(run, printer, len(planned.plan.orders))


def followed(run: RangeRun, printer: Printer, count: int) -> RangeOutcome:
    """Make a range, and tell how far it came where somebody ends it."""
    printer.begin(count)
    try:
        return run.run(printer)
    except KeyboardInterrupt:
        printer.cancel(count)
        raise


class Printer:
    """Progress on a terminal, and every row that fails wherever stderr goes."""

    def __init__(self, *, as_json: bool) -> None:
        self._line = ProgressPrinter()
        self._as_json = as_json
        self._done = self._failed = 0

    def warn(self, sentence: str) -> None:
        """Of what goes on besides, on a line of its own."""
        self._line.make_room()
        tell(f"packdesk: {sentence}")

    def begin(self, count: int) -> None:
        """Before the first row is done, which takes longest."""
        if count:
            self._line.count_rows(0, count, "")

    def cancel(self, count: int) -> None:
        """Somebody has ended it."""
        if self._as_json:
            print_json({"cancelled": True, "done": self._done, "failed": self._failed, "total": count})
        tell(f"packdesk: Cancelled. {self._done} of {count} done.")
        tell("The same command makes the rest.")

    def __call__(self, progress: RangeProgress) -> None:
        """One more row is done."""
        self._done, self._failed = progress.done, progress.failed
        if progress.reason:
            self._line.make_room()
            tell(f"packdesk: {progress.name}: {' '.join((progress.reason, *progress.notes))}")
        left = "" if progress.left_s is None else f", {told_time(progress.left_s)} left"
        failed = f", {progress.failed} failed" if progress.failed else ""
        self._line.count_rows(progress.done, progress.total, f"{failed}{left}")


def told_time(seconds: float) -> str:
    """Seconds, minutes or hours, as long as they may be guessed."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"


def _tell_plan(planned: PlannedRange) -> None:
    plan, mapping = planned.plan, planned.mapping
    named = ", ".join(f"{mapping.headings[place]} = {field}" for field, place in mapping.places.items())
    tell(f"Columns: {cut(named, 2000)}")
    if mapping.unused:
        tell(f"Not used: {cut_names(mapping.unused, 'and {0} more')}")
    money = f", about {plan.usd:.2f} US dollars" if planned.paid else ""
    kept = f", {len(plan.kept)} of them made before" if plan.kept else ""
    if len(plan.orders) == 1 == len(plan.kept):
        kept = ", made before"
    painted = f"{counted(plan.paintings, 'picture')} to be painted"
    tell(f"{counted(len(plan.orders), 'row')}{kept}, {painted}{money}.")
    _tell_notes(planned)


def _tell_notes(planned: PlannedRange) -> None:
    notes = planned.plan.notes
    for note in notes[:_MOST_NOTES]:
        tell(f"Worth a look: {note}")
    if len(notes) > _MOST_NOTES:
        tell(f"… and {len(notes) - _MOST_NOTES} more.")


def _print_problems(planned: PlannedRange, *, as_json: bool) -> None:
    problems = planned.plan.problems
    if as_json:
        told = [
            {"row": one.row, "column": one.column, "sentence": one.error.sentence, "remedy": one.error.remedy}
            for one in problems
        ]
        print_json({"problems": told})
        return
    _tell_notes(planned)
    for one in problems[:_MOST_TOLD]:
        tell(f"{one.place}: {one.error.terminal_text()}")
    if len(problems) > _MOST_TOLD:
        tell(f"… and {len(problems) - _MOST_TOLD} more.")
    count = "1 cell or row" if len(problems) == 1 else f"{len(problems)} cells or rows"
    tell(f"packdesk: {count} cannot be used. Nothing was made.")


def _print_plan(planned: PlannedRange, *, as_json: bool) -> None:
    plan = planned.plan
    kinds = planned.workshop.options.kinds
    if as_json:
        rows = [
            {
                "row": one.row.number,
                "name": one.name,
                "kept": one.name in plan.kept,
                "painted": list(one.prompts),
                "fields": one.row.fields,
            }
            for one in plan.orders
        ]
        print_json({"rows": rows, "paintings": plan.paintings, "usd": plan.usd})
        return
    for one in plan.orders:
        before = ", made before" if one.name in plan.kept else ""
        say(f"row {one.row.number}: {one.name} ({', '.join(kinds)}){before}")


def _print_outcome(outcome: RangeOutcome, *, as_json: bool) -> None:
    if as_json:
        told: dict[str, Any] = {
            "made": outcome.made,
            "kept": outcome.kept,
            "failed": outcome.failed,
            "noted": outcome.noted,
            "former": list(outcome.former),
        }
        print_json(
            told
            | {
                "report": outcome.report,
                "contact_sheets": list(outcome.contact_sheets),
                "seconds": round(outcome.seconds, 1),
            }
        )
        return
    kept = f", {outcome.kept} made before" if outcome.kept else ""
    failed = f", {outcome.failed} failed" if outcome.failed else ""
    tell(f"{counted(outcome.made, 'row')} made{kept}{failed}, in {told_time(outcome.seconds)}.")
    if outcome.noted:
        have = "has" if outcome.noted == 1 else "have"
        tell(f"{counted(outcome.noted, 'row')} {have} something worth a look: see the report.")
    if outcome.former:
        are = "is" if len(outcome.former) == 1 else "are"
        tell(
            f"{counted(len(outcome.former), 'file')} of an earlier run {are} no product now, "
            f"and left as {'it is' if are == 'is' else 'they are'}: {cut_names(outcome.former, MORE)}."
        )
    for file in (outcome.report, *outcome.contact_sheets):
        say(file)


def desk() -> None:
    """Plan and make ranges for a window, which asks by lines of JSON and holds the other end of stdin."""
    from packdesk.batch.desk import serve_window  # noqa: PLC0415  (brings the painters)

    serve_window(read_settings())


class _Unnamed(typer.Context):
    """Of the usual command, whose name nobody has to know."""

    @property
    def command_path(self) -> str:
        """That of the group."""
        return self.parent.command_path if self.parent else super().command_path


class _Usual(TyperCommand):
    """The command that is meant where none is named."""

    context_class = _Unnamed


class _RowsFirst(TyperGroup):
    """`packdesk batch TABLE …` makes a range; another command is what is called like one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the name of the usual command where none is."""
        if not args or args[0] not in self.commands:
            args = [_USUAL, *args]
        return super().parse_args(ctx, args)


_USUAL = "make"
ranges = typer.Typer(cls=_RowsFirst, rich_markup_mode=None, help="Make a product of every row of a table.")
ranges.command(_USUAL, hidden=True, cls=_Usual)(batch)
ranges.command("status")(status)
ranges.command("desk", hidden=True)(desk)
