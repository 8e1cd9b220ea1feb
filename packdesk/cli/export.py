"""Commands that hand a design on: export, and preflight before it."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from packdesk.cli.blank import AS_SET, SaidOfBlank, shapes_blank
from packdesk.cli.effects import check_options
from packdesk.cli.output import (
    ForceOption,
    JsonOption,
    ProgressPrinter,
    print_json,
    print_missing,
    print_outlined,
    print_written,
    say,
)
from packdesk.cli.piping import STDOUT, to_stdout
from packdesk.domain.dieline.values import LineColours
from packdesk.domain.preflight import Level, has_errors
from packdesk.errors import InvalidInputError, NotPossibleError
from packdesk.export.flat.sheet import FlatOptions
from packdesk.export.options import ExportFormat, ExportOptions, ModelOptions, export_format
from packdesk.sentence import Sentence
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.preflight import Finding
    from packdesk.export.press.options import PressOptions
    from packdesk.jobs.exporting import Exported
    from packdesk.settings import Settings

_MARKS = {Level.ERROR: "ERROR  ", Level.WARNING: "warning", Level.NOTE: "note   "}

OutArgument = Annotated[
    Path,
    typer.Argument(
        metavar="OUT",
        help="name.pdf, .svg, .dxf, .cf2, .png, .zip (panels), .glb, .obj, .html (review), .packdesk, "
        "a folder, or - for stdout",
    ),
]
LinesOption = Annotated[LineColours | None, typer.Option(help="Colours of the lines.", show_default=AS_SET)]
MarksOption = Annotated[bool, typer.Option("--marks/--no-marks", help="Crop and registration marks.")]
LegendOption = Annotated[bool, typer.Option("--legend/--no-legend", help="Sizes and what lines mean.")]
ArtworkOption = Annotated[
    bool, typer.Option("--artwork/--no-artwork", " /--dieline-only", help="The panels' pictures.")
]
ArtworkOnlyOption = Annotated[bool, typer.Option("--artwork-only", help="A PNG without any line.")]
DpiOption = Annotated[float | None, typer.Option(help="Resolution of a PNG.", show_default=AS_SET)]
OutlinesOption = Annotated[bool, typer.Option("--outlines", help="Words of an SVG as paths, without a font.")]
FlapsOption = Annotated[
    bool, typer.Option("--flaps", help="A 3D model of the blank: flaps, and the board's thickness.")
]
FoldedOption = Annotated[
    float | None,
    typer.Option(
        help="How far that is folded: 0 flat to 1 closed.",
        min=0,
        max=1,
        show_default="as the design",
    ),
]
LiveTextOption = Annotated[
    bool,
    typer.Option("--live-text", help="Lettering of a PDF as text, where its typefaces may be embedded."),
]
InsideOption = Annotated[
    bool,
    typer.Option(
        "--inside", help="The inside, turned over; else a PDF has it as its second page if it is printed."
    ),
]
KindOption = Annotated[
    ExportFormat | None, typer.Option("--kind", metavar="KIND", help="Of what goes to stdout: pdf, svg, …")
]
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
    float | None,
    typer.Option(
        "--ink-limit", metavar="PERCENT", help="The most ink in converted pictures.", show_default="300"
    ),
]
BlackPointOption = Annotated[
    bool | None,
    typer.Option(
        "--black-point/--no-black-point",
        help="Fit the darkest tones of converted pictures to the darkest of the press.",
        show_default="black-point",
    ),
]
BeforeOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE.packdesk", help="An earlier version, for a review page to compare with."),
]


@shapes_blank
def export(
    out: OutArgument,
    said: SaidOfBlank,
    lines: LinesOption = None,
    marks: MarksOption = False,
    legend: LegendOption = False,
    artwork: ArtworkOption = True,
    artwork_only: ArtworkOnlyOption = False,
    dpi: DpiOption = None,
    outlines: OutlinesOption = False,
    live_text: LiveTextOption = False,
    inside: InsideOption = False,
    flaps: FlapsOption = False,
    folded: FoldedOption = None,
    press_profile: ProfileOption = None,
    to_cmyk: SeparatedOption = False,
    ink_limit: InkOption = None,
    black_point: BlackPointOption = None,
    before: BeforeOption = None,
    kind: KindOption = None,
    force: ForceOption = False,
) -> None:
    """Write the current design to a file: dieline, panels, 3D model, review page or bundle."""
    settings = read_settings()
    asked = kind or (ExportFormat.PDF if str(out) == STDOUT else export_format(out))
    press = press_of(asked, press_profile, ink_limit, separated=to_cmyk, black_point=black_point)
    if ink_limit is not None and not to_cmyk:
        raise no_effect("--ink-limit")
    shown: dict[str, Any] = {"marks": marks, "legend": legend, "outlines": outlines, "live_text": live_text}
    model = ModelOptions(flaps or folded is not None, folded)
    given = {**shown, "artwork_only": artwork_only, "flaps": flaps, "folded": folded is not None}
    check_options(asked, said, lines=lines, dpi=dpi, **given)
    colours = lines or LineColours(settings.line_colours)
    if inside:
        check_sided(asked)
    flat = FlatOptions(colours, artwork=artwork, press=press, inside=inside, **shown)
    check_lettering(flat)
    options = _options(settings, flat, dpi, model, bare=artwork_only)
    _write(out, kind, settings, force=force, options=options, said=said, before=before)


def check_lettering(flat: FlatOptions) -> None:
    """Make sure that there is lettering where live text is asked for.

    Raises:
        InvalidInputError: there is none: objects are artwork, and lie on the outside.
    """
    if flat.live_text and (flat.inside or not flat.artwork):
        raise InvalidInputError(
            Sentence("{option} changes nothing here.", option="--live-text"), "Leave it out."
        )


def check_sided(kind: ExportFormat) -> None:
    """Make sure that a kind of file shows one side of the blank or the other.

    Raises:
        InvalidInputError: it does not.
    """
    if not (kind.is_flat or kind in {ExportFormat.PANELS, ExportFormat.FOLDER}):
        raise InvalidInputError(
            "Only flat files and panels' pictures are written of the inside alone.", "Leave --inside out."
        )


def _options(
    settings: Settings, flat: FlatOptions, dpi: float | None, model: ModelOptions, *, bare: bool
) -> ExportOptions:
    if bare and not flat.artwork:
        raise InvalidInputError("Without artwork and without lines nothing is left.", "Leave one of them.")
    return ExportOptions(
        flat=flat,
        dpi=settings.dpi if dpi is None else dpi,
        lines=not bare,
        model=model,
        line_table=settings.line_table,
    )


def _write(out: Path, kind: ExportFormat | None, settings: Settings, *, force: bool, **how: Any) -> None:
    from packdesk.app.exporting import export_to_file  # noqa: PLC0415  (brings the writers)

    write: Callable[..., Exported] = partial(
        export_to_file, settings, progress=ProgressPrinter().count_steps, **how
    )
    if str(out) == STDOUT:
        exported = to_stdout(kind, write)
        print_missing(exported.missing)
        print_outlined(exported.outlined)
        return
    if kind is not None:
        raise InvalidInputError("The ending of a file's name says its kind.", "Leave --kind out.")
    exported = write(out, force=force)
    print_outlined(exported.outlined)
    print_written(out, exported.missing)


@shapes_blank
def proof(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="The sheet")],
    said: SaidOfBlank,
    press_profile: ProfileOption = None,
    to_cmyk: SeparatedOption = False,
    ink_limit: InkOption = None,
    black_point: BlackPointOption = None,
    force: ForceOption = False,
) -> None:
    """Write a sheet to sign: the package in 3D, its blank with all measures, inks, codes, preflight."""
    from packdesk.app.proofing import proof_to_file  # noqa: PLC0415  (brings the writers)

    progress = ProgressPrinter().count_steps
    press = press_of(ExportFormat.PDF, press_profile, ink_limit, separated=to_cmyk, black_point=black_point)
    exported = proof_to_file(read_settings(), file, said, press, force=force, progress=progress)
    print_written(file, exported.missing)


@shapes_blank
def preflight(
    said: SaidOfBlank,
    press_profile: ProfileOption = None,
    to_cmyk: SeparatedOption = False,
    ink_limit: InkOption = None,
    lettering: Annotated[
        bool,
        typer.Option("--lettering", help="Also read the pictures, for words too near a cut or a crease."),
    ] = False,
    live_text: Annotated[
        bool, typer.Option("--live-text", help="Also tell which lettering cannot be text in a PDF.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Look through the current design before it is printed; exit code 1 when there are errors."""
    from packdesk.app.exporting import examine_design  # noqa: PLC0415  (brings the writers)

    if lettering:
        check_reader()
    press = press_of(ExportFormat.PDF, press_profile, ink_limit, separated=to_cmyk)
    findings = examine_design(read_settings(), said, press, lettering=lettering, live_text=live_text)
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        _print(findings)
    if has_errors(findings):
        raise typer.Exit(1)


