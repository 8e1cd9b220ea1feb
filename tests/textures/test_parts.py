"""Pages and layers of PDF documents: told, and one page taken out with the layers that were chosen."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from support.foreign_files import locked_pdf, svg
from support.pdf_parts import document

from packdesk.errors import BadPictureError
from packdesk.textures.check import read_picture_file
from packdesk.textures.foreign.parts import page_alone, parts_of
from packdesk.textures.incoming import Part

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.textures.check import CleanPicture

pytestmark = pytest.mark.usefixtures("begun_anew")


def taken(data: bytes, folder: Path, part: Part) -> tuple[CleanPicture, list[list[int]]]:
    """The colours at the left edge, in the middle and at the right edge."""
    file = folder / "a.pdf"
    file.write_bytes(data)
    picture = read_picture_file(file, None, part)
    with Image.open(io.BytesIO(picture.png)) as shown:
        row = np.asarray(shown.convert("RGB"))[shown.height // 2]
    return picture, [row[int(len(row) * share)].tolist() for share in (0.1, 0.5, 0.9)]


def test_pages_and_layers_are_told() -> None:
    found = parts_of(document(layers=("Art", "Guides"), off=("Guides",)))
    assert found.count == 3
    assert found.pages[0] == pytest.approx((35.28, 70.56), abs=0.01)
    assert found.pages[2] == pytest.approx((70.56, 42.33), abs=0.01), "as it is seen"
    assert found.layers == (("Art", True), ("Guides", False))
    assert found.any_choice
    assert not parts_of(page_alone(document(), Part(2))).any_choice


def test_a_page_is_taken_alone_and_kept_as_its_own_document(tmp_path: Path) -> None:
    picture, colours = taken(document(titled=True), tmp_path, Part(2))
    assert colours == [[0, 255, 0]] * 3
    assert parts_of(picture.drawing).count == 1, "drawn again it is the same page"


@pytest.mark.parametrize(
    ("layers", "dark"),
    [(None, [True, False]), ({"Guides"}, [False, True]), ({"Art", "Guides"}, [True, True])],
)
def test_layers_are_shown_that_were_chosen(layers: set[str] | None, dark: list[bool], tmp_path: Path) -> None:
    data = document(layers=("Art", "Guides"), off=("Guides",))
    part = Part(1, None if layers is None else frozenset(layers))
    _, (left, middle, right) = taken(data, tmp_path, part)
    assert middle == [255, 0, 0]
    assert [left == [0, 0, 0], right == [0, 0, 0]] == dark


@pytest.mark.parametrize(
    ("data", "part", "words"),
    [
        (document(), Part(4), "no such page"),
        (document(layers=("Art",)), Part(1, frozenset({"Nothing"})), "no such layer"),
        (svg(), Part(2), "Only PDF documents"),
        (locked_pdf(), Part(2), "locked by a password"),
        (b"%PDF-1.7 and nothing", Part(2), "PDF file is damaged"),
    ],
)
def test_what_cannot_be_taken_is_told(data: bytes, part: Part, words: str, tmp_path: Path) -> None:
    with pytest.raises(BadPictureError, match=words) as caught:
        taken(data, tmp_path, part)
    assert caught.value.remedy
