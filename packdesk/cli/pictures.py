"""Commands that write pictures: render."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from packdesk.app.display import some_display
from packdesk.errors import InvalidInputError
from packdesk.settings import read_settings

_SIZE = re.compile(r"(\d{1,6})[xX×](\d{1,6})")


class View(StrEnum):
    """Where the package is looked at from."""

    home = "home"
    front = "front"
    back = "back"
    left = "left"
    right = "right"
    top = "top"
    bottom = "bottom"


class Background(StrEnum):
    """What is behind the package."""

    light = "light"
    dark = "dark"
    transparent = "transparent"


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(render)


def render(
    file: Annotated[Path, typer.Argument(metavar="OUT.png", help="The picture to write")],
    size: Annotated[str, typer.Option(help="Width x height in pixels, at most 8192 a side.")] = "1600x1200",
    view: Annotated[View, typer.Option(help="Where to look from.")] = View.home,
    background: Annotated[Background, typer.Option(help="What is behind.")] = Background.light,
) -> None:
    """Draw the current design into a PNG file, with the window's own viewer."""
    from packdesk.app.rendering import RenderOptions, render_to_file  # noqa: PLC0415  (brings the viewer)

    width, height = _pixels(size)
    if file.suffix.lower() != ".png":
        raise InvalidInputError(f"“{file.name[:60]}” does not end in .png.", "Name a PNG file.")
    options = RenderOptions(width, height, view.value, background.value)
    with some_display():
        missing = render_to_file(read_settings(), file, options)
    for panel_id, error in missing.items():
        typer.echo(f"packdesk: {panel_id}: {error.full_text()}", err=True)
    typer.echo(str(file))


def _pixels(text: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise InvalidInputError(f"“{text[:40]}” is not a picture size.", "Write it as 1600x1200.")
    return int(found.group(1)), int(found.group(2))
