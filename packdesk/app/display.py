"""What drawing without a desktop session needs: a Qt application for fonts, an X server for OpenGL."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import socket
import struct
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from packdesk.errors import DisplayError
from packdesk.files import remove_tree
from packdesk.programs import find_program
from packdesk.starting import begin
from packdesk.stopping import undone_by

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCREEN = "2560x1600x24"
_ALONE = ("-nolisten", "tcp", "-terminate")
_ANY_HOST = 0xFFFF  # FamilyWild
_WAYLAND_WAIT_S = 1.0
# Connections that were tried stay open, by display: when the last one closes, an X server such as Xvfb starts
# over, and would refuse Qt in that moment.
_held: dict[str, ctypes.c_void_p] = {}
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
    """Whether windows can be opened and OpenGL be had from the session this runs in.

    A display that is named but does not answer is none: Qt would end the whole program there.
    """
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _NO_OPENGL:
        return False
    if not sys.platform.startswith("linux"):
        return True
    return _x_answers() or _wayland_answers()


def _x_answers() -> bool:
    """Whether the X server of DISPLAY lets us in; asked the way Qt does it."""
    name = os.environ.get("DISPLAY")
    if not name:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:  # then it cannot be asked; Qt has a copy or says what is missing
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    if refused or name in _held:
        xcb.xcb_disconnect(connection)
    else:
        _held[name] = connection
    return not refused


def _let_go(name: str) -> None:
    connection = _held.pop(name, None)
    if connection is not None:
        ctypes.CDLL("libxcb.so.1").xcb_disconnect(connection)


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    place = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name
    with socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(_WAYLAND_WAIT_S)
        try:
            asked.connect(str(place))
        except (OSError, ValueError):
            return False
    return True


@contextlib.contextmanager
def some_display(*, session: bool = False) -> Iterator[None]:
    """A virtual X server for the time of the block, or the session's display where there can be none.

    To be entered before any Qt application exists: without an X server Qt has no OpenGL on Linux. The
    session's own display may close while a range of hours is made, and nothing of ours has to be seen there.

    Args:
        session: whether the session's display is meant, where it answers.

    Raises:
        DisplayError: there is none and Xvfb is not installed or does not start.
    """
    alone = not session and sys.platform.startswith("linux") and find_program("Xvfb") is not None
    if not alone and has_display():
        yield
        return
    with _virtual_display() as changes:
        former = {key: os.environ.get(key) for key in changes}
        os.environ.update(changes)
        try:
            _x_answers()  # which holds it: the server ends with its last client, be we killed
            yield
        finally:
            _let_go(changes["DISPLAY"])
            for key, value in former.items():
                if value is None:
                    os.environ.pop(key, None)
                else:
                    os.environ[key] = value


@contextlib.contextmanager
def _virtual_display() -> Iterator[dict[str, str]]:
    """What the environment must say to draw on a server of our own, which asks for our cookie."""
    program = find_program("Xvfb")
    if program is None:
        raise DisplayError(
            "There is no display to draw on.", "Install the package xvfb, or run in a desktop session."
        )
    begin()
    # Nobody else can look into it.
    with tempfile.TemporaryDirectory(prefix="packdesk-") as folder, undone_by(partial(remove_tree, folder)):
        cookie = Path(folder) / "cookie"
        cookie.write_bytes(_cookie_entry(secrets.token_bytes(16)))
        with _started([program, "-auth", str(cookie), "-screen", "0", _SCREEN, *_ALONE]) as number:
            yield {"DISPLAY": f":{number}", "XAUTHORITY": str(cookie), "QT_QPA_PLATFORM": "xcb"}


def _cookie_entry(cookie: bytes) -> bytes:
    """One entry of an .Xauthority file (libXau, Xauth.h), for any host and any display number."""
    parts = (b"", b"", b"MIT-MAGIC-COOKIE-1", cookie)
    return struct.pack(">H", _ANY_HOST) + b"".join(struct.pack(">H", len(part)) + part for part in parts)


@contextlib.contextmanager
def _started(command: list[str]) -> Iterator[str]:
    """The number of the display a server has found for itself; it ends with the block."""
    reading, writing = os.pipe()
    command = [*command, "-displayfd", str(writing)]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)  # noqa: S603  (fixed words)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise DisplayError("The virtual display Xvfb did not start.", "Run Xvfb by hand to see why.")
        with undone_by(server.terminate):
            yield number
    finally:
        server.terminate()
        server.wait()
