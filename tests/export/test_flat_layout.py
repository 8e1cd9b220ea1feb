"""How a sheet looks: what other people's machines are set to, and how words and marks are laid out."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fontTools.pens.qtPen import QtPen
from PIL import Image
from PySide6.QtGui import QPainterPath
from support.flat import disc_sheet, strip_sheet

from packdesk.domain.curves import Arc, Path, Segment
from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, LineColours, LineType, Measure, Sized
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.state import default_state
from packdesk.errors import InvalidInputError
from packdesk.export.flat.drawing import Text
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.measure_layer import measure_layer
from packdesk.export.flat.png import write_flat_png
from packdesk.export.flat.sheet import DEFAULT_OPTIONS, Box, FlatOptions, Sheet
from packdesk.export.flat.styles import HAIRLINE_MM, MARK_STYLE, TEXT_STYLE, line_style
from packdesk.export.flat.svg import path_data
from packdesk.export.model import PackageModel, write_glb, write_obj
from packdesk.export.options import ExportFormat, ExportOptions, export_format
from packdesk.export.writing import (
    check_target,
    sheet_title,
    write_design,
)
from packdesk.textures.typeface import Typeface

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from PySide6.QtCore import QRectF

    from packdesk.domain.curves import Point2
    from packdesk.export.flat.drawing import Layer, Stroke

# Cutters and plate makers tell lines apart by these: colour on screen, ink in per cent, AutoCAD's number.
PACKDESK = {
    "cut": ("CutContour", "#ff0000", (0, 100, 100, 0), 1),
    "crease": ("Crease", "#0000ff", (100, 100, 0, 0), 5),
    "perforation": ("Perforation", "#f08200", (0, 50, 100, 0), 30),
    "bleed": ("Bleed", "#00963c", (100, 0, 100, 0), 3),
    "safe": ("SafeArea", "#8c46be", (50, 80, 0, 0), 200),
    "glue": ("Glue", "#965f1e", (30, 60, 100, 20), 34),
    "dimension": ("Dimensions", "#5a5a5a", (0, 0, 0, 70), 8),
}
MAGENTA_CYAN = PACKDESK | {
    "cut": ("CutContour", "#ff00ff", (0, 100, 0, 0), 6),
    "crease": ("Crease", "#00aeef", (100, 0, 0, 0), 4),
}
BLACK = {kind: (look[0], "#000000", (0, 0, 0, 100), 7) for kind, look in PACKDESK.items()}
DASHES = {
    "crease": (3, 1.5),
    "perforation": (1, 1),
    "bleed": (4, 1, 0.5, 1),
    "safe": (0.5, 1),
    "glue": (1.5, 0.75, 0.5, 0.75),
}
PRESETS = {
    LineColours.PACKDESK: PACKDESK,
    LineColours.MAGENTA_CYAN: MAGENTA_CYAN,
    LineColours.BLACK: BLACK,
}
STYLE = line_style(LineColours.PACKDESK, LineType.DIMENSION)


@pytest.mark.parametrize("colours", LineColours)
@pytest.mark.parametrize("kind", LineType)
def test_lines_look_as_machines_are_set_to(colours: LineColours, kind: LineType) -> None:
    style = line_style(colours, kind)
    ink = tuple(round(100 * share) for share in style.cmyk)
    assert (style.spot, style.hex, ink, style.aci) == PRESETS[colours][kind.value]
    assert style.dash == DASHES.get(kind.value, ())


def test_words_and_marks_print_in_process_colours_and_in_every_ink() -> None:
    assert (TEXT_STYLE.rgb, TEXT_STYLE.cmyk, TEXT_STYLE.spot) == ((40, 40, 40), (0, 0, 0, 0.85), None)
    assert (MARK_STYLE.rgb, MARK_STYLE.cmyk, MARK_STYLE.spot) == ((0, 0, 0), (1, 1, 1, 1), None)
    assert pytest.approx(25.4 / 72 / 4) == HAIRLINE_MM


def test_a_file_shows_everything_but_marks_and_legend_unless_asked() -> None:
    assert (DEFAULT_OPTIONS.artwork, DEFAULT_OPTIONS.marks, DEFAULT_OPTIONS.legend) == (True, False, False)
    assert DEFAULT_OPTIONS.kinds == frozenset(LineType)


def layer_of(name: str, **asked: bool) -> tuple[Layer, Box]:
    drawing = draw_sheet(strip_sheet(), FlatOptions(**asked))  # type: ignore[arg-type]  # only switches
    return next(layer for layer in drawing.layers if layer.name == name), drawing.page


def ends(stroke: Stroke) -> tuple[Point2, Point2]:
    return stroke.path.curves[0].start, stroke.path.curves[-1].end


def test_crop_marks_are_five_millimetres_long_and_two_away() -> None:
    layer, page = layer_of("marks", marks=True)
    content = draw_sheet(strip_sheet(), FlatOptions()).page.grown(-5)
    assert page == pytest.approx(content.grown(2 + 5 + 5))
    crop = [ends(stroke) for stroke in layer.strokes[:8]]
    wanted = {
        *((x, content.top - 2, x, content.top - 7) for x in (0.0, 115.0)),
        *((x, content.bottom + 2, x, content.bottom + 7) for x in (0.0, 115.0)),
        *((content.left - 2, y, content.left - 7, y) for y in (0.0, 80.0)),
        *((content.right + 2, y, content.right + 7, y) for y in (0.0, 80.0)),
    }
    assert {tuple(round(value, 6) for point in line for value in point) for line in crop} == {
        tuple(round(value, 6) for value in line) for line in wanted
    }


def test_targets_stand_in_the_middle_of_every_side() -> None:
    layer, _ = layer_of("marks", marks=True)
    content = draw_sheet(strip_sheet(), FlatOptions()).page.grown(-5)
    circles = [curve for stroke in layer.strokes for curve in stroke.path.curves if isinstance(curve, Arc)]
    assert {circle.radius for circle in circles} == {1.6}
    assert sorted((round(circle.x, 6), round(circle.y, 6)) for circle in circles) == sorted(
        (round(x, 6), round(y, 6))
        for x, y in (
            (57.5, content.top - 4.5),
            (57.5, content.bottom + 4.5),
            (content.left - 4.5, 40),
            (content.right + 4.5, 40),
        )
    )
    for circle in circles:
        through = [
            (start, end)
            for start, end in map(ends, layer.strokes)
            if math.dist(start, end) == pytest.approx(5)
            and ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2) == pytest.approx((circle.x, circle.y))
        ]
        upright = sorted(abs(start[0] - end[0]) for start, end in through)
        assert upright == pytest.approx([0, 5]), "a cross"


def capitals(text: Text) -> Box:
    """Where its capital letters stand; Hanken Grotesk's are seven tenths of the size high."""
    return Box(text.x, text.y - 0.7 * text.size, text.x + text.room, text.y)


