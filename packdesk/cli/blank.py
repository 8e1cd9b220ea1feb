"""The options that shape a blank, for every command that lays one out."""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from packdesk.cli.lengths import length_option
from packdesk.domain.dieline.values import DielineStyle, Hand, Lock, Sized

if TYPE_CHECKING:
    from collections.abc import Callable

AS_SET = "as the design, or your setting"

SaidOfBlank = dict[str, Any]
"""What the command line says of the blank, by the names of `DielineOptions`."""

StyleOption = Annotated[
    DielineStyle | None,
    typer.Option(help="How a box is laid out; a cylinder is always a wrap.", show_default=AS_SET),
]
CaliperOption = Annotated[
    float | None,
    typer.Option(
        parser=length_option, metavar="LENGTH", help="Thickness of the board in mm.", show_default=AS_SET
    ),
]
GlueOption = Annotated[
    float | None,
    typer.Option(
        parser=length_option,
        metavar="LENGTH",
        help="Width of the glue flap in mm.",
        show_default="as the design, your setting, or what suits the board",
    ),
]
BleedOption = Annotated[
    float | None,
    typer.Option(
        parser=length_option,
        metavar="LENGTH",
        help="How far artwork runs over the cut in mm.",
        show_default=AS_SET,
    ),
]
SafeOption = Annotated[
    float | None,
    typer.Option(
        parser=length_option,
        metavar="LENGTH",
        help="How far lettering stays from the edge in mm.",
        show_default=AS_SET,
    ),
]
BoardOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The board whose thickness is allowed for (packdesk boards), or none.",
        show_default=AS_SET,
    ),
]
SizedOption = Annotated[
    Sized | None, typer.Option(help="Which size of the package is set.", show_default=AS_SET)
]
TuckOption = Annotated[
    float | None,
    typer.Option(
        parser=length_option,
        metavar="LENGTH",
        help="Depth of the tuck flaps in mm.",
        show_default="as the design, or what suits the box",
    ),
]
LockOption = Annotated[Lock | None, typer.Option(help="What keeps tuck flaps shut.", show_default=AS_SET)]
GlueSideOption = Annotated[Hand | None, typer.Option(help="Where the glue flap is.", show_default=AS_SET)]
NotchOption = Annotated[
    bool | None,
    typer.Option("--notch/--no-notch", help="A notch for the thumb before tuck flaps.", show_default=AS_SET),
]
PerforatedOption = Annotated[
    bool | None, typer.Option("--perforated", help="A line to tear along on the lid.", show_default=False)
]
FlapArtOption = Annotated[
    bool | None,
    typer.Option(
        "--flap-art/--no-flap-art",
        help="Artwork goes on over tuck and dust flaps; never over what is glued.",
        show_default=AS_SET,
    ),
]
TelescopeOption = Annotated[
    bool | None,
    typer.Option(
        "--telescope/--no-telescope",
        help="A cylinder's label and top are a lid that goes over a tube.",
        show_default=AS_SET,
    ),
]
NicksOption = Annotated[
    int | None,
    typer.Option(
        metavar="COUNT",
        help="Gaps of the knife around each piece, which hold it in the sheet.",
        show_default=AS_SET,
    ),
]
NickWidthOption = Annotated[
    float | None,
    typer.Option(parser=length_option, metavar="LENGTH", help="Width of a nick in mm.", show_default=AS_SET),
]


def _shapes(
    style: StyleOption = None,
    caliper: CaliperOption = None,
    glue_flap: GlueOption = None,
    bleed: BleedOption = None,
    safe: SafeOption = None,
    perforated: PerforatedOption = None,
    board: BoardOption = None,
    sized: SizedOption = None,
    tuck: TuckOption = None,
    lock: LockOption = None,
    glue_side: GlueSideOption = None,
    notch: NotchOption = None,
    flap_art: FlapArtOption = None,
    telescope: TelescopeOption = None,
    nicks: NicksOption = None,
    nick_width: NickWidthOption = None,
) -> None:
    """A signature for typer to read."""


def shapes_blank(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that shape a blank.

    Args:
        command: one of its arguments is `said`, a `SaidOfBlank`; the options stand in its place.
    """
    shapes = inspect.signature(_shapes, eval_str=True).parameters
    taken: list[inspect.Parameter] = []
    for parameter in inspect.signature(command, eval_str=True).parameters.values():
        taken += shapes.values() if parameter.name == "said" else [parameter]

    @wraps(command)
    def run(**given: Any) -> None:
        shaped = {name: given.pop(name) for name in shapes}
        command(**given, said={name: value for name, value in shaped.items() if value is not None})

    # Typer reads both; arguments without a default come first, as they do on the command line.
    ordered = sorted(taken, key=lambda parameter: parameter.default is not inspect.Parameter.empty)
    run.__signature__ = inspect.Signature(ordered)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in ordered}
    return run
