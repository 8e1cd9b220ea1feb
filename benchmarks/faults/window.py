"""A real window while its Redis server is killed, paused, restarted, full, read-only, or wants a password.

Drags a slider all the time and starts a generation before each fault. Prints the longest gap of the event
loop, what the window said, and whether the last size and the artwork arrived in the end. Exits 1 on a broken
promise.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from packdesk.domain.order import GenerationOrder

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from gaps import GapMeter  # noqa: E402
from support.redis_server import RedisServer  # noqa: E402  (the tests' server)

from packdesk.app.application import make_application  # noqa: E402
from packdesk.app.choices import key_keeper  # noqa: E402
from packdesk.app.core import build_services, choose_provider  # noqa: E402
from packdesk.domain.wire import decode_state  # noqa: E402
from packdesk.jobs.opening import Opening  # noqa: E402
from packdesk.jobs.session import Session  # noqa: E402
from packdesk.settings import read_settings  # noqa: E402
from packdesk.store.redis import RedisStore  # noqa: E402
from packdesk.ui.package.dimension_row import GRAINS  # noqa: E402
from packdesk.ui.theme import LIGHT  # noqa: E402
from packdesk.ui.window.wiring import make_window  # noqa: E402
from packdesk.viewer.setup import collection_on_this_thread  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT_MS = 100.0
FAULT_S = 4.0


class Desk:
    """The window, its server, and hands that drag a slider."""

    def __init__(self, folder: Path) -> None:
        (folder / "redis").mkdir()
        self.server = RedisServer(folder / "redis", "--appendonly", "yes")
        self.server.start()
        settings = read_settings(data_dir=folder / "data", cache_dir=folder / "cache", dpi=60)
        self.store = RedisStore(self.server.url)
        provider = choose_provider(settings, key_keeper(settings), beside_window=True)
        self.session = Session(Opening.of(build_services(settings, self.store, provider)))
        self.window = make_window(self.session, LIGHT)
        self.window.resize(900, 600)
        self.window.show()
        self.session.begin()
        self.meter = GapMeter()
        self.value = 100
        self._drag = QTimer(interval=30)
        self._drag.timeout.connect(self._step)

    def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Let the window live that long, or until the condition holds."""
        loop, deadline = QEventLoop(), time.monotonic() + seconds
        timer = QTimer(interval=20)
        timer.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > deadline else None)
        timer.start()
        loop.exec()
        return until()

    def trial(self, name: str, hurt: Callable[[], None], heal: Callable[[], None]) -> bool:
        """One fault in the middle of a drag and a batch; True when every promise was kept."""
        self.run(20, lambda: self.session.connection == "shared" and not self.session.generation.view.running)
        self._drag.start()
        self.meter.begin()
        self.session.generation.generate(GenerationOrder(f"botanical leaves for {name}"))
        self.run(10, lambda: self.session.generation.view.running)
        self._elsewhere(hurt)
        self.run(FAULT_S)
        said = (
            self.window.messages.text.text().split(".")[0]
            if self.window.messages.isVisible()
            else "(nothing)"
        )
        seen = self.session.connection
        self._elsewhere(heal)
        self.run(2)
        self._drag.stop()
        saved = self.run(30, lambda: not self.session.unsaved and not self.session.generation.view.running)
        longest = self.meter.longest_ms
        kept = saved and self._stored_width() == self.value
        art = len(decode_state(self.store.load() or b"").panel_textures)
        verdict = "ok" if kept and longest < LIMIT_MS else "BROKEN"
        print(
            f"{name:<14} {longest:>8.1f} {seen:>8} {kept!s:>6} {art:>4}  {verdict:<7} {said[:70]}", flush=True
        )
        return verdict == "ok"

    def _elsewhere(self, act: Callable[[], None]) -> None:
        """Do that beside the window, as a fault comes: starting a server here would be a gap of our own."""
        thread = threading.Thread(target=act)
        thread.start()
        self.run(20, lambda: not thread.is_alive())

    def close(self) -> None:
        self.window.close()
        self.store.close()
        self.server.stop()

    def _step(self) -> None:
        self.value = 100 + (self.value - 99) % 250
        self.window.package.width_row.slider.setValue(round(self.value * GRAINS))

    def _stored_width(self) -> float:
        return decode_state(self.store.load() or b"").package_dimensions.width


def send(desk: Desk, number: signal.Signals) -> None:
    assert desk.server._process is not None
    desk.server._process.send_signal(number)


def config(desk: Desk, **values: str) -> None:
    for name, value in values.items():
        desk.server.client().config_set(name.replace("_", "-"), value)


def lock(desk: Desk) -> None:
    """Want a password from now on, also from those who are connected."""
    client = desk.server.client()
    client.config_set("requirepass", "secret")
    client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")


def unlock(desk: Desk) -> None:
    desk.server.client(password="secret").config_set("requirepass", "")


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        print(f"{'fault':<14} {'gap ms':>8} {'seen':>8} {'saved':>6} {'art':>4}  verdict the window said")
        desk.trial("(warming up)", lambda: None, lambda: None)  # fonts and shaders are made once; not judged
        with collection_on_this_thread():
            kept = trials(desk)
        desk.close()
    del app  # it had to live until here
    return 0 if all(kept) else 1


def trials(desk: Desk) -> list[bool]:
    """Every fault in turn: whether each promise was kept."""
    server = desk.server
    return [
        desk.trial("no fault", lambda: None, lambda: None),
        desk.trial("killed", lambda: send(desk, signal.SIGKILL), server.restart),
        desk.trial("paused", lambda: send(desk, signal.SIGSTOP), lambda: send(desk, signal.SIGCONT)),
        desk.trial("restarted", server.restart, lambda: None),
        desk.trial(
            "out of memory",
            lambda: config(desk, maxmemory_policy="noeviction", maxmemory="1"),
            lambda: config(desk, maxmemory="0"),
        ),
        desk.trial(
            "read-only",
            lambda: desk.server.client().replicaof("127.0.0.1", "1"),
            lambda: desk.server.client().replicaof("NO", "ONE"),
        ),
        desk.trial("password", lambda: lock(desk), lambda: unlock(desk)),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
