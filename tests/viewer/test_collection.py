"""Where Python's garbage collector runs while a window is open."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

from packdesk.viewer.setup import collection_on_this_thread

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Circle:
    """Only the collector ends it."""

    def __init__(self) -> None:
        self.itself = self


def test_a_busy_thread_never_ends_what_the_window_left(qtbot: QtBot) -> None:
    gc.enable()  # as in the program
    ended: list[int] = []
    try:
        with collection_on_this_thread():
            left = Circle()
            weakref.finalize(left, lambda: ended.append(threading.get_ident()))
            del left
            worker = threading.Thread(target=lambda: [Circle() for _ in range(50_000)])
            worker.start()
            worker.join()
            assert not ended
            qtbot.waitUntil(lambda: bool(ended))
        assert ended == [threading.get_ident()]
        assert gc.get_freeze_count() == 0
    finally:
        gc.disable()
