"""The tests' local Gemini server in a process of its own, so that it takes no time from what is measured."""

from __future__ import annotations

import contextlib
import multiprocessing
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import numpy as np
from PIL import Image
from support.gemini_answers import encode, pixel_size
from support.gemini_server import GeminiServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support.gemini_answers import SeenRequest

SPAWN = multiprocessing.get_context("spawn")
GRAIN = 5.0
BLOT_PX = 48


@lru_cache(maxsize=8)
def photograph(width: int, height: int) -> bytes:
    """A picture as hard to pack as a photograph: soft blots of colour under grain."""
    dice = np.random.default_rng(width * height)
    small = dice.integers(0, 256, (max(2, height // BLOT_PX), max(2, width // BLOT_PX), 3), dtype=np.uint8)
    soft = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
    grainy = np.asarray(soft, dtype=np.float32)
    grainy = grainy + dice.normal(0, GRAIN, grainy.shape).astype(np.float32)
    return encode(Image.fromarray(grainy.clip(0, 255).astype(np.uint8)))


def send_photograph(_: SeenRequest, width: int, height: int) -> bytes:
    return photograph(width, height)


class GeminiProcess:
    """The server's address and the line to it."""

    key = GeminiServer.key

    def __init__(self, line: Any) -> None:
        self._line = line
        self.url: str = line.recv()

    def delay(self, seconds: float) -> None:
        """Let every answer take so long."""
        self._ask("delay", seconds)

    def draw_ahead(self, shapes: Sequence[tuple[str, str]]) -> None:
        """Have the pictures of these ratios and tiers ready."""
        self._ask("draw", sorted(set(shapes)))

    def _ask(self, *words: object) -> None:
        self._line.send(words)
        self._line.recv()


@contextlib.contextmanager
def gemini_process() -> Iterator[GeminiProcess]:
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        yield GeminiProcess(here)
    finally:
        here.close()
        process.join()


def _serve(line: Any) -> None:
    with GeminiServer() as server, contextlib.suppress(EOFError):
        server.picture = send_photograph
        line.send(server.url)
        while True:
            word, value = line.recv()
            if word == "delay":
                server.delay_s = value
            else:
                for ratio, tier in value:
                    photograph(*pixel_size(ratio, tier))
            line.send(None)
