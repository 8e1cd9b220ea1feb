"""Commands that write pictures: render, turntable."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from packdesk.app.display import some_display
from packdesk.cli.output import ForceOption, ProgressPrinter, check_png, print_written
from packdesk.errors import InvalidInputError
from packdesk.settings import read_settings
from packdesk.viewer.finish import Finish
from packdesk.viewer.lights import Lighting
from packdesk.viewer.look import Look

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


BackgroundOption = Annotated[str, typer.Option(help="light, dark, transparent, or a colour: #aabbcc.")]
FinishOption = Annotated[Finish, typer.Option(help="The surface of the package.")]
LightOption = Annotated[Lighting, typer.Option(help="The lamps; flat shows the artwork's own colours.")]
ExposureOption = Annotated[float, typer.Option(help="Light on the package in stops, -4 to 4.")]


def render(
    file: Annotated[Path, typer.Argument(metavar="OUT.png", help="The picture to write")],
    size: Annotated[str, typer.Option(help="Width x height in pixels, at most 8192 a side.")] = "1600x1200",
    view: Annotated[View, typer.Option(help="Where to look from.")] = View.home,
    background: BackgroundOption = "light",
    finish: FinishOption = Finish.MATTE,
    light: LightOption = Lighting.SOFT,
    exposure: ExposureOption = 0.0,
    azimuth: Annotated[
        float | None, typer.Option(help="Degrees around it instead of the view's; -90 is the front.")
    ] = None,
    elevation: Annotated[
        float | None, typer.Option(help="Degrees above the floor instead of the view's.")
    ] = None,
    flat: Annotated[bool, typer.Option("--flat-projection", help="Without perspective.")] = False,
    folded: Annotated[float, typer.Option(help="0 for the flat blank to 1 for the closed package.")] = 1.0,
    force: ForceOption = False,
) -> None:
    """Draw the current design into a PNG file, with the window's own viewer."""
    from packdesk.app.rendering import RenderOptions, render_to_file  # noqa: PLC0415  (brings the viewer)

    width, height = _pixels(size)
    check_png(file, force=force)
    look = Look(background, finish, light, exposure)
    options = RenderOptions(width, height, view.value, look, azimuth, elevation, flat, folded)
    with some_display():
        missing = render_to_file(read_settings(), file, options)
    print_written(file, missing)


def turntable(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="name.webp, name.mp4, or a folder for PNG files")
    ],
    frames: Annotated[int, typer.Option(min=2, max=720, help="Pictures of one turn.")] = 72,
    seconds: Annotated[float, typer.Option(help="Duration of one turn, for .webp and .mp4.")] = 6.0,
    size: Annotated[str, typer.Option(help="Width x height in pixels; even for .mp4.")] = "1000x1000",
    background: BackgroundOption = "light",
    finish: FinishOption = Finish.MATTE,
    light: LightOption = Lighting.SOFT,
    exposure: ExposureOption = 0.0,
    elevation: Annotated[
        float | None, typer.Option(help="Degrees above the floor.", show_default="as the home view")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Turn the current design once around: an animation, a film, or numbered pictures."""
    from packdesk.app.rendering import TurntableOptions, turntable_to_file  # noqa: PLC0415  (brings the viewer)

    width, height = _pixels(size)
    look = Look(background, finish, light, exposure)
    options = TurntableOptions(out, width, height, frames, seconds, look, elevation, force)
    with some_display():
        missing = turntable_to_file(read_settings(), options, ProgressPrinter().count_pictures)
    print_written(out, missing)


def _pixels(text: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise InvalidInputError(f"“{text[:40]}” is not a picture size.", "Write it as 1600x1200.")
    return int(found.group(1)), int(found.group(2))
