"""A store that counts and can be told to lose races."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from packdesk.domain.wire import decode_state
from packdesk.errors import StoreUnavailableError
from packdesk.store.base import Verdict

if TYPE_CHECKING:
    from packdesk.store.base import StateStore, StoreStatus, Write, WriteResult


class FlakyStore:
    """Passes everything on, until `outage` is set: then it does not answer."""

    def __init__(self, inner: StateStore) -> None:
        self.inner = inner
        self.kind = inner.kind
        self.place = inner.place
        self.outage = threading.Event()

    def load(self) -> bytes | None:
        self._check()
        return self.inner.load()

    def write(self, write: Write) -> WriteResult:
        self._check()
        return self.inner.write(write)

    def renew(self, record: str) -> bool:
        self._check()
        return self.inner.renew(record)

    def status(self) -> StoreStatus:
        self._check()
        return self.inner.status()

    def wait(self, seconds: float) -> bool:
        self._check()
        return self.inner.wait(seconds)

    def load_named(self, name: str) -> bytes | None:
        self._check()
        return self.inner.load_named(name)

    def set_aside(self) -> str | None:
        self._check()
        return self.inner.set_aside()

    def mend(self) -> int:
        self._check()
        return self.inner.mend()

    def backups(self) -> list[bytes]:
        self._check()
        return self.inner.backups()

    def close(self) -> None:
        self.inner.close()

    def _check(self) -> None:
        if self.outage.is_set():
            raise StoreUnavailableError("The store is away.", "Wait.")


class CountingStore:
    """Passes everything on and remembers which panels each successful write carried."""

    def __init__(self, inner: StateStore) -> None:
        self.inner = inner
        self.kind = inner.kind
        self.place = inner.place
        self.writes: list[list[str]] = []

    def load(self) -> bytes | None:
        return self.inner.load()

    def write(self, write: Write) -> WriteResult:
        result = self.inner.write(write)
        if result.verdict is Verdict.WRITTEN:
            self.writes.append(list(decode_state(write.new).panel_textures))
        return result

    def renew(self, record: str) -> bool:
        return self.inner.renew(record)

    def status(self) -> StoreStatus:
        return self.inner.status()

    def wait(self, seconds: float) -> bool:
        return self.inner.wait(seconds)

    def load_named(self, name: str) -> bytes | None:
        return self.inner.load_named(name)

    def set_aside(self) -> str | None:
        return self.inner.set_aside()

    def mend(self) -> int:
        return self.inner.mend()

    def backups(self) -> list[bytes]:
        return self.inner.backups()

    def close(self) -> None:
        self.inner.close()
