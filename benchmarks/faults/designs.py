"""Designs under stress: two processes that do anything in any order, one of them killed; then windows.

    python benchmarks/faults/designs.py [--count 1000] [--seed N] [--only actions|windows]

Actions: new, duplicate, rename, delete, restore, empty, open a bundle, import, switch the type. Each process
writes down what it is about to do and what it has done. In the end every design is there that was not
emptied, every panel shows what was put on it last, every picture that was ever imported can be read, and no
name stands twice.

Windows: two of them, each with artwork of its own; one switches the type; both are killed. Then a new window
brings everything back, its clicks counted. And one on a Redis server, whose design is deleted under it and
put back. Needs a display. Exits 1 when anything is lost.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from servers import FORK, plain, redis_server, url_of  # noqa: E402
from tables import table  # noqa: E402

from packdesk.app.core import open_services, texture_library  # noqa: E402
from packdesk.domain.size_edit import SizeEdit  # noqa: E402
from packdesk.domain.wire import decode_state  # noqa: E402
from packdesk.errors import NotPossibleError, PackdeskError  # noqa: E402
from packdesk.settings import Settings, read_settings  # noqa: E402
from packdesk.store.base import KEY  # noqa: E402
from packdesk.store.shelf import Shelf, ShelvedDesign  # noqa: E402
from packdesk.store.sqlite import SqliteStore  # noqa: E402
from packdesk.textures.library import hash_in_url  # noqa: E402

NAMES = ("Tea", "tea", "Coffee/1", "☕", "x" * 300, "Untitled")
WAYS = ("new", "duplicate", "rename", "delete", "restore", "empty", "bundle", "import", "import", "switch")


class Hands:
    """One process: does things, and writes down each before and after."""

    def __init__(self, settings: Settings, seed: int, journal: Path) -> None:
        self._settings = settings
        self._random = random.Random(seed)
        self._shelf = Shelf(settings.data_dir)
        self._journal = journal.open("a", encoding="utf-8")
        self._work = settings.data_dir.parent / f"work-{seed}"
        self._work.mkdir()

    def act(self) -> None:
        way = self._random.choice(WAYS)
        designs = self._shelf.everything()
        if way == "new" or len(designs) < 3:
            made = self._shelf.new(self._random.choice(NAMES))
            self._note("made", design=made.id)
            return
        design = self._random.choice(designs)
        try:
            getattr(self, f"_{way}")(design)
        except NotPossibleError:  # the other process emptied it, or has it in the bin
            return

    def _duplicate(self, design: ShelvedDesign) -> None:
        self._note("made", design=self._shelf.duplicate(design).id)

    def _rename(self, design: ShelvedDesign) -> None:
        self._shelf.rename(design, self._random.choice(NAMES))

    def _delete(self, design: ShelvedDesign) -> None:
        self._shelf.delete(design)

    def _restore(self, design: ShelvedDesign) -> None:
        self._shelf.restore(design)

    def _empty(self, design: ShelvedDesign) -> None:
        self._note("emptying", design=design.id)
        self._shelf.empty(only=design.id)

    def _import(self, design: ShelvedDesign) -> None:
        self._change(design, "front" if self._state_type(design) == "box" else "body")

    def _bundle(self, design: ShelvedDesign) -> None:
        del design
        made = self._shelf.new("from a bundle")
        self._note("made", design=made.id)
        self._change(made, "front")

    def _switch(self, design: ShelvedDesign) -> None:
        kind = "cylinder" if self._state_type(design) == "box" else "box"
        with self._shelf.opened(design.id) as held, self._open(held) as services:
            self._note("switching", design=held.id)
            asyncio.run(services.designs.update_dimensions(SizeEdit.of(kind, 80, 100, 80, switches=True)))

    def _state_type(self, design: ShelvedDesign) -> str:
        return self._shelf.state_of(design).package_type

    def _open(self, design: ShelvedDesign) -> Any:
        return open_services(self._settings, store=SqliteStore(design.file))

    def _change(self, design: ShelvedDesign, panel_id: str) -> None:
        file = self._work / "art.png"
        file.write_bytes(picture(self._random.getrandbits(24)))
        with self._shelf.opened(design.id) as held, self._open(held) as services:
            self._note("putting", design=held.id, panel=panel_id)
            state = asyncio.run(services.pictures.import_picture(panel_id, file))
            url = state.panel_textures[panel_id].texture_url
            self._note("put", design=held.id, panel=panel_id, picture=hash_in_url(url))

    def _note(self, what: str, **facts: object) -> None:
        self._journal.write(json.dumps({"at": time.monotonic_ns(), "what": what, **facts}) + "\n")
        self._journal.flush()


def picture(number: int) -> bytes:
    """A small picture of its own for each number."""
    made = Image.new("RGB", (48, 64), (number & 255, number >> 8 & 255, number >> 16))
    made.putpixel((1, 1), (number >> 16, number & 255, number >> 8 & 255))
    data = io.BytesIO()
    made.save(data, "PNG")
    return data.getvalue()


def hands(folder: Path, seed: int, count: int, done: Any) -> None:
    settings = read_settings().model_copy(update={"data_dir": folder / "data", "dpi": 36.0})
    one = Hands(settings, seed, folder / f"journal-{seed}.jsonl")
    for _ in range(count):
        try:
            one.act()
        except PackdeskError as error:  # two that write at once: one of them is told
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        with done.get_lock():
            done.value += 1


def actions(count: int, seed: int) -> list[str]:
    """Have two processes act, kill the second again and again; what was lost."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder, done, kills = Path(name), FORK.Value("i", 0), 0
        steady = FORK.Process(target=hands, args=(folder, seed, count // 2, done))
        steady.start()
        while done.value < count:
            kills += 1
            other = FORK.Process(target=hands, args=(folder, seed * 1000 + kills, count, done))
            other.start()
            other.join(chance.uniform(1.0, 4.0))
            other.kill()
            other.join()
            if not steady.is_alive() and done.value >= count:
                break
        steady.join()
        lost, facts = judged(folder)
        table(("what", "count"), [("actions", str(done.value)), ("kill -9", str(kills)), *facts])
        return lost


def judged(folder: Path) -> tuple[list[str], list[tuple[str, str]]]:
    settings = read_settings().model_copy(update={"data_dir": folder / "data"})
    shelf, library = Shelf(settings.data_dir), texture_library(settings)
    notes = [json.loads(line) for file in folder.glob("journal-*") for line in file.read_text().splitlines()]
    notes.sort(key=lambda note: note["at"])
    there, lost = {design.id: design for design in shelf.everything()}, []
    emptied = {note["design"] for note in notes if note["what"] == "emptying"}
    made = {note["design"] for note in notes if note["what"] == "made"}
    lost += [f"the design {one} is gone" for one in made - emptied - set(there)]
    last: dict[tuple[str, str], set[str]] = {}
    begun: Counter[str] = Counter()  # changes of which the end is not known: of two at once, or of one killed
    for note in notes:
        key = note["design"], note.get("panel", "")
        if note["what"] == "putting":
            begun[key[0]] += 1
        elif note["what"] == "put":
            begun[key[0]] -= 1
            last[key] = {note["picture"]} | (last.get(key, set()) if begun[key[0]] else set())
        elif note["what"] == "switching":
            last = {one: pictures for one, pictures in last.items() if one[0] != key[0]}
    for (id_, panel), pictures in last.items():
        if id_ in there and not begun[id_]:
            url = shelf.state_of(there[id_]).texture_urls().get(panel, "")
            if hash_in_url(url) not in pictures:
                lost.append(f"{id_} shows another picture on {panel}")
    kept = {note["picture"] for note in notes if note["what"] == "put"}
    shown = {
        hash_in_url(url) for one in there.values() for url in shelf.state_of(one).texture_urls().values()
    }
    for sha256 in kept | shown:
        try:
            library.read(sha256 or "")
        except PackdeskError:
            lost.append(f"the picture {sha256} cannot be read")
    names = Counter(design.name.casefold() for design in there.values() if not design.deleted_at)
    lost += [f"the name {name} stands {count} times" for name, count in names.items() if count > 1]
    counts = (("designs there", there), ("made", made), ("emptied", emptied), ("pictures", kept | shown))
    return lost, [(name, str(len(one))) for name, one in counts]


_WINDOW = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton
from packdesk.app import window as windows
from packdesk.app.application import make_application
from packdesk.domain.order import GenerationOrder
from packdesk.settings import read_settings

role, clicks = sys.argv[1], [0]

def when(true, then):
    then() if true() else QTimer.singleShot(50, lambda: when(true, then))

def whole(session):
    return len(session.state.panel_textures) == 6 and not session.job.running and not session.unsaved

def fill(window, session):
    def filled():
        if role == "switch":
            window.package.cylinder_button.click()
            when(lambda: session.state.package_type == "cylinder" and not session.unsaved, told)
        else:
            told()
    def told():
        QTimer.singleShot(700, lambda: print(window.windowTitle(), "filled", flush=True))
    def begin():
        session.generation.generate(GenerationOrder("red stripes"))
        when(lambda: whole(session), filled)
    session.opened.connect(lambda: QTimer.singleShot(300, begin))

def look(window, session):
    def say():
        print(window.windowTitle(), len(session.state.panel_textures), clicks[0], flush=True)
    def offered():
        return [b for b in window.messages.findChildren(QPushButton) if b.text().startswith("Bring back")]
    def first():
        if whole(session):
            return go_on()
        clicks[0] += 1
        offered()[0].click()
        when(lambda: whole(session), go_on)
    def go_on():
        say()
        clicks[0] = 0
        if len(seen) > 1:
            return window.close()
        when(lambda: window.shelf.dialog and window.shelf.dialog.list.count() > 1, other)
    def other():
        dialog = window.shelf.dialog
        rows = [dialog.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(dialog.list.count())]
        others = [row for row, one in enumerate(rows) if one.design.id != session.shelf.own.id]
        clicks[0] += 2  # a double click
        dialog.list.setCurrentRow(others[0])
        dialog.list.itemDoubleClicked.emit(dialog.list.item(others[0]))
    seen.append(window)
    known = lambda: session.shelf.own is not None and session.textures.settled
    when(lambda: known() and (whole(session) or offered()), first)

def share(window, session):
    def buttons():
        shown = filter(QPushButton.isVisible, window.messages.findChildren(QPushButton))
        return [one for one in shown if one.text() == "Put it back"]
    def put_back():
        buttons()[0].click()
        when(lambda: not buttons(), lambda: print("put back", len(session.state.panel_textures), flush=True))
    def told():
        print(window.windowTitle(), "filled", flush=True)
        when(buttons, put_back)
    def begin():
        session.generation.generate(GenerationOrder("red stripes"))
        when(lambda: whole(session), told)
    session.opened.connect(lambda: QTimer.singleShot(300, begin))

seen = []
usual = windows._made
def made(session, settings):
    window = usual(session, settings)
    {"look": look, "share": share}.get(role, fill)(window, session)
    return window
windows._made = made
windows.run_window(make_application(), read_settings())
"""


def windows() -> list[str]:
    """Two windows with artwork, killed; what a new one does not bring back in two clicks."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folders = {f"PACKDESK_{one}_DIR": f"{name}/{one.lower()}" for one in ("DATA", "CACHE", "CONFIG")}
        environment = os.environ | folders | {"PACKDESK_DPI": "40", "PACKDESK_PROVIDER": "offline"}
        for role in ("keep", "switch"):
            started = [_window(role, environment)]
            told = [one.stdout.readline().strip() for one in started if one.stdout]
            sys.stdout.write(f"{told[0]}, then kill -9\n")
            for one in started:
                one.kill()
                one.wait()
            if role == "keep":  # the second window is to have one of its own
                subprocess.run(
                    [sys.executable, "-m", "packdesk", "designs", "new", "Second"],
                    env=environment,
                    check=True,
                    capture_output=True,
                )
        found = _window("look", environment)
        lines = found.communicate(timeout=180)[0].splitlines()
        table(("design, panels, clicks",), [(line,) for line in lines])
        whole = [line for line in lines if line.split()[-2] == "6" and int(line.split()[-1]) <= 2]
        return [] if len(whole) == len(lines) == 2 else [f"not all is back: {lines}"]


def shared() -> list[str]:
    """The design of a shared store deleted under a window; what *Put it back* does not bring back."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, redis_server() as port:
        folders = {f"PACKDESK_{one}_DIR": f"{name}/{one.lower()}" for one in ("DATA", "CACHE", "CONFIG")}
        environment = (
            os.environ
            | folders
            | {"PACKDESK_DPI": "40", "PACKDESK_PROVIDER": "offline", "PACKDESK_REDIS_URL": url_of(port)}
        )
        window = _window("share", environment)
        assert window.stdout is not None
        told = [window.stdout.readline().strip()]
        client = plain(port)
        client.delete(KEY)
        told.append(window.stdout.readline().strip())
        window.kill()
        window.wait()
        stands = decode_state(client.get(KEY) or b"{}")
        kept = [design.name for design in Shelf(Path(name, "data")).designs()]
        table(
            ("shared design",),
            [(one,) for one in [*told, f"panels in the store: {len(stands.panel_textures)}", *kept]],
        )
        return [] if len(stands.panel_textures) == 6 and kept else [f"not all is back: {told}"]


def _window(role: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", _WINDOW, role]
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", choices=("actions", "windows"))
    words = parser.parse_args()
    sys.stdout.write(f"seed {words.seed}\n")
    lost = [] if words.only == "windows" else actions(words.count, words.seed)
    lost += [] if words.only == "actions" else [*windows(), *shared()]
    for one in lost:
        sys.stdout.write(f"LOST: {one}\n")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
