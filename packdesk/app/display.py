"""What drawing without a desktop session needs: a Qt application for fonts, an X server for OpenGL."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from packdesk.errors import DisplayError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCREEN = "2560x1600x24"
_NO_OPENGL = {"offscreen", "minimal", "vnc", "linuxfb"}


@contextlib.contextmanager
def painting() -> Iterator[None]:
    """A Qt application for painting pictures and lettering, without any display."""
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415  (commands that paint nothing start faster)

    existing = QGuiApplication.instance()
    application = existing or QGuiApplication(["packdesk", "-platform", "offscreen"])
    try:
        yield
    finally:
        if existing is None:
            application.shutdown()


def has_display() -> bool:
    """Whether windows can be opened and OpenGL be had from the session this runs in."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _NO_OPENGL:
        return False
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextlib.contextmanager
def some_display() -> Iterator[None]:
    """The session's display, or a virtual X server for the time of the block.

    To be entered before any Qt application exists: without an X server Qt has no OpenGL on Linux.

    Raises:
        DisplayError: there is none and Xvfb is not installed or does not start.
    """
    if has_display():
        yield
        return
    with _virtual_display() as name:
        former = {key: os.environ.get(key) for key in ("DISPLAY", "QT_QPA_PLATFORM")}
        os.environ.update(DISPLAY=name, QT_QPA_PLATFORM="xcb")
        try:
            yield
        finally:
            for key, value in former.items():
                if value is None:
                    os.environ.pop(key, None)
                else:
                    os.environ[key] = value


@contextlib.contextmanager
def _virtual_display() -> Iterator[str]:
    program = shutil.which("Xvfb")
    if program is None:
        raise DisplayError(
            "There is no display to draw on.", "Install the package xvfb, or run in a desktop session."
        )
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)  # noqa: S603  (fixed words)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise DisplayError("The virtual display Xvfb did not start.", "Run Xvfb by hand to see why.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
