"""Commands that bring artwork onto panels: generate, generate-all, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.output import JsonOption, ProgressPrinter, print_outcome, print_state
from packdesk.cli.running import run_painting, run_service

if TYPE_CHECKING:
    from packdesk.services.progress import GenerationOutcome

PanelArgument = Annotated[
    str, typer.Argument(help="front, back, left, right, top, bottom; body on a cylinder")
]
PromptArgument = Annotated[str, typer.Argument(help="What the artwork should show")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(generate)
    app.command("generate-all")(generate_all)
    app.command("import")(import_picture)


def generate(panel: PanelArgument, prompt: PromptArgument, as_json: JsonOption = False) -> None:
    """Make artwork for one panel."""
    outcome = run_painting(lambda services: services.generation.generate(panel, prompt, ProgressPrinter()))
    _end(outcome, as_json=as_json)


def generate_all(
    prompt: PromptArgument,
    panels: Annotated[
        list[str] | None, typer.Option("--panel", help="Only this panel; may be given several times.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make artwork for all panels and commit it together."""
    outcome = run_painting(
        lambda services: services.generation.generate_all(prompt, panels or None, ProgressPrinter())
    )
    _end(outcome, as_json=as_json)


def import_picture(
    panel: PanelArgument,
    file: Annotated[Path, typer.Argument(help="A PNG, JPEG or WebP picture")],
    as_json: JsonOption = False,
) -> None:
    """Put a picture file on a panel."""
    print_state(run_service(lambda services: services.pictures.import_picture(panel, file)), as_json=as_json)


def _end(outcome: GenerationOutcome, *, as_json: bool) -> None:
    print_outcome(outcome, as_json=as_json)
    if outcome.failures:
        raise typer.Exit(1)
