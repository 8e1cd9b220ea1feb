"""Many signals and many slider steps in one process: does it crash, does it grow?

Prints the resident memory along the way. Growth is judged after the first tenth, when caches are warm.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.app.application import make_application
from packdesk.app.core import build_services
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.sqlite import SqliteStore
from packdesk.ui.package.dimension_row import GRAINS
from packdesk.ui.theme import LIGHT
from packdesk.ui.window.wiring import make_window

EMISSIONS = 200_000
STEPS = 10_000


def resident_mb() -> float:
    """Resident memory of this process (Linux)."""
    line = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")
    )
    return int(line.split()[1]) / 1024


class Bell(QObject):
    rung = Signal(bool, object)

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0
        self.rung.connect(self._hear)

    @Slot(bool, object)
    def _hear(self, _: bool, __: object) -> None:
        self.heard += 1


def emit_signals() -> None:
    bell = Bell()
    print(f"{'emissions':>12} {'resident MB':>12}")
    for index in range(EMISSIONS + 1):
        if index % (EMISSIONS // 5) == 0:
            print(f"{index:>12,} {resident_mb():>12.1f}")
        bell.rung.emit(True, None)
    assert bell.heard == EMISSIONS + 1


def move_slider() -> None:
    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "store.sqlite3")
        settings = read_settings(data_dir=Path(folder), cache_dir=Path(folder) / "cache")
        session = Session(Opening.of(build_services(settings, store)))
        window = make_window(session, LIGHT, samples=0)
        window.resize(900, 600)
        window.show()
        session.begin()
        print(f"{'slider steps':>12} {'resident MB':>12}")
        for step in range(STEPS + 1):
            if step % (STEPS // 10) == 0:
                print(f"{step:>12,} {resident_mb():>12.1f}")
            window.package.width_row.slider.setValue((20 + step % 380) * GRAINS)
            app.processEvents()
        window.close()
        last = 20 + STEPS % 380
        stored = store.load() or b""
        assert f'"width":{last},'.encode() in stored, stored
        print(f"the last value, {last} mm, is in the store")
        store.close()


if __name__ == "__main__":
    emit_signals()
    move_slider()
