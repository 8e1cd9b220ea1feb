"""The store's promises, the same for every back end."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

KEY = "packaging:current"


def revision_of(raw: bytes | None) -> str:
    """Name of a stored value: the SHA-1 of its bytes in hexadecimal, or an empty text for no value.

    Bytes are compared, never a version number: programs that know nothing of us write the same key.
    """
    return "" if raw is None else hashlib.sha1(raw, usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class CommitResult:
    """Whether a commit was taken; if not, what stands there instead.

    Attributes:
        committed: the new value stands.
        current: the value that is stored now.
    """

    committed: bool
    current: bytes | None


class StateStore(Protocol):
    """One value, read as a whole and replaced only by whoever has seen it last.

    Every call may block for a short while (never on the GUI thread) and may come from any thread.

    Raises:
        StoreUnavailableError: from every call, when the store cannot be reached or opened.
        ForeignDocumentError: from every call, when something that is no plain value stands at the key.
    """

    kind: str
    """`local` or `shared`, as shown to the user."""

    place: str
    """Where it is, without any password: a path or an address."""

    def load(self) -> bytes | None:
        """Return the stored bytes, or None when there are none."""
        ...

    def commit(self, expected: bytes | None, new: bytes) -> CommitResult:
        """Write `new` if the stored bytes are still `expected`; atomic between all processes."""
        ...

    def revision(self) -> str:
        """Return `revision_of` the stored value without moving the value itself."""
        ...

    def close(self) -> None:
        """Let go of connections. A closed store opens again at the next call."""
        ...
