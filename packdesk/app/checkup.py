"""What `packdesk doctor` looks at."""

from __future__ import annotations

import asyncio
import platform
import shutil
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

from packdesk import __version__
from packdesk.app.core import choose_provider, open_services
from packdesk.app.display import some_display
from packdesk.app.window import make_application
from packdesk.errors import PackdeskError
from packdesk.textures.disk import DiskCache
from packdesk.viewer.setup import describe_opengl

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.settings import Settings

LOW_SPACE_BYTES = 500 * 2**20
PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "pydantic", "redis", "google-genai", "Pillow")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; the verdict is `ok`, `note` or `mend`."""

    subject: str
    verdict: Literal["ok", "note", "mend"]
    text: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        """For JSON."""
        return asdict(self)


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; never raises for what it finds."""
    return [
        _versions(),
        _store(settings),
        _library(settings.library_dir),
        _cache(settings),
        Finding("artwork", "ok", f"made by “{choose_provider(settings).name}”"),
        _opengl(),
    ]


def _versions() -> Finding:
    found = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return Finding("versions", "ok", f"packdesk {__version__}, Python {platform.python_version()}, {found}")


def _store(settings: Settings) -> Finding:
    try:
        with open_services(settings) as services:
            state = asyncio.run(services.designs.get_state())
    except PackdeskError as error:
        return Finding("store", "mend", error.sentence, error.remedy)
    shown = len(state.panel_textures)
    return Finding(
        "store",
        "ok",
        f"{services.store_kind}, {services.store_place}: {state.package_type}, {shown} textures",
    )


def _library(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        free = shutil.disk_usage(folder).free
    except OSError:
        return Finding(
            "textures", "mend", f"{folder} cannot be written", "Make it yours, or set PACKDESK_TEXTURE_DIR."
        )
    text = f"{folder}: {len(list(folder.glob('*.png')))} pictures, {free / 2**30:.1f} GB free"
    if free < LOW_SPACE_BYTES:
        return Finding("textures", "note", text, "Free some space before generating.")
    return Finding("textures", "ok", text)


def _cache(settings: Settings) -> Finding:
    cache = DiskCache(settings.cache_dir / "textures", settings.cache_mb * 2**20)
    return Finding(
        "cache", "ok", f"{cache.folder}: {cache.used_bytes() / 2**20:.1f} of {settings.cache_mb} MB"
    )


def _opengl() -> Finding:
    try:
        with some_display():
            application = make_application()
            text = describe_opengl()
            del application  # it had to live until here
    except PackdeskError as error:
        return Finding("OpenGL", "mend", error.sentence, error.remedy)
    return Finding("OpenGL", "ok", text)
