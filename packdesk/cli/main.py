"""All commands together, and the one place where a failure becomes an exit code."""

from __future__ import annotations

import gc
import io
import logging
import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk import __version__
from packdesk.cli import artwork, bundles, demo, design, export, pictures, upkeep
from packdesk.cli.output import say, tell
from packdesk.domain.text import PlainFormatter
from packdesk.errors import InvalidInputError, InvalidSettingError, PackdeskError

if TYPE_CHECKING:
    from collections.abc import Callable

DONE, FAILED, WRONGLY_USED = 0, 1, 2

app = typer.Typer(
    name="packdesk",
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
    "import": artwork.import_picture,
    "render": pictures.render,
    "turntable": pictures.turntable,
    "export": export.export,
    "preflight": export.preflight,
    "open": bundles.open_design,
    "review": bundles.review,
    "reset": upkeep.reset,
    "tidy": upkeep.tidy,
    "doctor": upkeep.doctor,
    "demo": demo.demo,
}
for name, command in COMMANDS.items():
    app.command(name)(command)
# A negative number is no option: it gets our own sentence.
app.command(context_settings={"ignore_unknown_options": True})(design.dimensions)
app.add_typer(upkeep.jobs, name="jobs")


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
    _log_to_stderr(logging.INFO if verbose else logging.WARNING)
    if version:
        say(f"packdesk {__version__}")
    elif context.invoked_subcommand is None:
        demo.open_window(offline=offline)


def run(arguments: list[str] | None = None) -> int:
    """Run one command line and return its exit code. Failures are one sentence, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a pipe of another encoding loses a letter, not the answer
    # A polite kill cleans up as Ctrl-C does: the flags of a generation fall.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app(arguments, prog_name="packdesk")
    except SystemExit as end:  # how typer ends, with 2 for wrong use
        return end.code if isinstance(end.code, int) else DONE
    except PackdeskError as error:
        tell(f"packdesk: {error.terminal_text()}")
        return WRONGLY_USED if isinstance(error, (InvalidInputError, InvalidSettingError)) else FAILED
    except Exception as error:
        logging.getLogger("packdesk").info("The unexpected error", exc_info=error)
        tell(
            f"packdesk: Something unexpected went wrong ({type(error).__name__}). "
            "The details are shown with: packdesk --verbose …"
        )
        return FAILED
    return DONE


def _log_to_stderr(level: int) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(PlainFormatter("%(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])
