"""Small files beside a design: its look, and values of any kind."""

from __future__ import annotations

import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from packdesk.domain.appearance import Appearance
from packdesk.domain.look import Finish, Look
from packdesk.domain.pack_words import PackWords
from packdesk.domain.saved_view import SavedView
from packdesk.errors import OutputUnwritableError
from packdesk.store.kept_appearance import KeptAppearance
from packdesk.store.kept_file import KeptFile, KeptValue

if TYPE_CHECKING:
    from pathlib import Path

SHINY = Appearance(look=Look(finish=Finish.FOIL), view=SavedView("x", azimuth=10, elevation=20))


def test_a_look_is_kept_by_place(tmp_path: Path) -> None:
    kept, other = KeptAppearance(tmp_path, "one"), KeptAppearance(tmp_path, "other")
    assert kept.read() is None
    kept.write(SHINY)
    assert (kept.read(), other.read()) == (SHINY, None)
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_bytes(b"{")
    assert kept.read() is None


def test_a_data_folder_may_be_moved(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    KeptAppearance(old / "appearance", str(old / "designs" / "a" / "design.sqlite3")).write(SHINY)
    old.rename(new)
    assert KeptAppearance(new / "appearance", str(new / "designs" / "a" / "design.sqlite3")).read() == SHINY
    assert KeptAppearance(new / "appearance", str(new / "designs" / "b" / "design.sqlite3")).read() is None


def test_what_does_not_change_is_not_written(tmp_path: Path) -> None:
    kept = KeptAppearance(tmp_path, "one")
    assert kept.change(lambda now: replace(now, look=SHINY.look)) == Appearance(look=SHINY.look)
    (file,) = tmp_path.iterdir()
    written = file.stat().st_mtime_ns, file.stat().st_ino
    assert kept.change(lambda now: now) == Appearance(look=SHINY.look)
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == written
    (tmp_path / "new").mkdir()
    KeptAppearance(tmp_path / "new", "one").change(lambda now: now)
    assert len(list((tmp_path / "new").iterdir())) == 1, "the usual look is one, too"


def test_a_look_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputUnwritableError, match="cannot be kept in"):
        KeptAppearance(tmp_path / "file", "one").write(SHINY)


def test_a_value_is_kept_until_it_is_none(tmp_path: Path) -> None:
    words = PackWords(brand="Sol Field")
    kept = KeptValue(tmp_path, "one", PackWords)
    assert kept.read() is None
    kept.write(words)
    assert KeptValue(tmp_path, "one", PackWords).read() == words
    kept.write(None)
    kept.write(None)
    assert kept.read() is None
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_kept_or_read_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("no folder")
    KeptValue(tmp_path / "file", "one", PackWords).write(PackWords(brand="x"))
    assert "cannot be written" in caplog.text
    file = KeptFile(tmp_path, "one", ".txt")
    file.keep(b"x")
    assert file.path.name.endswith(".txt")
    assert len(file.path.stem) == 16
    assert file.read(lambda raw: raw * 2) == b"xx"

    def damaged(_raw: bytes) -> None:
        raise ValueError

    assert file.read(damaged) is None
    assert "cannot be read: ValueError" in caplog.text
