"""The pictures: those of the current design, the texture folders, and what all of them take."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.app.checkup.finding import Finding
from packdesk.app.checkup.store import looking_store
from packdesk.app.core import MB, texture_library, tidy_service
from packdesk.errors import PackdeskError
from packdesk.textures.disk import DiskCache
from packdesk.textures.reader import TextureReader
from packdesk.viewer.budget import CARD_BYTES, first_levels, level_size, texture_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packdesk.domain.state import PackagingState
    from packdesk.services.tidying import Tidied
    from packdesk.settings import Settings

LOW_SPACE_BYTES = 500 * MB


def panels(settings: Settings, state: PackagingState | None) -> list[Finding]:
    """Which panels can be shown here, and what they take on the graphics card; nothing is fetched for it.

    A cut that had gone is made again, as wherever one is read.
    """
    if state is None:
        return []
    textures = state.texture_urls()
    cached = _cache(settings)
    remote = [
        panel_id
        for panel_id, url in textures.items()
        if url.partition(":")[0].lower() in {"http", "https"} and cached.get(url) is None
    ]
    pngs, missing = _read(settings, {name: url for name, url in textures.items() if name not in remote})
    return [
        Finding("panels", "ok", f"on this machine: {', '.join(pngs) or 'none'}"),
        *(
            Finding("panels", "mend", f"{name}: {error.sentence}", error.terminal_remedy())
            for name, error in missing.items()
        ),
        *_not_fetched(remote),
        card(pngs),
    ]


def cache(settings: Settings) -> Finding:
    """How full the cache of fetched pictures is."""
    kept = _cache(settings)
    try:
        check_writable(kept.folder)
    except OSError:
        remedy = "Check that it is yours and has free space, or set PACKDESK_CACHE_DIR to another one."
        return Finding("cache", "mend", f"{kept.folder} cannot be written", remedy)
    used = kept.used_bytes() / MB
    return Finding("cache", "ok", f"{kept.folder}: {used:.1f} of {settings.cache_mb} MB")


def _not_fetched(remote: list[str]) -> list[Finding]:
    if not remote:
        return []
    text = f"not fetched yet: {', '.join(remote)}"
    return [Finding("panels", "note", text, "They are fetched when the design is shown with a network.")]


def _read(settings: Settings, textures: dict[str, str]) -> tuple[dict[str, bytes], dict[str, PackdeskError]]:
    reader = TextureReader(texture_library(settings), _cache(settings))
    pngs, missing = {}, {}
    for panel_id, url in textures.items():
        try:
            pngs[panel_id] = reader.read(url)
        except PackdeskError as error:
            missing[panel_id] = error
    return pngs, missing


def _cache(settings: Settings) -> DiskCache:
    return DiskCache(settings.cache_dir / "textures", settings.cache_mb * MB)


def card(pngs: Mapping[str, bytes]) -> Finding:
    """How much of the budget for artwork is used, and whose pictures are shown smaller for it.

    Args:
        pngs: the checked pictures by panel.
    """
    sizes = {panel_id: _size(png) for panel_id, png in pngs.items()}
    levels = first_levels(sizes)
    used = sum(texture_bytes(level_size(size, levels[panel_id])) for panel_id, size in sizes.items())
    text = f"the pictures take {used / MB:.1f} of {CARD_BYTES // MB} MB that artwork may have in a 3D view"
    reduced = [f"{panel_id} at 1/{2 ** levels[panel_id]}" for panel_id in sizes if levels[panel_id]]
    if not reduced:
        return Finding("card", "ok", text)
    return Finding(
        "card",
        "note",
        f"{text}; smaller there: {', '.join(reduced)} of its resolution",
        "Dielines and 3D models have them in full; nothing needs to be done.",
    )


def _size(png: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
        return picture.size


def texture_folders(settings: Settings) -> list[Finding]:
    """One finding a folder, the library first."""
    return [_own(settings.library_dir), *(_shared(folder) for folder in settings.shared_texture_dirs)]


def check_writable(folder: Path) -> None:
    """Write into a folder, which is made where it is not there.

    Raises:
        OSError: that cannot be done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def _own(folder: Path) -> Finding:
    try:
        check_writable(folder)
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


def library(settings: Settings) -> list[Finding]:
    """How much is kept for good, how full the budget for cuts is, and what `packdesk tidy` would remove.

    Where the store does not answer, it is not known what is in use.
    """
    try:
        with looking_store(settings) as store:
            found = asyncio.run(tidy_service(settings, store, texture_library(settings)).tidy(dry_run=True))
    except PackdeskError as error:
        return [Finding("library", "note", f"not examined. {error.sentence}", error.terminal_remedy())]
    return [_taken(found)]


def _taken(found: Tidied) -> Finding:
    cut = found.in_use.bytes + found.free.bytes
    text = (
        f"answers and imports: {found.kept.pictures} pictures, {found.kept.bytes / MB:.1f} MB; "
        f"cut to size: {found.in_use.pictures + found.free.pictures}, {cut / MB:.1f} of "
        f"{found.budget / MB:.0f} MB, of which {found.in_use.pictures} are in use"
    )
    if not found.free.pictures:
        return Finding("library", "ok", text)
    free = f"{found.free.pictures} can go, {found.free.bytes / MB:.1f} MB"
    return Finding("library", "ok", f"{text} and {free}", "“packdesk tidy” removes those.")