def test_the_lines_of_the_legend_stand_clear_of_each_other() -> None:
    layer, page = layer_of("legend", legend=True)
    title, *lines = layer.texts[:4]
    assert title.size > lines[0].size
    assert title.y - title.size == pytest.approx(draw_sheet(strip_sheet(), FlatOptions()).page.bottom)
    rows = [line.y for line in lines]
    steps = {round(after - before, 6) for before, after in pairwise(rows)}
    assert steps == {4.6}, "evenly"
    assert rows[0] - title.y == pytest.approx(4.6 + 1)
    boxes = [capitals(text) for text in layer.texts]
    for one, other in combinations(boxes, 2):
        apart = one.right < other.left or other.right < one.left
        assert apart or one.bottom + 1 < other.top or other.bottom + 1 < one.top
    assert [text.x for text in (title, *lines)] == pytest.approx([page.left + 5] * 4)


def test_the_bar_to_check_a_print_with_has_its_ends_and_its_words() -> None:
    layer, page = layer_of("legend", legend=True)
    bar, left, right = (ends(stroke) for stroke in layer.strokes[:3])
    words = next(text for text in layer.texts if text.words == "50 mm at 1:1")
    (x, y), (end, _) = bar
    assert (x, end - x, bar[1][1]) == pytest.approx((page.left + 5, 50, y))
    for tick, place in ((left, x), (right, end)):
        assert tick == ((place, y - 1), (place, y + 1))
    assert words.x == end + 2.5
    assert (capitals(words).top + words.y) / 2 == pytest.approx(y, abs=0.1), "beside the bar's middle"
    assert y - layer.texts[4].y == pytest.approx(4.6 + 2)
    assert words.size == layer.texts[1].size


