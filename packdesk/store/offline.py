"""The store when the user starts packdesk offline on purpose: what was seen last, nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.errors import StoreUnavailableError
from packdesk.store.read_only import ReadOnlyStore

if TYPE_CHECKING:
    from packdesk.errors import PackdeskError
    from packdesk.store.last_seen import LastSeen


class OfflineStore(ReadOnlyStore):
    """A `StateStore` that answers from memory of the shared one."""

    kind = "offline"

    def __init__(self, last_seen: LastSeen, place: str) -> None:
        super().__init__(place)
        self._last_seen = last_seen

    def load(self) -> bytes | None:
        """See `StateStore.load`."""
        return self._last_seen.recall_state()

    def beside(self) -> list[bytes]:
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
