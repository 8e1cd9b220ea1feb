"""The texture folders: the library that is written, and those that are only read."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING

from packdesk.app.checkup.finding import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.settings import Settings

LOW_SPACE_BYTES = 500 * 2**20


def texture_folders(settings: Settings) -> list[Finding]:
    """One finding a folder, the library first."""
    return [_library(settings.library_dir), *(_shared(folder) for folder in settings.shared_texture_dirs)]


def _library(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        text, free = _contents(folder), shutil.disk_usage(folder).free
    except OSError:
        remedy = "Check that it is yours and has free space, or set PACKDESK_TEXTURE_DIR to another one."
        return Finding("textures", "mend", f"{folder} cannot be written", remedy)
    text = f"{text}, can be written, {free / 2**30:.1f} GB free"
    if free < LOW_SPACE_BYTES:
        return Finding("textures", "note", text, "Free some space before generating.")
    return Finding("textures", "ok", text)


def _shared(folder: Path) -> Finding:
    try:
        text = _contents(folder)
    except OSError:
        remedy = "Mount it, or take it out of PACKDESK_SHARED_TEXTURE_DIRS."
        return Finding("textures", "mend", f"{folder} is not there or cannot be read", remedy)
    return Finding("textures", "ok", f"{text}, only read")


def _contents(folder: Path) -> str:
    pictures = sum(1 for entry in os.scandir(folder) if entry.name.endswith(".png"))
    return f"{folder}: {pictures} {'picture' if pictures == 1 else 'pictures'}"