def test_the_samples_stand_in_three_columns_beside_their_meaning() -> None:
    layer, page = layer_of("legend", legend=True)
    samples = layer.strokes[3:]
    texts = layer.texts[6:]
    assert len(samples) == len(texts) == len(LineType)
    rows = sorted({round(ends(stroke)[0][1], 6) for stroke in samples})
    assert {round(after - before, 6) for before, after in pairwise(rows)} == {4.6}
    assert rows[0] - ends(layer.strokes[0])[0][1] == pytest.approx(4.6 * 1.5)
    for number, (sample, text) in enumerate(zip(samples, texts, strict=True)):
        (x, y), (end, level) = ends(sample)
        assert (y, level) == pytest.approx((rows[number // 3],) * 2)
        assert x == pytest.approx(page.left + 5 + 52 * (number % 3))
        assert (end - x, text.x - end) == pytest.approx((12, 2.5))
        assert (capitals(text).top + text.y) / 2 == pytest.approx(y, abs=0.1)
        assert sample.style.spot is None
    said = [text.words for text in texts]
    assert said[:2] == ["Bleed", "Safe area (SafeArea)"]


def test_a_title_is_cut_where_the_page_would_grow() -> None:
    for length, words in ((60, "x" * 60), (61, "x" * 59 + "…")):
        sheet = replace(strip_sheet(), title="x" * length)
        legend = draw_sheet(sheet, FlatOptions(legend=True)).layers[-1]
        assert legend.texts[0].words == words
    legend = draw_sheet(disc_sheet(), FlatOptions(legend=True)).layers[-1]
    assert legend.texts[2].words.startswith("Manufacturing sizes. Printed")
    said = [text.words for text in legend.texts]
    assert "Nominal blank, no allowances for board; caliper 0.5 mm." in said
    assert "Blank 50 × 50 mm · bleed 3 mm · safe area 3 mm · overlap 15 mm." in said


def test_the_legend_speaks_of_the_blank_as_it_is_drawn() -> None:
    board, small = even_board("E flute", 1.6), Dimensions(width=40, height=40, depth=30)
    options = DielineOptions(board=board, glue_flap=40, tuck=60, sized=Sized.INSIDE)
    sheet = Sheet(make_dieline("box", small, options))
    said = [text.words for text in draw_sheet(sheet, FlatOptions(legend=True)).layers[-1].texts]
    assert said[2].startswith("Inside sizes; crease to crease 41.6 × 44.8 × 31.6 mm.")
    assert said[3] == ("Board E flute, caliper 1.6 mm, inside loss 0.8 mm, outside gain 0.8 mm, allowed for.")
    tuck = float(said[4].split("tuck ")[1].split(" mm")[0])
    glue = float(said[4].split("glue flap ")[1].split(" mm")[0])
    assert [tuck, glue] == pytest.approx([20.8, 35.83], abs=0.01)


def measured(length: float, offset: float = 12) -> Layer:
    return measure_layer([Measure((0, 0), (length, 0), offset, length)], STYLE)


def test_extension_lines_leave_the_edge_and_run_past_the_line() -> None:
    line, first, second, *_ = measured(60).strokes
    assert ends(line)[0] == pytest.approx((0, -12), abs=1e-9)
    assert ends(first)[0] == pytest.approx((0, -1), abs=1e-9)
    assert ends(first)[1] == pytest.approx((0, -13.5), abs=1e-9)
    assert ends(second)[1] == pytest.approx((60, -13.5), abs=1e-9)
    near = measured(60, 1).strokes[1]
    assert ends(near)[0] == pytest.approx((0, -0.5), abs=1e-9), "half way of a line that is near"


@pytest.mark.parametrize(("length", "inside"), [(60, True), (6.7, True), (6.5, False), (3, False)])
def test_arrows_point_outwards_where_there_is_room(length: float, inside: bool) -> None:
    *_, first, second = measured(length).strokes
    for stroke, end, back in ((first, 0.0, 1), (second, length, -1)):
        tip = stroke.path.curves[0].end
        assert tip == pytest.approx((end, -12), abs=1e-9)
        for x, y in ends(stroke):
            assert math.dist((x, y), tip) == pytest.approx(2.2)
            assert (x - end) * back * (1 if inside else -1) > 0
            assert abs(math.degrees(math.atan2(y + 12, abs(x - end)))) == pytest.approx(12)


def test_where_words_have_no_room_any_more() -> None:
    (wide,) = measured(6.1).texts
    assert (wide.anchor, wide.size) == ("middle", 3)
    assert wide.y == pytest.approx(-12.9)
    room = Text("60", 0, 0, 3, STYLE).room
    assert room == pytest.approx(2 * 3 * 0.56)
    (just,) = measure_layer([Measure((0, 0), (room + 1.1, 0), 12, 60)], STYLE).texts
    (less,) = measure_layer([Measure((0, 0), (room + 0.9, 0), 12, 60)], STYLE).texts
    assert (just.anchor, less.anchor) == ("middle", "start")
    assert less.x == pytest.approx(room + 0.9 + 2.2 + 0.9), "behind the arrow"


@pytest.mark.parametrize(
    ("anchor", "angle", "box"),
    [
        ("start", 0, (10, 16, 10 + 8.96, 21)),
        ("middle", 0, (10 - 4.48, 16, 10 + 4.48, 21)),
        ("end", 0, (10 - 8.96, 16, 10, 21)),
        ("start", -90, (6, 20 - 8.96, 11, 20)),
        ("start", 90, (9, 20, 14, 20 + 8.96)),
    ],
)
def test_the_room_words_take(anchor: str, angle: float, box: tuple[float, ...]) -> None:
    text = Text("abcd", 10, 20, 4, STYLE, angle, anchor)  # type: ignore[arg-type]  # one of three
    assert text.box() == pytest.approx(box)


def test_how_svg_says_an_arc() -> None:
    assert path_data(Path((Arc(0, 0, 2, 0, 90),))) == "M 2 0 A 2 2 0 0 1 0 2"
    assert path_data(Path((Arc(0, 0, 2, 0, -90),))) == "M 2 0 A 2 2 0 0 0 0 -2"
    assert path_data(Path((Segment(0, 0, 1 / 3, -1e-9),), closed=True)) == "M 0 0 L 0.3333 0 Z"


def outline(face: Typeface, words: str) -> QRectF:
    path = QPainterPath()
    face.draw(words, 10, QtPen(face.glyphs, path))
    return path.boundingRect()


def test_letters_follow_each_other_by_their_widths() -> None:
    face = Typeface()
    widths = [face.width(letter, 10) for letter in "Wi1"]
    assert widths[0] > widths[2] > widths[1] > 0
    ends = [outline(face, words).right() for words in ("W", "Wi", "Wi1")]
    alone = [outline(face, letter).right() for letter in "Wi1"]
    starts = [placed - right for placed, right in zip(ends, alone, strict=True)]
    assert starts == pytest.approx([0, widths[0], widths[0] + widths[1]])
    assert face.width("Wi1", 10) == pytest.approx(sum(widths))
    assert face.width("Wi1", 5) == pytest.approx(sum(widths) / 2)
    assert face.width("\ue000", 10) > 0, "a letter it has not is its empty box"
    box = outline(face, "H")
    assert (-box.bottom(), -box.top()) == pytest.approx((0, 7), abs=0.15)


ENDINGS = {
    "a.pdf": ExportFormat.PDF,
    "a.SVG": ExportFormat.SVG,
    "a.dxf": ExportFormat.DXF,
    "a.cf2": ExportFormat.CF2,
    "a.png": ExportFormat.PNG,
    "a.zip": ExportFormat.PANELS,
    "a": ExportFormat.FOLDER,
    "a.glb": ExportFormat.GLB,
    "a.obj": ExportFormat.OBJ,
    "a.html": ExportFormat.REVIEW,
    "a.packdesk": ExportFormat.BUNDLE,
    "a.proof.pdf": ExportFormat.PROOF,
}


def test_the_ending_says_the_kind(tmp_path: FilePath) -> None:
    assert {name: export_format(tmp_path / name) for name in ENDINGS} == ENDINGS
    with pytest.raises(InvalidInputError, match=r"a\.gif") as caught:
        export_format(tmp_path / "a.gif")
    assert (
        ".pdf, .svg, .dxf, .cf2, .png, .zip, .glb, .obj, .html, .packdesk, or a folder" in caught.value.remedy
    )
    assert [kind for kind in ExportFormat if kind.is_flat] == list(ENDINGS.values())[:5]
    assert [kind for kind in ExportFormat if kind.is_model] == [ExportFormat.GLB, ExportFormat.OBJ]


def test_every_kind_is_written(tmp_path: FilePath) -> None:
    state = default_state()
    artwork = {"front": strip_sheet().artwork["front"]}
    assert sheet_title(state) == "Box 100 x 150 x 100 mm"
    for name, kind in ENDINGS.items():
        if not kind.keeps_look:
            assert check_target(tmp_path / name, force=False) is kind
            write_design(state, artwork, tmp_path / name, ExportOptions(dpi=40))
            assert (tmp_path / name).exists()
    assert (tmp_path / "a" / "front.png").read_bytes() == artwork["front"]
    with pytest.raises(Exception, match="already") as caught:
        check_target(tmp_path / "a.obj", force=False)
    assert type(caught.value).__name__ == "OutputUnwritableError"
    assert (ExportOptions().dpi, ExportOptions().lines) == (300, True)


def test_a_model_s_surface_is_matt_and_its_buffers_are_in_step(tmp_path: FilePath) -> None:
    model = PackageModel("box", Dimensions(width=100, height=150, depth=60), strip_sheet().artwork)
    write_glb(model, tmp_path / "a.glb")
    raw = (tmp_path / "a.glb").read_bytes()
    tree = json.loads(raw[20 : 20 + int.from_bytes(raw[12:16], "little")])
    assert len(raw) % 4 == 0
    (root,) = tree["scenes"][tree["scene"]]["nodes"]
    assert tree["nodes"][root]["children"] == list(range(6))
    assert {material["pbrMetallicRoughness"]["roughnessFactor"] for material in tree["materials"]} == {0.44}
    assert tree["samplers"] == [
        {"magFilter": 9729, "minFilter": 9987, "wrapS": sideways, "wrapT": 33071}
        for sideways in (33071, 10497)
    ]
    reach = 0
    for view in tree["bufferViews"]:
        assert (view["buffer"], view["byteOffset"] % 4) == (0, 0)
        assert reach <= view["byteOffset"] < reach + 4
        reach = view["byteOffset"] + view["byteLength"]
    assert 0 <= tree["buffers"][0]["byteLength"] - reach < 4
    kinds = [(one["componentType"], one["type"]) for one in tree["accessors"][:4]]
    assert kinds == [(5126, "VEC3"), (5126, "VEC3"), (5126, "VEC2"), (5125, "SCALAR")]
    assert tree["accessors"][0]["min"] == pytest.approx([-0.05, 0, 0.03])
    assert tree["accessors"][0]["max"] == pytest.approx([0.05, 0.15, 0.03])
    assert tree["accessors"][3]["count"] == 6
    write_obj(model, tmp_path / "a.obj")
    front = (tmp_path / "a.mtl").read_text().partition("newmtl ")[2].splitlines()
    assert (front[0], front[2], front[9]) == (
        "front",
        "Kd 1.0000 1.0000 1.0000",
        "map_Kd a_textures/front.png",
    )


def test_letters_are_drawn_where_the_words_stand(tmp_path: FilePath) -> None:
    sheet = replace(strip_sheet(pictures=False), title="H")
    options = FlatOptions(kinds=frozenset({LineType.CUT, LineType.DIMENSION}), legend=True)
    drawing = draw_sheet(sheet, options)
    write_flat_png(sheet, tmp_path / "a.png", 254, options)
    with Image.open(tmp_path / "a.png") as opened:
        dark = np.asarray(opened.convert("RGB")).max(axis=2) < 140
    assert dark.shape == pytest.approx((10 * drawing.page.height, 10 * drawing.page.width), abs=1)

    def drawn(box: Box) -> Box:
        """Where it is dark within a box, in millimetres of the sheet."""
        left, top, right, bottom = (
            round(10 * value)
            for value in (
                box.left - drawing.page.left,
                box.top - drawing.page.top,
                box.right - drawing.page.left,
                box.bottom - drawing.page.top,
            )
        )
        rows, columns = np.nonzero(dark[top:bottom, left:right])
        found = (columns.min() / 10, rows.min() / 10, columns.max() / 10, rows.max() / 10)
        return Box(box.left + found[0], box.top + found[1], box.left + found[2], box.top + found[3])

    title = drawing.layers[-1].texts[0]
    letter = drawn(title.box().grown(0.3))
    assert (letter.bottom - letter.top, letter.bottom) == pytest.approx(
        (0.69 * title.size, title.y), abs=0.15
    )
    assert title.x < letter.left < title.x + 0.5
    width, height, _ = drawing.layers[1].texts
    for words, upright in ((width, False), (height, True)):
        found = drawn(words.box())
        centre = (found.left + found.right) / 2, (found.top + found.bottom) / 2
        along = centre[1] if upright else centre[0]
        assert along == pytest.approx(words.y if upright else words.x, abs=0.3)
