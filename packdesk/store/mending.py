"""What a program remembers while it mends: the foreign values it has judged, and what it made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.store import journal as journals
from packdesk.store.base import revision_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.merge import Merge
    from packdesk.store.base import Write


class Mending:
    """Judges foreign values once each, and knows what a write of ours replaces."""

    def __init__(self) -> None:
        self._examined = ("", "")
        self._entries: dict[str, bytes] = {}
        self._instead = ("", "", b"")

    def is_needed(self, value: bytes, head: str) -> bool:
        """Whether a value may have undone something: it is not ours, and was not judged yet."""
        seen = (revision_of(value), head)
        return bool(head) and seen[0] != head and seen != self._examined

    def judged(
        self,
        value: bytes,
        head: str,
        found: tuple[list[bytes], tuple[int, int], bool],
        newest: Callable[[], bytes | None],
    ) -> Merge | None:
        """What should stand instead of a foreign value; None when it should stand.

        Args:
            value: what stands.
            head: the name of what we wrote last.
            found: the journal, the server's time, and whether a generation runs.
            newest: gives our newest version with its pictures, as long as it is kept.
        """
        entries, clock, leased = found
        merge = journals.mended(value, entries, clock, leased=leased, newest=newest)
        if merge is None:
            self._examined = (revision_of(value), head)
        return merge

    def not_written(self, merge: Merge, value: bytes) -> None:
        """Somebody was faster than the repair: whoever builds on it replaces the foreign value itself."""
        self._instead = (revision_of(merge.raw), revision_of(value), journals.entry_of(value))

    def remembered(self, write: Write) -> tuple[str, bytes, bytes]:
        """The revision a write replaces, the version it makes as it is remembered, and the replaced one."""
        revision = revision_of(write.expected)
        merged, foreign, replaced = self._instead
        if revision and revision == merged:
            revision = foreign
        else:
            known = self._entries.get(revision)
            replaced = journals.entry_of(write.expected) if known is None else known
        entry = journals.entry_of(write.new)
        self._entries = {revision: replaced, revision_of(write.new): entry}
        return revision, entry, replaced
