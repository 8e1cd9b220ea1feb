"""Painting in processes of their own: the same pictures, stopped in time, and nobody is left behind."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.errors import GenerationFailedError
from packdesk.generation.offline.canvas import PaintingStoppedError
from packdesk.generation.offline.provider import ProcessWorkers, ThreadWorkers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

BOX = Dimensions(width=50, height=75, depth=50)
PATIENCE_S = 60.0


def make_request(prompt: str = 'floral "Sol Field"', dpi: float = 60) -> PanelRequest:
    return PanelRequest(
        prompt=prompt,
        panel_id="front",
        size=panel_sizes("box", BOX)["front"],
        package_type="box",
        package_dimensions=BOX,
        dpi=dpi,
    )


@pytest.fixture
async def apart() -> AsyncIterator[ProcessWorkers]:
    painters = ProcessWorkers(1)
    yield painters
    await painters.aclose()


@pytest.mark.usefixtures("qapp")
async def test_pictures_painted_apart_are_those_painted_here(apart: ProcessWorkers) -> None:
    assert await apart.paint(make_request()) == await ThreadWorkers().paint(make_request())


async def test_nobody_paints_on_when_nobody_waits(
    apart: ProcessWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    await apart.paint(make_request())
    works: list[Future[Any]] = []
    pool = apart._pool
    assert pool is not None
    submit = pool.submit

    def noted(*words: Any) -> Future[Any]:
        works.append(submit(*words))
        return works[-1]

    monkeypatch.setattr(pool, "submit", noted)
    # Cancelled futures are forgotten by asyncio, but the pool still tells how the work ended.
    monkeypatch.setattr(Future, "cancel", lambda _: False)
    painting = asyncio.create_task(apart.paint(make_request(dpi=1200)))
    while not (works and works[0].running()):  # noqa: ASYNC110  (a pool has no event for it)
        await asyncio.sleep(0.01)
    painting.cancel()
    await asyncio.gather(painting, return_exceptions=True)
    assert isinstance(await asyncio.to_thread(works[0].exception, PATIENCE_S), PaintingStoppedError)


async def test_a_painter_that_dies_is_told_and_replaced(apart: ProcessWorkers) -> None:
    await apart.paint(make_request())
    painting = asyncio.create_task(apart.paint(make_request(dpi=1200)))
    await asyncio.sleep(0)
    for child in multiprocessing.active_children():
        child.kill()
    with pytest.raises(GenerationFailedError, match="Painting stopped unexpectedly"):
        await painting
    assert (await apart.paint(make_request())).width == make_request().pixel_size()[0]


SCRIPT = """
import asyncio, multiprocessing, test_painters as here
from packdesk.generation.offline.provider import ProcessWorkers

async def main():
    painters = ProcessWorkers(1)
    await painters.paint(here.make_request())
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    await asyncio.sleep(600)

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_painters_end_with_a_window_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "window.py"
    script.write_text(SCRIPT)
    paths = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    window = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert window.stdout is not None
    children = [int(word) for word in window.stdout.readline().split()]
    assert children
    window.send_signal(signal.SIGKILL)
    window.communicate()
    deadline = time.monotonic() + PATIENCE_S
    while any(_lives(child) for child in children):
        assert time.monotonic() < deadline, "a painter lives on"
        time.sleep(0.02)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
