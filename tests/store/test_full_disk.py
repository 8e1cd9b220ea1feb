"""A full disk, a read-only one: what was kept can be looked at, what is to be written is refused."""

from __future__ import annotations

import os
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


READS = """
import os, sys
from pathlib import Path
from packdesk.errors import StoreUnavailableError
from packdesk.store.base import Write
from packdesk.store.sqlite import SqliteStore

if os.getuid() == 0:  # root may write anywhere
    os.setuid(65534)
store = SqliteStore(Path(sys.argv[1]))
assert store.load() == b"one"
assert store.status().revision
try:
    store.write(Write(b"one", b"two"))
except StoreUnavailableError as error:
    print(error.full_text())
assert store.load() == b"one"
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there folders are protected otherwise")
def test_a_store_in_a_read_only_folder_can_be_looked_at(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("read_only")
    path = folder / "state.sqlite3"
    store = SqliteStore(path)
    store.write(Write(None, b"one"))
    store.close()
    path.chmod(0o444)
    folder.chmod(0o555)
    above = folder
    while above.stat().st_uid == os.getuid() and above != above.parent and os.getuid() == 0:
        above.chmod(above.stat().st_mode | 0o055)
        above = above.parent
    done = subprocess.run([sys.executable, "-c", READS, path], capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "cannot be opened or saved" in done.stdout or "cannot be saved" in done.stdout
