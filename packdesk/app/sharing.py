"""*Share on this machine*: the window's design served by a process of its own, which ends with the window."""

from __future__ import annotations

import importlib.util
import logging
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from packdesk.app.launch import own_command
from packdesk.domain.text import cut
from packdesk.errors import PackdeskError, SharingError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from packdesk.app.preferences import Preferences
    from packdesk.jobs.session import Session
    from packdesk.settings import Settings
    from packdesk.ui.window.sharing_chip import SharingChip

LAST_LINES = 5
_LONGEST_LINE = 4000
_END_MS = 2500
_TOLD = "packdesk: "
_NEEDED = ("starlette", "uvicorn")
_log = logging.getLogger(__name__)


class Sharing(QObject):
    """Starts and ends the server of a window.

    A fault of the server does not touch the window. The server holds one end of a pipe, the window the other:
    however the window ends, also killed, the pipe closes, and the server ends.

    Args:
        settings: the window was opened with: where the design is kept.
        preferences: what is set now: who paints, and the port.
        session: its design.
        chip: asks for it, and shows it.

    Signals:
        shared: the address, once clients can connect.
        stopped: the design is not shared any more.
        failed: why not, a `PackdeskError`.
    """

    shared = Signal(str)
    stopped = Signal()
    failed = Signal(object)

    def __init__(
        self, settings: Settings, preferences: Preferences, session: Session, chip: SharingChip
    ) -> None:
        super().__init__(session)
        self._settings = settings
        self._preferences = preferences
        self._session = session
        self._said: deque[str] = deque(maxlen=LAST_LINES)
        self._wanted = self._running = self._ending = False
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._on_address)
        self._process.readyReadStandardError.connect(self._on_said)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        chip.share_wanted.connect(self.start)
        chip.stop_wanted.connect(self.stop)
        self.shared.connect(chip.show_shared)
        self.stopped.connect(chip.show_stopped)
        self.failed.connect(session.failed)
        for known in (session.opened, session.shelf.named):
            known.connect(chip.allow)

    @Slot()
    def start(self) -> None:
        """Share the design."""
        self._wanted = True
        if not self._running:  # else when the former server has ended
            self._running, self._ending = True, False
            self._session.bridge.start(self._begin(), self._fail)

    @Slot()
    def stop(self) -> None:
        """Share it no longer."""
        self._wanted, self._ending = False, True
        self._process.closeWriteChannel()

    def close(self) -> None:
        """End it with the window: politely, then at once."""
        self._wanted, self._ending = False, True
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(_END_MS):
                self._process.kill()
                self._process.waitForFinished(_END_MS)

    async def _begin(self) -> None:
        if not await self._session.bridge.work(_can_serve):
            raise SharingError(
                "What sharing a design needs is not installed.",
                "The troubleshooting guide says how to add it.",
                terminal="pip install 'packdesk[serve]' brings it; the stand-alone program cannot share.",
            )
        if self._ending:
            self._end()
            return
        self._said.clear()
        program, *words = own_command("serve", "--tied")
        self._process.setProcessEnvironment(self._environment())
        self._process.start(program, words)

    def _environment(self) -> QProcessEnvironment:
        """This window's design, whatever the settings will be by then."""
        now, own, url = self._preferences.settings, self._session.shelf.own, self._settings.redis_url
        values = {
            "REDIS_URL": "" if url is None else url.get_secret_value(),
            "DESIGN": "" if own is None else own.id,
            "PROVIDER": now.provider,
            "OFFLINE": "1" if self._settings.offline else "0",
            "SERVE_PORT": str(now.serve_port),
        }
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in values.items():
            environment.insert(f"PACKDESK_{name}", value)
        return environment

    @Slot()
    def _on_address(self) -> None:
        while self._process.canReadLine():
            place = bytes(self._process.readLine(_LONGEST_LINE).data()).decode("utf-8", "replace").strip()
            if place and not self._ending:
                _log.info("The design is shared at %s", place)
                self.shared.emit(place)

    @Slot()
    def _on_said(self) -> None:
        told = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        for line in told.splitlines():
            _log.info("The server: %s", cut(line, 600))
            self._said.append(cut(line, 600))

    @Slot(int)
    def _on_finished(self, code: int) -> None:
        if self._ending:
            self._end()
            return
        told = [line.removeprefix(_TOLD) for line in self._said if line.startswith(_TOLD)]
        _log.warning("The server of the shared design ended with %d", code)
        self._fail(_ended(told))

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # else it will be told that it has finished
            self._fail(
                SharingError("The server of a shared design cannot be started.", "Close some programs.")
            )

    def _fail(self, error: PackdeskError) -> None:
        self._wanted = False
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._running = False
        if self._wanted:  # again, meanwhile
            self.start()
        else:
            self.stopped.emit()


def _can_serve() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in _NEEDED)


def _ended(told: list[str]) -> SharingError:
    if told:
        reason = Sentence("The design cannot be shared: {reason}", reason=told[-1])
        return SharingError(reason)
    return SharingError("The design is not shared any more: its server has ended.")
