"""A session over a real store, with a scripted provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.sessions import SessionDesk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.store.base import StateStore


@pytest.fixture
def desk(store: StateStore, tmp_path: object, qapp: object) -> Iterator[SessionDesk]:
    made = SessionDesk(store, tmp_path)  # type: ignore[arg-type]  # pytest's is a Path
    yield made
    made.close()
