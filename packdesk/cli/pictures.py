"""Commands that write pictures: render, turntable, views."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from packdesk.app.display import some_display
from packdesk.app.interrupting import interruptible
from packdesk.cli.output import ForceOption, JsonOption, ProgressPrinter, print_json, print_written, say, tell
from packdesk.domain.look import Finish, Lighting
from packdesk.errors import InvalidInputError
from packdesk.settings import read_settings

_SIZE = re.compile(r"(\d{1,6})[xX×](\d{1,6})")

_AS_DESIGN = "as the design"
BackgroundOption = Annotated[
    str | None,
    typer.Option(help="light, dark, transparent, or a colour: #aabbcc.", show_default=_AS_DESIGN),
]
FinishOption = Annotated[
    Finish | None, typer.Option(help="The surface of the package.", show_default=_AS_DESIGN)
]
LightOption = Annotated[
    Lighting | None,
    typer.Option(help="The lamps; flat shows the artwork's own colours.", show_default=_AS_DESIGN),
]
ExposureOption = Annotated[
    float | None, typer.Option(help="Light on the package in stops, -4 to 4.", show_default=_AS_DESIGN)
]
ViewOption = Annotated[
    str, typer.Option(help="home, front, back, left, right, top, bottom, or a view saved with the design.")
]
AzimuthOption = Annotated[
    float | None, typer.Option(help="Degrees around it instead of the view's; -90 is the front.")
]
ElevationOption = Annotated[float | None, typer.Option(help="Degrees above the floor instead of the view's.")]
FlatOption = Annotated[bool, typer.Option("--flat-projection", help="Without perspective.")]
FoldedOption = Annotated[
    float | None,
    typer.Option(help="0 for the flat blank to 1 for the closed package.", show_default="as the view"),
]


def render(
    file: Annotated[Path, typer.Argument(metavar="OUT.png", help="A .png, .jpg or .webp file")],
    size: Annotated[str, typer.Option(help="Width x height in pixels, at most 8192 a side.")] = "1600x1200",
    view: ViewOption = "home",
    all_views: Annotated[
        bool, typer.Option("--all-views", help="Every view saved with the design: OUT Front.png, …")
    ] = False,
    background: BackgroundOption = None,
    finish: FinishOption = None,
    light: LightOption = None,
    exposure: ExposureOption = None,
    azimuth: AzimuthOption = None,
    elevation: ElevationOption = None,
    flat: FlatOption = False,
    folded: FoldedOption = None,
    force: ForceOption = False,
) -> None:
    """Draw the current design into picture files, with the window's own viewer."""
    from packdesk.app import rendering  # noqa: PLC0415  (brings the viewer)

    pixels, look = read_pixels(size), rendering.LookOptions(background, finish, light, exposure)
    rendering.check_picture(file, pixels, look, force=force or all_views)
    with interruptible(), some_display():
        if all_views:
            counting = ProgressPrinter().count_pictures
            files, missing = rendering.views_to_files(
                read_settings(), file, look, pixels, force=force, progress=counting
            )
        else:
            options = rendering.ViewOptions(view, azimuth, elevation, flat, folded)
            options.check()
            files = [file]
            missing = rendering.picture_to_file(read_settings(), file, options, look, pixels, force=force)
    print_written(files[0], missing)
    for other in files[1:]:
        say(str(other))


def turntable(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="name.webp, name.mp4, or a folder for PNG files")
    ],
    frames: Annotated[int, typer.Option(min=2, max=720, help="Pictures of one turn.")] = 72,
    seconds: Annotated[float, typer.Option(help="Duration of one turn, for .webp and .mp4.")] = 6.0,
    size: Annotated[str, typer.Option(help="Width x height in pixels; even for .mp4.")] = "1000x1000",
    background: BackgroundOption = None,
    finish: FinishOption = None,
    light: LightOption = None,
    exposure: ExposureOption = None,
    elevation: Annotated[
        float | None, typer.Option(help="Degrees above the floor.", show_default="as the home view")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Turn the current design once around: an animation, a film, or numbered pictures."""
    from packdesk.app import rendering  # noqa: PLC0415  (brings the viewer)

    look = rendering.LookOptions(background, finish, light, exposure)
    options = rendering.TurntableOptions(out, *read_pixels(size), frames, seconds, look, elevation, force)
    with interruptible(), some_display():
        missing = rendering.turntable_to_file(read_settings(), options, ProgressPrinter().count_pictures)
    print_written(out, missing)


def views(
    save: Annotated[str | None, typer.Option(metavar="NAME", help="Save a view under this name.")] = None,
    remove: Annotated[str | None, typer.Option(metavar="NAME", help="Remove this view.")] = None,
    view: ViewOption = "home",
    azimuth: AzimuthOption = None,
    elevation: ElevationOption = None,
    flat: FlatOption = False,
    folded: FoldedOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the views saved with the design on this machine; save or remove one."""
    from packdesk.app import rendering  # noqa: PLC0415  (brings the viewer)

    options = rendering.ViewOptions(view, azimuth, elevation, flat, folded)
    kept = rendering.change_views(read_settings(), options, save=save, remove=remove)
    if as_json:
        print_json([asdict(one) for one in kept])
    elif not kept:
        tell("No view is saved with this design.")
    else:
        for one in kept:
            say(f"{one.name}: {one.azimuth:g}° around, {one.elevation:g}° above the floor")


def read_pixels(text: str) -> tuple[int, int]:
    """Width and height of a picture, as `1600x1200`.

    Raises:
        InvalidInputError: they are none.
    """
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise InvalidInputError(f"“{text[:40]}” is not a picture size.", "Write it as 1600x1200.")
    return int(found.group(1)), int(found.group(2))
