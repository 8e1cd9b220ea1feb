"""Gemini beside a plain loop over its client: time, cancelling, fluidity and memory, faults, and the cut.

The service is the tests' local server; what Google's own service takes comes on top of every figure.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from gemini_cut import cut
from gemini_faults_met import faults
from gemini_process import gemini_process
from google import genai
from google.genai import types
from support.gemini_desk import DPI, GeminiDesk, open_desk
from tables import table

from packdesk.domain.order import GenerationOrder
from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.domain.state import default_state, utc_text
from packdesk.generation.gemini.prompting import panel_prompt
from packdesk.generation.gemini.provider import DEFAULT_MODEL, GeminiOptions, GeminiProvider
from packdesk.generation.keys import KeyKeeper
from packdesk.services import placing
from packdesk.textures.check import clean_picture
from packdesk.textures.notes import making_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gemini_process import GeminiProcess

LATENCIES_S = (0.25, 1.0)
CANCELS, CANCEL_LATENCY_S = 50, 0.25
TIERS = ("1K", "2K", "4K")
PROMPT = "vintage floral in navy"
BOX = PANEL_IDS["box"]


def requests(dpi: float) -> list[PanelRequest]:
    """What is asked for the default box."""
    state = default_state()
    sizes = panel_sizes(state.package_type, state.package_dimensions)
    return [
        PanelRequest(
            prompt=PROMPT,
            panel_id=panel_id,
            size=sizes[panel_id],
            package_type=state.package_type,
            package_dimensions=state.package_dimensions,
            dpi=dpi,
        )
        for panel_id in BOX
    ]


def shapes(dpi: float, tier: str | None = None) -> list[tuple[str, str]]:
    """Ratios and tiers that will be ordered for it."""
    provider = GeminiProvider(KeyKeeper("gemini"), GeminiOptions(tier=tier))
    plans = [provider.plan(request) for request in requests(dpi)]
    return [(plan.ratio, plan.tier) for plan in plans]


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    started = time.perf_counter()
    await work()
    return time.perf_counter() - started


def naive(server: GeminiProcess, desk: GeminiDesk) -> None:
    """One panel after another, with Google's client as its guide shows it."""
    options = types.HttpOptions(base_url=server.url, client_args={"trust_env": False})
    with genai.Client(vertexai=False, api_key=server.key, http_options=options) as client:
        for request in requests(DPI):
            plan = desk.provider.plan(request)
            shape = types.ImageConfig(aspect_ratio=plan.ratio, image_size=plan.tier)
            answer = client.models.generate_content(
                model=DEFAULT_MODEL,
                contents=panel_prompt(request, plan),
                config=types.GenerateContentConfig(response_modalities=["IMAGE"], image_config=shape),
            )
            data = next(part.inline_data.data for part in answer.parts or [] if part.inline_data)
            picture, hold = clean_picture(data or b""), desk.library.holds.open()
            making = making_of("answer", request.prompt, utc_text())
            laid = placing.keep(desk.library, picture, making, hold)
            placing.cut(desk.library, laid, request.size, hold, dpi=DPI, wraps=request.wraps)


async def latency(server: GeminiProcess) -> None:
    print("Six panels against the service's latency; seconds\n")
    server.draw_ahead(shapes(DPI))
    rows: list[list[object]] = []
    for seconds in LATENCIES_S:
        times: dict[str, float] = {}
        for name, all_at_once in (("ours, all at once", True), ("ours, front first as reference", False)):
            with tempfile.TemporaryDirectory() as folder:
                async with open_desk(Path(folder), server, all_at_once=all_at_once) as desk:
                    server.delay(0)
                    await desk.generation.generate(GenerationOrder(PROMPT))  # opens connections and files
                    server.delay(seconds)
                    times[name] = await timed(
                        lambda desk=desk: desk.generation.generate(GenerationOrder(PROMPT))
                    )
                    if all_at_once:
                        work = lambda desk=desk: asyncio.to_thread(naive, server, desk)  # noqa: E731
                        times = {"plain loop": await timed(work), **times}
        first = times["plain loop"]
        rows += [
            [f"{seconds:g} s, {name}", took, took / seconds, took / first] for name, took in times.items()
        ]
    table(["latency, method", "s", "x latency", "x plain loop"], rows)


async def cancelling(server: GeminiProcess) -> None:
    seed = random.randrange(10_000)
    chance = random.Random(seed)
    server.delay(CANCEL_LATENCY_S)
    idle_ms, seen, flags = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        async with open_desk(Path(folder), server) as desk:
            whole = await timed(lambda: desk.generation.generate(GenerationOrder(PROMPT)))
            await desk.designs.clear()
            desk.store.writes.clear()
            while len(idle_ms) < CANCELS:
                task = asyncio.create_task(desk.generation.generate(GenerationOrder(PROMPT)))
                done, _ = await asyncio.wait({task}, timeout=chance.uniform(0, whole))
                if done:  # it was faster
                    await desk.designs.clear()
                    desk.store.writes.clear()
                    continue
                started = time.perf_counter()
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
                idle_ms.append(1000 * (time.perf_counter() - started))
                state = await desk.designs.get_state()
                flags += state.generating or bool(desk.store.status().record)
                seen += any(desk.store.writes)
    print(f"Cancelling within {whole:.2f} s, {CANCELS} times at random, seed {seed}\n")
    row = [
        "",
        statistics.median(idle_ms),
        max(idle_ms),
        max(idle_ms) / (1000 * CANCEL_LATENCY_S),
        seen,
        flags,
    ]
    table(["", "median ms to idle", "worst ms", "worst x latency", "commits seen", "flags left"], [row])


def window(server: GeminiProcess) -> None:
    print("Six panels in a session, 300 dpi, incl. the first import of Google's client; ticks each 4 ms\n")
    server.delay(0)
    rows: list[list[object]] = []
    first = 0.0
    for tier in TIERS:
        server.draw_ahead(shapes(300, tier))
        with tempfile.TemporaryDirectory() as folder:
            told = json.loads(in_fresh_interpreter(server, tier, folder))
        gap, grown = told["gap_ms"], told["peak_mb"] - told["before_mb"]
        first = first or grown
        figures = [told["idle_ms"], gap, gap / 100, told["seconds"], told["before_mb"], told["peak_mb"]]
        rows.append([tier, *figures, grown / first])
    headers = ["tier", "idle gap ms", "gap ms", "x 100 ms", "s", "MB before", "peak MB", "growth x 1K"]
    table(headers, rows)


def in_fresh_interpreter(server: GeminiProcess, tier: str, folder: str) -> str:
    program = Path(__file__).with_name("generation_window.py")
    words = [sys.executable, str(program), server.url, server.key, tier, folder]
    screen = {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, env={**os.environ, **screen})
    return done.stdout.decode()


def main() -> None:
    started = time.monotonic()
    warnings.simplefilter("ignore")  # Google's client warns of answers it does not know
    with gemini_process() as server:
        asyncio.run(latency(server))
        asyncio.run(cancelling(server))
        window(server)
    asyncio.run(faults())
    cut()
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
