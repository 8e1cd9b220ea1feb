"""The real window with six pictures of 64 megapixels: its memory, its longest gap, and how soon it ends.

Starts the window as a process of its own under a virtual X server: once until every picture is shown, and
then closed while pictures are being decoded. Gaps are counted from a second after the window is shown, when
its own fonts and shaders are made. Exits 1 if a peak is over 1.2 GB or an end takes over 3 s.
`--data` has the document hold the pictures as `data:` instead of `file:` URLs, `--slow` makes them hard to
pack.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtCore import QTimer
from tables import table

from packdesk.app.application import make_application
from packdesk.app.display import some_display
from packdesk.app.leaving import leave
from packdesk.app.window import run_window
from packdesk.domain.panels import panel_sizes
from packdesk.domain.state import default_state, new_texture, utc_text
from packdesk.domain.wire import encode_state
from packdesk.settings import read_settings
from packdesk.store.base import KEY
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.check import CleanPicture
from packdesk.textures.library import TextureLibrary

if TYPE_CHECKING:
    from packdesk.jobs.session import Session
    from packdesk.ui.window.main_window import MainWindow

PEAK_MB, END_S, SETTLING_S = 1200.0, 3.0, 1.0
PATIENCE_S = 120.0
SIDE, TICK_MS = 8000, 4
CLOSED_AFTER_S = (0.3, 1.0, 2.5)
Row = tuple[str, float, float, object, float]


class Watch:
    """Counts the window's gaps, closes it when it is time, and writes down what was seen."""

    def __init__(self, told: Path, close_after: float | None) -> None:
        self._told, self._close_after = told, close_after
        self._gap = 0.0
        self._shown: float | None = None

    def begin(self, window: MainWindow, session: Session) -> None:
        self._window, self._session = window, session
        self._begun = self._last = time.perf_counter()
        self._timer = QTimer(window, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._last - self._begun > SETTLING_S:
            self._gap = max(self._gap, now - self._last)
        self._last, passed = now, now - self._begun
        if self._shown is None and len(self._session.textures.pixmaps.images()) == len(_panels()):
            self._shown = passed
        done = self._shown is not None and passed > self._shown + 2 * SETTLING_S
        if done or passed > (self._close_after if self._close_after is not None else PATIENCE_S):
            self._close()

    def _close(self) -> None:
        self._timer.stop()
        told = {"gap_ms": self._gap * 1000, "shown_s": self._shown, "closed_at": time.time()}
        self._told.write_text(json.dumps(told))
        self._window.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", action="store_true", help="pictures written into the document")
    parser.add_argument("--slow", action="store_true", help="pictures that take longer to unpack")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--close-after", type=float, help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.inside is not None:
        _be_the_window(Watch(words.inside, words.close_after))
        return 0
    pictures = [_picture(number, slow=words.slow) for number in range(len(_panels()))]
    rows: list[Row] = []
    with some_display():
        for after in (None, *CLOSED_AFTER_S):
            with tempfile.TemporaryDirectory() as name:
                _prepare(Path(name), pictures, data=words.data)
                rows.append(_measured(Path(name), after))
    table(("six pictures of 64 megapixels", "peak MB", "longest gap ms", "shown s", "end s"), rows)
    return 1 if any(row[1] > PEAK_MB or row[4] > END_S for row in rows) else 0


def _be_the_window(watch: Watch) -> None:
    code = run_window(make_application(), read_settings(), watch.begin)
    leave(code)


def _measured(folder: Path, close_after: float | None) -> Row:
    told_file = folder / "told.json"
    words = [sys.executable, __file__, "--inside", str(told_file)]
    words += [] if close_after is None else ["--close-after", str(close_after)]
    places = {"PACKDESK_DATA_DIR": str(folder / "data"), "PACKDESK_CACHE_DIR": str(folder / "cache")}
    window = subprocess.Popen(words, env=os.environ | places | {"QT_QPA_PLATFORM": "xcb"})
    _, status, used = os.wait4(window.pid, 0)
    ended = time.time()
    window.returncode = os.waitstatus_to_exitcode(status)
    if window.returncode or not told_file.exists():
        raise SystemExit(f"The window ended with {window.returncode}.")
    told = json.loads(told_file.read_text())
    kind = "all shown" if close_after is None else f"closed after {close_after} s"
    shown = "-" if told["shown_s"] is None else float(told["shown_s"])
    return kind, used.ru_maxrss / 1024, float(told["gap_ms"]), shown, ended - told["closed_at"]


def _prepare(folder: Path, pictures: list[bytes], *, data: bool) -> None:
    """A local store whose document names the pictures."""
    now, library = utc_text(), TextureLibrary(folder / "data" / "textures")
    sizes = panel_sizes(default_state().package_type, default_state().package_dimensions)
    textures = {}
    for (panel_id, size), png in zip(sizes.items(), pictures, strict=True):
        kept = CleanPicture(png, SIDE, SIDE, hashlib.sha256(png).hexdigest())
        url = "data:image/png;base64," + base64.b64encode(png).decode() if data else library.add(kept)
        textures[panel_id] = new_texture(panel_id, url, "big", size, now)
    state = default_state().model_copy(update={"panel_textures": textures, "updated_at": now})
    (folder / "data").mkdir(exist_ok=True)
    file = folder / "data" / "packdesk.sqlite3"
    store = SqliteStore(file)
    store.load()
    store.close()
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT OR REPLACE INTO current VALUES (?, ?)", (KEY, encode_state(state)))
    connection.close()


def _panels() -> list[str]:
    return list(panel_sizes(default_state().package_type, default_state().package_dimensions))


def _picture(number: int, *, slow: bool) -> bytes:
    pixels = np.full((SIDE, SIDE, 3), (200 - number, 40, 40), dtype=np.uint8)
    if slow:
        pixels[:] += np.random.default_rng(number).integers(0, 4, (SIDE, SIDE, 1), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1 if slow else 9)
    return buffer.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
