"""What every test stands on: folders of its own, real servers, no surprises."""

from __future__ import annotations

import gc
import os
import signal
from functools import partialmethod
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot
from support.forks import WORKERS, work_in_forks
from support.redis_server import RedisServer

from packdesk.processes import own_processes
from packdesk.store.redis import RedisStore
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.store.base import StateStore

TESTS = Path(__file__).parent
LONGEST_FIRST = (
    "ui",
    "dielines",
    "batch",
    "app",
    "assistant",
    "textures",
    "viewer",
    "export",
    "services",
    "generation",
)
WAITING = ("cli", "serve", "store", "jobs")
"""Rooms whose tests mostly wait: for processes, servers, locks."""
PATIENCE_MS = 60_000
KEYS = ("GOOGLE_API_KEY", "GEMINI_API_KEY")


# No test reads or writes the user's key store, not even a process a test starts.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# Begun in the background of a shell it is ignored, also in all that a test begins.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine fails no test.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

work_in_forks()


def pytest_addoption(parser: pytest.Parser) -> None:
    """One switch of our own."""
    parser.addoption(
        "--regenerate-renders",
        action="store_true",
        help="write the reference pictures of tests/viewer/references anew instead of comparing with them",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that the workers end together; files that wait evenly between those that work."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    working = sorted((one for one in files if _room(one) not in WAITING), key=_rank)
    waiting = [one for one in files if _room(one) in WAITING]
    order = sorted((*evenly(working), *evenly(waiting)))
    items[:] = [item for _, _, file in order for item in files[file]]


def evenly(files: list[Path]) -> list[tuple[float, int, Path]]:
    """Each file with its place in the run, from 0 to 1, and its place among its like."""
    return [((place + 0.5) / len(files), place, file) for place, file in enumerate(files)]


def _rank(file: Path) -> int:
    room = _room(file)
    return LONGEST_FIRST.index(room) if room in LONGEST_FIRST else len(LONGEST_FIRST)


def _room(file: Path) -> str:
    return file.relative_to(TESTS).parts[0]


class PatientBot(QtBot):
    """Waits longer than usual for what must come: a busy machine fails no test."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)  # noqa: N815  (pytest-qt's names)
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)  # noqa: N815
    waitExposed = partialmethod(QtBot.waitExposed, timeout=PATIENCE_MS)  # noqa: N815


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """In place of pytest-qt's."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's folders or settings."""
    for name in [key for key in os.environ if key.startswith("PACKDESK_") or key in KEYS]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PACKDESK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PACKDESK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PACKDESK_CONFIG_DIR", str(tmp_path / "config"))


@pytest.fixture
def begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that decode begin anew, as those of users: what they forgot to import is missed there."""
    for module in WORKERS:
        monkeypatch.setitem(vars(module), "own_processes", own_processes)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Prepare OpenGL before pytest-qt makes the one application."""
    from packdesk.viewer.setup import prepare_opengl

    prepare_opengl()
    return ["packdesk-tests"]


@pytest.fixture(scope="module", autouse=True)
def collection_between_tests() -> None:
    """The garbage collector runs on no other thread: what is left of a window would end there, and crash.

    What was imported and what earlier modules left is not looked through again and again.
    """
    gc.disable()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_leaked_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """A window that outlives its test fails it."""
    gc.collect()
    yield
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if QApplication.topLevelWidgets():
        gc.collect()
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert not left, f"left open: {left}"


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A real redis-server of our own."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def empty_redis(redis_server: RedisServer) -> RedisServer:
    """The server without any key."""
    redis_server.client().flushall()
    return redis_server


@pytest.fixture(params=["sqlite", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StateStore]:
    """Each back end in turn, empty."""
    made = open_store(request)
    yield made
    made.close()


def open_store(request: pytest.FixtureRequest) -> StateStore:
    if request.param == "sqlite":
        return SqliteStore(request.getfixturevalue("tmp_path") / "store.sqlite3")
    return RedisStore(request.getfixturevalue("empty_redis").url)


@pytest.fixture(params=["sqlite", "redis"])
def two_stores(request: pytest.FixtureRequest) -> Iterator[tuple[StateStore, StateStore]]:
    """Two programs at the same store."""
    if request.param == "redis":
        request.getfixturevalue("empty_redis")
        url = request.getfixturevalue("redis_server").url
        pair: tuple[StateStore, StateStore] = (RedisStore(url), RedisStore(url))
    else:
        path = request.getfixturevalue("tmp_path") / "store.sqlite3"
        pair = (SqliteStore(path), SqliteStore(path))
    yield pair
    for one in pair:
        one.close()