def check_reader() -> None:
    """Make sure that lettering can be read.

    Raises:
        NotPossibleError: the reader is not installed.
    """
    from packdesk.textures.lettering import can_read  # noqa: PLC0415  (as above)

    if not can_read():
        raise NotPossibleError(
            "What reads lettering in pictures is not installed.",
            "The troubleshooting guide says how to add it.",
            terminal="Add it with: pip install 'packdesk[lettering]'",
        )


def press_of(
    kind: ExportFormat,
    profile: Path | None,
    ink_limit: float | None,
    *,
    separated: bool,
    black_point: bool | None = None,
) -> PressOptions | None:
    """What the command line says of the press; None of what was not said.

    Raises:
        InvalidInputError: it is no PDF, or inks are asked for without the profile that says which.
    """
    from packdesk.export.press.options import USUAL_LIMIT, PressOptions  # noqa: PLC0415  (as above)

    if profile is None and not separated and ink_limit is None and black_point is None:
        return None
    if kind is not ExportFormat.PDF:
        raise InvalidInputError("Only a PDF is made for a press.", "Write PDF, or leave the profile away.")
    if profile is None:
        raise InvalidInputError(
            "Which inks a colour needs, the printer's profile says.",
            "Choose the profile of the press.",
            terminal="Name it with --press-profile.",
        )
    if black_point is not None and not separated:
        raise no_effect("--black-point" if black_point else "--no-black-point")
    limit = USUAL_LIMIT if ink_limit is None else ink_limit
    return PressOptions(profile, separated=separated, ink_limit=limit, black_point=black_point is not False)


def no_effect(option: str) -> InvalidInputError:
    """That an option shapes pictures only that are converted."""
    return InvalidInputError(
        Sentence("{option} changes nothing here.", option=option),
        "Have pictures converted to the profile's inks with --to-cmyk, or leave it out.",
    )


def _print(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        panel = finding.panel_id or ""
        named = f"{panel}: " if panel and panel not in finding.sentence else ""
        say(f"{_MARKS[finding.level]}  {named}{finding.sentence}")
        if finding.remedy:
            say(f"         {finding.remedy}")
