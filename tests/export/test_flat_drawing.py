"""What stands around the artwork: dimension lines, marks, legend."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support.flat import disc_sheet, strip_sheet
from support.measuring import width_between

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.values import LineColours, LineType, Measure
from packdesk.export.flat.drawing import united
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.measure_layer import length_text, measure_layer
from packdesk.export.flat.sheet import FlatOptions
from packdesk.export.flat.styles import line_style

if TYPE_CHECKING:
    from packdesk.export.flat.drawing import Layer

STYLE = line_style(LineColours.PACKDESK, LineType.DIMENSION)


def layers(**options: bool) -> dict[str, Layer]:
    drawing = draw_sheet(strip_sheet(), FlatOptions(**options))  # type: ignore[arg-type]  # only switches
    return {layer.name: layer for layer in drawing.layers}


@pytest.mark.parametrize(
    ("start", "end", "line", "angle"),
    [
        ((0, 0), (60, 0), (0, -12, 60, -12), 0),  # to the right: above
        ((60, 0), (0, 0), (60, 12, 0, 12), 0),  # to the left: below, read as the rest is
        ((0, 60), (0, 0), (-12, 60, -12, 0), -90),  # upwards: on the left
        ((0, 0), (0, 60), (12, 0, 12, 60), -90),
    ],
)
def test_a_dimension_line_lies_to_the_left_of_its_direction(
    start: tuple[float, float], end: tuple[float, float], line: tuple[float, ...], angle: float
) -> None:
    layer = measure_layer([Measure(start, end, 12, 60)], STYLE)
    (curve,) = layer.strokes[0].path.curves
    assert isinstance(curve, Segment)
    assert (*curve.start, *curve.end) == pytest.approx(line, abs=1e-9)
    (text,) = layer.texts
    assert text.angle == pytest.approx(angle)
    assert 0 < math.dist((text.x, text.y), ((line[0] + line[2]) / 2, (line[1] + line[3]) / 2)) < 3.5


def test_words_without_room_stand_beyond_the_line() -> None:
    wide, narrow = (measure_layer([Measure((0, 0), (x, 0), 12, x)], STYLE).texts[0] for x in (20.0, 3.25))
    assert (wide.anchor, wide.x) == ("middle", 10)
    assert narrow.anchor == "start"
    assert narrow.x > 3.25
    assert narrow.words == "3.25"


@pytest.mark.parametrize("offset", [12.0, -12.0])
@pytest.mark.parametrize(("across", "down"), [(60, 0), (-60, 0), (0, -60), (0, 60)])
def test_words_stand_beyond_their_line_and_are_read_along_it(across: int, down: int, offset: float) -> None:
    (text,) = measure_layer([Measure((0, 0), (across, down), offset, 60)], STYLE).texts
    # Whichever way it runs, a line with a positive offset lies to the left of its direction.
    outwards = (down / 60 * math.copysign(1, offset), -across / 60 * math.copysign(1, offset))
    box = text.box()
    corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    away = [x * outwards[0] + y * outwards[1] for x, y in corners]
    along = [x * across / 60 + y * down / 60 for x, y in corners]
    assert 12 - 1e-9 < min(away) < 12.5, "near, but not on the line"
    assert max(away) - min(away) == pytest.approx(1.25 * text.size)
    assert sum(along) / 4 == pytest.approx(30)
    assert max(along) - min(along) == pytest.approx(text.room)


def test_words_without_room_stand_beyond_an_upright_line_too() -> None:
    (text,) = measure_layer([Measure((0, 0), (0, 3.25), 12, 3.25)], STYLE).texts
    box = text.box()
    assert box.bottom < 0, "above the upper end, read upwards"
    assert box.bottom > -4
    assert 12 - 1e-9 < box.left < box.right < 12 + 2 * text.size


@pytest.mark.parametrize(
    ("length", "words"), [(60, "60"), (251.3274, "251.33"), (22.5, "22.5"), (0.999, "1"), (100.001, "100")]
)
def test_lengths_in_words(length: float, words: str) -> None:
    assert length_text(length) == words


def test_marks_stay_out_of_all_else_and_point_at_the_trim() -> None:
    found = layers(marks=True)
    content = united(layer.box() for name, layer in found.items() if name != "marks")
    marks = [stroke.path for stroke in found["marks"].strokes]
    uprights = [
        curve.x1
        for path in marks
        for curve in path.curves
        if isinstance(curve, Segment) and curve.x1 == curve.x2 and curve.x1 in {0, 115}
    ]
    assert sorted(uprights) == [0, 0, 115, 115]
    for path in marks:
        left, top, right, bottom = bounds(path.curves)
        beside = right < content.left or left > content.right
        assert beside or bottom < content.top or top > content.bottom


def test_the_legend_says_which_sizes_are_meant_and_what_each_line_means() -> None:
    words = "\n".join(text.words for text in layers(legend=True)["legend"].texts)
    assert "Strip" in words
    assert "Box 60 × 80 × 40 mm (width × height × depth)" in words
    assert "Manufacturing sizes, measured crease to crease." in words
    assert "Nominal blank, no allowances for board; caliper 0.5 mm." in words
    assert "Blank 115 × 80 mm · bleed 3 mm" in words
    for name in ("Cut (CutContour)", "Crease", "Perforation", "Bleed", "Safe area (SafeArea)", "Glue"):
        assert name in words


def test_the_legend_of_a_cylinder_and_a_long_title() -> None:
    sheet = replace(disc_sheet(), title="A  very\nlong title " * 20)
    drawing = draw_sheet(sheet, FlatOptions(legend=True))
    words = [text.words for text in drawing.layers[-1].texts]
    assert words[0].startswith("A very long title")
    assert len(words[0]) <= 60
    assert words[0].endswith("…")
    assert words[1] == "Cylinder 50 × 100 mm (diameter × height)"
    assert "overlap" in words[4]


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    legend = layers(legend=True)["legend"]
    bar = legend.strokes[0].path.curves[0]
    assert math.dist(bar.start, bar.end) == pytest.approx(50)
    assert any(text.words == "50 mm at 1:1" for text in legend.texts)


def test_the_page_holds_everything() -> None:
    drawing = draw_sheet(strip_sheet(), FlatOptions(marks=True, legend=True))
    for layer in drawing.layers:
        box = layer.box()
        assert drawing.page.left + 4.9 < box.left
        assert drawing.page.top + 4.9 < box.top
        assert box.right < drawing.page.right - 4.9
        assert box.bottom < drawing.page.bottom - 4.9


def test_the_ruler_measures() -> None:
    frame = [[(0.0, 0.0), (30.0, 0.0), (30.0, 50.0), (0.0, 50.0), (0.0, 0.0)]]
    assert width_between(frame, (10, 20)) == (30, 50)
