"""The journal beside the key: the latest versions, from which a stale foreign write is mended.

It holds what we wrote and the foreign values we built on, for their writers may read, or still hold, either.
Pictures in the document are named, not held (`domain.skeleton`); the newest version is kept whole for as long
as anything of it may have to be brought back.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from packdesk.domain.merge import WINDOW_MS, Merge, Version, merge_stale_write
from packdesk.domain.skeleton import encoded_skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ENTRIES = 64
"""Sixteen were too few beside programs that write a thousand times a second."""

MAX_ENTRY_BYTES = 64 * 1024
"""What is longer without its pictures is no design; a journal of it would fill the server."""

MAX_KEPT_BYTES = 64 * 2**20
KEPT_MS = 2 * WINDOW_MS

_log = logging.getLogger(__name__)


def entry_of(raw: bytes | None) -> bytes:
    """What is remembered of a version; nothing when it is too large or no document."""
    if raw is None or len(raw) > MAX_KEPT_BYTES:
        return b""
    try:
        entry = encoded_skeleton(raw)
    except (ValueError, RecursionError):
        return b""
    return entry if len(entry) <= MAX_ENTRY_BYTES else b""


def mended(
    foreign: bytes,
    entries: Sequence[bytes],
    clock: tuple[int, int],
    *,
    leased: bool,
    newest: Callable[[], bytes | None] | None = None,
) -> Merge | None:
    """What should stand instead of a foreign value, or None when it should stand.

    Args:
        foreign: the value another program wrote.
        entries: the journal, newest first, each "milliseconds o|f document": ours or foreign.
        clock: the server's time in seconds and microseconds.
        leased: whether a generation of ours runs.
        newest: gives our newest version with its pictures, as long as it is kept.
    """
    now_ms = clock[0] * 1000 + clock[1] // 1000
    return merge_stale_write(foreign, list(_versions(entries)), now_ms, leased=leased, newest=newest)


def tell(merge: Merge) -> None:
    """Log a repair: the fields that were brought back, never their values."""
    names = ", ".join(merge.brought_back[:12])
    more = f" and {len(merge.brought_back) - 12} more" if len(merge.brought_back) > 12 else ""
    _log.info("Another program's write had undone newer edits; brought back: %s%s", names, more)


def _versions(entries: Sequence[bytes]) -> Iterator[Version]:
    for entry in entries:
        stamp, _, rest = entry.partition(b" ")
        whose, _, raw = rest.partition(b" ")
        if not stamp.isdigit() or len(stamp) > 15 or whose not in {b"o", b"f"}:
            return  # somebody else's: what is older is not known either
        yield Version(int(stamp), raw, foreign=whose == b"f")
