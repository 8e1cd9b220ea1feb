"""Writing to a store as a program that knows nothing of leases would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.store.base import Verdict, Write

if TYPE_CHECKING:
    from packdesk.store.base import StateStore


def put(store: StateStore, raw: bytes) -> None:
    """Replace whatever stands in the store."""
    assert store.write(Write(store.load(), raw)).verdict is Verdict.WRITTEN
