"""What every peer draws, from where, and how its time is taken."""

from __future__ import annotations

import json
import math
import os
import statistics
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PIL import Image, ImageGrab

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import PANEL_IDS
from packdesk.viewer.camera import Camera

if TYPE_CHECKING:
    import argparse

    import numpy.typing as npt

WIDTH, HEIGHT = 1280, 800
BOX = Dimensions(width=230, height=130, depth=110)
PANELS = PANEL_IDS["box"]
COVERED = 0.6  # of the view by the box
SLIDER_MM = [215 + 0.5 * step for step in range(60)]
WARM_UP, FRAMES = 10, 60


class Peer(Protocol):
    """A library's window. Every method returns once the frame is presented."""

    def show(self) -> None:
        """Make the window with its textures, and present the first frame."""

    def turn(self, step: int) -> None:
        """Look from `camera(step)`."""

    def resize(self, width: float) -> None:
        """Make the box that wide, in millimetres."""

    def draw(self, step: int) -> None:
        """Draw as `turn` does, until the driver is through, without presenting it; not every library can."""

    def replace_textures(self) -> None:
        """Put six other pictures on, which are decoded already."""

    def start_large(self, file: Path) -> None:
        """Have a 4096² PNG put on the front."""

    def large_shown(self) -> bool:
        """Whether it is there."""

    def uploads(self) -> int:
        """Meshes and pictures sent to the card so far, as far as they are counted."""


def camera(step: int) -> Camera:
    """Half a degree further at every step, at the distance where the box covers its share of the view."""
    return replace(_START, azimuth=_START.azimuth + 0.5 * step)


def covered(seen: Camera) -> float:
    """The box's share of the view: its outline is the hull of its corners."""
    corners = np.array([(x, y, z, 1) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0, 1)], dtype=float)
    corners *= (BOX.width, BOX.depth, BOX.height, 1)
    clip = corners @ (seen.projection_matrix(WIDTH / HEIGHT) @ seen.view_matrix()).T
    return _hull_area(clip[:, :2] / clip[:, 3:]) / 4


def _hull_area(points: npt.NDArray[np.float64]) -> float:
    ordered = sorted(map(tuple, points))

    def half(run: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
        hull: list[tuple[float, ...]] = []
        for point in run:
            while len(hull) > 1 and _turn(*hull[-2:], point) <= 0:
                hull.pop()
            hull.append(point)
        return hull[:-1]

    hull = [*half(ordered), *half(ordered[::-1])]
    return abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(hull, hull[1:] + hull[:1], strict=True))) / 2


def _turn(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _start() -> Camera:
    low, high = 100.0, 5000.0
    for _ in range(50):
        middle = math.sqrt(low * high)
        seen = Camera(centre=(0, 0, 0.45 * BOX.height), distance=middle, azimuth=-60, elevation=20)
        low, high = (middle, high) if covered(seen) > COVERED else (low, middle)
    return seen


_START = _start()


def make_pictures(folder: Path) -> None:
    """Two sets of six 1024² RGBA pictures and one of 4096², as PNG: gradients, fine lines, some grain."""
    rng = np.random.default_rng(5)
    for index, panel_id in enumerate(PANELS):
        for name in ("a", "b"):
            _save(_picture(1024, index + 10 * (name == "b"), rng), folder / f"{panel_id}-{name}.png")
    _save(_picture(4096, 3, rng), folder / "large.png")


def _picture(side: int, seed: int, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    y, x = np.mgrid[:side, :side]
    pixels = np.full((side, side, 4), 255, dtype=np.uint8)
    pixels[..., 0] = 255 * x // side
    pixels[..., 1] = 255 * y // side
    pixels[..., 2] = (40 * seed + 90 * ((x // 24 + y // 24) % 2)) % 256
    pixels[..., :3] ^= rng.integers(0, 8, (side, side, 1), dtype=np.uint8)
    return pixels


def _save(pixels: npt.NDArray[np.uint8], file: Path) -> None:
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)


def decoded(file: Path) -> npt.NDArray[np.uint8]:
    """A picture as (height, width, 4)."""
    with Image.open(file) as opened:
        return np.asarray(opened.convert("RGBA"))


def files(folder: Path, name: str) -> dict[str, Path]:
    """The six pictures of a set, by panel."""
    return {panel_id: folder / f"{panel_id}-{name}.png" for panel_id in PANELS}


def measure(peer: Peer, words: argparse.Namespace) -> None:
    """Print what was measured as JSON, in milliseconds, and end the process."""
    result = {"first": _timed(peer.show)}
    for step in range(WARM_UP):
        peer.turn(step)
    spent = time.process_time()
    turns = [_timed(peer.turn, step) for step in range(WARM_UP, WARM_UP + FRAMES)]
    result["frame"] = statistics.median(turns)
    result["cpu"] = 1000 * (time.process_time() - spent) / FRAMES
    if hasattr(peer, "draw"):
        result["drawn"] = statistics.median([_timed(peer.draw, step) for step in range(FRAMES)])
    if not words.empty:
        before = peer.uploads()
        result["slider"] = statistics.median([_timed(peer.resize, width) for width in SLIDER_MM])
        result["slider_uploads"] = peer.uploads() - before
        result["upload"] = _timed(peer.replace_textures)
        result |= _large(peer, words.pictures / "large.png")
    if words.shot:
        peer.turn(0)
        time.sleep(0.2)
        ImageGrab.grab(bbox=(0, 0, WIDTH, HEIGHT), xdisplay="").save(words.shot)
    print(json.dumps(result), flush=True)
    os._exit(0)  # no library's way of taking its window down counts here


def _large(peer: Peer, file: Path) -> dict[str, float]:
    frames: list[float] = []
    started = time.perf_counter()
    frames.append(_timed(peer.start_large, file))
    while not peer.large_shown() or len(frames) < 5:
        frames.append(_timed(peer.turn, 100 + len(frames)))
        if time.perf_counter() - started > 20:
            raise SystemExit("the large picture never arrived")
    spent = 1000 * (time.perf_counter() - started)
    return {"large": spent, "large_worst": max(frames), "large_median": statistics.median(frames)}


def _timed(work: object, *words: object) -> float:
    assert callable(work)
    started = time.perf_counter()
    work(*words)
    return 1000 * (time.perf_counter() - started)


def words() -> argparse.Namespace:
    """The command line of a peer."""
    import argparse  # noqa: PLC0415  (only the peers' own processes read one)

    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=0)
    parser.add_argument("--draft", action="store_true", help="as it is shown while it turns")
    parser.add_argument("--rough", action="store_true", help="without smooth edges")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--alone", action="store_true", help="neither backdrop nor shadows")
    parser.add_argument("--shot", help="a file for a picture of the screen")
    return parser.parse_args()
