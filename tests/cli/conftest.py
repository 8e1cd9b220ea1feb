"""A shell with folders of its own, and the local store behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.shell import Shell

from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def store(shell: Shell) -> SqliteStore:
    return SqliteStore(shell.folder / "data" / "packdesk.sqlite3")
