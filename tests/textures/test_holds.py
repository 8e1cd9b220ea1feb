"""Marks of running programs: they count as long as the program lives, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import stat
import time
from typing import TYPE_CHECKING

import pytest

from packdesk.textures.holds import FOLDER, FOREIGN_DAYS, LINGERING, Holds

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

A, B = "a" * 64, "b" * 64


def lists(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*.list"))


def hold_and_wait(folder: Path, name: str, held: Connection) -> None:
    holds = Holds(folder, private=True)
    holds.open().take(name)
    held.send(True)
    time.sleep(600)


def test_what_one_program_needs_is_seen_by_all(tmp_path: Path) -> None:
    one, other = Holds(tmp_path, private=True), Holds(tmp_path, private=True)
    mark = one.open()
    mark.take(A)
    mark.take(B)
    assert one.held() == other.held() == {A, B}
    mark.release()
    assert other.held() == set()


def test_no_file_is_made_for_who_needs_nothing(tmp_path: Path) -> None:
    with Holds(tmp_path, private=True).holding():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_mark_outlives_its_work_a_little(tmp_path: Path) -> None:
    holds = Holds(tmp_path, private=True)
    names = [f"{number:064x}" for number in range(LINGERING + 3)]
    for name in names:
        with holds.holding() as mark:
            mark.take(name)
    held = holds.held()
    assert set(names[-LINGERING:]) <= held
    assert names[0] not in held


def test_closing_takes_every_mark_along(tmp_path: Path) -> None:
    holds = Holds(tmp_path, private=True)
    holds.open().take(A)
    holds.close()
    assert list((tmp_path / FOLDER).iterdir()) == []
    holds.open().take(B)
    assert Holds(tmp_path, private=True).held() == {B}


def test_marks_of_a_killed_program_count_for_nothing(tmp_path: Path) -> None:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=hold_and_wait, args=(tmp_path, A, there))
    process.start()
    assert here.recv()
    assert Holds(tmp_path, private=True).held() == {A}
    process.kill()
    process.join()
    assert Holds(tmp_path, private=True).held() == set()
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_another_machine_is_believed_for_some_days(tmp_path: Path) -> None:
    holds = Holds(tmp_path, private=True)
    (tmp_path / FOLDER).mkdir()
    foreign = tmp_path / FOLDER / f"{'c' * 32}.0.list"
    foreign.write_text(f"another-machine\n{A}\n")
    assert holds.held() == {A}
    long_ago = time.time() - (FOREIGN_DAYS + 1) * 86_400
    os.utime(foreign, (long_ago, long_ago))
    assert holds.held() == set()
    assert lists(tmp_path) == []


def test_a_library_that_cannot_be_written_takes_no_mark(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    holds = Holds(tmp_path / "file", private=True)
    with holds.holding() as mark:
        mark.take(A)
    assert holds.held() == set()


@pytest.mark.parametrize("private", [False, True])
def test_who_may_see_what_is_needed(private: bool, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Holds(tmp_path, private=private).holding() as hold:
            hold.take(A)
            modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / FOLDER).iterdir()}
    finally:
        os.umask(before)
    assert modes == ({0o600} if private else {0o644})
