"""Stores that can be read and never written: one document, or offline the shared one as it was seen last."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NoReturn

from packdesk.errors import ReadOnlyError, StoreUnavailableError
from packdesk.store.base import StoreStatus, Write, WriteResult, revision_of

if TYPE_CHECKING:
    from packdesk.errors import PackdeskError
    from packdesk.store.last_seen import LastSeen


class ReadOnlyStore(ABC):
    """A `StateStore` whose value is known and never written; touches no network."""

    kind: str

    def __init__(self, place: str) -> None:
        self.place = place

    @abstractmethod
    def load(self) -> bytes | None:
        """See `StateStore.load`."""

    @abstractmethod
    def _refusal(self) -> PackdeskError:
        """The error for every write."""

    def _refuse(self) -> NoReturn:
        raise self._refusal()

    def write(self, write: Write) -> WriteResult:
        """See `StateStore.write`; always refused."""
        del write
        self._refuse()

    def renew(self, record: str) -> bool:
        """See `StateStore.renew`."""
        del record
        self._refuse()

    def status(self) -> StoreStatus:
        """See `StateStore.status`."""
        return StoreStatus(revision_of(self.load()), 0, "")

    def wait(self, seconds: float) -> bool:
        """See `StateStore.wait`."""
        time.sleep(seconds)
        return False

    def set_aside(self) -> str | None:
        """See `StateStore.set_aside`; always refused."""
        self._refuse()

    def load_named(self, name: str) -> bytes | None:
        """See `StateStore.load_named`; nothing is kept beside the value."""
        del name
        return None

    def mend(self) -> int:
        """See `StateStore.mend`; nothing is kept beside the value."""
        return 0

    def backups(self) -> list[bytes]:
        """See `StateStore.beside`."""
        return []

    def close(self) -> None:  # noqa: B027  (there is nothing to let go of)
        """See `StateStore.close`."""


class ReviewStore(ReadOnlyStore):
    """One design, open read-only."""

    kind = "review"

    def __init__(self, raw: bytes, place: str) -> None:
        super().__init__(place)
        self._raw = raw

    def load(self) -> bytes | None:
        """See `StateStore.load`."""
        return self._raw

    def _refusal(self) -> PackdeskError:
        return ReadOnlyError("The design is open read-only.")


class OfflineStore(ReadOnlyStore):
    """A `StateStore` that answers with the last seen copy of the shared one."""

    kind = "offline"

    def __init__(self, last_seen: LastSeen, place: str) -> None:
        super().__init__(place)
        self._last_seen = last_seen

    def load(self) -> bytes | None:
        """See `StateStore.load`."""
        return self._last_seen.recall_state()

    def backups(self) -> list[bytes]:
        """See `StateStore.beside`; the server is not asked, so nobody knows.

        Raises:
            StoreUnavailableError: always.
        """
        raise StoreUnavailableError(
            "packdesk is offline, so it cannot tell which pictures the shared design uses.",
            "Tidy up when you are online.",
        )

    def _refusal(self) -> PackdeskError:
        return StoreUnavailableError(
            "packdesk was started offline, so the shared design is not changed.",
            "A new size is kept and saved at the next start online.",
        )
