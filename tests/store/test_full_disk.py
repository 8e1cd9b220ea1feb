"""A full disk: what was kept can be looked at, what is to be written is refused with a sentence."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from packdesk.store.base import Write
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from pathlib import Path

LOOKS = """
import resource, sys
from pathlib import Path
from packdesk.errors import StoreRefusedError
from packdesk.store.base import Write
from packdesk.store.sqlite import SqliteStore

resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # no file of this process may grow
store = SqliteStore(Path(sys.argv[1]))
assert store.load() == b"one"
assert store.status().revision
assert store.backups() == []
try:
    store.write(Write(b"one", b"two"))
except StoreRefusedError as error:
    print(error.full_text())
assert store.load() == b"one"
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
def test_a_store_without_room_can_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    store = SqliteStore(path)
    store.write(Write(None, b"one"))
    store.close()
    done = subprocess.run([sys.executable, "-c", LOOKS, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "The disk is full: the design cannot be saved" in done.stdout
    store = SqliteStore(path)
    store.write(Write(b"one", b"two"))
    assert store.load() == b"two"
    store.close()
