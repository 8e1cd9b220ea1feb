"""What a slider's drag costs the store: the commands a redis-server gets for each save, counted by MONITOR.

A session without a window is sized every 16 ms, as a drag does, beside a web application's document of a few
kilobytes. `EVALSHA write` is the save itself, `EVALSHA status` what the watcher asks after a hint.
"""

from __future__ import annotations

import argparse
import contextlib
import tempfile
import threading
from collections import Counter
from pathlib import Path

import redis
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from servers import plain, redis_server, start_document, url_of
from tables import table

from packdesk.app.core import build_services
from packdesk.domain.size_edit import SizeEdit
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.settings import read_settings
from packdesk.store.redis import RedisStore

STEP_MS = 16
START_WIDTH = 100


class Monitor:
    """Counts the commands a server gets from others; those of scripts are not counted, they are no trips."""

    def __init__(self, port: int) -> None:
        self.counts: Counter[str] = Counter()
        self._names: dict[str, str] = {}
        self._client = plain(port)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def name_script(self, sha: str, name: str) -> None:
        """Count calls of that script under a name."""
        self._names[sha] = name

    def start(self) -> None:
        """Begin to count."""
        self._thread.start()

    def _listen(self) -> None:
        with contextlib.suppress(redis.ConnectionError), self._client.monitor() as monitor:  # until it ends
            for command in monitor.listen():
                if command["client_type"] != "lua":
                    self.counts[self._name(command["command"])] += 1

    def _name(self, command: str) -> str:
        word, _, rest = command.partition(" ")
        named = self._names.get(rest.split(" ")[0].lower(), "") if word.upper() == "EVALSHA" else ""
        return f"{word.upper()} {named}".strip()


def run_for(milliseconds: int) -> None:
    """Let Qt's event loop go on."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def drag(session: Session, seconds: float) -> int:
    """Size the package every `STEP_MS`; returns how many saves that were."""
    saves: list[object] = []
    session._saver.saved.connect(saves.append)
    for step in range(round(seconds * 1000 / STEP_MS)):
        session.set_size(SizeEdit.of("box", START_WIDTH + step % 200, 150, 100))
        run_for(STEP_MS)
    while session.unsaved:
        run_for(STEP_MS)
    run_for(300)  # what follows the last save
    return len(saves)


def main() -> None:
    """Drag and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    seconds = parser.parse_args().seconds
    application = QCoreApplication([])
    with redis_server() as port, tempfile.TemporaryDirectory() as folder:
        start_document(port)
        store = RedisStore(url_of(port))
        settings = read_settings(data_dir=Path(folder), cache_dir=Path(folder) / "cache", provider="offline")
        services = build_services(settings, store)
        session = Session(Opening.of(services))
        session.begin()
        run_for(1000)
        monitor = Monitor(port)
        for name in ("write", "status"):
            monitor.name_script(getattr(store, f"_{name}").sha, name)
        monitor.start()
        run_for(100)
        monitor.counts.clear()
        saves = drag(session, seconds)
        counts = monitor.counts
        session.close()
        services.pictures.close()
        store.close()
    print(f"{saves} saves in {seconds:g} s of dragging\n")
    table(
        ["command", "total", "per save"],
        [[name, count, count / saves] for name, count in sorted(counts.items())],
    )
    del application


if __name__ == "__main__":
    main()
