"""*Range from a table*: a process of its own plans and makes what the window asks for, and ends with it."""

from __future__ import annotations

import logging
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot
from PySide6.QtGui import QImage

from packdesk.app.launch import own_command
from packdesk.domain.text import cut
from packdesk.errors import NotPossibleError, PackdeskError
from packdesk.jobs.exporting import ExportOrder, export_design

if TYPE_CHECKING:
    from packdesk.app.preferences import Preferences
    from packdesk.domain.appearance import Appearance
    from packdesk.domain.state import PackagingState
    from packdesk.generation.keys import KeyKeeper
    from packdesk.jobs.session import Session
    from packdesk.services.container import Services
    from packdesk.ui.window.range_commands import RangeCommands

_END_MS = 4000
_log = logging.getLogger(__name__)


class Ranging(QObject):
    """Starts the process when something is asked first, and ends it with the dialog.

    Args:
        preferences: what is set now: who paints.
        keys: where a key is looked for; one of this session's memory is handed on.
        session: has the design in the window.
        commands: asks, and shows what is answered.

    Signals:
        answered: a message of `domain.ranges.messages`.
        seen: such a message of a row that was drawn, and its picture.
    """

    answered = Signal(object)
    seen = Signal(object, object)

    def __init__(
        self, preferences: Preferences, keys: KeyKeeper, session: Session, commands: RangeCommands
    ) -> None:
        super().__init__(session)
        self._preferences, self._keys, self._session = preferences, keys, session
        self._commands = commands
        self._process: QProcess | None = None
        self._folder: Path | None = None
        self._base: tuple[object, str] | None = None
        self._count = self._newest = 0
        commands.asked.connect(self.ask)
        commands.closed.connect(self.stop)
        self.answered.connect(commands.answer)
        self.seen.connect(commands.show_seen)

    @Slot(object)
    def ask(self, asked: Any) -> None:
        """Send a message; a plan waits until the base design is saved."""
        if asked.kind == "plan":
            self._newest = asked.number
            self._session.bridge.start(self._plan(asked), partial(self._refuse, asked.number))
        else:
            self._send(asked)

    @Slot()
    def stop(self) -> None:
        """End the process: nobody will ask it anything for now."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._on_finished)
            process.closeWriteChannel()
            process.finished.connect(process.deleteLater)

    def close(self) -> None:
        """End it with the window: politely, then at once; rows that are made stay."""
        self.stop()
        for process in self.findChildren(QProcess):
            if not process.waitForFinished(_END_MS):  # or it has ended already: then both do nothing
                process.kill()
                process.waitForFinished(_END_MS)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    # --- questions

    async def _plan(self, asked: Any) -> None:
        wish = asked.wish
        if not wish.design:
            wish = wish.model_copy(update={"design": await self._saved_base()})
        if self._process is None:
            key = await self._session.bridge.work(_key_of_session, self._keys)
            if self._process is None:
                self._process = self._started(key)
        if asked.number == self._newest:
            self._send(asked.model_copy(update={"wish": wish}))

    async def _saved_base(self) -> str:
        """The design in the window as a bundle; saved again only where it is another."""
        base = self._commands.base()
        if self._base is not None and self._base[0] == base:
            return self._base[1]
        if self._folder is None:
            self._folder = await self._session.bridge.work(_new_folder)
        self._count += 1
        file = self._folder / f"base-{self._count}.packdesk"  # the former one may still be read
        await self._session.bridge.ask(partial(_save, *base, file))
        self._base = base, str(file)
        return str(file)

    def _started(self, key: str) -> QProcess:
        process = QProcess(self)
        process.setProcessEnvironment(self._environment(key))
        process.readyReadStandardOutput.connect(self._on_answers)
        process.readyReadStandardError.connect(self._on_said)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        program, *words = own_command("batch", "desk")
        process.start(program, words)
        return process

    def _environment(self, key: str) -> QProcessEnvironment:
        """Who paints, as it is set in this window; all else is in the settings."""
        now = self._preferences.settings
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PACKDESK_PROVIDER", now.provider)
        environment.insert("PACKDESK_OFFLINE", "1" if now.offline else "0")
        if key:
            environment.insert("GEMINI_API_KEY", key)
        return environment

    def _send(self, asked: Any) -> None:
        if self._process is not None:
            self._process.write(asked.model_dump_json().encode() + b"\n")

    # --- answers

    @Slot()
    def _on_answers(self) -> None:
        from packdesk.domain.ranges.messages import ANSWERED  # noqa: PLC0415  (windows start without it)

        while self._process is not None and self._process.canReadLine():
            answered = ANSWERED.validate_json(bytes(self._process.readLine().data()))
            if answered.kind == "seen":
                self._session.bridge.start(self._show(answered), self._session.failed.emit)
            else:
                self.answered.emit(answered)

    async def _show(self, seen: Any) -> None:
        image = await self._session.bridge.work(QImage, seen.file) if seen.file else QImage()
        self.seen.emit(seen, image)

    @Slot()
    def _on_said(self) -> None:
        if self._process is None:
            return
        told = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        for line in told.splitlines():
            _log.info("The process of a range: %s", cut(line, 600))

    @Slot(int)
    def _on_finished(self, code: int) -> None:
        _log.warning("The process of a range ended with %d", code)
        self._lost(
            NotPossibleError(
                "The process that makes ranges has ended.", "Try again: rows that are made stay."
            )
        )

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # else it will be told that it has finished
            self._lost(NotPossibleError("What makes ranges cannot be started.", "Close some programs."))

    def _lost(self, error: PackdeskError) -> None:
        from packdesk.domain.ranges.messages import Ended, Told  # noqa: PLC0415  (as above)

        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        if self._commands.running:
            self.answered.emit(Ended(error=Told.of(error.full_text())))
        else:
            self._refuse(self._newest, error)

    def _refuse(self, number: int, error: PackdeskError) -> None:
        from packdesk.domain.ranges.messages import Planned, Told  # noqa: PLC0415  (as above)

        self.answered.emit(Planned(number=number, error=Told.of(error.full_text())))


async def _save(state: PackagingState, shown: Appearance, file: Path, services: Services) -> None:
    from packdesk.export.options import ExportFormat, ExportOptions  # noqa: PLC0415  (windows start without it)

    order = ExportOrder(state, file, ExportOptions(), shown=shown, kind=ExportFormat.BUNDLE)
    exported = await export_design(services, order)
    for error in exported.missing.values():
        raise error


def _new_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="packdesk-"))


def _key_of_session(keys: KeyKeeper) -> str:
    """The key that no other process can find by itself."""
    key, source = keys.find()
    return key.get_secret_value() if key is not None and source == "session" else ""
