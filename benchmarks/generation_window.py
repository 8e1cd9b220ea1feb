"""One window-less session that generates six panels, and how fluid its GUI event loop stays meanwhile.

Runs in a fresh interpreter, because the first import of Google's client is part of what is measured.
Prints one line of JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from gaps import TICK_MS, GapMeter
from pydantic import SecretStr
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from packdesk.app.core import build_services
from packdesk.domain.order import GenerationOrder
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.services.batch import GenerationOutcome

IDLE_S = 2.0
PROMPT = "vintage floral in navy"


def run(seconds: float, until: Callable[[], object] = lambda: False) -> None:
    """Let the event loop run that long, or until the condition holds."""
    loop, deadline = QEventLoop(), time.monotonic() + seconds
    timer = QTimer(interval=TICK_MS)
    timer.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > deadline else None)
    timer.start()
    loop.exec()


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(url: str, key: str, tier: str, folder: Path) -> None:
    app = QApplication([])
    settings = read_settings(
        data_dir=folder / "data",
        cache_dir=folder / "cache",
        provider="gemini",
        google_api_key=SecretStr(key),
        gemini_url=url,
        gemini_size=tier,
    )
    store = SqliteStore(folder / "store.sqlite3")
    session = Session(Opening.of(build_services(settings, store)))
    session.generation.cost_asked.connect(lambda _: session.generation.agree())
    outcomes: list[GenerationOutcome] = []
    session.generation.finished.connect(outcomes.append)
    session.begin()
    meter = GapMeter()
    run(0.5)
    meter.begin()
    run(IDLE_S)
    idle_ms, before_mb = meter.longest_ms, peak_mb()
    assert "google.genai" not in sys.modules
    meter.begin()
    started = time.perf_counter()
    session.generation.generate(GenerationOrder(PROMPT))
    run(300, lambda: outcomes and len(session.textures.pixmaps.images()) == 6)
    seconds, gap_ms = time.perf_counter() - started, meter.longest_ms
    assert not outcomes[0].failures, outcomes[0].failures
    session.close()
    store.close()
    told = {"idle_ms": idle_ms, "gap_ms": gap_ms, "seconds": seconds, "before_mb": before_mb}
    print(json.dumps({**told, "peak_mb": peak_mb()}), flush=True)
    del app  # it had to live until here


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
