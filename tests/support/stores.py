"""A store that counts and can be told to lose races."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.wire import decode_state

if TYPE_CHECKING:
    from packdesk.store.base import CommitResult, StateStore


class CountingStore:
    """Passes everything on and remembers which panels each successful write carried."""

    def __init__(self, inner: StateStore) -> None:
        self.inner = inner
        self.kind = inner.kind
        self.place = inner.place
        self.writes: list[list[str]] = []

    def load(self) -> bytes | None:
        return self.inner.load()

    def commit(self, expected: bytes | None, new: bytes) -> CommitResult:
        result = self.inner.commit(expected, new)
        if result.committed:
            self.writes.append(list(decode_state(new).panel_textures))
        return result

    def revision(self) -> str:
        return self.inner.revision()

    def close(self) -> None:
        self.inner.close()
