"""The store when the user starts packdesk offline on purpose: what was seen last, nothing is written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NoReturn

from packdesk.errors import StoreUnavailableError
from packdesk.store.base import StoreStatus, Write, WriteResult, revision_of

if TYPE_CHECKING:
    from packdesk.store.last_seen import LastSeen


class OfflineStore:
    """A `StateStore` that answers from memory of the shared one and touches no network."""

    kind = "offline"

    def __init__(self, last_seen: LastSeen, place: str) -> None:
        self.place = place
        self._last_seen = last_seen

    def load(self) -> bytes | None:
        """See `StateStore.load`."""
        return self._last_seen.recall_state()

    def write(self, write: Write) -> WriteResult:
        """See `StateStore.write`; always refused."""
        del write
        _refuse()

    def renew(self, record: str) -> bool:
        """See `StateStore.renew`."""
        del record
        _refuse()

    def status(self) -> StoreStatus:
        """See `StateStore.status`."""
        return StoreStatus(revision_of(self.load()), 0, "")

    def wait(self, seconds: float) -> bool:
        """See `StateStore.wait`."""
        time.sleep(seconds)
        return False

    def set_aside(self) -> str | None:
        """See `StateStore.set_aside`; always refused."""
        _refuse()

    def close(self) -> None:
        """See `StateStore.close`."""


def _refuse() -> NoReturn:
    raise StoreUnavailableError(
        "packdesk was started offline, so nothing is written to the shared store.",
        "A new size is kept and applied at the next start without --offline.",
    )
