"""The interface of stores, the same for every back end."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

KEY = "packaging:current"
LEASE_MS = 15_000
OPERATIONS_KEPT_MS = 600_000
MAX_RECORD_BYTES = 4096


def revision_of(raw: bytes | None) -> str:
    """Name of a stored value: the SHA-1 of its bytes in hexadecimal, or an empty text for no value.

    Bytes are compared, never a version number: programs that know nothing of us write the same key.
    """
    return "" if raw is None else hashlib.sha1(raw, usedforsecurity=False).hexdigest()


def readable_record(stored: object) -> str:
    """The stored record of the lease's holder; empty when it is invalid, so nobody holds it."""
    raw = stored.encode("utf-8", "replace") if isinstance(stored, str) else stored
    if not isinstance(raw, bytes) or len(raw) > MAX_RECORD_BYTES:
        return ""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return ""


class Holder(NamedTuple):
    """Whom the record of a lease names: a process of a machine, and since when it generates."""

    host: str
    pid: int
    since: str


def holder_in(record: str) -> Holder | None:
    """The holder a record names; None where it names none."""
    try:
        held = json.loads(record)
        return Holder(str(held["host"]), int(held["pid"]), str(held.get("started_at", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


class LeaseStep(StrEnum):
    """What a write does to the lease of the generation, in the same step.

    Attributes:
        KEEP: nothing.
        TAKE: take it, refused while it runs; `Write.record` says who holds it.
        END: give it back; refused when a newer generation took it meanwhile.
        RECOVER: clear up after a dead holder: refused while the lease runs, and when `Write.record` is no
            longer the one remembered, so exactly one of several who notice succeeds.
    """

    KEEP = "keep"
    TAKE = "take"
    END = "end"
    RECOVER = "recover"


class Verdict(StrEnum):
    """What became of a write.

    Attributes:
        WRITTEN: the value was written; also when it had been done before and only the answer was lost.
        CONFLICT: another program wrote since; nothing changed.
        BUSY: the lease runs; nothing changed.
        SUPERSEDED: a newer generation took the lease, or somebody else recovered it; nothing changed.
    """

    WRITTEN = "written"
    CONFLICT = "conflict"
    BUSY = "busy"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Write:
    """One attempt to replace the stored value.

    Attributes:
        expected: the bytes that were read; None for no value.
        new: the bytes to write.
        lease: what happens to the lease.
        record: who holds the lease (see `LeaseStep`); opaque to the store.
        fencing_token: for `END`, the number the lease was taken under.
        operation: names the attempt for ten minutes, so that sending it again does it once.
    """

    expected: bytes | None
    new: bytes
    lease: LeaseStep = LeaseStep.KEEP
    record: str = ""
    fencing_token: int = 0
    operation: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True)
class WriteResult:
    """What became of a write.

    Attributes:
        verdict: see there.
        fencing_token: after `TAKE`, the number to end the lease with.
        record: for `BUSY`, who holds the lease.
    """

    verdict: Verdict
    fencing_token: int = 0
    record: str = ""


@dataclass(frozen=True)
class StoreStatus:
    """Revision and lease; about a hundred bytes, whatever the document's size.

    Attributes:
        revision: `revision_of` the stored value.
        lease_ms: how long the lease still runs; 0 when nobody holds it.
        record: who took the lease and did not give it back; empty when nobody.
    """

    revision: str
    lease_ms: int
    record: str


class StateStore(Protocol):
    """One value, read as a whole and replaced by compare-and-set.

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

    def load_named(self, name: str) -> bytes | None:
        """Return the bytes kept under another name, such as one of `set_aside`, or None."""
        ...

    def write(self, write: Write) -> WriteResult:
        """Replace the value if it is the expected one and the lease allows it; atomic between processes."""
        ...

    def renew(self, record: str) -> bool:
        """Let the lease run `LEASE_MS` from now; False when it is no longer this holder's."""
        ...

    def status(self) -> StoreStatus:
        """Return revision and lease without moving the value itself."""
        ...

    def wait(self, seconds: float) -> bool:
        """Return True as soon as another program may have changed the value, False after that time.

        A hint only: it may come late or without reason. `status` tells the truth.
        """
        ...

    def set_aside(self) -> str | None:
        """Move the stored value, readable or not, to a backup; its new name, or None for no value."""
        ...

    def mend(self) -> int:
        """Remove invalid records beside the value, such as those of other programs; returns how many.

        Invalid records count as absent.
        """
        ...

    def backups(self) -> list[bytes]:
        """The documents moved away by `set_aside`."""
        ...

    def close(self) -> None:
        """Close connections. A closed store opens again at the next call."""
        ...
