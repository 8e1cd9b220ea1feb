"""Every fault of the tests' table on the left panel: what the user reads, and what is kept of the six."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from packdesk.domain.order import GenerationOrder

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from support.gemini_answers import draw_picture
from support.gemini_cases import CASES, Places, closed_address, grained_picture
from support.gemini_desk import open_desk, panel_of
from support.gemini_server import GeminiServer

from packdesk.errors import PackdeskError
from packdesk.generation.gemini import retrying

if TYPE_CHECKING:
    from support.gemini_answers import SeenRequest
    from support.gemini_cases import Case
    from support.gemini_desk import GeminiDesk

    from packdesk.domain.request import PanelRequest
    from packdesk.generation.gemini.provider import GeminiProvider
    from packdesk.textures.check import CleanPicture

PROMPT = "vintage floral in navy"
LEFT = "left"
HASTE_S = 3.0  # the other panels are to come in time
SCALE = 4


def draw(seen: SeenRequest, width: int, height: int) -> bytes:
    """The damaged picture is like a photograph; the others are small, to be quick."""
    return (
        grained_picture(seen, width, height)
        if panel_of(seen) == LEFT
        else draw_picture(seen, width // SCALE, height // SCALE)
    )


async def meet(case: Case, places: Places, folder: Path) -> tuple[str, str, int, str]:
    """Class, sentence, requests for the panel, and what was kept."""
    places.server.reset()
    case.spoil(places, when=lambda seen: panel_of(seen) == LEFT)
    caught: list[PackdeskError] = []
    async with open_desk(folder, places.server) as desk:
        watch(desk, case.provider(places, deadline_s=max(case.deadline_s, HASTE_S)), caught)
        try:
            outcome = await desk.generation.generate(GenerationOrder(PROMPT))
            kept = f"{len(outcome.finished)} of 6"
        except PackdeskError as error:
            caught.append(error)
            kept = "not begun"
        writes = [panels for panels in desk.store.writes if panels]
    asked = sum(panel_of(seen) == LEFT for seen in places.server.requests)
    error = caught[-1] if caught else None
    kept += f", {len(writes)} write" if writes else ""
    return type(error).__name__ if error else "-", error.sentence if error else "-", asked, kept


def watch(desk: GeminiDesk, provider: GeminiProvider, caught: list[PackdeskError]) -> None:
    """Have that provider make the pictures, and note its errors for the left panel."""
    generate = provider.generate

    async def noting(request: PanelRequest) -> CleanPicture:
        try:
            return await generate(request)
        except PackdeskError as error:
            if request.panel_id == LEFT:
                caught.append(error)
            raise

    provider.generate = noting
    desk.generation.use_provider(provider)


async def faults() -> None:
    print("Faults of the left panel: class, requests, what was kept, what the user reads (and a remedy)\n")
    retrying.FIRST_PAUSE_S = 0.005
    with contextlib.ExitStack() as stack:
        server, elsewhere = (stack.enter_context(GeminiServer()) for _ in range(2))
        server.picture = draw
        places = Places(server, elsewhere, stack.enter_context(closed_address()))
        for case in CASES:
            with tempfile.TemporaryDirectory() as folder:
                name, sentence, asked, kept = await meet(case, places, Path(folder))
            print(f"{case.name:<27} {name:<22} {asked:>2}  {kept:<15}  {sentence}", flush=True)
        print(f"\nasked elsewhere: {len(elsewhere.requests)}\n")
