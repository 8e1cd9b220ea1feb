"""Commands that open the window: none at all, and demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from packdesk.app.display import has_display, some_display
from packdesk.cli.output import ForceOption, ProgressPrinter, check_png, say
from packdesk.settings import read_settings

UNSEEN_PICTURE = Path("packdesk-demo.png")


def demo(
    screenshot: Annotated[
        Path | None, typer.Option(help="Write a picture of the window to this file and close it.")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Open the window on a sample design with artwork on all panels.

    The sample lives in a folder of its own; the current design stays as it is. Without a display the window
    is drawn unseen and the file that shows it is named.
    """
    from packdesk.app.demo import run_demo  # noqa: PLC0415  (Qt's widgets only where they are shown)

    picture = screenshot if screenshot or has_display() else UNSEEN_PICTURE
    if picture is not None:
        check_png(picture, force=force)
    with some_display(session=True):
        code = run_demo(read_settings(), picture, ProgressPrinter())
    if picture is not None:
        say(f"The window is shown in {picture.resolve()}")
    raise typer.Exit(code)
