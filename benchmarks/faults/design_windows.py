"""Two real windows with artwork of their own, killed; and one whose design vanishes from a Redis server.

Driven by real keys and clicks on a display of its own. The first window goes on with a new design, the second
switches the type, both get `kill -9`. Then everything has to be back in at most two clicks after a start (a
double click is one). With a shared store: `DEL packaging:current` under the window, then *Put it back*.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks"), str(ROOT / "benchmarks/faults")]

from servers import plain, redis_server, url_of  # noqa: E402
from tables import table  # noqa: E402
from window_keys import Hand, running  # noqa: E402

from packdesk.domain.wire import decode_state  # noqa: E402
from packdesk.files import write_atomically  # noqa: E402
from packdesk.settings import read_settings  # noqa: E402
from packdesk.store.base import KEY  # noqa: E402
from packdesk.store.shelf import Shelf  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from packdesk.jobs.session import Session
    from packdesk.ui.window.main_window import MainWindow

SCREEN = "1440x900x24"
MOST_CLICKS = 2
SETTLE_S = 1.5
"""A hand that pulls the plug needs as long after it has seen the window change."""


# --- in the window's process


def show_window(status: Path) -> int:
    """Open the window as `packdesk` does, and say ten times a second what it shows."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415  (the other process needs no Qt)

    from packdesk.app import window as windows  # noqa: PLC0415
    from packdesk.app.application import make_application  # noqa: PLC0415

    usual = windows._made

    def made(session: Session, settings: Any) -> MainWindow:
        window = usual(session, settings)
        timer = QTimer(window, interval=100)

        def say() -> None:
            if window.isVisible():  # not the one whose place another has taken
                write_atomically(status, json.dumps(seen(window, session)).encode(), private=True)

        timer.timeout.connect(say)
        timer.start()
        return window

    windows._made = made
    return windows.run_window(make_application(), read_settings())


def seen(window: MainWindow, session: Session) -> dict[str, Any]:
    """What there is to see, and where it can be clicked."""
    from PySide6.QtWidgets import QApplication, QPushButton  # noqa: PLC0415

    parts: dict[str, Any] = {
        "prompt": window.artwork.prompt.edit,
        "generate": window.artwork.prompt.all_button,
        "cylinder": window.package.cylinder_button,
    }
    parts |= {one.text(): one for one in window.messages.findChildren(QPushButton) if one.isVisible()}
    places = {name: _on_screen(part, part.rect().center()) for name, part in parts.items()}
    dialog = window.shelf.dialog if window.shelf.dialog and window.shelf.dialog.isVisible() else None
    if dialog is not None:
        rows = (dialog.list.item(row) for row in range(dialog.list.count()))
        for item in rows:
            name = item.data(_row_role()).design.name
            places[f"shelf {name}"] = _on_screen(
                dialog.list.viewport(), dialog.list.visualItemRect(item).center()
            )
    return {
        "title": window.windowTitle(),
        "on_top": int((QApplication.activeModalWidget() or dialog or window).winId()),
        "type": session.state.package_type,
        "pictures": session.state.texture_urls(),
        "drawn": window.view.complete and window.view.scene() is not None,
        "known": session.shelf.own is not None or session.is_shared,
        "busy": session.job.running or session.unsaved,
        "settled": session.textures.settled,
        "places": places,
    }


def _row_role() -> int:
    from packdesk.ui.row_list import ROW_ROLE  # noqa: PLC0415

    return int(ROW_ROLE)


def _on_screen(part: Any, point: Any) -> list[int]:
    return list(part.mapToGlobal(point).toTuple())


# --- in the process that types


