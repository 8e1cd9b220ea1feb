"""Random use of the services, with restarts in between, against a plain model of what must stand."""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from support.providers import ScriptedProvider, picture_bytes
from support.sizes import sized
from support.tidying import tidying_over
from support.writing import put

from packdesk.domain.dimensions import DEFAULT_DIMENSIONS, PackageType
from packdesk.domain.order import GenerationOrder
from packdesk.domain.panels import PANEL_IDS
from packdesk.services.designs import DesignService
from packdesk.services.generation import GenerationService
from packdesk.services.pictures import PictureService
from packdesk.services.shared_state import SharedState
from packdesk.store.job_records import JobFolder
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.disk import DiskCache
from packdesk.textures.library import TextureLibrary
from packdesk.textures.reader import TextureReader

if TYPE_CHECKING:
    from collections.abc import Coroutine

side = st.integers(10, 2000)
kinds = st.sampled_from(["box", "cylinder"])


class DesignMachine(RuleBasedStateMachine):
    """Sizes, types, artwork, failures, foreign fields and restarts in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name)
        self.picture = self.path / "picture.png"
        self.picture.write_bytes(picture_bytes(9))
        self.loop = asyncio.new_event_loop()
        self.kind: PackageType = "box"
        self.size = DEFAULT_DIMENSIONS["box"].as_tuple()
        self.prompts: dict[str, str] = {}
        self.mark: int | None = None
        self._open()

    @rule()
    def start_anew(self) -> None:
        """A new process: nothing is left in memory."""
        self.store.close()
        self._open()

    def _open(self) -> None:
        self.store = SqliteStore(self.path / "store.sqlite3")
        self.provider = ScriptedProvider()
        library = TextureLibrary(self.path / "library")
        shared = SharedState(self.store)
        jobs = JobFolder(self.path / "jobs", self.store.place)
        tidying = tidying_over(self.store, library, self.path)
        self.designs = DesignService(shared)
        reader = TextureReader(library, DiskCache(self.path / "cache", 1000))
        self.generation = GenerationService(shared, self.provider, reader, jobs, tidying=tidying)
        self.pictures = PictureService(shared, library, reader, 36, tidying)

    @rule(kind=kinds, width=side, height=side, depth=side)
    def resize(self, kind: PackageType, width: int, height: int, depth: int) -> None:
        depth = width if kind == "cylinder" else depth
        self._run(self.designs.update_dimensions(sized(kind, width, height, depth)))
        self.size = (width, height, depth)
        self._become(kind)

    @rule(kind=kinds)
    def switch(self, kind: PackageType) -> None:
        self._run(self.designs.update_dimensions(sized(kind, *DEFAULT_DIMENSIONS[kind].as_tuple())))
        self.size = DEFAULT_DIMENSIONS[kind].as_tuple()
        self._become(kind)

    @rule(data=st.data())
    def generate(self, data: st.DataObject) -> None:
        panels = PANEL_IDS[self.kind]
        failing = data.draw(st.sets(st.sampled_from(panels)))
        prompt = data.draw(st.sampled_from(["red roses", "blue waves", "green ferns"]))
        self.provider.failing = tuple(failing)
        outcome = self._run(self.generation.generate(GenerationOrder(prompt)))
        assert set(outcome.failures) == failing
        assert all(panel_id in str(outcome.state.last_error) for panel_id in failing)
        self.prompts |= {panel_id: prompt for panel_id in panels if panel_id not in failing}

    @rule(data=st.data())
    def import_one(self, data: st.DataObject) -> None:
        panel_id = data.draw(st.sampled_from(PANEL_IDS[self.kind]))
        self._run(self.pictures.import_picture(panel_id, self.picture))
        self.prompts[panel_id] = "Imported from picture.png"

    @rule()
    def clear(self) -> None:
        self._run(self.designs.clear())
        self.kind, self.size, self.prompts = "box", DEFAULT_DIMENSIONS["box"].as_tuple(), {}

    @rule(number=st.integers())
    def foreign_field(self, number: int) -> None:
        """Another program adds a field of its own."""
        raw = self.store.load()
        if raw is not None:
            put(self.store, json.dumps({**json.loads(raw), "mark": number}).encode())
            self.mark = number

    @invariant()
    def what_stands_is_what_was_done(self) -> None:
        state = self._run(self.designs.get_state())
        assert (state.package_type, state.package_dimensions.as_tuple()) == (self.kind, self.size)
        assert {name: texture.prompt for name, texture in state.panel_textures.items()} == self.prompts
        assert not state.generating
        assert (state.model_extra or {}).get("mark") == self.mark
        for texture in state.panel_textures.values():
            assert self._run(self.pictures.read_picture(texture.texture_url))

    def teardown(self) -> None:
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()
        self.store.close()
        self._folder.cleanup()

    def _become(self, kind: PackageType) -> None:
        if kind != self.kind:
            self.kind, self.prompts = kind, {}

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)


TestDesignMachine = DesignMachine.TestCase
TestDesignMachine.settings = settings(max_examples=25, stateful_step_count=20)
