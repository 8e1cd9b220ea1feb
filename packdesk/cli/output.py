"""How results are printed: all of it goes through `say` and `tell`, so that no text steers the terminal."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.text import cut, cut_names
from packdesk.errors import InvalidInputError, OutputUnwritableError
from packdesk.files import check_free
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.services.batch import GenerationOutcome, Progress

ForceOption = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

FOREIGN_LENGTH = 600
"""Characters that are shown of a prompt or an error another program wrote; `--json` has all of it."""
LONGEST = 8000
MORE = "and {0} more"


def counted(count: int, what: str) -> str:
    """So many of it: `1 row`, `2 rows`."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def say(text: str) -> None:
    """One line on stdout.

    Raises:
        OutputUnwritableError: it cannot be written, such as to a full disk.
    """
    _print(cut(text, LONGEST))


def _print(text: str) -> None:
    try:
        typer.echo(text)
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read it has enough: the commands' library ends
            raise
        with Path(os.devnull).open("wb") as nowhere:  # else the rest is tried once more at the end
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        raise OutputUnwritableError(
            Sentence("{target} cannot be written.", target="stdout"), "See what reads it."
        ) from error


def tell(text: str) -> None:
    """One line on stderr, for people."""
    typer.echo(cut(text, LONGEST), err=True)


def check_png(file: Path, *, force: bool) -> None:
    """Refuse a picture's file that ends otherwise, or that is there and may not be replaced."""
    if file.suffix.lower() != ".png":
        raise InvalidInputError(f"“{file.name[:60]}” does not end in .png.", "Name a PNG file.")
    check_free(file, force=force)


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    # ASCII: readable through any pipe. Of the control characters JSON leaves one as it is.
    _print(json.dumps(value, indent=2).replace("\x7f", "\\u007f"))


def print_state(state: PackagingState, *, as_json: bool) -> None:
    """A state for people or programs."""
    if as_json:
        print_json(state.model_dump(mode="json"))
        return
    size = " × ".join(f"{side:g}" for side in state.package_dimensions.as_tuple())
    say(f"{state.package_type}, {size} mm (width × height × depth)")
    for panel_id in PANEL_IDS[state.package_type]:
        texture = state.panel_textures.get(panel_id)
        say(f"  {panel_id:<7} {cut(texture.prompt, FOREIGN_LENGTH) if texture else '–'}")
    if state.generating:
        say(f"Being generated: {cut_names(state.panels_in_work(), MORE) or 'artwork'}")
    for note in state.notes:
        tell(f"packdesk: {note}")
    if state.last_error:
        say(f"Last error: {cut(state.last_error, FOREIGN_LENGTH)}")


def print_outcome(outcome: GenerationOutcome, *, as_json: bool) -> None:
    """What a generation brought; ends the command with exit code 1 when panels failed."""
    if as_json:
        print_json(
            {
                "finished": list(outcome.finished),
                "failed": dict(outcome.failures),
                "notes": list(outcome.notes),
                "state": outcome.state.model_dump(mode="json"),
            }
        )
    else:
        _print_panels(outcome)
    if outcome.failures:
        raise typer.Exit(1)


def _print_panels(outcome: GenerationOutcome) -> None:
    say(f"Artwork on {cut_names(outcome.finished, MORE) or 'no panel'}.")
    for note in outcome.notes:
        tell(f"packdesk: {note}")
    for panel_id, reason in outcome.failures.items():
        tell(f"No artwork on {panel_id}: {cut(reason, FOREIGN_LENGTH)}")


def print_written(path: Path, missing: Mapping[str, PackdeskError]) -> None:
    """Where a file is now, and why panels are blank in it."""
    print_missing(missing)
    say(str(path))


def print_missing(missing: Mapping[str, PackdeskError]) -> None:
    """Why panels are blank in a file."""
    for panel_id, error in missing.items():
        tell(f"packdesk: {panel_id}: {error.terminal_text()}")


def print_outlined(told: Iterable[Sentence]) -> None:
    """Why texts of a file are outlines."""
    for sentence in told:
        tell(f"packdesk: {sentence}")


class ProgressPrinter:
    """Progress on a terminal's stderr, nothing when stderr goes elsewhere."""

    def __init__(self, things: str = "panels") -> None:
        self._things = things
        self._terminal = sys.stderr.isatty()

    def __call__(self, progress: Progress) -> None:
        """Show how far a generation is."""
        self._show(progress.done, progress.total, f"{self._things}, {cut(progress.panel_id, 40):<7}")

    def count_pictures(self, done: int, total: int) -> None:
        """Show how many pictures are drawn."""
        self._show(done, total, "pictures")

    def count_steps(self, done: int, total: int) -> None:
        """Show how many steps are done."""
        self._show(done, total, "steps")

    def count_rows(self, done: int, total: int, fares: str) -> None:
        """Show how many rows are done, and what else is to be said of them."""
        self._show(
            done, total, f"{'row' if total == 1 else 'rows'}{fares}\x1b[K"
        )  # what stands there may be longer

    def make_room(self) -> None:
        """Take the line away, for another to stand there."""
        if self._terminal:
            sys.stderr.write("\r\x1b[K")

    def _show(self, done: int, total: int, things: str) -> None:
        if self._terminal:
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r{done} of {total} {things}{end}")
            sys.stderr.flush()
