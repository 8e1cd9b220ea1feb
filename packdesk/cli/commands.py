"""All commands together."""

from __future__ import annotations

import gc
import logging
from typing import Annotated

import typer

from packdesk import __version__
from packdesk.cli import artwork, bundles, demo, design, doctor, export, pictures, repair, tidy
from packdesk.cli.output import say

app = typer.Typer(
    name="packdesk",
    help="Design a box or cylinder, have artwork made for every panel, see it in 3D.",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # they would show local variables, keys among them
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (design, artwork, pictures, export, bundles, repair, tidy, doctor, demo):
    room.add_to(app)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Open the window without touching any network.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what is done to stderr.")] = False,
) -> None:
    """Open the window, unless a command says otherwise."""
    if context.invoked_subcommand is not None:
        gc.enable()  # a window has a collector of its own
    if verbose:
        logging.getLogger().setLevel(logging.INFO)
    if version:
        say(f"packdesk {__version__}")
    elif context.invoked_subcommand is None:
        from packdesk.cli.window import open_window  # noqa: PLC0415  (Qt's widgets only where they are shown)

        raise typer.Exit(open_window(offline=offline))
