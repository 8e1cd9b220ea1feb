"""This machine: versions, who paints, OpenGL."""

from __future__ import annotations

import asyncio
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from packdesk import __version__
from packdesk.app.application import make_application
from packdesk.app.checkup.finding import Finding, to_mend
from packdesk.app.choices import key_keeper
from packdesk.app.core import choose_provider
from packdesk.app.display import some_display
from packdesk.errors import PackdeskError
from packdesk.viewer.setup import describe_opengl

if TYPE_CHECKING:
    from packdesk.generation.keys import KeyKeeper
    from packdesk.settings import Settings

PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "pydantic", "redis", "google-genai", "Pillow")


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
    keys = key_keeper(settings)
    try:
        painter = Finding("artwork", "ok", f"made by “{asyncio.run(_chosen(settings, keys))}”")
    except PackdeskError as error:
        painter = to_mend("artwork", error)
    _, source = keys.find()
    told = "no key for Gemini" if source == "none" else f"a key for Gemini is there, from the {source}"
    return [painter, Finding("key", "ok", told)]


async def _chosen(settings: Settings, keys: KeyKeeper) -> str:
    provider = choose_provider(settings, keys)
    await provider.prepare()
    await provider.aclose()
    return provider.profile.name


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
