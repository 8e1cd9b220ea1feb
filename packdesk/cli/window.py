"""The window, which is no command: it opens when none is named."""

from __future__ import annotations

# PySide reads the source of every module that is imported after it: first those without Qt, half of all.
import packdesk.app.choices
import packdesk.domain.dieline.fold
import packdesk.domain.handover
import packdesk.domain.prompts
import packdesk.settings
import packdesk.viewer.gl  # noqa: F401  (OpenGL, before Qt)

# isort: split
from packdesk.app.application import make_application
from packdesk.app.display import has_display
from packdesk.app.window import run_window
from packdesk.errors import DisplayError, InvalidSettingError
from packdesk.settings import Settings, read_settings


def open_window(*, offline: bool = False) -> int:
    """Open the window on the current design, or on what was seen of it last; returns the exit code.

    Raises:
        DisplayError: there is nothing to open it on.
        InvalidSettingError: a setting cannot be used; where no terminal shows it, a window has said so.
    """
    try:
        return _open(read_settings(offline=offline or None))
    except InvalidSettingError as error:
        from packdesk.app.broken_settings import settings_problem, shows_terminal  # noqa: PLC0415  (rarely used)

        if has_display() and not shows_terminal():
            settings_problem(make_application(), error).exec()
        raise


def _open(settings: Settings) -> int:
    if not has_display():
        raise DisplayError(
            "There is no display to open a window on.",
            "Run in a desktop session; “packdesk render” and “packdesk demo” work without one.",
        )
    return run_window(make_application(), settings)
