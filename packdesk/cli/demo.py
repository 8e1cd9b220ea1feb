"""Commands that open the window: none at all, and demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from packdesk.app.display import has_display, some_display
from packdesk.cli.output import ForceOption, ProgressPrinter, check_png, say
from packdesk.errors import DisplayError
from packdesk.settings import read_settings

UNSEEN_PICTURE = Path("packdesk-demo.png")


def open_window(*, offline: bool) -> None:
    """Open the window on the current design, or on what was seen of it last."""
    # Qt's widgets only where they are shown:
    from packdesk.app.application import make_application  # noqa: PLC0415
    from packdesk.app.window import run_window  # noqa: PLC0415

    settings = read_settings(offline=offline or None)
    if not has_display():
        raise DisplayError(
            "There is no display to open a window on.",
            "Run in a desktop session; “packdesk render” and “packdesk demo” work without one.",
        )
    raise typer.Exit(run_window(make_application(), settings))


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
    with some_display():
        code = run_demo(read_settings(), picture, ProgressPrinter())
    if picture is not None:
        say(f"The window is shown in {picture.resolve()}")
    raise typer.Exit(code)
