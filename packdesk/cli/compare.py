"""The command compare: our blank beside a supplier's dieline."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from packdesk.cli.lengths import length_option
from packdesk.cli.output import JsonOption, print_json, say
from packdesk.domain.differing import FAR_MM, TOLERANCE_MM
from packdesk.domain.supplied import Corner, Placement
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from packdesk.domain.differing import Comparison, Difference

_QUARTER = 90
_UNITS = {"px": "px of 1/96 in"}
TurnOption = Annotated[int, typer.Option(help="Turn theirs to the right first: 0, 90, 180 or 270.")]
RightOption = Annotated[
    float, typer.Option(parser=length_option, metavar="LENGTH", help="Move theirs to the right.")
]
DownOption = Annotated[float, typer.Option(parser=length_option, metavar="LENGTH", help="Move theirs down.")]


def compare(
    file: Annotated[Path, typer.Argument(help="A supplier's dieline: PDF, AI, SVG or DXF")],
    corner: Annotated[
        Corner, typer.Option(help="The corner of ours that theirs lies on.")
    ] = Corner.UPPER_LEFT,
    their_corner: Annotated[
        Corner | None, typer.Option(help="The corner of theirs.", show_default="the same")
    ] = None,
    turn: TurnOption = 0,
    right: RightOption = "0",  # type: ignore[assignment]  # typer parses it
    down: DownOption = "0",  # type: ignore[assignment]
    mirrored: Annotated[
        bool, typer.Option("--mirrored", help="Theirs was drawn as seen from inside.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List where the blank and a supplier's dieline differ; exit code 1 when they do."""
    from packdesk.app.comparing import compare_with_file  # noqa: PLC0415  (brings the services)

    if turn % _QUARTER:
        raise typer.BadParameter("Use 0, 90, 180 or 270.", param_hint="--turn")
    placement = Placement(turn // _QUARTER % 4, their_corner or corner, corner, right, down, mirrored)
    found, better = compare_with_file(read_settings(), file, placement)
    if as_json:
        print_json(_values(found) | {"better": None if better is None else asdict(better.overlay.placement)})
    else:
        _print(found)
        if better is not None:
            say(f"{_lines_differ(better)} with {_way(better.overlay.placement)}.")
    if found.differs:
        raise typer.Exit(1)


def _values(found: Comparison) -> dict[str, Any]:
    theirs = found.overlay.dieline
    return {
        "file": theirs.name,
        "kind": theirs.kind,
        "unit": theirs.unit or None,
        "taken_as": theirs.unit or theirs.taken_as,
        "lines": len(theirs.lines),
        "compared": len(found.die),
        "placement": asdict(found.overlay.placement),
        "tolerance_mm": TOLERANCE_MM,
        "differences": [_difference(one) for one in found.differences],
        "lacking": [{"layer": one.name, "box": [round(end, 3) for end in one.box]} for one in found.lacking],
    }


def _difference(one: Difference) -> dict[str, Any]:
    ends = {"from": one.curve.start, "to": one.curve.end}
    places = {name: [round(value, 3) for value in point] for name, point in ends.items()}
    return {"kind": one.kind.value, **places, "off_mm": None if one.off is None else round(one.off, 3)}


def _print(found: Comparison) -> None:
    theirs = found.overlay.dieline
    unit = _UNITS.get(theirs.unit, theirs.unit) or f"without a unit, taken as {theirs.taken_as}"
    say(f"{theirs.name}: {theirs.kind}, {unit}, {len(found.die)} of {len(theirs.lines)} lines compared")
    for one in found.differences:
        off = f"none within {FAR_MM:g} mm" if one.off is None else f"{one.off:.2f} mm"
        ends = " to ".join(f"{x:.2f}, {y:.2f}" for x, y in (one.curve.start, one.curve.end))
        say(f"  {one.kind:<11} {ends}: {off}")
    for more in found.lacking:
        left, top, right, bottom = more.box
        name = f" ({more.name})" if more.name else ""
        say(f"  theirs      {left:.2f}, {top:.2f} to {right:.2f}, {bottom:.2f}{name}: not in ours")
    say(f"{_lines_differ(found)} by more than {TOLERANCE_MM:g} mm.")
    if found.lacking:
        say(f"Lines of theirs that ours lacks: {len(found.lacking)}.")


def _lines_differ(found: Comparison) -> str:
    count = len(found.differences)
    return "1 line differs" if count == 1 else f"{count or 'No'} lines differ"


def _way(placement: Placement) -> str:
    mirrored = " --mirrored" if placement.mirrored else ""
    return f"--turn {_QUARTER * placement.turns}{mirrored}"
