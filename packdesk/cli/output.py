"""How results are printed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from packdesk.domain.panels import PANEL_IDS

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.services.progress import GenerationOutcome, Progress

ForceOption = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    typer.echo(json.dumps(value, indent=2))  # ASCII: readable through any pipe


def shown(text: str) -> str:
    """Text of other programs for a terminal: nothing in it steers the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def print_state(state: PackagingState, *, as_json: bool) -> None:
    """A state for people or programs."""
    if as_json:
        print_json(state.model_dump(mode="json"))
        return
    size = " × ".join(f"{side:g}" for side in state.package_dimensions.as_tuple())
    typer.echo(f"{state.package_type}, {size} mm (width × height × depth)")
    for panel_id in PANEL_IDS[state.package_type]:
        texture = state.panel_textures.get(panel_id)
        typer.echo(f"  {panel_id:<7} {shown(texture.prompt) if texture else '–'}")
    if state.generating:
        typer.echo(f"Being generated: {shown(', '.join(state.panels_in_work())) or 'artwork'}")
    if state.last_error:
        typer.echo(f"Last error: {shown(state.last_error)}")


def print_outcome(outcome: GenerationOutcome, *, as_json: bool) -> None:
    """What a generation brought."""
    if as_json:
        print_json(
            {
                "finished": list(outcome.finished),
                "failed": dict(outcome.failures),
                "state": outcome.state.model_dump(mode="json"),
            }
        )
        return
    typer.echo(f"Artwork on {', '.join(outcome.finished) or 'no panel'}.")
    for panel_id, reason in outcome.failures.items():
        typer.echo(f"No artwork on {panel_id}: {reason}", err=True)


class ProgressPrinter:
    """Progress on a terminal's stderr, nothing when stderr goes elsewhere."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()

    def __call__(self, progress: Progress) -> None:
        """Show how far a generation is."""
        self._show(progress.done, progress.total, f"panels, {progress.panel_id:<7}")

    def count_pictures(self, done: int, total: int) -> None:
        """Show how many pictures are drawn."""
        self._show(done, total, "pictures")

    def count_steps(self, done: int, total: int) -> None:
        """Show how many steps are done."""
        self._show(done, total, "steps")

    def _show(self, done: int, total: int, things: str) -> None:
        if self._terminal:
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r{done} of {total} {things}{end}")
            sys.stderr.flush()
