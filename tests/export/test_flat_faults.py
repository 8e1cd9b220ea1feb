"""Full disks, closed folders, broken artwork: a sentence, and nothing is left of the file."""

from __future__ import annotations

import os
import resource
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from support.flat import png, strip_sheet

from packdesk.errors import BadPictureError, OutputUnwritableError
from packdesk.export.flat.dxf import write_dxf
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.png import write_flat_png
from packdesk.export.flat.svg import write_svg
from packdesk.export.writing import write_panels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from packdesk.export.flat.sheet import Sheet

    Write = Callable[[Sheet, Path], None]

WRITERS: dict[str, Write] = {
    "sheet.svg": write_svg,
    "sheet.pdf": write_pdf,
    "sheet.dxf": write_dxf,
    "sheet.png": lambda sheet, target: write_flat_png(sheet, target, 100),
    "panels.zip": write_panels,
    "panels": write_panels,
}
WITH_PICTURES = [name for name in WRITERS if name not in {"sheet.dxf", "panels", "panels.zip"}]
LIMIT = 8192


@pytest.fixture
def sheet() -> Sheet:
    """A sheet whose every file is larger than the limit."""
    noise = np.random.default_rng(1).integers(0, 255, (160, 120, 3), np.uint8)
    return replace(strip_sheet(), artwork={"front": png(Image.fromarray(noise))})


@contextmanager
def no_room() -> Iterator[None]:
    """No file can be longer than a few kilobytes, as on a disk that is nearly full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_is_a_sentence_and_leaves_nothing(name: str, sheet: Sheet, tmp_path: Path) -> None:
    with no_room(), pytest.raises(OutputUnwritableError, match="cannot be written") as caught:
        WRITERS[name](sheet, tmp_path / name)
    assert "free space" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", WRITERS)
def test_what_was_there_survives_a_full_disk(name: str, sheet: Sheet, tmp_path: Path) -> None:
    WRITERS[name](strip_sheet(), tmp_path / name)
    before = content(tmp_path)
    with no_room(), pytest.raises(OutputUnwritableError):
        WRITERS[name](sheet, tmp_path / name)
    assert content(tmp_path) == before


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", WRITERS)
def test_a_place_that_is_no_folder_is_a_sentence(name: str, sheet: Sheet, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(OutputUnwritableError, match="There is no folder"):
        WRITERS[name](sheet, tmp_path / "file" / name)
    assert content(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize("name", WRITERS)
def test_a_read_only_folder_is_a_sentence(name: str, sheet: Sheet, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("an account that may write anywhere")
    with pytest.raises(OutputUnwritableError, match="cannot be written"):
        WRITERS[name](sheet, folder / name)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "panels"])
def test_a_folder_is_never_replaced_by_a_file(name: str, sheet: Sheet, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "kept.txt").write_bytes(b"mine")
    with pytest.raises(OutputUnwritableError, match="is a folder"):
        WRITERS[name](sheet, tmp_path / name)
    assert content(tmp_path) == {f"{name}/kept.txt": b"mine"}


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_broken_artwork_leaves_what_was_there(name: str, sheet: Sheet, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"before")
    cut = {"front": sheet.artwork["front"][:2000]}
    with pytest.raises(BadPictureError, match="damaged"):
        WRITERS[name](replace(sheet, artwork=cut), tmp_path / name)
    assert content(tmp_path) == {name: b"before"}
