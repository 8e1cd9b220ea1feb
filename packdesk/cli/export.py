"""Commands that hand a design on: export, and preflight before it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from packdesk.cli.lengths import length_option
from packdesk.cli.output import ForceOption, JsonOption, ProgressPrinter, print_json, print_written, say
from packdesk.domain.dieline.values import DielineStyle
from packdesk.domain.preflight import Level, has_errors
from packdesk.errors import InvalidInputError
from packdesk.export.flat.styles import LineColours
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from packdesk.domain.preflight import Finding
    from packdesk.export.press.options import PressOptions

_MARKS = {Level.ERROR: "ERROR  ", Level.WARNING: "warning", Level.NOTE: "note   "}
_AS_SET = "as the design, or your setting"

StyleOption = Annotated[
    DielineStyle | None,
    typer.Option(help="How a box is laid out; a cylinder is always a wrap.", show_default=_AS_SET),
]
CaliperOption = Annotated[
    float | None,
    typer.Option(
        parser=length_option, metavar="LENGTH", help="Thickness of the board in mm.", show_default=_AS_SET
    ),
]
GlueOption = Annotated[
    float | None,
    typer.Option(
        parser=length_option, metavar="LENGTH", help="Width of the glue flap in mm.", show_default=_AS_SET
    ),
]
BleedOption = Annotated[
    float | None,
    typer.Option(
        parser=length_option,
        metavar="LENGTH",
        help="How far artwork runs over the cut in mm.",
        show_default=_AS_SET,
    ),
]
SafeOption = Annotated[
    float | None,
    typer.Option(
        parser=length_option,
        metavar="LENGTH",
        help="How far lettering stays from the edge in mm.",
        show_default=_AS_SET,
    ),
]
PerforatedOption = Annotated[bool, typer.Option("--perforated", help="A line to tear along on the lid.")]
OutArgument = Annotated[
    Path,
    typer.Argument(
        metavar="OUT",
        help="name.pdf, .svg, .dxf, .png, .zip (panels), .glb, .obj, .html (review), .packdesk, or a folder",
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
ProfileOption = Annotated[
    Path | None,
    typer.Option(
        "--press-profile",
        metavar="FILE.icc",
        help="The printer's colour profile: a PDF becomes a PDF/X-4 candidate.",
    ),
]
SeparatedOption = Annotated[
    bool, typer.Option("--to-cmyk", help="Pictures of the PDF in the profile's inks; else they stay sRGB.")
]
InkOption = Annotated[
    float, typer.Option("--ink-limit", metavar="PERCENT", help="The most ink in converted pictures.")
]
BeforeOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE.packdesk", help="An earlier version, for a review page to compare with."),
]


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
    press_profile: ProfileOption = None,
    to_cmyk: SeparatedOption = False,
    ink_limit: InkOption = 300.0,
    before: BeforeOption = None,
    force: ForceOption = False,
) -> None:
    """Write the current design to a file: dieline, panels, 3D model, review page or bundle."""
    from packdesk.app.exporting import export_to_file  # noqa: PLC0415  (brings the writers)
    from packdesk.export.flat.sheet import FlatOptions  # noqa: PLC0415  (as above)
    from packdesk.export.options import ExportOptions  # noqa: PLC0415  (as above)

    if artwork_only and not artwork:
        raise InvalidInputError("Without artwork and without lines nothing is left.", "Leave one of them.")
    settings = read_settings()
    said = said_of_blank(style, caliper, glue_flap, bleed, safe, perforated=perforated)
    flat = FlatOptions(
        lines or LineColours(settings.line_colours),
        artwork=artwork,
        marks=marks,
        legend=legend,
        press=press_of(out, press_profile, ink_limit, separated=to_cmyk),
    )
    options = ExportOptions(flat=flat, dpi=settings.dpi if dpi is None else dpi, lines=not artwork_only)
    progress = ProgressPrinter().count_steps
    exported = export_to_file(settings, out, options, said, force=force, before=before, progress=progress)
    print_written(out, exported.missing)


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

    said = said_of_blank(style, caliper, glue_flap, bleed, safe, perforated=perforated)
    findings = examine_design(read_settings(), said)
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        _print(findings)
    if has_errors(findings):
        raise typer.Exit(1)


def press_of(out: Path, profile: Path | None, ink_limit: float, *, separated: bool) -> PressOptions | None:
    """What the command line says of the press.

    Raises:
        InvalidInputError: it is no PDF, or inks are asked for without the profile that says which.
    """
    from packdesk.export.press.options import PressOptions  # noqa: PLC0415  (as above)

    if profile is None and not separated:
        return None
    if out.suffix.lower() != ".pdf":
        raise InvalidInputError("Only a PDF is made for a press.", "Write PDF, or leave the profile away.")
    if profile is None:
        raise InvalidInputError(
            "Which inks a colour needs, the printer's profile says.",
            "Choose the profile of the press.",
            terminal="Name it with --press-profile.",
        )
    return PressOptions(profile, separated=separated, ink_limit=ink_limit)


def said_of_blank(
    style: DielineStyle | None, *lengths: float | None, perforated: bool = False
) -> dict[str, Any]:
    """What the command line says of the blank, by the names of `DielineOptions`."""
    said = dict(zip(("caliper", "glue_flap", "bleed", "safe"), lengths, strict=True))
    given = {"style": style, **said, "perforated": perforated or None}
    return {name: value for name, value in given.items() if value is not None}


def _print(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        say(f"{_MARKS[finding.level]}  {finding.sentence}")
        if finding.remedy:
            say(f"         {finding.remedy}")
