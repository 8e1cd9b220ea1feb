"""All commands together."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from packdesk import __version__
from packdesk.cli import (
    archive,
    artwork,
    batch,
    boards,
    change,
    compare,
    demo,
    design,
    designs,
    export,
    finish,
    inside,
    links,
    mcp,
    objects,
    pictures,
    remarks,
    serve,
    sheets,
    spend,
    team,
    upkeep,
)
from packdesk.cli.main import show_details
from packdesk.cli.output import say
from packdesk.problems import problem_words

if TYPE_CHECKING:
    from collections.abc import Callable


class PlainlyRefusing(TyperGroup):
    """Says in our words what is wrong with the value of an option."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command, of which the options are read first."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            if isinstance(error.__cause__, ValidationError):
                problem = error.__cause__.errors(include_input=False, include_url=False)[0]
                error.message = f"{problem_words(problem)}."
            raise


app = typer.Typer(
    name="packdesk",
    cls=PlainlyRefusing,
    help="Design a box or cylinder, have artwork made for every panel, see it in 3D.",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # they would show local variables, keys among them
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS: dict[str, Callable[..., None]] = {
    "state": design.state,
    "status": design.status,
    "clear": design.clear,
    "generate": artwork.generate,
    "generate-all": artwork.generate_all,
    "change": change.change,
    "import": artwork.import_picture,
    "import-sheet": sheets.import_sheet,
    "template": sheets.template,
    "inside": inside.inside,
    "link": links.link,
    "unlink": links.unlink,
    "links": links.links,
    "generations": archive.generations,
    "use": archive.use,
    "render": pictures.render,
    "turntable": pictures.turntable,
    "views": pictures.views,
    "export": export.export,
    "worker": team.worker,
    "proof": export.proof,
    "preflight": export.preflight,
    "finish": finish.finish,
    "boards": boards.boards,
    "compare": compare.compare,
    "open": design.open_design,
    "review": design.review,
    "serve": serve.serve,
    "mcp": mcp.mcp,
    "reset": upkeep.reset,
    "tidy": upkeep.tidy,
    "spend": spend.spend,
    "doctor": upkeep.doctor,
    "demo": demo.demo,
}
for name, command in COMMANDS.items():
    app.command(name)(command)
# A negative number is no option: it gets our own sentence.
app.command(context_settings={"ignore_unknown_options": True})(design.dimensions)
app.add_typer(batch.ranges, name="batch")
app.add_typer(upkeep.jobs, name="jobs")
app.add_typer(designs.designs, name="designs")
app.add_typer(objects.objects, name="objects")
app.add_typer(remarks.remarks, name="remarks")


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Open the window without touching any network.")
    ] = False,
    design: Annotated[
        str | None, typer.Option(help="Work on this design of this machine, not on the one used last.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what is done to stderr.")] = False,
) -> None:
    """Open the window, unless a command says otherwise."""
    if design is not None:
        os.environ["PACKDESK_DESIGN"] = design  # for the processes that draw, too
    if context.invoked_subcommand is not None:
        gc.enable()  # a window has a collector of its own
    if verbose:
        show_details()
    if version:
        say(f"packdesk {__version__}")
    elif context.invoked_subcommand is None:
        from packdesk.cli.window import open_window  # noqa: PLC0415  (Qt's widgets only where they are shown)

        raise typer.Exit(open_window(offline=offline))
