"""A file that only saves work: made anew where it is damaged, in memory where it cannot be."""

from __future__ import annotations

import contextlib
import stat
from typing import TYPE_CHECKING

import pytest

from packdesk.textures.disposable import DisposableDatabase

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = "CREATE TABLE facts (word TEXT);"


def add(connection: sqlite3.Connection) -> int:
    connection.execute("INSERT INTO facts VALUES ('x')")
    return count(connection)


def count(connection: sqlite3.Connection) -> int:
    (found,) = connection.execute("SELECT count(*) FROM facts").fetchone()
    assert isinstance(found, int)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "facts.sqlite3"


@contextlib.contextmanager
def database(file: Path, version: int = 1) -> Iterator[DisposableDatabase]:
    with contextlib.closing(DisposableDatabase(file, SCHEMA, version)) as made:
        yield made


def test_it_is_private_and_stays(file: Path) -> None:
    for times in (1, 2):
        with database(file) as facts:
            assert facts.run(add) == times
            assert not facts.damaged
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_another_version_is_made_anew_silently(file: Path) -> None:
    with database(file) as facts:
        facts.run(add)
    with database(file, version=2) as facts:
        assert (facts.run(count), facts.damaged) == (0, False)


@pytest.mark.parametrize("content", [b"no database", b""])
def test_what_is_damaged_is_made_anew_and_told(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with database(file) as facts:
        assert facts.run(add) == 1
        assert facts.damaged == bool(content), "an empty one is new"


def test_where_no_file_can_be_it_is_held_in_memory_until_it_is_closed(file: Path) -> None:
    file.parent.write_text("no folder")
    with database(file) as facts:
        assert [facts.run(add), facts.run(add)] == [1, 2]
        file.parent.unlink()
        assert facts.run(count) == 2, "it stays where it began"
        facts.close()
        assert facts.run(count) == 0
        assert file.exists()
        facts.close()
