"""The real window under a window manager, driven by real keys and clicks, on screens of several sizes.

Needs Xvfb, openbox and xdotool; with ImageMagick's `import`, a folder named as the argument gets pictures of
every screen. Prints what was found as a table; exits 1 on a fault.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "benchmarks")]

from tables import table  # noqa: E402

from packdesk.files import write_atomically  # noqa: E402
from packdesk.programs import find_program  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from packdesk.jobs.session import Session
    from packdesk.ui.window.main_window import MainWindow

PATIENCE_S = 60.0
FACES = {"front": "1", "right": "3", "top": "7", "back": "ctrl+1", "left": "ctrl+3", "bottom": "ctrl+7"}


class Screen(NamedTuple):
    """A screen in pixels, and how much the desktop scales it."""

    width: int
    height: int
    scale: float = 1.0


SCREENS = (
    Screen(1280, 720),
    Screen(1440, 900),
    Screen(1366, 768, 1.25),
    Screen(1366, 768, 1.5),
    Screen(2560, 1440, 2.0),
)


# --- in the window's process


def show_window(status: Path, see: Callable[[MainWindow, Session], dict[str, Any]] | None = None) -> int:
    """Open the window as `packdesk` does, and write ten times a second what it shows."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415  (the other process needs no Qt)

    from packdesk.app.application import make_application  # noqa: PLC0415
    from packdesk.app.window import run_window  # noqa: PLC0415
    from packdesk.settings import read_settings  # noqa: PLC0415

    def opened(window: MainWindow, session: Session) -> None:
        timer = QTimer(window, interval=100)
        timer.timeout.connect(
            lambda: write_atomically(
                status, json.dumps((see or seen)(window, session)).encode(), private=True
            )
        )
        timer.start()

    return run_window(make_application(), read_settings(), opened)


def seen(window: MainWindow, session: Session) -> dict[str, Any]:
    """What there is to see."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    parts = {
        "view": window.view,
        "prompt": window.artwork.prompt.edit,
        "generate": window.artwork.prompt.all_button,
        "status": window.status,
        "artwork": window.artwork_dock,
        **{str(side): row.field for side, row in enumerate(window.package._rows)},
    }
    focused, popup, scene = QApplication.focusWidget(), QApplication.activePopupWidget(), window.view.scene()
    frame, free = window.frameGeometry(), window.screen().availableGeometry()
    return {
        "focus": next((name for name, part in parts.items() if part is focused), str(focused)),
        "menu": popup is window.panel_menu,
        "selected": scene.selected if scene else None,
        "size": session.state.package_dimensions.as_tuple(),
        "busy": session.job.running or session.unsaved,
        "art": len(session.state.panel_textures),
        "drawn": window.view.complete and scene is not None,
        "azimuth": (window.view.camera().azimuth, window.view.camera().elevation),
        "turning": window.actions_["turntable"].isChecked(),
        "floating": window.artwork_dock.isFloating() or window.package_dock.isFloating(),
        "full_screen": window.isFullScreen(),
        "bars": [
            type(part).__name__
            for part in (window.bar, window.status, window.messages, window.menuBar(), window.centre.welcome)
            if part.isVisible()
        ],
        "inside": free.contains(frame),
        "hidden": [name for name, part in parts.items() if not shown_whole(part, window, name)],
        "places": {
            name: [
                round(number * window.devicePixelRatioF())
                for number in part.mapToGlobal(part.rect().center()).toTuple()
            ]
            for name, part in parts.items()
        }
        | {f"flat {panel}": place_on_sheet(window, panel) for panel in ("front", "back")},
        "pictures": {name: one.texture_url for name, one in session.state.panel_textures.items()},
    }


def place_on_sheet(window: MainWindow, panel: str) -> list[int]:
    """The middle of a panel in the flat view, in pixels of the screen."""
    from PySide6.QtCore import QPointF  # noqa: PLC0415

    sheet = window.flat.sheet
    if sheet is None or not any(one.panel_id == panel for one in sheet.scene.dieline.panels):
        return [0, 0]
    place = window.flat.to_pixels().map(QPointF(*sheet.scene.dieline.panel(panel).centre))
    return [
        round(number * window.devicePixelRatioF())
        for number in window.flat.mapToGlobal(place.toPoint()).toTuple()
    ]


def shown_whole(part: Any, window: MainWindow, name: str) -> bool:
    """Whether all of a part is on the screen; what may scroll always is."""
    from PySide6.QtCore import QPoint, QRect  # noqa: PLC0415

    if name not in {"generate", "status", "artwork"}:
        return True
    place = QRect(part.mapTo(window, QPoint()), part.size())
    return part.isVisible() and window.rect().contains(place)


# --- in the process that types


class Hand:
    """Types and clicks on one display, and looks at what the window says of itself."""

    def __init__(self, environment: dict[str, str], status: Path) -> None:
        self._environment, self._status = environment, status

    def do(self, *words: str) -> None:
        """Call xdotool."""
        subprocess.run([find_program("xdotool") or "xdotool", *words], env=self._environment, check=True)

    def run(self, *words: str) -> None:
        """Call packdesk on the design the window shows."""
        command = [sys.executable, "-m", "packdesk", *words]
        subprocess.run(command, env=self._environment, check=True, cwd=ROOT)

    def key(self, *keys: str) -> None:
        """Press and release keys, one after the other."""
        self.do("key", "--clearmodifiers", *keys)
        time.sleep(0.3)

    def click(self, part: str, button: int = 1) -> None:
        """Click the middle of a part."""
        left, top = self.look()["places"][part]
        self.do("mousemove", str(left), str(top), "click", str(button))
        time.sleep(0.3)

    def drag(self, part: str, other: str) -> None:
        """Drag from the middle of a part to that of another one, as slowly as a hand does."""
        places = self.look()["places"]
        (left, top), (right, bottom) = places[part], places[other]
        self.do("mousemove", str(left), str(top), "mousedown", "1")
        for step in range(1, 11):
            across, down = left + (right - left) * step // 10, top + (bottom - top) * step // 10
            self.do("mousemove", str(across), str(down))
            time.sleep(0.05)
        time.sleep(0.3)
        self.do("mouseup", "1")

    def look(self) -> dict[str, Any]:
        """What the window shows now."""
        before = self._status.stat().st_mtime_ns if self._status.exists() else 0
        deadline = time.monotonic() + PATIENCE_S
        while not self._status.exists() or self._status.stat().st_mtime_ns == before:
            if time.monotonic() > deadline:
                raise TimeoutError("the window says nothing")
            time.sleep(0.02)
        found: dict[str, Any] = json.loads(self._status.read_bytes())
        return found

    def wait(self, holds: Callable[[dict[str, Any]], bool], seconds: float = PATIENCE_S) -> bool:
        """Wait until something holds; whether it ever did."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if holds(self.look()):
                return True
        return False

    def picture(self, file: Path) -> None:
        """Take a picture of the screen."""
        program = find_program("import")
        if program is not None:
            subprocess.run([program, "-window", "root", str(file)], env=self._environment, check=True)


