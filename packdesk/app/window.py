"""Opens the window, and what it needs after its first frame, and takes both apart again."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from packdesk.app.choices import key_keeper
from packdesk.app.launch import start_window
from packdesk.app.layout_keeper import LayoutKeeper, read_layout
from packdesk.app.preferences import Preferences
from packdesk.app.ranging import Ranging
from packdesk.app.sharing import Sharing
from packdesk.app.signals import SignalWatch
from packdesk.app.translations import use_language
from packdesk.errors import NotPossibleError
from packdesk.jobs.opening import Opening
from packdesk.jobs.session import Session
from packdesk.store.address import checked_address, public_address
from packdesk.ui.theme import wanted_theme
from packdesk.ui.units import UNITS
from packdesk.ui.window.wiring import make_window
from packdesk.viewer.setup import collection_on_this_thread

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from packdesk.errors import PackdeskError
    from packdesk.generation.keys import KeyKeeper
    from packdesk.services.container import Services
    from packdesk.settings import Settings
    from packdesk.store.base import StateStore
    from packdesk.ui.window.main_window import MainWindow

    Opened = Callable[[MainWindow, Session], None]

_log = logging.getLogger(__name__)
_MMAP_THRESHOLD = -3  # of glibc's mallopt
_LARGE_BYTES = 2**20


def run_window(
    app: QApplication,
    settings: Settings,
    opened: Opened | None = None,
    *,
    store: StateStore | None = None,
) -> int:
    """Show the window until it is closed, and another in its place where it goes on with another design.

    Args:
        app: from `application.make_application`.
        settings: where the design is kept and how the window looks.
        opened: called with the window and its session once it is shown.
        store: where the design is kept instead of where the settings say.

    Raises:
        InvalidSettingError: the design cannot be kept where the settings say, or a service's address is none.
        DisplayError: there is no usable OpenGL.
    """
    sys.excepthook = _log_exception
    give_memory_back_at_once()
    use_language(app, settings.language)  # before any widget asks for its texts
    while True:
        code, settings, following = _one_window(app, settings, opened, store)
        if following is None:
            return code
        design, opened = following
        settings = settings.model_copy(update={"design": design})


def _one_window(
    app: QApplication, settings: Settings, opened: Opened | None, store: StateStore | None
) -> tuple[int, Settings, tuple[str, Opened] | None]:
    """Show a window until it is closed; its settings then, and the design another one goes on with."""
    keys = key_keeper(settings)
    following: list[tuple[str, Opened]] = []
    with contextlib.ExitStack() as closing:
        session = Session(window_opening(settings, keys, store, closing))
        window = _made(session, settings)
        preferences = Preferences(settings, keys, session, window)
        sharing = Sharing(settings, preferences, session, window.status.sharing) if store is None else None
        ranging = Ranging(preferences, keys, session, window.ranges)
        window.shelf.design_wanted.connect(lambda design, file: following.append((design, _opening(file))))
        window.shelf.design_wanted.connect(window.close)
        window.ranges.kept.connect(following.clear)
        window.shelf.window_wanted.connect(partial(_open_beside, session))
        if opened is None and store is None and settings.design is None and settings.start_page:
            session.opened.connect(window.shelf.show_at_start)
        try:
            code = _run(app, session, window, opened)
            settings = preferences.settings
        finally:
            ranging.close()
            del preferences  # it had to live until here
            if sharing is not None:
                sharing.close()
    return code, settings, following[-1] if following else None


def _open_beside(session: Session, design: str) -> None:
    """Open a design in a window of its own process, or say that it cannot be done."""
    try:
        start_window(design)
    except OSError as error:
        _log.warning("Another window could not be started: %s", error)
        session.failed.emit(
            NotPossibleError("Another window could not be opened.", "Close some programs and try again.")
        )


def _opening(file: Path | None) -> Opened:
    """Opens a file in a window as soon as it is known what stands there."""

    def opened(_window: MainWindow, session: Session) -> None:
        if file is not None:
            once = Qt.ConnectionType.SingleShotConnection
            session.document_read.connect(lambda: session.bundles.open(file), once)

    return opened


def _run(
    app: QApplication,
    session: Session,
    window: MainWindow,
    opened: Opened | None,
) -> int:
    failures: list[PackdeskError] = []
    session.unopened.connect(failures.append)
    session.unopened.connect(window.close)
    asked = SignalWatch()
    asked.received.connect(window.ranges.let_go)
    asked.received.connect(window.close)
    begin_when_seen(session, window)
    window.show()
    if opened is not None:
        opened(window, session)
    try:
        with collection_on_this_thread():
            code = app.exec()
    finally:
        asked.close()
        session.close()
    for failure in failures:
        raise failure
    return code


def begin_when_seen(session: Session, window: MainWindow) -> None:
    """Have the services made once the window shows its first frame."""
    # Queued: not from within the frame, but before the next; those that follow find it begun.
    for seen in (window.view.frameSwapped, window.view.draw_failed):
        seen.connect(session.begin, Qt.ConnectionType.QueuedConnection)
    session.opened.connect(session.generation.prepare_provider)


def give_memory_back_at_once() -> None:
    """Have the C library return every large block when it is freed; nothing happens where it is not glibc.

    By itself glibc learns from the first large block that is freed, and keeps the later ones in its heap.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)


def _made(session: Session, settings: Settings) -> MainWindow:
    window = make_window(session, wanted_theme(settings.theme), unit=UNITS[settings.units])
    window.restore_layout(read_layout())
    LayoutKeeper(session.bridge, window)
    return window


def _log_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # Qt calls back into Python where nobody can catch; the program goes on and the log tells.
    _log.critical("Unexpected error", exc_info=(kind, error, trace))


def window_opening(
    settings: Settings, keys: KeyKeeper, store: StateStore | None, closing: ExitStack
) -> Opening:
    """The services, not yet made: they would delay the first frame by their imports.

    Args:
        settings: where the design is kept and who makes artwork.
        keys: where a key is looked for.
        store: where the design is kept instead of where the settings say.
        closing: closes what was opened.

    Raises:
        InvalidSettingError: the address of the shared store is none.
    """
    kind, place = (store.kind, store.place) if store is not None else _store_place(settings)
    provider = "gemini" if settings.provider == "gemini" and not settings.offline else "offline"
    made = partial(_services, settings, keys, store, closing)
    return Opening(made, store_kind=kind, store_place=place, provider=provider)


def _store_place(settings: Settings) -> tuple[str, str]:
    """Kind and place of the store that the settings ask for."""
    if settings.redis_url is None:
        return "local", str(settings.data_dir)
    address = settings.redis_url.get_secret_value()
    checked_address(address)
    return "offline" if settings.offline else "shared", public_address(address)


def _services(settings: Settings, keys: KeyKeeper, store: StateStore | None, closing: ExitStack) -> Services:
    from packdesk.app.core import choose_provider, open_services  # noqa: PLC0415  (see `window_opening`)

    provider = choose_provider(settings, keys, beside_window=True)
    if store is None and settings.redis_url is None:
        store = _own_design(settings, closing)
    return closing.enter_context(open_services(settings, provider, store))


def _own_design(settings: Settings, closing: ExitStack) -> StateStore:
    """A design of this machine that no other window has, unless one is named."""
    from packdesk.store.shelf import Shelf  # noqa: PLC0415  (as above)

    return closing.enter_context(Shelf(settings.data_dir).opened(settings.design)).store()
