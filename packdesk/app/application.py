"""The Qt application: for the window, and for whatever is drawn without one."""

from __future__ import annotations

import os
import sys

from PySide6.QtWidgets import QApplication

from packdesk import __version__
from packdesk.ui.theme import load_fonts
from packdesk.viewer.setup import prepare_opengl

SWITCH_S = 0.0005


def make_application() -> QApplication:
    """The Qt application with everything OpenGL needs set before it exists; the present one, if there is."""
    # Every call into Qt gives the interpreter up and asks for it again; while a painter's thread computes,
    # the usual 5 ms between switches would be waited for again and again and the window would stutter.
    sys.setswitchinterval(SWITCH_S)
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Qt would share painting out to threads and wait for them: long, while painters keep all cores busy.
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    prepare_opengl()
    app = QApplication(["packdesk"])
    app.setApplicationName("packdesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("packdesk")
    load_fonts()
    return app
