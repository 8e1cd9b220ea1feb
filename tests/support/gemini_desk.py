"""The services over a file, with Gemini behind them: the real client, talking to the local server."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from packdesk.generation.gemini.provider import GeminiOptions, GeminiProvider
from packdesk.generation.keys import KeyKeeper
from packdesk.services.designs import DesignService
from packdesk.services.generation import GenerationOptions, GenerationService
from packdesk.services.pictures import PictureService
from packdesk.services.shared_state import SharedState
from packdesk.services.unfinished import UnfinishedService
from packdesk.store.job_records import JobFolder
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.disk import DiskCache
from packdesk.textures.fitting import reference_copy
from packdesk.textures.library import TextureLibrary, hash_in_url
from packdesk.textures.reader import TextureReader
from support.stores import CountingStore
from support.tidying import tidying_over

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from packdesk.domain.state import PanelTexture
    from support.gemini_answers import SeenRequest
    from support.gemini_server import GeminiServer

DPI = 72
_ROLES = {
    "front": "This is the front,",
    "back": "This is the back.",
    "left": "This is the left side:",
    "right": "This is the right side:",
    "top": "This is the top:",
    "bottom": "This is the bottom:",
    "body": "This is the wrap around the cylinder.",
}


def panel_of(seen: SeenRequest) -> str:
    """The panel a request is for."""
    (found,) = [panel_id for panel_id, told in _ROLES.items() if told in seen.prompt]
    return found


class GeminiDesk:
    """One running packdesk without a window. `all_at_once` and `parallel` as in `GenerationOptions`."""

    def __init__(
        self,
        folder: Path,
        server: GeminiServer,
        *,
        all_at_once: bool = False,
        parallel: int | None = None,
        **options: Any,
    ) -> None:
        self.folder = folder
        self.server = server
        self.store = CountingStore(SqliteStore(folder / "store.sqlite3"))
        wanted = GeminiOptions(**{"url": server.url, "deadline_s": 60.0, **options})
        self.provider = GeminiProvider(KeyKeeper("gemini", SecretStr(server.key)), wanted)
        self.library = TextureLibrary(folder / "library")
        self.shared = SharedState(self.store)
        jobs = JobFolder(folder / "jobs", self.store.place)
        reader = TextureReader(self.library, DiskCache(folder / "cache", 10_000_000))
        tidying = tidying_over(self.store, self.library, folder)
        how = GenerationOptions(dpi=DPI, all_at_once=all_at_once, parallel=parallel)
        self.designs = DesignService(self.shared)
        self.generation = GenerationService(self.shared, self.provider, reader, jobs, how, tidying=tidying)
        self.pictures = PictureService(self.shared, self.library, reader, DPI, tidying)
        self.unfinished = UnfinishedService(self.shared, jobs, self.generation)

    def picture(self, texture: PanelTexture) -> bytes:
        """What stands on a panel."""
        return self.library.read(hash_in_url(texture.texture_url) or "")

    def shown_copy(self, texture: PanelTexture) -> bytes:
        """The same as it is shown to the model."""
        return reference_copy(self.picture(texture))

    def noted_pictures(self) -> int:
        """How many pictures the records of running or interrupted jobs hold."""
        records = (self.folder / "jobs").glob("*.json")
        return sum(len(json.loads(path.read_text())["textures"]) for path in records)

    async def aclose(self) -> None:
        await self.generation.aclose()
        self.store.close()


@contextlib.asynccontextmanager
async def open_desk(folder: Path, server: GeminiServer, **options: Any) -> AsyncIterator[GeminiDesk]:
    """A desk that is closed at the end."""
    desk = GeminiDesk(folder, server, **options)
    try:
        yield desk
    finally:
        await desk.aclose()
