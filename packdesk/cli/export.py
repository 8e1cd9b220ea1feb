"""Commands that hand a design on: export, and preflight before it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.output import ForceOption, JsonOption, ProgressPrinter, print_json, say, tell
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.preflight import Level, has_errors
from packdesk.errors import InvalidInputError
from packdesk.export.flat.styles import LineColours
from packdesk.settings import Settings, read_settings

if TYPE_CHECKING:
    from packdesk.domain.preflight import Finding

_MARKS = {Level.ERROR: "ERROR  ", Level.WARNING: "warning", Level.NOTE: "note   "}
_AS_SET = "your setting"

StyleOption = Annotated[
    DielineStyle | None,
    typer.Option(help="How a box is laid out; a cylinder is always a wrap.", show_default=_AS_SET),
]
CaliperOption = Annotated[
    float | None, typer.Option(help="Thickness of the board in mm.", show_default=_AS_SET)
]
GlueOption = Annotated[float | None, typer.Option(help="Width of the glue flap in mm.", show_default=_AS_SET)]
BleedOption = Annotated[
    float | None, typer.Option(help="How far artwork runs over the cut in mm.", show_default=_AS_SET)
]
SafeOption = Annotated[
    float | None, typer.Option(help="How far lettering stays from the edge in mm.", show_default=_AS_SET)
]
PerforatedOption = Annotated[bool, typer.Option("--perforated", help="A line to tear along on the lid.")]
OutArgument = Annotated[
    Path,
    typer.Argument(
        metavar="OUT",
        help="name.pdf, .svg, .dxf, .png, .zip (panels), .glb, .obj, .packdesk, or a folder for panels",
    ),
]
LinesOption = Annotated[LineColours | None, typer.Option(help="Colours of the lines.", show_default=_AS_SET)]
MarksOption = Annotated[bool, typer.Option("--marks/--no-marks", help="Crop and registration marks.")]
LegendOption = Annotated[bool, typer.Option("--legend/--no-legend", help="Sizes and what lines mean.")]
ArtworkOption = Annotated[
    bool, typer.Option("--artwork/--no-artwork", " /--dieline-only", help="The panels' pictures.")
]
ArtworkOnlyOption = Annotated[bool, typer.Option("--artwork-only", help="A PNG without any line.")]
DpiOption = Annotated[float | None, typer.Option(help="Resolution of a PNG.", show_default=_AS_SET)]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(export)
    app.command()(preflight)


def export(
    out: OutArgument,
    style: StyleOption = None,
    caliper: CaliperOption = None,
    glue_flap: GlueOption = None,
    bleed: BleedOption = None,
    safe: SafeOption = None,
    perforated: PerforatedOption = False,
    lines: LinesOption = None,
    marks: MarksOption = False,
    legend: LegendOption = False,
    artwork: ArtworkOption = True,
    artwork_only: ArtworkOnlyOption = False,
    dpi: DpiOption = None,
    force: ForceOption = False,
) -> None:
    """Write the current design to a file: dieline, panels, 3D model or bundle."""
    from packdesk.app.exporting import export_to_file  # noqa: PLC0415  (brings the writers)
    from packdesk.export.flat.sheet import FlatOptions  # noqa: PLC0415  (as above)
    from packdesk.export.writing import ExportOptions  # noqa: PLC0415  (as above)

    if artwork_only and not artwork:
        raise InvalidInputError("Without artwork and without lines nothing is left.", "Leave one of them.")
    settings = read_settings()
    flat = FlatOptions(
        lines or LineColours(settings.line_colours), artwork=artwork, marks=marks, legend=legend
    )
    options = ExportOptions(
        _dieline(settings, style, caliper, glue_flap, bleed, safe, perforated),
        flat,
        dpi=settings.dpi if dpi is None else dpi,
        lines=not artwork_only,
    )
    progress = ProgressPrinter().count_steps
    exported = export_to_file(settings, out, options, force=force, progress=progress)
    for panel_id, error in exported.missing.items():
        tell(f"packdesk: {panel_id}: {error.terminal_text()}")
    say(str(out))


def preflight(
    style: StyleOption = None,
    caliper: CaliperOption = None,
    glue_flap: GlueOption = None,
    bleed: BleedOption = None,
    safe: SafeOption = None,
    perforated: PerforatedOption = False,
    as_json: JsonOption = False,
) -> None:
    """Look through the current design before it is printed; exit code 1 when there are errors."""
    from packdesk.app.exporting import examine_design  # noqa: PLC0415  (brings the writers)

    settings = read_settings()
    options = _dieline(settings, style, caliper, glue_flap, bleed, safe, perforated)
    findings = examine_design(settings, options)
    if as_json:
        print_json([_as_dict(finding) for finding in findings])
    else:
        _print(findings)
    if has_errors(findings):
        raise typer.Exit(1)


def _dieline(
    settings: Settings,
    style: DielineStyle | None,
    caliper: float | None,
    glue_flap: float | None,
    bleed: float | None,
    safe: float | None,
    perforated: bool,
) -> DielineOptions:
    """What is set for the shop, and over it what the command line says."""
    from packdesk.app.exporting import dieline_options  # noqa: PLC0415  (brings the writers)

    said = {"style": style, "caliper": caliper, "glue_flap": glue_flap, "bleed": bleed, "safe": safe}
    given = {name: value for name, value in said.items() if value is not None}
    return replace(dieline_options(settings), perforated=perforated, **given)  # type: ignore[arg-type]  # by their names


def _print(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        say(f"{_MARKS[finding.level]}  {finding.sentence}")
        if finding.remedy:
            say(f"         {finding.remedy}")


def _as_dict(finding: Finding) -> dict[str, str | None]:
    return {
        "level": finding.level.value,
        "rule": finding.rule,
        "panel_id": finding.panel_id,
        "sentence": finding.sentence,
        "remedy": finding.remedy,
    }
