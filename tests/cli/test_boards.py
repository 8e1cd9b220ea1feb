"""Boards on the command line: listed, written as a table of one's own, allowed for in a blank."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
import svgelements

from packdesk.app.boards import boards_file, usable_boards
from packdesk.cli.main import FAILED, WRONGLY_USED, run
from packdesk.domain.dieline.board import BOARDS

if TYPE_CHECKING:
    from pathlib import Path


def cut_width(file: Path) -> float:
    """Of the blank in an SVG file, in millimetres; its artwork is not read."""
    drawing = svgelements.SVG.parse(file, ppi=25.4)
    boxes = [part.bbox() for part in drawing.elements() if getattr(part, "stroke", None) == "#ff0000"]
    known = [box for box in boxes if box]
    return float(max(box[2] for box in known) - min(box[0] for box in known))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of its own; a command leaves collector, signals and log of the tests alone."""
    monkeypatch.setattr("gc.enable", lambda: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("logging.basicConfig", lambda **_: None)
    for name in ("DATA", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"PACKDESK_{name}_DIR", str(tmp_path / name.lower()))


def test_a_table_of_ones_own_takes_the_place_of_the_built_in_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["boards", "--json"]) == 0
    assert [board["name"] for board in json.loads(capsys.readouterr().out)] == [one.name for one in BOARDS]
    assert run(["boards", "--own"]) == 0
    boards_file().write_text("GC1;0.45\n", "utf-8")
    assert run(["boards"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == ["0.45", "0.225", "0.225", "GC1"]
    assert run(["boards", "--own"]) == WRONGLY_USED
    assert "There is a table of boards already" in capsys.readouterr().err


def test_a_damaged_table_is_told_where_somebody_asks(capsys: pytest.CaptureFixture[str]) -> None:
    boards_file().parent.mkdir()
    boards_file().write_text("GC1;thick\n", "utf-8")
    assert run(["boards"]) == WRONGLY_USED
    assert "Line 1 of the table of boards cannot be read: “GC1;thick”." in capsys.readouterr().err
    boards_file().write_bytes(b"\xff\xfe")
    assert run(["boards"]) in {FAILED, WRONGLY_USED}
    assert "cannot be read" in capsys.readouterr().err
    assert usable_boards() == BOARDS
    boards_file().write_text("GC1;0.4\nGC2;-1\n", "utf-8")
    assert run(["boards"]) == WRONGLY_USED
    told = " ".join(capsys.readouterr().err.split())
    assert "Line 2 of the table of boards, “GC2;-1”: Board of -1 mm is out of range." in told
    assert f"The table is {boards_file()}." in told


@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_what_is_no_table_is_told_and_left_alone(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = boards_file()
    file.parent.mkdir()
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to("nowhere")
    before = known_of(file)
    assert run(["boards"]) != 0
    assert str(file) in capsys.readouterr().err
    assert run(["boards", "--own"]) == WRONGLY_USED
    assert known_of(file) == before


def known_of(file: Path) -> tuple[int, ...]:
    """What is there, and when it was changed; looking at it changes when it was looked at."""
    about = os.lstat(file)
    return about.st_ino, about.st_mode, about.st_size, about.st_mtime_ns


@pytest.mark.parametrize("heading", ["name;caliper", "Name;Dicke", "NAME, caliper, inside loss"])
def test_a_heading_is_no_board(heading: str, capsys: pytest.CaptureFixture[str]) -> None:
    boards_file().parent.mkdir()
    boards_file().write_text(f"{heading}\nName;0.4\n", "utf-8")
    assert run(["boards"]) == 0
    assert capsys.readouterr().out.split() == ["0.4", "0.2", "0.2", "Name"]


def test_a_blank_is_laid_out_for_its_board(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "box.svg"
    assert run(["export", str(file), "--board", "e flute", "--glue-flap", "10", "--lock", "slit"]) == 0
    assert cut_width(file) == pytest.approx(10 + 400 - 2 * 1.6, abs=0.01)
    assert run(["export", str(file), "--board", "none", "--glue-flap", "10", "--force"]) == 0
    assert cut_width(file) == pytest.approx(410, abs=0.01)
    inside = ["--board", "e flute", "--sized", "inside", "--glue-flap", "10", "--force"]
    assert run(["export", str(file), *inside]) == 0
    assert cut_width(file) == pytest.approx(10 + 4 * 101.6 - 2 * 1.6, abs=0.01)
    assert run(["export", str(file), "--board", "paper", "--force"]) == WRONGLY_USED
    assert "There is no board “paper”." in capsys.readouterr().err
