"""What runs on around a corner is drawn once in PDF and SVG, above and below what it is on each wall."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pikepdf
import pypdfium2
import pytest
from support.measuring import MM_PER_POINT, instructions
from support.placed_objects import sheet_with

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.objects.inks import ink_of
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.running import joined
from packdesk.domain.objects.values import Shape
from packdesk.domain.panels import FlatSize
from packdesk.export.flat.joined_objects import object_runs
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions
from packdesk.export.flat.svg import write_svg

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.dieline.values import Dieline
    from packdesk.export.flat.sheet import Sheet

BOX = make_dieline("box", Dimensions(width=60, height=90, depth=40))
BAND = Shape(id="band", x=-30, y=30, width=120, height=20, ink=ink_of("#ff0000"), opacity=0.5, runs_on=True)
ARTWORK_ONLY = FlatOptions(kinds=frozenset())
SVG = "{http://www.w3.org/2000/svg}"


def plate(name: str, **changes: object) -> Shape:
    return Shape(id=name, x=5, y=35, width=10, height=10, ink=ink_of("#0000ff")).model_copy(update=changes)


def sheet_of(objects: dict[str, tuple[Shape, ...]], dieline: Dieline = BOX) -> Sheet:
    sizes = {
        one.panel_id: FlatSize(width=one.picture_size[0], height=one.picture_size[1])
        for one in dieline.panels
    }
    recipes = {name: Recipe.empty(sizes[name]).with_objects(ones) for name, ones in objects.items()}
    all_of_them = joined("box", sizes, recipes)
    return sheet_with(dieline, {name: recipe.objects for name, recipe in all_of_them.items()})


def drawn(sheet: Sheet) -> list[tuple[str, str, str]]:
    """Runs in their order: name, walls, objects."""
    return [
        (
            run.name,
            " ".join(wall.panel_id for wall in run.walls),
            " ".join("piece" if one.is_guest else one.id for one in run.objects),
        )
        for run in object_runs(sheet)
    ]


def test_a_band_over_three_walls_is_one_path_without_a_seam(tmp_path: Path) -> None:
    sheet, scale = sheet_of({"front": (BAND,)}), 3.3  # at which no crease lies between two pixels
    write_pdf(sheet, tmp_path / "sheet.pdf", ARTWORK_ONLY)
    write_svg(sheet, tmp_path / "sheet.svg")
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        assert [name for name, _ in instructions(pdf.pages[0])].count("f") == 1
    groups = [one for one in ET.parse(tmp_path / "sheet.svg").iter(f"{SVG}g") if one.get("aria-label")]
    assert [one.get("id") for one in groups] == ["front-band"]
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as document:
        pixels = np.asarray(document[0].render(scale=scale).to_pil().convert("RGB"), int)
    page, (x, y) = draw_sheet(sheet, ARTWORK_ONLY).page, BOX.panel("front").centre
    row, left, right = (
        round(place * scale / MM_PER_POINT)
        for place in (y - 10 - page.top, x - 58 - page.left, x + 58 - page.left)
    )
    around = pixels[row, left:right]
    assert np.abs(around - (255, 127, 127)).max() <= 1  # on all three walls, and over both creases


def test_it_lies_above_and_below_what_it_does_on_each_wall() -> None:
    below, above, on_right = plate("below"), plate("above"), plate("mine")
    assert drawn(sheet_of({"front": (below, BAND, above), "right": (on_right,)})) == [
        ("front", "front", "below"),
        ("front-2", "front left right", "band"),
        ("front-3", "front", "above"),
        ("right", "right", "mine"),
    ]


def test_without_an_order_one_of_two_is_drawn_in_pieces() -> None:
    to_right = plate("to-right", x=50, width=20, runs_on=True)
    to_front = plate("to-front", x=-20, width=40, runs_on=True)
    sheet = sheet_of({"front": (plate("ground"), to_right), "right": (plate("beneath"), to_front)})
    assert drawn(sheet) == [
        ("front", "front", "piece ground"),
        ("front-2", "front right", "to-right"),
        ("right", "right", "beneath to-front"),
    ]


@pytest.mark.parametrize(("caliper", "walls"), [(0.5, {"front left right"}), (4, {"front right", "left"})])
def test_walls_that_thick_board_moves_keep_their_pieces(caliper: float, walls: set[str]) -> None:
    """The left wall's artwork lies half the board farther right than at the crease."""
    asked = DielineOptions(board=even_board("board", caliper))
    dieline = make_dieline("box", Dimensions(width=60, height=90, depth=40), asked)
    assert {seen_on for _, seen_on, _ in drawn(sheet_of({"front": (BAND,)}, dieline))} == walls
