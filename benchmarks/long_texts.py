"""How long the real window stands still while documents and bundles with enormous texts arrive.

A timer of 4 ms tells the longest gap of the GUI thread for each: prompts, errors and names of a million
characters, a million names. Each is put into the store under an open window and clicked through; one comes as
a bundle, one as the copy that was seen last. Exits 1 if a gap is over 100 ms. `--stacks` prints what was
going on in each of those, `--only WORD` takes some.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import json
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from tables import table
from window_gaps import LIMIT_MS, Day, Gaps

from packdesk.app.application import make_application
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.wire import decode_state
from packdesk.store.base import Write
from packdesk.store.bundle.files import write_bundle
from packdesk.store.sqlite import SqliteStore
from packdesk.viewer.setup import collection_on_this_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MILLION = 1_000_000
LONG = ("vintage <b>floral</b> & pattern \x1b in navy\n" * (MILLION // 20))[:MILLION]
DESIGN = {"package_type": "box", "package_dimensions": {"width": 100, "height": 150, "depth": 100}}
IN_A_BUNDLE = ("front", "back", "left")  # its state has at most 4 MB


def _document(**fields: Any) -> bytes:
    return json.dumps({**DESIGN, "updated_at": "2026-01-02T03:04:05.000Z", **fields}).encode()


def _textures(prompt: str, url: str, panels: Sequence[str] = PANEL_IDS["box"]) -> dict[str, Any]:
    return {
        name: {"panel_id": name, "texture_url": f"{url}{name}", "prompt": f"{name} {prompt}"}
        for name in panels
    }


def documents() -> Iterator[tuple[str, bytes]]:
    """Each by its name."""
    few = _textures("tea", "file:///gone/")
    yield "short texts, to compare", _document(panel_textures=few, last_error="none")
    yield "six prompts of 1 MB", _document(panel_textures=_textures(LONG, "file:///gone/"))
    yield "six URLs of 1 MB", _document(panel_textures=_textures("tea", LONG))
    yield "last_error of 1 MB", _document(last_error=LONG)
    yield "generating_panel of 1 MB", _document(in_progress=True, generating_panel=LONG)
    yield "six names of 1 MB", _document(in_progress=True, generating_panels=[LONG] * 6)
    names = [f"panel {number}" for number in range(MILLION)]
    yield "a million generating_panels", _document(in_progress=True, generating_panels=names)
    yield "moments of 1 MB", _document(updated_at=LONG, created_at=LONG)


class Visit(Day):
    """The window, and what strangers put under it."""

    def put(self, file: Path) -> None:
        """Another process writes what stands in that file; it takes no interpreter from the window."""
        words = [sys.executable, __file__, "--put", str(self.folder / "store.sqlite3"), str(file)]
        writing = subprocess.Popen(words)
        self.until(lambda: writing.poll() is not None)
        self.click_through()

    def open_bundle(self, file: Path) -> None:
        """A design of a stranger's."""
        self.session.bundles.open(file)
        self.click_through()

    def click_through(self) -> None:
        """What a user does with what is shown."""
        self.wait(1.0)
        for name in PANEL_IDS["box"]:
            self.window.select(name)
            self.wait(0.05)
        ideas = self.window.artwork.prompt.ideas
        ideas.popup(self.window.pos())
        self.wait(0.2)
        ideas.actions()[1].trigger()
        ideas.close()
        self.window.artwork.prompt.edit.clear()
        self.rest()


def _put(store_file: str, file: str) -> None:
    store = SqliteStore(Path(store_file))
    store.write(Write(store.load(), Path(file).read_bytes()))
    store.close()


def _bundle(file: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (200, 300), "teal").save(picture, "PNG")
    state = decode_state(_document(panel_textures=_textures(LONG, "file:///", IN_A_BUNDLE)))
    write_bundle(file, state, dict.fromkeys(IN_A_BUNDLE, picture.getvalue()))


def _acts(day: Visit) -> Iterator[tuple[str, Callable[[], None]]]:
    document = day.folder / "document.json"
    for name, raw in documents():
        document.write_bytes(raw)
        yield name, partial(day.put, document)
    file = day.folder / "stranger.packdesk"
    _bundle(file)
    yield "a bundle with prompts of 1 MB", partial(day.open_bundle, file)


def _measured(day: Visit, gaps: Gaps, only: str) -> Iterator[tuple[str, float, float]]:
    empty = day.folder / "empty.json"
    empty.write_bytes(_document())
    for name, act in _acts(day):
        if only in name:
            day.put(empty)
            gaps.take()
            started = time.monotonic()
            act()
            found = gaps.take()
            yield name, found[-1], time.monotonic() - started


def _seen_last(folder: Path, gaps: Gaps, only: str) -> Iterator[tuple[str, float, float]]:
    """Another window over the same store, which had prompts of 1 MB: the copy is shown before it answers."""
    name = "the copy seen last, prompts of 1 MB"
    if only in name:
        day = Visit(folder)
        gaps.take()
        started = time.monotonic()
        day.start()
        gaps.take()  # making a window: fonts, shaders
        day.click_through()
        found = gaps.take()
        yield name, found[-1], time.monotonic() - started
        _close(day)


def _close(day: Visit) -> None:
    day.window.close()
    day.store.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stacks", action="store_true", help="print what a long gap was spent on")
    parser.add_argument("--only", default="", help="documents whose name has that word in it")
    parser.add_argument("--put", nargs=2, help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.put:
        _put(*words.put)
        return 0
    app = make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, collection_on_this_thread():
        day, gaps = Visit(Path(name)), Gaps(stacks=words.stacks)
        day.start()
        day.click_through()
        rows = list(_measured(day, gaps, words.only))
        last = day.folder / "last.json"
        last.write_bytes(_document(panel_textures=_textures(LONG, "file:///gone/")))
        day.put(last)
        _close(day)
        rows += _seen_last(Path(name), gaps, words.only)
        faulthandler.cancel_dump_traceback_later()
    table(("document", "longest ms", "took s"), rows)
    del app  # it had to live until here
    return 1 if any(row[1] > LIMIT_MS for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
