"""The panels' pictures as they are."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.flat import strip_sheet

from packdesk.errors import NotPossibleError, OutputUnwritableError
from packdesk.export.writing import write_panels

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_holds_each_picture_unchanged_and_nothing_else(tmp_path: Path) -> None:
    sheet = strip_sheet()
    write_panels(sheet, tmp_path / "panels")
    found = {path.name: path.read_bytes() for path in (tmp_path / "panels").iterdir()}
    assert found == {"front.png": sheet.artwork["front"], "right.png": sheet.artwork["right"]}
    assert [path.name for path in tmp_path.iterdir()] == ["panels"]


def test_a_zip_file_is_stored_and_the_same_each_time(tmp_path: Path) -> None:
    sheet = strip_sheet()
    told: list[tuple[int, int]] = []
    write_panels(sheet, tmp_path / "a.zip", lambda done, total: told.append((done, total)))
    write_panels(sheet, tmp_path / "b.ZIP")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.ZIP").read_bytes()
    assert told == [(1, 2), (2, 2)]
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["front.png", "right.png"]
        assert archive.read("front.png") == sheet.artwork["front"]
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}, "a ZIP's first"
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}


def test_a_folder_of_panels_is_replaced_whole(tmp_path: Path) -> None:
    folder = tmp_path / "panels"
    folder.mkdir()
    (folder / "body.png").write_bytes(b"old")
    write_panels(strip_sheet(), folder)
    assert {path.name for path in folder.iterdir()} == {"front.png", "right.png"}


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "panels"
    folder.mkdir()
    (folder / "thesis.odt").write_bytes(b"years of work")
    with pytest.raises(OutputUnwritableError, match="holds other files than panels"):
        write_panels(strip_sheet(), folder)
    assert [path.name for path in folder.iterdir()] == ["thesis.odt"]
    assert [path.name for path in tmp_path.iterdir()] == ["panels"]


def test_nothing_to_write_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotPossibleError, match="No panel carries artwork"):
        write_panels(replace(strip_sheet(), artwork={}), tmp_path / "panels")
    assert list(tmp_path.iterdir()) == []
