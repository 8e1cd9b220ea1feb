"""How long until a `redis-cli SET` by another program is on screen in an open window, in milliseconds."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import redis
from PySide6.QtCore import QEventLoop, QTimer
from servers import redis_server

from packdesk.app.application import make_application
from packdesk.app.core import build_services
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.base import KEY
from packdesk.store.redis import RedisStore
from packdesk.ui.theme import LIGHT
from packdesk.ui.window.wiring import make_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.ui.window.main_window import MainWindow

CHANGES = 20
IDLE_S = 10


def until(condition: Callable[[], bool]) -> None:
    loop, timer = QEventLoop(), QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if condition() else None)
    timer.start()
    loop.exec()


def traffic(port: int) -> int:
    facts = redis.Redis(port=port).info("stats")
    return int(facts["total_net_input_bytes"]) + int(facts["total_net_output_bytes"])


def idle(port: int) -> float:
    """Bytes a second while nothing happens, both directions, without what asking costs."""
    asking = traffic(port)
    asking = traffic(port) - asking
    before, started = traffic(port), time.monotonic()
    until(lambda: time.monotonic() - started > IDLE_S)
    return (traffic(port) - before - asking) / IDLE_S


def change(program: str, port: int, window: MainWindow, width: int) -> float:
    """Write a size as another program does; milliseconds until the window shows it."""
    size = {"width": width, "height": 100, "depth": 60}
    document = json.dumps({"package_type": "box", "package_dimensions": size})
    subprocess.run([program, "-p", str(port), "SET", KEY, document], check=True, capture_output=True)
    started = time.perf_counter()
    until(lambda: window.package.width_row.field.value() == width)
    return (time.perf_counter() - started) * 1000


def main() -> None:
    program = shutil.which("redis-cli")
    assert program is not None
    app = make_application()
    with redis_server() as port, tempfile.TemporaryDirectory() as folder:
        settings = read_settings(data_dir=Path(folder), cache_dir=Path(folder) / "cache")
        store = RedisStore(f"redis://127.0.0.1:{port}/0")
        session = Session(Opening.of(build_services(settings, store)))
        window = make_window(session, LIGHT, samples=0)
        window.show()
        session.begin()
        until(lambda: session.connection == "shared" and window.isVisible())
        times = [change(program, port, window, width) for width in range(50, 50 + CHANGES)]
        print(
            f"redis-cli SET to window: median {statistics.median(times):.1f} ms, longest {max(times):.1f} ms"
        )
        print(f"idle: {idle(port):.0f} bytes a second")
        window.close()
        store.close()
    del app  # it had to live until here


if __name__ == "__main__":
    main()
