"""The pictures of the current design, as far as this machine has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.app.checkup.card import card
from packdesk.app.checkup.finding import Finding
from packdesk.app.core import texture_library
from packdesk.errors import PackdeskError
from packdesk.textures.disk import DiskCache
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.settings import Settings


def panels(settings: Settings, state: PackagingState | None) -> list[Finding]:
    """Which panels can be shown here, and what they take on the graphics card; nothing is fetched for it.

    A cut that had gone is made again, as wherever one is read.
    """
    if state is None:
        return []
    textures = state.texture_urls()
    cached = _cache(settings)
    remote = [panel_id for panel_id, url in textures.items() if _is_remote(url) and cached.get(url) is None]
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
    used = kept.used_bytes() / 2**20
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
    return DiskCache(settings.cache_dir / "textures", settings.cache_mb * 2**20)


def _is_remote(url: str) -> bool:
    return url.partition(":")[0].lower() in {"http", "https"}
