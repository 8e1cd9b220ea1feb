"""This machine: versions, who paints, OpenGL."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from packdesk import __version__
from packdesk.app.checkup.finding import Finding, to_mend
from packdesk.app.core import choose_provider
from packdesk.app.display import some_display
from packdesk.app.window import make_application
from packdesk.errors import PackdeskError
from packdesk.viewer.setup import describe_opengl

if TYPE_CHECKING:
    from packdesk.settings import Settings

PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "pydantic", "redis", "google-genai", "Pillow")
KEYS = ("GOOGLE_API_KEY", "GEMINI_API_KEY")


def versions() -> Finding:
    """What runs here."""
    found = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return Finding(
        "versions",
        "ok",
        f"packdesk {__version__}, Python {platform.python_version()} on {platform.system()}, {found}",
    )


def artwork(settings: Settings) -> list[Finding]:
    """Who paints, and whether there is a key for a model; the key itself is never told."""
    try:
        painter = Finding("artwork", "ok", f"made by “{choose_provider(settings).name}”")
    except PackdeskError as error:
        painter = to_mend("artwork", error)
    present = [f"{name} is {'set' if os.environ.get(name) else 'not set'}" for name in KEYS]
    return [painter, Finding("key", "ok", ", ".join(present))]


def opengl() -> Finding:
    """Who draws in 3D."""
    try:
        with some_display():
            application = make_application()
            text = describe_opengl()
            del application  # it had to live until here
    except PackdeskError as error:
        return to_mend("OpenGL", error)
    return Finding("OpenGL", "ok", text)
