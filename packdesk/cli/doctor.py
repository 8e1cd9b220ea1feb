"""The command that looks after the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from packdesk.cli.output import JsonOption, print_json, say
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from packdesk.app.checkup import Finding

_MARKS = {"ok": "ok  ", "note": "note", "mend": "MEND"}


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(doctor)


def doctor(as_json: JsonOption = False) -> None:
    """Check store, design, pictures, provider and OpenGL; exit code 1 when something has to be mended."""
    from packdesk.app.checkup import examine  # noqa: PLC0415  (brings the viewer)

    findings = examine(read_settings())
    if as_json:
        print_json([finding.as_dict() for finding in findings])
    else:
        for finding in findings:
            _print(finding)
    if any(finding.verdict == "mend" for finding in findings):
        raise typer.Exit(1)


def _print(finding: Finding) -> None:
    say(f"{_MARKS[finding.verdict]}  {finding.subject}: {finding.text}")
    if finding.remedy:
        say(f"      {finding.remedy}")