@contextmanager
def opened(screen: Screen, script: str = __file__, **settings: str) -> Iterator[Hand]:
    """A display of that size with a window manager and packdesk.

    Args:
        screen: its size.
        script: run with `--window FILE` it opens the window, and writes what that shows to the file.
        settings: more of the environment.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        reading, writing = os.pipe()
        size = f"{screen.width}x{screen.height}x24"
        stack.enter_context(
            running("Xvfb", "-displayfd", str(writing), "-screen", "0", size, passed=(writing,))
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            display = f":{answer.readline().strip()}"
        named = {f"PACKDESK_{name}_DIR": str(folder / name) for name in ("DATA", "CACHE", "CONFIG")}
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PACKDESK_")},
            **named,
            "DISPLAY": display,
            "QT_SCALE_FACTOR": str(screen.scale),
            "QT_QPA_PLATFORM": "xcb",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "PACKDESK_PROVIDER": "offline",
            "PACKDESK_DPI": "36",
            **settings,
        }
        stack.enter_context(running("openbox", environment=environment))
        time.sleep(1)
        status = folder / "status.json"
        stack.enter_context(running(sys.executable, script, "--window", str(status), environment=environment))
        hand = Hand(environment, status)
        hand.wait(lambda seen: seen["drawn"])
        time.sleep(0.5)
        yield hand


@contextmanager
def running(
    program: str, *words: str, environment: dict[str, str] | None = None, passed: tuple[int, ...] = ()
) -> Iterator[None]:
    """A program that runs meanwhile."""
    where = find_program(program) if not Path(program).is_absolute() else program
    if where is None:
        sys.exit(f"{program} is missing")
    started = subprocess.Popen([where, *words], env=environment, pass_fds=passed, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        started.terminate()
        started.wait(10)


def trial(screen: Screen, pictures: Path | None) -> Iterator[tuple[str, bool]]:
    """What is tried on one screen, and whether each was right."""
    with opened(screen) as hand:

        def keep(name: str) -> None:
            if pictures is not None:
                hand.picture(pictures / f"{screen.width}x{screen.height}@{screen.scale:g}-{name}.png")

        keep("start")
        yield from at_start(hand.look())
        yield from sizes(hand)
        yield from faces(hand)
        keep("menu")
        hand.key("Escape")
        yield from generating(hand)
        keep("generated")
        yield from swapping(hand)
        yield from full_screen(hand)
        keep("full-screen")
        hand.key("F11")
        yield "full screen ends", hand.wait(lambda seen: not seen["full_screen"])


def at_start(seen: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """The first window."""
    yield "fits the screen", seen["inside"]
    yield "Generate all, status bar and artwork are visible", not seen["hidden"]
    yield "the focus is on view or prompt", seen["focus"] in {"view", "prompt"}


def sizes(hand: Hand) -> Iterator[tuple[str, bool]]:
    """75 Tab 130 Tab 65, then undo three times."""
    hand.click("0")
    hand.do("type", "75")
    hand.key("Tab")
    hand.do("type", "130")
    hand.key("Tab")
    hand.do("type", "65")
    hand.key("Return")
    wanted = [75, 130, 65]
    yield "75 Tab 130 Tab 65", hand.wait(lambda seen: seen["size"] == wanted and not seen["busy"])
    hand.key("ctrl+z")
    hand.key("ctrl+z")
    hand.key("ctrl+z")
    yield "three times undone", hand.wait(lambda seen: seen["size"] == [100, 150, 100])


def faces(hand: Hand) -> Iterator[tuple[str, bool]]:
    """A right click on each face."""
    for face, key in FACES.items():
        hand.click("view", button=2)  # takes the focus and moves nothing
        hand.key(key)
        time.sleep(0.6)
        hand.click("view", button=3)
        right = hand.wait(partial(shows_menu, face), 5)
        yield f"right click on {face}", right
        if face != "bottom":
            hand.key("Escape")


def shows_menu(face: str, seen: dict[str, Any]) -> bool:
    """Whether the menu of a panel is open."""
    return bool(seen["menu"]) and seen["selected"] == face


def generating(hand: Hand) -> Iterator[tuple[str, bool]]:
    """Generate by button, then Space."""
    hand.click("prompt")
    hand.do("type", "vintage floral pattern in navy")
    hand.click("generate")
    yield "artwork for all panels", hand.wait(lambda seen: seen["art"] == 6 and not seen["busy"])
    before = hand.look()
    yield "after Generate the focus is on view or prompt", before["focus"] in {"view", "prompt"}
    hand.key("space")
    turns = before["focus"] == "view"
    right = hand.wait(lambda seen: seen["turning"] == turns, 10) and not hand.look()["floating"]
    yield "Space after Generate", right
    if turns:
        hand.key("space")


def swapping(hand: Hand) -> Iterator[tuple[str, bool]]:
    """The front dragged onto the back in the flat view, and undone."""
    before = hand.look()["pictures"]
    hand.drag("flat front", "flat back")
    swapped = {**before, "front": before.get("back"), "back": before.get("front")}
    yield "front dragged onto back", hand.wait(lambda seen: seen["pictures"] == swapped, 10)
    hand.key("ctrl+z")
    yield "undone in one step", hand.wait(lambda seen: seen["pictures"] == before, 10)


def full_screen(hand: Hand) -> Iterator[tuple[str, bool]]:
    """F11 with a message waiting: a prompt of one letter is answered by one."""
    hand.click("prompt")
    hand.key("ctrl+a")
    hand.do("type", "x")
    hand.key("ctrl+Return")
    yield "a message waits", hand.wait(lambda seen: "MessageBar" in seen["bars"])
    hand.key("F11")
    yield "full screen", hand.wait(lambda seen: seen["full_screen"])
    hand.key("Tab", "Tab")
    seen = hand.look()
    yield "no bar, no outline in full screen", not seen["bars"] and seen["selected"] is None
    hand.key("space")
    yield "Space turns in full screen", hand.wait(lambda seen: seen["turning"], 10)
    hand.key("space")


def main() -> None:
    """See the module."""
    if sys.argv[1:2] == ["--window"]:
        sys.exit(show_window(Path(sys.argv[2])))
    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    found = {screen: dict(trial(screen, pictures)) for screen in SCREENS}
    names = [f"{screen.width}x{screen.height} at {screen.scale:.0%}" for screen in SCREENS]
    tried = next(iter(found.values()))
    table(
        ["", *names],
        [[one, *("ok" if found[screen].get(one) else "FAULT" for screen in SCREENS)] for one in tried],
    )
    sys.exit(0 if all(all(rows.values()) for rows in found.values()) else 1)


if __name__ == "__main__":
    main()
