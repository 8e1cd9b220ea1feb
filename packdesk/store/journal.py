"""The journal beside the key: the latest versions, from which a stale write of another program is repaired.

It holds our versions and the foreign values we built on, for other programs may still hold either. Pictures
in the document are named, not held (`domain.skeleton`); the newest version is kept whole for as long as
anything of it may have to be restored.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from packdesk.domain.merge import WINDOW_MS, Merge, Version, merge_stale_write
from packdesk.domain.skeleton import encoded_skeleton
from packdesk.store.base import revision_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from packdesk.domain.merge import Merge
    from packdesk.store.base import Write

ENTRIES = 64
"""Sixteen were too few beside programs that write a thousand times a second."""

MAX_ENTRY_BYTES = 64 * 1024
"""What is longer without its pictures is no design; a journal of it would fill the server."""

MAX_KEPT_BYTES = 64 * 2**20
KEPT_MS = 2 * WINDOW_MS

_log = logging.getLogger(__name__)


def entry_of(raw: bytes | None) -> bytes:
    """The journal's entry for a version; empty when it is too large or no document."""
    if raw is None or len(raw) > MAX_KEPT_BYTES:
        return b""
    try:
        entry = encoded_skeleton(raw)
    except (ValueError, RecursionError):
        return b""
    return entry if len(entry) <= MAX_ENTRY_BYTES else b""


def merge_for(
    foreign: bytes,
    entries: Sequence[bytes],
    clock: tuple[int, int],
    *,
    leased: bool,
    newest: Callable[[], bytes | None] | None = None,
) -> Merge | None:
    """The merge that should replace a foreign value; None when that is valid as it is.

    Args:
        foreign: the value another program wrote.
        entries: the journal, newest first, each "milliseconds o|f document": ours or foreign.
        clock: the server's time in seconds and microseconds.
        leased: whether a generation of ours runs.
        newest: gives our newest version with its pictures, as long as it is kept.
    """
    now_ms = clock[0] * 1000 + clock[1] // 1000
    return merge_stale_write(foreign, list(_versions(entries)), now_ms, leased=leased, newest=newest)


def log_repair(merge: Merge) -> None:
    """Log a repair: the fields that were brought back, never their values."""
    names = ", ".join(merge.brought_back[:12])
    more = f" and {len(merge.brought_back) - 12} more" if len(merge.brought_back) > 12 else ""
    _log.info("Another program's write had undone newer edits; brought back: %s%s", names, more)


def _versions(entries: Sequence[bytes]) -> Iterator[Version]:
    for entry in entries:
        stamp, _, rest = entry.partition(b" ")
        whose, _, raw = rest.partition(b" ")
        if not stamp.isdigit() or len(stamp) > 15 or whose not in {b"o", b"f"}:
            return  # not ours: what is older is not known either
        yield Version(int(stamp), raw, foreign=whose == b"f")


class StaleWriteRepair:
    """Judges each foreign value once, and knows which version a write of ours replaces."""

    def __init__(self) -> None:
        self._examined = ("", "")
        self._entries: dict[str, bytes] = {}
        self._instead = ("", "", b"")

    def is_needed(self, value: bytes, head: str) -> bool:
        """Whether a value may have undone something: it is not ours, and was not judged yet."""
        seen = (revision_of(value), head)
        return bool(head) and seen[0] != head and seen != self._examined

    def judge(
        self,
        value: bytes,
        head: str,
        found: tuple[list[bytes], tuple[int, int], bool],
        newest: Callable[[], bytes | None],
    ) -> Merge | None:
        """The merge that should replace a foreign value; None when that is valid as it is.

        Args:
            value: the stored value.
            head: revision of our last write.
            found: the journal, the server's time, and whether a generation runs.
            newest: gives our newest version with its pictures, as long as it is kept.
        """
        entries, clock, leased = found
        merge = merge_for(value, entries, clock, leased=leased, newest=newest)
        if merge is None:
            self._examined = (revision_of(value), head)
        return merge

    def not_written(self, merge: Merge, value: bytes) -> None:
        """Another program was faster: a write that builds on `merge` replaces the foreign value."""
        self._instead = (revision_of(merge.raw), revision_of(value), entry_of(value))

    def note_write(self, write: Write) -> tuple[str, bytes, bytes]:
        """Note a write; returns the revision it replaces, its entry, and the replaced version's."""
        revision = revision_of(write.expected)
        merged, foreign, replaced = self._instead
        if revision and revision == merged:
            revision = foreign
        else:
            known = self._entries.get(revision)
            replaced = entry_of(write.expected) if known is None else known
        entry = entry_of(write.new)
        self._entries = {revision: replaced, revision_of(write.new): entry}
        return revision, entry, replaced
