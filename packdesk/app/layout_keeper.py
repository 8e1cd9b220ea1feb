"""Keeps how the window is laid out in a file beside the settings, at once and off the GUI thread."""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from PySide6.QtCore import QObject, Slot

from packdesk.files import write_atomically
from packdesk.settings import settings_file

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.jobs.bridge import Bridge, Call
    from packdesk.ui.window.main_window import MainWindow

CLOSE_WAIT_S = 0.25
_MAX_BYTES = 1_000_000
_OBJECT = TypeAdapter(dict[str, Any])
_log = logging.getLogger(__name__)


def layout_file() -> Path:
    """Where the layout is kept."""
    return settings_file().with_name("window.json")


def read_layout() -> dict[str, Any]:
    """The layout as it was kept; nothing when there is none that can be read: then the first one shows."""
    file = layout_file()
    try:
        if os.path.lexists(file) and not file.is_file():  # a pipe may never end
            _log.warning("The window's layout %s is not a file", file)
            return {}
        with file.open("rb") as opened:
            return _OBJECT.validate_json(opened.read(_MAX_BYTES))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        _log.warning("The window's layout %s cannot be read: %s", file, type(error).__name__)
        return {}


class LayoutKeeper(QObject):
    """Writes the window's layout whenever it rests in another one."""

    def __init__(self, bridge: Bridge, window: MainWindow) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._call: Call[None] | None = None
        window.layout_changed.connect(self._keep)
        window.layout_closed.connect(self._keep_last)

    @Slot(object)
    def _keep(self, values: dict[str, Any]) -> None:
        self._call = self._start(values)

    @Slot(object)
    def _keep_last(self, values: dict[str, Any]) -> None:
        if self._call is not None:
            self._call.wait(CLOSE_WAIT_S)  # else the older layout might be written over the newer
        self._start(values).wait(CLOSE_WAIT_S)

    def _start(self, values: dict[str, Any]) -> Call[None]:
        data = json.dumps(values, indent=1).encode()
        return self._bridge.work(_write, data)


def _write(data: bytes) -> None:
    try:
        write_atomically(layout_file(), data, private=True)
    except OSError as error:  # the window goes on; the next start shows an older layout
        _log.warning("The window's layout cannot be kept: %s", error)
