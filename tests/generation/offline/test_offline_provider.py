"""The provider's promises: asynchronous, cancellable, clear about what it needs."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.errors import GenerationFailedError
from packdesk.generation.offline import lettering, panels
from packdesk.generation.offline.canvas import PaintingStoppedError
from packdesk.generation.offline.panels import Painted, paint_and_tell, paint_panel
from packdesk.generation.offline.provider import OfflineProvider
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.generation.base import Provider

pytestmark = pytest.mark.usefixtures("qapp")

BOX = Dimensions(width=50, height=75, depth=50)


def make_request(prompt: str = "dots", panel_id: str = "front", dpi: float = 40) -> PanelRequest:
    return PanelRequest(
        prompt=prompt,
        panel_id=panel_id,
        size=panel_sizes("box", BOX)[panel_id],
        package_type="box",
        package_dimensions=BOX,
        dpi=dpi,
    )


async def test_it_is_a_provider_that_gives_png() -> None:
    offline: Provider = OfflineProvider()
    answer = await offline.generate(make_request())
    assert offline.profile.name == "offline"
    assert answer.png.startswith(b"\x89PNG")
    assert QImage.fromData(answer.png).size().toTuple() == make_request().pixel_size()


async def test_six_panels_at_once_are_the_panels_painted_alone() -> None:
    requests = [make_request("floral", panel_id) for panel_id in panel_sizes("box", BOX)]
    together = await asyncio.gather(*(OfflineProvider().generate(request) for request in requests))
    assert [one.png for one in together] == [clean_picture(paint_panel(request)).png for request in requests]


async def test_the_loop_stays_free_while_painting() -> None:
    painting = asyncio.create_task(OfflineProvider().generate(make_request("floral", dpi=200)))
    ticks = 0
    while not painting.done():
        await asyncio.sleep(0.005)
        ticks += 1
    assert ticks > 3


async def test_cancelling_ends_the_painting_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = threading.Event(), threading.Event()
    endings: list[type[BaseException] | None] = []

    def watched(request: PanelRequest, cancelled: Callable[[], bool]) -> Painted:
        begun.set()
        try:
            return paint_and_tell(request, cancelled)
        except BaseException as error:
            endings.append(type(error))
            raise
        finally:
            ended.set()

    monkeypatch.setattr(panels, "paint_and_tell", watched)
    task = asyncio.create_task(OfflineProvider().generate(make_request("floral", dpi=1200)))
    assert await asyncio.to_thread(begun.wait, 5)
    await asyncio.sleep(0.02)
    cancelled = time.perf_counter()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.perf_counter() - cancelled < 0.5
    assert await asyncio.to_thread(ended.wait, 3)
    assert endings == [PaintingStoppedError]


async def test_missing_typefaces_are_told_to_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*parts: str) -> None:
        raise FileNotFoundError("/".join(parts))

    monkeypatch.setattr(lettering, "asset_path", nothing)
    with pytest.raises(GenerationFailedError, match="fonts"):
        lettering._register()


async def test_running_out_of_memory_is_told_to_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(request: PanelRequest, stop: threading.Event) -> bytes:
        raise MemoryError

    monkeypatch.setattr(panels, "paint_and_tell", exhausted)
    with pytest.raises(GenerationFailedError, match="memory"):
        await OfflineProvider().generate(make_request())


def in_a_fresh_process(code: str) -> str:
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return answer.stdout.strip()


def test_without_an_application_the_error_says_so() -> None:
    answer = in_a_fresh_process(f"""
from packdesk.domain.request import PanelRequest
from packdesk.errors import DisplayError
from packdesk.generation.offline.panels import Painted, paint_and_tell, paint_panel
try:
    paint_panel(PanelRequest.model_validate_json({make_request().model_dump_json()!r}))
except DisplayError as error:
    print(error.remedy)
""")
    assert answer == "Start packdesk again."


def test_importing_needs_neither_widgets_nor_an_application() -> None:
    answer = in_a_fresh_process("""
import sys
import packdesk.generation.offline
from PySide6.QtCore import QCoreApplication
print("PySide6.QtWidgets" in sys.modules, QCoreApplication.instance() is None)
""")
    assert answer == "False True"
