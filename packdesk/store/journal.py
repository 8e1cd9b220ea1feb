"""The journal beside the key: the latest versions, from which a stale foreign write is mended.

It holds what we wrote and the foreign values we built on, for their writers may read, or still hold, either.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from packdesk.domain.merge import Merge, Version, merge_stale_write

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTRIES = 64
"""Sixteen were too few beside programs that write a thousand times a second."""

MAX_DOCUMENT_BYTES = 64 * 1024
"""Larger documents carry pictures in `data:` URLs; a journal of them would fill the server."""

_log = logging.getLogger(__name__)


def entries_for(raw: bytes) -> int:
    """How many versions are kept once this one is written; 0 forgets the journal."""
    return ENTRIES if len(raw) <= MAX_DOCUMENT_BYTES else 0


def mended(foreign: bytes, entries: Sequence[bytes], clock: tuple[int, int], *, leased: bool) -> Merge | None:
    """What should stand instead of a foreign value, or None when it should stand.

    Args:
        foreign: the value another program wrote.
        entries: the journal, newest first, each "milliseconds document".
        clock: the server's time in seconds and microseconds.
        leased: whether a generation of ours runs.
    """
    if len(foreign) > MAX_DOCUMENT_BYTES:
        return None
    versions = [Version(int(stamp), raw) for stamp, _, raw in (entry.partition(b" ") for entry in entries)]
    return merge_stale_write(foreign, versions, clock[0] * 1000 + clock[1] // 1000, leased=leased)


def tell(merge: Merge) -> None:
    """Log a repair: the fields that were brought back, never their values."""
    names = ", ".join(merge.brought_back[:12])
    more = f" and {len(merge.brought_back) - 12} more" if len(merge.brought_back) > 12 else ""
    _log.info("Another program's write had undone newer edits; brought back: %s%s", names, more)
