"""Which bundles were used last, and whether they are still there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.export.options import ExportFormat
from packdesk.jobs.bridge import ignore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.jobs.bridge import Bridge
    from packdesk.jobs.exporting import Exported

MOST = 10
ENDING = f".{ExportFormat.BUNDLE.value}"


class RecentFiles(QObject):
    """The newest first, at most `MOST`. The disk is asked on another thread: it may be a slow share.

    Signals:
        changed: the files (a tuple of `Path`), when they are others.
    """

    changed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.files: tuple[Path, ...] = ()

    def restore(self, names: object) -> None:
        """Take the list as it was kept; what is none is passed over."""
        known = names if isinstance(names, list) else []
        self._set(Path(name) for name in known if isinstance(name, str) and name)

    @Slot(object)
    def add(self, file: Path) -> None:
        """A bundle was opened or saved."""
        file = file.absolute()
        self._set((file, *(one for one in self.files if one != file)))

    @Slot(object)
    def add_exported(self, exported: Exported) -> None:
        """A file was written, perhaps a bundle."""
        if exported.target.suffix.lower() == ENDING:
            self.add(exported.target)

    def clear(self) -> None:
        """Forget all of them."""
        self._set(())

    @Slot()
    def refresh(self) -> None:
        """Leave out those that are gone."""
        self._bridge.start(self._drop_gone(), ignore)

    async def _drop_gone(self) -> None:
        gone = await self._bridge.work(_gone, self.files)
        self._set(file for file in self.files if file not in gone)

    def _set(self, files: Iterable[Path]) -> None:
        new = tuple(files)[:MOST]
        if new != self.files:
            self.files = new
            self.changed.emit(new)


def _gone(files: tuple[Path, ...]) -> set[Path]:
    return {file for file in files if not file.is_file()}
