"""The window that follows a file, for `links.py`: processes that decode load the main file, too."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QTimer

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from gaps import GapMeter  # noqa: E402
from links import SIDES, WAYS, Colour, picture  # noqa: E402
from tables import table  # noqa: E402

from packdesk.app.application import make_application  # noqa: E402
from packdesk.app.core import build_services, choose_store  # noqa: E402
from packdesk.domain.dieline.build import make_dieline  # noqa: E402
from packdesk.domain.panels import PANEL_IDS  # noqa: E402
from packdesk.generation.offline.provider import OfflineProvider  # noqa: E402
from packdesk.jobs.opening import Opening  # noqa: E402
from packdesk.jobs.session import Session  # noqa: E402
from packdesk.settings import read_settings  # noqa: E402
from packdesk.textures.incoming import IncomingPicture  # noqa: E402
from packdesk.ui.theme import LIGHT  # noqa: E402
from packdesk.ui.window.wiring import make_window  # noqa: E402
from packdesk.viewer.setup import collection_on_this_thread  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

PROMISE_S = 1.0
SHEET_DPI = 150.0
"""Of a blank that has some megapixels then: what one has while one works on it."""
BLACK: Colour = (-99, -99, -99)
KINDS = ("PNG", "JPEG", "TIFF")


class Desk:
    """The window, the process that saves, and what was seen."""

    def __init__(self, folder: Path, *, sheet: bool) -> None:
        self.file, self._sheet = folder / "front.png", sheet
        self.panels = PANEL_IDS["box"] if sheet else ("front",)
        self.sides, self.dpi = SIDES, 300.0
        settings = read_settings(data_dir=folder / "data", cache_dir=folder / "cache")
        self.store = choose_store(settings)
        self.session = Session(Opening.of(build_services(settings, self.store, OfflineProvider())))
        self.window = make_window(self.session, LIGHT)
        self.window.resize(1200, 800)
        self.window.show()
        self.session.begin()
        self.meter = GapMeter()
        self.now: dict[str, Colour] = {}
        self.seen: list[tuple[float, Colour, Colour]] = []
        self.session.textures.changed.connect(self._see)
        self._process = Popen(
            [sys.executable, str(Path(__file__).with_name("links.py")), "--save"],
            stdin=PIPE,
            stdout=PIPE,
            text=True,
        )

    def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Let the window live that long, or until the condition holds."""
        loop, deadline = QEventLoop(), time.monotonic() + seconds
        timer = QTimer(interval=5)
        timer.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > deadline else None)
        timer.start()
        loop.exec()
        return until()

    def save(self, way: str, kind: str, colour: Colour) -> float:
        """Have the other process save a picture; when that was done."""
        told: list[float] = []
        order = {"way": way, "kind": kind, "colour": colour, "file": str(self.file)}
        order |= {"sides": self.sides, "dpi": self.dpi}

        def ask() -> None:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            told.append(float(self._process.stdout.readline()))

        thread = threading.Thread(target=ask)
        thread.start()
        self.run(30, lambda: bool(told))
        thread.join()
        return told[0]

    def trial(self, way: str, kind: str, number: int) -> tuple[float, float] | None:
        """One save: seconds until it was shown, and drawn; None if it never was."""
        self.now = {}
        colour = (20 + number * 37 % 200, 20 + number * 71 % 200, 20 + number * 113 % 200)
        done = self.save(way, kind, colour)
        if not self.run(20, lambda: all(near(self.now.get(name, BLACK), colour) for name in self.panels)):
            return None
        shown = self.seen[-1][0]
        self.run(20, lambda: self.window.view.complete)
        return shown - done, time.monotonic() - done

    def link(self) -> None:
        """Have the panel, or the whole blank, follow the file."""
        links, state = self.session.links, self.session.state
        blank = make_dieline(state.package_type, state.package_dimensions)
        if self._sheet:
            self.dpi = SHEET_DPI
            self.sides = round(blank.width / 25.4 * self.dpi), round(blank.height / 25.4 * self.dpi)
        self.file.write_bytes(picture("PNG", (9, 9, 9), self.sides, self.dpi))
        if not self._sheet:
            links.link({"front": self.file})
            return
        artwork = self.session.artwork
        artwork.sheet_found.disconnect()  # the dialog; agreed to here
        artwork.sheet_found.connect(lambda offer: links.link_sheet(offer, offer.found.placement))
        artwork.look_at_sheet(IncomingPicture.of_file(self.file), blank)

    def _see(self, panel_id: str) -> None:
        shown = self.session.pixmaps.get(panel_id)
        if shown is not None:
            image = shown.image
            below = image.pixelColor(image.width() // 2, image.height() - 3)
            above = image.pixelColor(image.width() // 2, 3)
            self.now[panel_id] = below.getRgb()[:3]
            self.seen.append((time.monotonic(), above.getRgb()[:3], below.getRgb()[:3]))

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self.window.close()
        self.store.close()


def near(one: Any, other: Any) -> bool:
    """Whether two colours are the same, but for the grain and what JPEG makes of it."""
    return all(abs(a - b) <= 24 for a, b in zip(one, other, strict=True))


def measured(desk: Desk, way: str, count: int) -> tuple[list[object], bool]:
    """The row of a way of saving, and whether every promise was kept."""
    desk.seen.clear()
    desk.meter.begin()
    found = [desk.trial(way, KINDS[number % len(KINDS)], number) for number in range(count)]
    shown = sorted(one[0] for one in found if one is not None)
    drawn = sorted(one[1] for one in found if one is not None)
    halves = sum(not near(above, below) for _, above, below in desk.seen)
    late = count - sum(seconds <= PROMISE_S for seconds in shown)
    row: list[object] = [
        way,
        count,
        statistics.median(shown),
        shown[-1],
        statistics.median(drawn),
        late,
        halves,
    ]
    return [*row, desk.meter.longest_ms], not late and not halves


def looking(desk: Desk, seconds: float) -> float:
    """The share of a processor the process takes while nothing happens."""
    begun = time.process_time()
    desk.run(seconds)
    return (time.process_time() - begun) / seconds


def trials(count: int, *, sheet: bool) -> bool:
    """So many saves in each way: whether every promise was kept."""
    app = make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, collection_on_this_thread():
        desk = Desk(Path(folder), sheet=sheet)
        desk.run(5, lambda: desk.session.textures.settled)
        idle = looking(desk, 5)
        desk.link()
        desk.run(30, lambda: len(desk.session.links.views) == len(desk.panels))
        desk.run(3)
        following = looking(desk, 5)
        results = [measured(desk, way, count) for way in WAYS]
        desk.close()
    headers = ("saved", "times", "shown s", "worst s", "drawn s", "late", "halves", "gap ms")
    table(headers, [row for row, _ in results])
    print(f"processor while nothing happens: {idle:.1%} without a link, {following:.1%} with one")
    del app  # it had to live until here
    return all(kept for _, kept in results)
