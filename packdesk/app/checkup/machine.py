"""This machine: versions, who paints, OpenGL."""

from __future__ import annotations

import asyncio
import os
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from packdesk import __version__
from packdesk.app.application import make_application
from packdesk.app.checkup.finding import Finding, to_mend
from packdesk.app.checkup.pictures import check_writable
from packdesk.app.choices import key_keeper
from packdesk.app.core import choose_provider
from packdesk.app.display import has_display, some_display
from packdesk.domain.text import printable
from packdesk.errors import PackdeskError
from packdesk.settings import settings_file
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


def settings_folder() -> Finding:
    """Whether what is set in the window can be kept."""
    folder = settings_file().parent
    try:
        check_writable(folder)
    except OSError:
        remedy = "Check that it is yours and has free space, or set PACKDESK_CONFIG_DIR to another one."
        return Finding("settings", "mend", f"{folder} cannot be written", remedy)
    return Finding("settings", "ok", f"kept in {folder}")


def network() -> Finding:
    """Whether the environment sends requests through a proxy, and whether that can be used."""
    from packdesk.generation.gemini.network import check_network, proxies  # noqa: PLC0415  (brings urllib)

    try:
        check_network()
    except PackdeskError as error:
        return to_mend("network", error)
    used = [f"{proxy.scheme}://{proxy.place} ({proxy.variable})" for proxy in proxies()[:1]]
    return Finding("network", "ok", f"through the proxy {printable(used[0])}" if used else "no proxy is set")


def display() -> list[Finding]:
    """Whether a desktop session is named that does not answer, so that no window can open."""
    named = [name for name in ("DISPLAY", "WAYLAND_DISPLAY") if os.environ.get(name)]
    if not named or has_display():
        return []
    text = f"Nothing answers at {', '.join(named)}: windows cannot be opened."
    return [
        Finding("display", "note", text, "Correct or remove the variable; commands draw without a display.")
    ]


async def _chosen(settings: Settings, keys: KeyKeeper) -> str:
    provider = choose_provider(settings, keys)
    await provider.prepare()
    await provider.aclose()
    return provider.profile.name


def opengl() -> Finding:
    """Who draws in 3D."""
    try:
        with some_display(session=True):
            application = make_application()
            text = describe_opengl()
            del application  # it had to live until here
    except PackdeskError as error:
        return to_mend("OpenGL", error)
    return Finding("OpenGL", "ok", text)
