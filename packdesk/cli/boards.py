"""The boards a blank can be laid out for."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from packdesk.cli.output import JsonOption, print_json, say


def boards(
    own: Annotated[
        bool, typer.Option("--own", help="Write them as a table of your own, to be edited.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List the boards a blank can be laid out for: thickness, inside loss and outside gain in mm."""
    from packdesk.app.boards import boards_file, known_boards, write_boards  # noqa: PLC0415  (other commands do without)

    if own:
        say(f"Edit {write_boards()}.")
        return
    found = known_boards()
    if as_json:
        print_json([asdict(board) for board in found])
        return
    for board in found:
        lengths = (board.caliper, board.inside_loss, board.outside_gain)
        say("  ".join((*(f"{round(length, 4):>6g}" for length in lengths), board.name)))
    if not boards_file().exists():
        say("These are built in. For a table of your own: packdesk boards --own")
