"""The picture of a panel on the sheet: upright, turned, and mirrored over the trim."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.flat import (
    BLEED,
    BLUE,
    DEPTH,
    GREEN,
    HEIGHT,
    RED,
    WIDTH,
    YELLOW,
    disc_sheet,
    quarters,
    rectangle,
    strip_sheet,
)

from packdesk.domain.curves import Arc, Path, Segment, split
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, PlacedPanel
from packdesk.domain.dimensions import Dimensions
from packdesk.errors import BadPictureError
from packdesk.export.flat.sheet import Sheet
from packdesk.export.flat.sheet_pictures import sheet_picture, sheet_pictures
from packdesk.export.flat.underlap import strips_under

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import Rotation

PER_MM = 4
CUBE = Dimensions(width=60, height=60, depth=60)


@pytest.mark.parametrize(
    ("rotation", "corners"),
    [
        (0, (RED, GREEN, BLUE, YELLOW)),
        (90, (BLUE, RED, YELLOW, GREEN)),
        (180, (YELLOW, BLUE, GREEN, RED)),
        (270, (GREEN, YELLOW, RED, BLUE)),
    ],
)
def test_turned_clockwise_as_the_panel_lies(rotation: Rotation, corners: tuple[tuple[int, ...], ...]) -> None:
    across, down = (40, 30) if rotation in {90, 270} else (30, 40)
    panel = PlacedPanel(
        "front", 10, 20, 30, 40, rotation, "rectangle", rectangle(10, 20, 10 + across, 20 + down)
    )
    picture = sheet_picture(panel, quarters(30, 40))
    pixels = np.asarray(picture.image)
    found = tuple(tuple(pixels[y, x]) for y, x in ((3, 3), (3, -4), (-4, 3), (-4, -4)))
    assert found == corners
    assert pixels.shape == (down * PER_MM + 2, across * PER_MM + 2, 3)
    assert picture.box == pytest.approx((10 - 0.25, 20 - 0.25, 10 + across + 0.25, 20 + down + 0.25))


def test_the_picture_goes_on_mirrored_where_there_is_bleed_and_nowhere_else() -> None:
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 255, (round(HEIGHT * PER_MM), round(WIDTH * PER_MM), 3), np.uint8)
    from PIL import Image
    from support.flat import png

    panel = strip_sheet().dieline.panel("front")
    picture = sheet_picture(panel, png(Image.fromarray(pixels)))
    out = np.asarray(picture.image)
    bleed, spare = round(BLEED * PER_MM), 1
    assert out.shape[:2] == (
        pixels.shape[0] + 2 * (bleed + spare),
        pixels.shape[1] + bleed + 2 * spare,  # the crease on the right has no bleed
    )
    inner = out[bleed + spare : -bleed - spare, bleed + spare : -spare]
    assert np.array_equal(inner, pixels)
    assert np.array_equal(out[bleed + spare : -bleed - spare, : bleed + spare], pixels[:, bleed::-1])
    assert np.array_equal(out[: bleed + spare, bleed + spare : -spare], pixels[bleed::-1])
    assert picture.box.left == pytest.approx(-BLEED - 1 / PER_MM)


def test_what_goes_around_a_cylinder_goes_on_from_its_other_end() -> None:
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 255, (120, 300, 3), np.uint8)
    from PIL import Image
    from support.flat import png

    body = make_dieline("cylinder", Dimensions(width=30, height=40, depth=30), DielineOptions()).panel("body")
    out = np.asarray(sheet_picture(body, png(Image.fromarray(pixels))).image)
    above = (out.shape[0] - 120) // 2
    (left,) = (at for at in range(50) if np.array_equal(out[above : above + 120, at : at + 300], pixels))
    assert np.array_equal(out[above : above + 120, :left], pixels[:, -left:])
    assert np.array_equal(out[above : above + 120, left + 300 :], pixels[:, : out.shape[1] - left - 300])
    assert np.array_equal(out[:above, left : left + 300], pixels[above - 1 :: -1])


def test_flaps_that_are_tucked_in_are_printed_by_choice() -> None:
    from PIL import Image
    from support.flat import png

    artwork = {"top": png(Image.new("RGB", (60, 60), RED))}
    bare, printed = (
        next(sheet_pictures(Sheet(make_dieline("box", CUBE, DielineOptions(flap_art=chosen)), artwork)))
        for chosen in (False, True)
    )
    assert (len(bare.outlines), len(printed.outlines)) == (1, 2)
    assert bare.box.top - printed.box.top == pytest.approx(15, abs=0.5)  # the tuck flap, bleed over each


def test_transparent_parts_stay_transparent_and_opaque_pictures_carry_no_alpha() -> None:
    front, right = sheet_pictures(strip_sheet())
    assert front.image.mode == "RGB"
    assert right.image.mode == "RGBA"
    middle = right.image.getpixel((round(DEPTH * PER_MM / 2), round((HEIGHT / 2 + BLEED) * PER_MM)))
    assert isinstance(middle, tuple)
    assert middle[3] == 0


def test_the_panel_that_is_drawn_first_goes_on_under_its_neighbour() -> None:
    front, right = sheet_pictures(strip_sheet())
    assert front.outlines[1:] == (rectangle(WIDTH - 0.3, -BLEED, WIDTH + 0.3, HEIGHT + BLEED),)
    assert len(right.outlines) == 1
    assert front.box.right >= WIDTH + 0.3


@pytest.mark.parametrize(
    ("other", "strips"),
    [
        (rectangle(10, 2, 20, 5), [rectangle(9.7, 2, 10.3, 5)]),
        (rectangle(-20, -5, 0, 25), [rectangle(-0.3, 0, 0.3, 10)]),
        (rectangle(3, 10, 6, 20), [rectangle(3, 9.7, 6, 10.3)]),
        (rectangle(10, 10, 20, 20), []),  # a corner only
        (rectangle(10.01, 0, 20, 10), []),
        (Path((Arc(15, 5, 5),), closed=True), []),
    ],
)
def test_only_shared_edges_are_gone_under(other: Path, strips: list[Path]) -> None:
    outline = rectangle(0, 0, 10, 10)
    assert list(strips_under(outline, [other])) == strips


def test_strips_turn_as_the_outline_does() -> None:
    clockwise = rectangle(0, 0, 10, 10)
    other = Path(
        tuple(Segment(*curve.end, *curve.start) for curve in reversed(clockwise.curves)), closed=True
    )
    (strip,) = strips_under(other, [rectangle(10, 0, 20, 10)])
    assert strip.curves[0] == Segment(9.7, 10, 10.3, 10)


def test_a_panel_without_artwork_is_passed_over() -> None:
    sheet = strip_sheet()
    only = replace(sheet, artwork={"right": sheet.artwork["right"], "nothing": b""})
    assert [picture.panel_id for picture in sheet_pictures(only)] == ["right"]


def test_broken_artwork_is_a_sentence() -> None:
    with pytest.raises(BadPictureError, match="damaged"):
        sheet_picture(strip_sheet().dieline.panel("front"), b"\x89PNG\r\n\x1a\nnothing")


def test_a_disc_reaches_its_bleed_on_every_side() -> None:
    (picture,) = sheet_pictures(disc_sheet(50))
    assert picture.box == pytest.approx((-3.25, -3.25, 53.25, 53.25))


angles = st.floats(-720, 720)
sweeps = st.floats(-360, 360).filter(lambda sweep: abs(sweep) > 0.01)


@given(angles, sweeps, st.floats(1, 360))
def test_pieces_of_an_arc_follow_each_other(start: float, sweep: float, degrees: float) -> None:
    arc = Arc(0, 0, 10, start, sweep)
    pieces = split(arc, degrees)
    assert pieces[0].start == pytest.approx(arc.start, abs=1e-6)
    assert pieces[-1].end == pytest.approx(arc.end, abs=1e-6)
    assert all(abs(piece.sweep) <= degrees + 1e-6 for piece in pieces)
