"""A designer's day at the real window with artwork painted here at 300 dpi, and how long it ever stood still.

A timer of 4 ms tells the gaps of the event loop for every part of the day, the opening with its fonts and
shaders included. Exits 1 if a gap is over 100 ms. `--stacks` prints what was going on in each of those.
"""

from __future__ import annotations

import argparse
import faulthandler
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot
from tables import table

from packdesk.app.application import make_application
from packdesk.app.core import build_services, choose_provider, key_keeper
from packdesk.app.layout_keeper import LayoutKeeper
from packdesk.app.window import begin_when_seen
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.sqlite import SqliteStore
from packdesk.ui.package.dimension_row import GRAINS
from packdesk.ui.theme import LIGHT
from packdesk.ui.units import INCH, MM
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TICK_MS = 4
LIMIT_MS = 100.0
PATIENCE_S = 120.0
PROMPT = 'vintage floral in navy and blush, "Sol Field"'


class Gaps(QObject):
    """How long the event loop did not come round, each time."""

    def __init__(self, *, stacks: bool) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self._stacks = stacks
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def take(self) -> list[float]:
        """The gaps since the last time."""
        taken, self.gaps_ms = sorted(self.gaps_ms), []
        return taken

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps_ms.append(max(0.0, (now - self._last) * 1000 - TICK_MS))
        self._last = now
        if self._stacks:  # told by a thread that holds no Python object, so that none ends over there
            faulthandler.dump_traceback_later((LIMIT_MS + TICK_MS) / 1000)


class Day:
    """The window, and hands."""

    def __init__(self, folder: Path) -> None:
        settings = read_settings(
            data_dir=folder / "data", cache_dir=folder / "cache", dpi=300, provider="offline"
        )
        self.store = SqliteStore(folder / "store.sqlite3")
        painter = choose_provider(settings, key_keeper(settings), beside_window=True)
        self.session = Session(Opening.of(build_services(settings, self.store, painter)))
        self.window = make_window(self.session, LIGHT)
        LayoutKeeper(self.session.bridge, self.window)
        self.folder = folder

    def until(self, condition: Callable[[], object]) -> None:
        """Let the window live until the condition holds."""
        loop, deadline = QEventLoop(), time.monotonic() + PATIENCE_S
        held = False  # once is enough: the window may begin something else before the loop has ended

        def look() -> None:
            nonlocal held
            held = held or bool(condition())
            if held or time.monotonic() > deadline:
                loop.quit()

        timer = QTimer(interval=TICK_MS)
        timer.timeout.connect(look)
        timer.start()
        loop.exec()
        if not held:
            raise SystemExit("The window did not get there.")

    def wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def quiet(self) -> bool:
        session = self.session
        running = session.generation.view.running or session.refitter._timer.isActive()
        return not (
            session.unsaved
            or running
            or any(not task.ended for task in session.bridge._tasks)
            or not session.textures.settled
        )

    def rest(self) -> None:
        self.until(self.quiet)
        self.wait(0.3)

    def start(self) -> None:
        self.window.resize(1440, 900)
        begin_when_seen(self.session, self.window)
        self.window.show()
        self.wait(1.5)

    def drag(self) -> None:
        package = self.window.package
        for row, first in ((package.width_row, 100), (package.height_row, 150), (package.depth_row, 60)):
            for step in range(40):
                row.slider.setValue((first + step) * GRAINS)
                self.wait(0.02)
            row.slider.sliderReleased.emit()
        self.rest()

    def switch(self) -> None:
        self.window.package.cylinder_button.click()
        self.rest()
        self.window.actions_["undo"].trigger()
        self.rest()

    def generate(self) -> None:
        self.window.artwork.prompt.edit.setPlainText(PROMPT)
        self.window.actions_["generate_all"].trigger()
        self.until(lambda: self.session.generation.view.running)
        self.rest()

    def cancel(self) -> None:
        self.window.actions_["generate_all"].trigger()
        self.until(lambda: self.session.generation.view.done >= 2)
        self.window.actions_["cancel"].trigger()
        self.rest()

    def drag_with_artwork(self) -> None:
        row = self.window.package.width_row
        for step in range(60):
            row.slider.setValue((139 + step) * GRAINS)
            self.wait(0.02)
        row.slider.sliderReleased.emit()
        self.rest()

    def place(self) -> None:
        self.window.select("front")
        for name in ("turn", "fit", "fill"):
            self.window.actions_[name].trigger()
            self.rest()
        self.window.actions_["undo"].trigger()
        self.rest()

    def look(self) -> None:
        for name in ("front", "right", "top", "home", "perspective", "perspective", "turntable"):
            self.window.actions_[name].trigger()
            self.wait(0.5)
        self.window.actions_["turntable"].trigger()

    def arrange(self) -> None:
        for name in ("beside", "flat", "flat", "beside", "full_screen", "full_screen"):
            self.window.actions_[name].trigger()
            self.wait(0.4)
        for unit in (INCH, MM):
            self.window.set_unit(unit)
            self.wait(0.3)

    def theme(self) -> None:
        for _ in range(2):
            self.window.actions_["dark"].trigger()
            self.wait(0.4)

    def save(self) -> None:
        self.session.artwork.save_picture("front", self.folder / "front.png")
        self.rest()

    def parts(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """The day in its order."""
        yield "open the window", self.start
        yield "drag three sliders", self.drag
        yield "switch type, undo", self.switch
        yield "generate all at 300 dpi", self.generate
        yield "generate, cancel", self.cancel
        yield "drag with artwork, recut", self.drag_with_artwork
        yield "turn, fit, fill, undo", self.place
        yield "views, turntable", self.look
        yield "arrange, full screen, units", self.arrange
        yield "light and dark", self.theme
        yield "save a panel", self.save


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stacks", action="store_true", help="print what a long gap was spent on")
    words = parser.parse_args()
    app = make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        day, gaps = Day(Path(name)), Gaps(stacks=words.stacks)
        rows: list[tuple[str, float, float, int]] = []
        for part, act in day.parts():
            gaps.take()
            act()
            found = gaps.take()
            over = sum(gap > LIMIT_MS for gap in found)
            rows.append((part, found[-1], found[int(len(found) * 0.99)], over))
        faulthandler.cancel_dump_traceback_later()
        day.window.close()
        day.store.close()
    table(("part", "longest ms", "99th percentile ms", "over 100 ms"), rows)
    del app  # it had to live until here
    return 1 if any(row[3] for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
