"""Stores that answer and take nothing."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NoReturn

from packdesk.errors import ReadOnlyError
from packdesk.store.base import StoreStatus, Write, WriteResult, revision_of

if TYPE_CHECKING:
    from packdesk.errors import PackdeskError


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
        """Why nothing is written."""

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

    def beside(self) -> list[bytes]:
        """See `StateStore.beside`."""
        return []

    def close(self) -> None:  # noqa: B027  (there is nothing to let go of)
        """See `StateStore.close`."""


class ReviewStore(ReadOnlyStore):
    """One design that is only looked at, wherever it came from."""

    kind = "review"

    def __init__(self, raw: bytes, place: str) -> None:
        super().__init__(place)
        self._raw = raw

    def load(self) -> bytes | None:
        """See `StateStore.load`."""
        return self._raw

    def _refusal(self) -> PackdeskError:
        return ReadOnlyError("The design is open read-only.")