@dataclass
class Window:
    """A window in a process of its own, and the hand on it."""

    process: Popen[bytes]
    hand: Hand
    clicks: list[str] = field(default_factory=list)

    def wait(self, what: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until it shows something."""
        if not self.hand.wait(holds):
            raise TimeoutError(f"{what}: {self.hand.look()}")
        return self.hand.look()

    def click(self, part: str, *, double: bool = False) -> None:
        """Click a part once it can be seen, as a person does, or twice."""
        self.wait(f"“{part}” is not there", lambda seen: part in seen["places"])
        self.raise_()
        left, top = self.hand.look()["places"][part]
        twice = ("--repeat", "2", "--delay", "80") if double else ()
        self.hand.do("mousemove", str(left), str(top), "click", *twice, "1")
        self.clicks.append(f"double click on {part}" if double else part)
        time.sleep(0.3)

    def key(self, keys: str) -> None:
        """Press keys in it."""
        self.raise_()
        self.hand.key(keys)

    def raise_(self) -> None:
        """Bring it to the front."""
        self.hand.do("windowactivate", "--sync", str(self.hand.look()["on_top"]))
        time.sleep(0.2)

    def paint(self, prompt: str) -> dict[str, str]:
        """Have all panels painted; the pictures."""
        self.click("prompt")
        self.hand.do("type", prompt)
        self.click("generate")
        return dict(self.wait("no artwork", whole)["pictures"])

    def kill(self) -> None:
        """`kill -9`."""
        self.process.kill()
        self.process.wait()


def whole(seen: dict[str, Any]) -> bool:
    """Whether six panels have their pictures, saved and shown."""
    return len(seen["pictures"]) == 6 and seen["settled"] and seen["drawn"] and not seen["busy"]


def title(seen: dict[str, Any]) -> str:
    """The name of the design; empty until it is known."""
    name, _, program = seen["title"].partition(" – ")
    return name if program else ""


class Desk:
    """A display with a window manager, and folders for packdesk."""

    def __init__(self, folder: Path, stack: ExitStack, **settings: str) -> None:
        reading, writing = os.pipe()
        words = ("-displayfd", str(writing), "-screen", "0", SCREEN)
        stack.enter_context(running("Xvfb", *words, passed=(writing,)))
        os.close(writing)
        with os.fdopen(reading) as answer:
            display = f":{answer.readline().strip()}"
        self._folder, self._stack, self._count = folder, stack, 0
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PACKDESK_")},
            **{f"PACKDESK_{name}_DIR": str(folder / name.lower()) for name in ("DATA", "CACHE", "CONFIG")},
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "PACKDESK_PROVIDER": "offline",
            "PACKDESK_DPI": "36",
            **settings,
        }
        stack.enter_context(running("openbox", environment=self.environment))
        time.sleep(1)

    @property
    def shelf(self) -> Shelf:
        return Shelf(self._folder / "data")

    def window(self) -> Window:
        """Start another one; it is there."""
        self._count += 1
        status = self._folder / f"status-{self._count}.json"
        words = [sys.executable, __file__, "--window", str(status)]
        process = Popen(words, env=self.environment, stderr=DEVNULL)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        window = Window(process, Hand(self.environment, status))
        window.wait("no window", lambda seen: seen["drawn"] and seen["known"])
        time.sleep(0.5)
        return window

    def picture(self, window: Window, file: Path | None) -> None:
        if file is not None:
            window.hand.picture(file)


@contextmanager
def desk(**settings: str) -> Iterator[Desk]:
    """A desk whose windows end with it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        yield Desk(Path(folder), stack, **settings)


Row = tuple[str, int, int, str]
"""A design, its pictures that are back, the clicks for it, and which they were."""


def killed(pictures: Path | None) -> Iterator[Row]:
    """Two windows are killed; what a start brings back of each design."""
    with desk() as made:
        first, second = made.window(), made.window()
        second.key("Escape")  # the shelf: there are two designs now
        names = [title(one.hand.look()) for one in (first, second)]
        painted = [first.paint("red stripes"), second.paint("blue leaves")]
        first.key("ctrl+n")
        first.wait("no new design", lambda seen: not seen["pictures"] and title(seen) not in {*names, ""})
        second.click("cylinder")
        second.wait("no cylinder", lambda seen: seen["type"] == "cylinder" and not seen["busy"])
        time.sleep(SETTLE_S)
        for one in (first, second):
            one.kill()
        for name, wanted in zip(names, painted, strict=True):
            yield back(made, name, wanted, pictures)


def back(made: Desk, name: str, wanted: dict[str, str], pictures: Path | None) -> Row:
    """Start a window, and get one design back in it."""
    window = made.window()
    window.wait("no shelf at the start", lambda seen: f"shelf {name}" in seen["places"])
    made.picture(window, pictures and pictures / f"start-{name}.png")
    window.click(f"shelf {name}", double=True)
    bring_back = "Bring back the box with its artwork"
    window.wait("another design", lambda seen: title(seen) == name and seen["known"])
    now = window.wait("nothing to bring back", lambda seen: whole(seen) or bring_back in seen["places"])
    if not whole(now):
        window.click(bring_back)
    with_artwork = window.hand.wait(whole)
    made.picture(window, pictures and pictures / f"back-{name}.png")
    found = window.hand.look()["pictures"]
    window.kill()
    there = sum(found.get(panel) == url for panel, url in wanted.items()) if with_artwork else 0
    return name, there, len(window.clicks), ", ".join(window.clicks)


def vanished(pictures: Path | None) -> Iterator[Row]:
    """The shared design is deleted under the window; what *Put it back* stores, and what the shelf has."""
    with redis_server() as port, desk(PACKDESK_REDIS_URL=url_of(port)) as made:
        window, server = made.window(), plain(port)
        wanted = window.paint("green waves")
        server.delete(KEY)
        window.wait("nothing said", lambda seen: "Put it back" in seen["places"])
        made.picture(window, pictures and pictures / "gone.png")
        window.clicks.clear()
        shown = window.hand.look()["pictures"]
        yield "shown while it is gone", same(shown, wanted), 0, ""
        copies = [one for one in made.shelf.designs() if one.origin]
        kept = made.shelf.state_of(copies[0]).texture_urls() if copies else {}
        yield "on the shelf by itself", same(kept, wanted), 0, copies[0].name if copies else ""
        window.click("Put it back")
        window.wait("not put back", lambda seen: "Put it back" not in seen["places"] and whole(seen))
        raw = server.get(KEY)
        stored = decode_state(raw).texture_urls() if isinstance(raw, bytes) else {}
        made.picture(window, pictures and pictures / "put-back.png")
        yield "in the store again", same(stored, wanted), len(window.clicks), ", ".join(window.clicks)
        window.kill()


def same(found: dict[str, str], wanted: dict[str, str]) -> int:
    """How many of the pictures are there."""
    return sum(found.get(panel) == url for panel, url in wanted.items())


def windows(pictures: Path | None = None) -> list[str]:
    """All of it as a table; what was lost.

    Args:
        pictures: a folder for pictures of the screen.
    """
    rows, lost = list[Row](), list[str]()
    for trial in (killed, vanished):
        try:
            for row in trial(pictures):
                rows.append(row)
                lost += [f"{row[0]}: {row[1]} of 6 pictures after {row[2]} clicks"] * (
                    row[1] < 6 or row[2] > MOST_CLICKS
                )
        except TimeoutError as error:
            lost.append(f"{trial.__name__}: {error}")
    table(("design", "pictures", "clicks", "which"), rows)
    return lost


if __name__ == "__main__":
    if sys.argv[1:2] == ["--window"]:
        sys.exit(show_window(Path(sys.argv[2])))
    found = windows(Path(sys.argv[1]) if sys.argv[1:] else None)
    print("\n".join(f"LOST: {one}" for one in found))
    sys.exit(int(bool(found)))
