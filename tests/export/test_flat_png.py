"""The sheet as one picture, read by Pillow."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from support.flat import BLUE, GREEN, RED, YELLOW, disc_sheet, strip_sheet

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.outline import polygon
from packdesk.domain.dimensions import Dimensions
from packdesk.errors import InvalidInputError
from packdesk.export.flat.png import Canvas, write_flat_png
from packdesk.export.flat.sheet import Box, FlatOptions, Sheet
from packdesk.export.flat.sheet_pictures import SheetPicture

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

DPI = 254.0
"""Ten pixels a millimetre."""


def art(sheet: Sheet, folder: Path, dpi: float = DPI) -> NDArray[np.uint8]:
    """The artwork only, out to the bleed."""
    file = folder / "sheet.png"
    write_flat_png(sheet, file, dpi, lines=False)
    with Image.open(file) as opened:
        assert opened.mode == "RGBA"
        return np.asarray(opened)


def at(pixels: NDArray[np.uint8], x: float, y: float) -> tuple[int, ...]:
    """The colour at a place of the sheet, in millimetres from the trim's corner."""
    return tuple(int(value) for value in pixels[round((y + 3) * 10), round((x + 3) * 10)])


def test_it_has_the_size_of_the_bleed_and_knows_it(tmp_path: Path) -> None:
    pixels = art(strip_sheet(), tmp_path)
    assert pixels.shape == (860, 1210, 4)
    with Image.open(tmp_path / "sheet.png") as opened:
        assert opened.info["dpi"] == pytest.approx((254, 254), abs=0.01)
        assert opened.info["srgb"] == 0


def test_each_panel_lies_as_it_should(tmp_path: Path) -> None:
    pixels = art(strip_sheet(), tmp_path)
    assert at(pixels, 2, 2) == (*RED, 255)
    assert at(pixels, 58, 2) == (*GREEN, 255)
    assert at(pixels, 2, 78) == (*BLUE, 255)
    assert at(pixels, 58, 78) == (*YELLOW, 255)
    assert at(pixels, 62, 2) == (*YELLOW, 255)  # the right one stands on its head
    assert at(pixels, 98, 78) == (*RED, 255)


def test_bleed_is_the_mirrored_picture_and_nothing_lies_beyond(tmp_path: Path) -> None:
    pixels = art(strip_sheet(), tmp_path)
    assert at(pixels, -2.5, -2.5) == (*RED, 255)
    assert at(pixels, 30 - 2, -2.5) == (*RED, 255)
    assert at(pixels, 30 + 2, -2.5) == (*GREEN, 255)
    assert at(pixels, -2.5, 82.5) == (*BLUE, 255)
    assert at(pixels, 102, 40) == (0, 0, 0, 0)  # the glue flap


def test_transparent_artwork_shows_the_board(tmp_path: Path) -> None:
    assert at(art(strip_sheet(), tmp_path), 80, 40)[3] == 0
    write_flat_png(strip_sheet(), tmp_path / "lines.png", DPI, FlatOptions(kinds=frozenset()))
    with Image.open(tmp_path / "lines.png") as opened:
        page = np.asarray(opened.convert("RGB"))
    assert tuple(page[480, 880]) == (255, 255, 255)


def test_no_board_shows_between_panels(tmp_path: Path) -> None:
    sheet = strip_sheet()
    front, right = sheet.dieline.panels
    stepped = polygon([(-3, -3), (50, -3), (50, -2), (60, -2), (60, 83), (-3, 83)])  # Qt takes no short cut
    stepped_too = polygon([(60, -2), (100, -2), (100, 83), (70, 83), (70, 82), (60, 82)])
    panels = (replace(front, artwork=stepped), replace(right, artwork=stepped_too))
    artwork = dict.fromkeys(("front", "right"), sheet.artwork["front"])
    opaque = replace(sheet, dieline=replace(sheet.dieline, panels=panels), artwork=artwork)
    for dpi in (97.3, 150.0, 301.7):  # the crease lies within a pixel
        pixels = art(opaque, tmp_path, dpi)
        scale = dpi / 25.4
        crease = round(63 * scale)
        assert (pixels[20:-20, crease - 3 : crease + 4, 3] == 255).all()


def test_a_disc_is_round(tmp_path: Path) -> None:
    pixels = art(disc_sheet(50), tmp_path)
    covered = float((pixels[:, :, 3] / 255.0).sum()) / 100
    assert covered == pytest.approx(math.pi * 28**2, rel=2e-3)
    assert pixels[0, 0, 3] == 0


def test_lines_are_drawn_over_it(tmp_path: Path) -> None:
    options = FlatOptions(marks=True, legend=True)
    write_flat_png(strip_sheet(), tmp_path / "sheet.png", 300, options)
    with Image.open(tmp_path / "sheet.png") as opened:
        page = np.asarray(opened.convert("RGB")).astype(int)
    reds = (page[:, :, 0] > 240) & (page[:, :, 1] < 60) & (page[:, :, 2] < 60)
    columns = np.nonzero(reds)[1]
    width = (columns.max() - columns.min()) / 300 * 25.4
    assert width == pytest.approx(115, abs=0.2)
    dark = page.max(axis=2) < 60
    assert dark[-round(30 / 25.4 * 300) :].any()  # the legend's words


def test_a_smaller_picture_is_averaged_down(tmp_path: Path) -> None:
    from support.flat import png

    checked = np.indices((80 * 12, 60 * 12)).sum(axis=0) % 2 * 255
    picture = Image.fromarray(np.repeat(checked[:, :, None], 3, axis=2).astype(np.uint8))
    sheet = replace(strip_sheet(), artwork={"front": png(picture)})
    inner = art(sheet, tmp_path, 50)[20:100, 20:100, :3]
    assert inner.min() > 110
    assert inner.max() < 145


@pytest.mark.parametrize("dpi", [0, -1, 9.9, 2401, math.inf, math.nan])
def test_impossible_resolutions_are_refused(dpi: float, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="is not possible"):
        write_flat_png(strip_sheet(), tmp_path / "sheet.png", dpi)
    assert list(tmp_path.iterdir()) == []


def test_too_many_pixels_are_refused_with_the_most_that_goes(tmp_path: Path) -> None:
    sheet = Sheet(make_dieline("box", Dimensions(width=2000, height=500, depth=1000)))
    with pytest.raises(InvalidInputError, match="would be too large") as caught:
        write_flat_png(sheet, tmp_path / "sheet.png", 300)
    words = caught.value.remedy.split()
    assert words[:3] == ["Use", "at", "most"]
    assert 10 < int(words[3]) < 300


def test_progress_counts_the_pictures_and_the_writing(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_flat_png(
        strip_sheet(), tmp_path / "a.png", 50, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("pixels", "reduced"),
    [
        ((101, 51), (100, 50)),
        ((100, 51), (100, 51)),  # as wide as the sheet shows it
        ((101, 50), (101, 50)),  # as high
        ((50, 300), (50, 300)),  # it would be widened
    ],
)
def test_a_picture_is_averaged_only_where_both_its_sides_shrink(
    pixels: tuple[int, int], reduced: tuple[int, int]
) -> None:
    box = Box(0, 0, 25.4, 12.7)
    outline = polygon([(0, 0), (25.4, 0), (25.4, 12.7), (0, 12.7)])
    picture = SheetPicture("front", Image.new("RGB", pixels), box, (outline,))
    assert Canvas(box, 100)._reduced(picture).size == reduced
