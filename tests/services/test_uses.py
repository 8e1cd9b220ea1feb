"""Where a picture may be named: looked through completely, and no further than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from packdesk.services.uses import DEPTH, UseFinder, documents_in
from packdesk.store.base import Write
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.library import TextureLibrary

if TYPE_CHECKING:
    from pathlib import Path


def test_documents_lie_three_levels_deep(tmp_path: Path) -> None:
    assert DEPTH == 3
    folder = tmp_path
    for depth in range(5):
        (folder / f"{depth}.json").write_bytes(b"%d" % depth)
        (folder / "other.txt").write_bytes(b"x")
        (folder / "folder.json").mkdir()
        folder = folder / f"level{depth}"
        folder.mkdir()
    found = {path.name: content for path, content in documents_in(tmp_path, but=tmp_path / "level0" / "x")}
    assert found == {"0.json": b"0", "1.json": b"1", "2.json": b"2", "3.json": b"3"}
    assert [path.name for path, _ in documents_in(tmp_path, but=tmp_path / "level0")] == ["0.json"]
    assert list(documents_in(tmp_path / "nowhere", but=tmp_path)) == []


def test_who_uses_a_picture_is_told_apart(tmp_path: Path) -> None:
    def document(digit: str) -> bytes:
        return b'{"url": "file:///x/%s.png"}' % (digit * 64).encode()

    data, library = tmp_path / "data", TextureLibrary(tmp_path / "data" / "library")
    store, other = SqliteStore(data / "one.sqlite3"), SqliteStore(data / "other.sqlite3")
    for folder, digit in ((data / "jobs", "1"), (data / "offline", "2"), (library.folder, "3")):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "a.json").write_bytes(document(digit))
    for one, digit in ((store, "4"), (other, "5")):
        one.write(Write(None, document(digit)))
    with library.holds.holding() as hold:
        hold.take("6" * 64)
        uses = UseFinder(store, library, data, lambda: [other]).find()
    told = [{one[0] for one in kind} for kind in (uses.jobs, uses.kept, uses.current, uses.windows)]
    assert told == [{"1"}, {"2", "5"}, {"4"}, {"6"}]
    assert {one[0] for one in uses.all()} == {"1", "2", "4", "5", "6"}
    store.close()


def test_what_cannot_be_read_is_not_taken_for_unused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_bytes(b"{}")

    def refused(_: Path) -> bytes:
        raise PermissionError(13, "no")

    monkeypatch.setattr("pathlib.Path.read_bytes", refused)
    with pytest.raises(PermissionError):
        list(documents_in(tmp_path, but=tmp_path / "x"))
