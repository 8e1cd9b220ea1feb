"""Runs one command line, and is the one place where a failure becomes an exit code."""

from __future__ import annotations

import io
import logging
import os
import signal
import sys

from packdesk.domain.text import PlainFormatter
from packdesk.errors import InvalidInputError, InvalidSettingError, PackdeskError
from packdesk.stopping import StoppedError

_COMPLETING = "_PACKDESK_COMPLETE"
"""What a shell sets to ask what may come next on its line."""
DONE, FAILED, WRONGLY_USED, INTERRUPTED = 0, 1, 2, 130


def run(arguments: list[str] | None = None) -> int:
    """Run one command line and return its exit code. Failures are one sentence, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a pipe of another encoding loses a letter, not the answer
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:  # not while the program starts, see `starting`
        # Handled like Ctrl-C: generation flags are cleared.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    _log_to_stderr()
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except SystemExit as end:  # how typer ends, with 2 for wrong use
        return end.code if isinstance(end.code, int) else DONE
    except (KeyboardInterrupt, StoppedError):  # typer says nothing either
        return INTERRUPTED
    except PackdeskError as error:
        _tell(error.terminal_text())
        return WRONGLY_USED if isinstance(error, (InvalidInputError, InvalidSettingError)) else FAILED
    except Exception as error:
        if isinstance(error.__cause__ or error.__context__, KeyboardInterrupt):  # a library was just loading
            return INTERRUPTED
        logging.getLogger("packdesk").info("The unexpected error", exc_info=error)
        _tell(
            f"Something unexpected went wrong ({type(error).__name__}). "
            "The details are shown with: packdesk --verbose …"
        )
        return FAILED


def _run(arguments: list[str]) -> int:
    if not arguments and _COMPLETING not in os.environ:
        # Most starts: the window needs none of the commands, and no library for them.
        from packdesk.cli.window import open_window  # noqa: PLC0415

        return open_window()
    from packdesk.cli.commands import app  # noqa: PLC0415

    app(arguments, prog_name="packdesk")
    return DONE


def _tell(text: str) -> None:
    from packdesk.cli.output import tell  # noqa: PLC0415  (brings the commands' library)

    tell(f"packdesk: {text}")


def show_details() -> None:
    """Log on the terminal what is done, too."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for handler in root.handlers:
        handler.setLevel(logging.INFO)
        if isinstance(handler.formatter, PlainFormatter):
            handler.setFormatter(PlainFormatter("%(name)s: %(message)s"))


def _log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(PlainFormatter("packdesk: %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
