"""The dock "Generations" over a library of many pictures: time to open, and how long the window stands still.

The pictures lie in the library with a note and a cut each. Measured are the first opening, which makes the
index; another one with the index there; and scrolling from top to bottom, while thumbnails are made. A gap is
the time between two turns of the event loop. Exits 1 if one is over 100 ms while scrolling. Needs a display.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tables import table  # makes the tests' room importable

# isort: split

from PIL import Image
from PySide6.QtCore import QElapsedTimer, QTimer

from packdesk.app.application import make_application
from packdesk.app.window import run_window
from packdesk.domain.panels import FlatSize
from packdesk.settings import read_settings
from packdesk.textures.check import CleanPicture
from packdesk.textures.library import TextureLibrary
from packdesk.textures.notes import making_of
from packdesk.textures.recipes import make_cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.jobs.session import Session
    from packdesk.ui.window.main_window import MainWindow

PICTURE_PX = (120, 180)
LONGEST_GAP_MS = 100
SIZE = FlatSize(width=100, height=150)


def fill(folder: Path, count: int) -> None:
    """Make so many pictures, each with its note and its cut."""
    library, rng = TextureLibrary(folder, private=True), random.Random(3)
    with library.holds.holding() as hold:
        for number in range(count):
            pixels = Image.frombytes("RGB", (12, 18), rng.randbytes(648)).resize(PICTURE_PX)
            picture = CleanPicture.of(pixels)
            at = f"2026-{1 + number % 12:02}-{1 + number % 28:02}T10:00:00.{number % 1000:03}Z"
            words = f"floral pattern number {number} in navy"
            making = making_of("answer", words, at, "front", SIZE, provider="gemini", seed=number)
            library.add(picture, making)
            cut = make_cut(picture.sha256, picture.png, SIZE, dpi=20, wraps=False, turns=0, fit="fill")
            library.add_cut(cut, hold)


class Watch:
    """Remembers how long the event loop was away."""

    def __init__(self) -> None:
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._turn)
        self._timer.start()
        self.longest_ms = 0.0

    def begin(self) -> None:
        self.longest_ms = 0.0

    def _turn(self) -> None:
        self.longest_ms = max(self.longest_ms, self._since.nsecsElapsed() / 1e6)
        self._since.restart()


class Walk:
    """Opens the dock, waits for all pictures, scrolls, searches, and closes the window."""

    def __init__(self, count: int, window: MainWindow, session: Session) -> None:
        self._count, self._window = count, window
        self.rows: list[tuple[str, float, float]] = []
        self._watch = Watch()
        self._started = 0.0
        session.opened.connect(lambda: QTimer.singleShot(2000, self._open))

    def _open(self) -> None:
        self._begin()
        self._window.generations.dock.show()
        self._when(lambda: self._model_rows() == self._count, self._opened)

    def _opened(self) -> None:
        self._note("opened, all listed")
        self._begin()
        self._scroll(0)

    def _scroll(self, step: int) -> None:
        panel = self._window.generations.panel
        assert panel is not None
        bar = panel.grid.verticalScrollBar()
        if step <= 300:
            bar.setValue(bar.maximum() * step // 300)
            QTimer.singleShot(16, lambda: self._scroll(step + 1))
            return
        self._note("scrolled from top to bottom in 300 steps")
        self._begin()
        panel.search.setText("number 77 ")
        self._when(lambda: 0 < self._model_rows() < self._count, self._found)

    def _found(self) -> None:
        self._note("searched")
        self._window.close()

    def _model_rows(self) -> int:
        panel = self._window.generations.panel
        return 0 if panel is None else panel.model.rowCount()

    def _begin(self) -> None:
        self._watch.begin()
        self._started = time.perf_counter()

    def _note(self, what: str) -> None:
        self.rows.append((what, time.perf_counter() - self._started, self._watch.longest_ms))

    def _when(self, true: Callable[[], bool], then: Callable[[], None]) -> None:
        if true():
            then()
        else:
            QTimer.singleShot(1, lambda: self._when(true, then))


def walk(count: int) -> list[tuple[str, float, float]]:
    walks: list[Walk] = []
    app = make_application()
    run_window(app, read_settings(), lambda *opened: walks.append(Walk(count, *opened)))
    return walks[0].rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--again", metavar="FOLDER", help="use this one, filled by an earlier run")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:  # a thread may still look into it
        folder = Path(words.again or made)
        for name in ("DATA", "CACHE", "CONFIG"):
            os.environ[f"PACKDESK_{name}_DIR"] = str(folder / name.lower())
        if not (folder / "data" / "textures").exists():
            fill(folder / "data" / "textures", words.count)
        shutil.rmtree(folder / "config", ignore_errors=True)  # else the dock is open from the start
        rows = walk(words.count)
    shown = [(what, f"{seconds:.2f}", f"{gap:.0f}") for what, seconds, gap in rows]
    table(("what", "seconds", "longest gap, ms"), shown)
    return int(any(gap > LONGEST_GAP_MS for what, _, gap in rows if what.startswith("scrolled")))


if __name__ == "__main__":
    sys.exit(main())
