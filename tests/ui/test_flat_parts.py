"""The flat view's arithmetic: camera, scaled pictures, and room for words."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPixmap

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.textures.pixmaps import MippedPixmap, ShownPicture
from packdesk.ui.artwork.panel_list import PanelList, sizes_fit
from packdesk.ui.artwork.panel_rows import PanelRow, came_in_words
from packdesk.ui.flat.camera import FlatCamera, Margins, fitting
from packdesk.ui.flat.dimension_lines import draw_measures, margins_for
from packdesk.ui.flat.draft import UPRIGHT, UPWARDS, Draft, text_size
from packdesk.ui.flat.sheet import to_pixels
from packdesk.ui.flat.words import _name_boards, turn_to_fit
from packdesk.ui.theme import LIGHT, load_fonts
from packdesk.ui.units import INCH, length_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from packdesk.domain.dieline.values import Dieline

length = st.floats(10, 10_000)
pixels = st.floats(-2000, 2000)
scales = st.floats(0.01, 100)


@given(length, length, st.floats(320, 4000), st.floats(240, 4000))
def test_a_fitted_sheet_touches_the_margins_one_way(
    width: float, height: float, across: float, along: float
) -> None:
    margins = Margins(60, 52, 32, 36)
    camera = fitting((width, height), (across, along), margins)
    left = across / 2 - camera.x * camera.scale
    top = along / 2 - camera.y * camera.scale
    room = (
        left - margins.left,
        across - left - width * camera.scale - margins.right,
        top - margins.top,
        along - top - height * camera.scale - margins.bottom,
    )
    assert min(room) == pytest.approx(0, abs=1e-3)
    assert (room[0], room[2]) == pytest.approx((room[1], room[3]), abs=1e-3)


@given(scales, scales, pixels, pixels)
def test_zooming_keeps_the_point_under_the_pointer(
    before: float, after: float, right: float, down: float
) -> None:
    camera = FlatCamera(before, 12, 34)
    zoomed = camera.zoomed(after, right, down)
    assert zoomed.x + right / after == pytest.approx(camera.x + right / before)
    assert zoomed.y + down / after == pytest.approx(camera.y + down / before)


def test_panning_is_in_pixels_and_stops_at_the_edge() -> None:
    camera = FlatCamera(2, 10, 20).panned(4, -6)
    assert (camera.x, camera.y) == (8, 23)
    assert camera.panned(100, 0).kept_within(50, 60) == FlatCamera(2, 0, 23)


def test_a_frame_without_room_is_no_error() -> None:
    assert fitting((100, 100), (0, 0), Margins(60, 52, 32, 36)).scale > 0


def test_words_are_turned_before_they_are_left_out() -> None:
    size = (60.0, 14.0)
    assert turn_to_fit(QRectF(0, 0, 80, 30), size, 6) == UPRIGHT
    assert turn_to_fit(QRectF(0, 0, 30, 80), size, 6) == UPWARDS
    assert turn_to_fit(QRectF(0, 0, 30, 30), size, 6) is None


@pytest.mark.parametrize(("kind", "rows"), [("box", (2, 2)), ("cylinder", (3, 2))])
def test_there_is_room_for_every_row_of_measures(kind: PackageType, rows: tuple[int, int]) -> None:
    dieline = make_dieline(kind, Dimensions(width=80, height=150, depth=80))
    margins = margins_for(dieline, (620.0, 400.0))
    assert (margins.top - margins.bottom, margins.right - margins.left) == tuple(19 * row for row in rows)


@pytest.mark.parametrize(("narrowest", "size"), [(55, 12), (80, 15)])
def test_names_of_bare_panels_have_one_size(qapp: QApplication, narrowest: float, size: int) -> None:
    load_fonts()
    sizes: list[int] = []

    class Written:
        def write(self, _words: str, _middle: QPointF, font: QFont, *_more: object) -> None:
            sizes.append(font.pixelSize())

    boards = [(QRectF(0, 0, 200, 200), "Front"), (QRectF(0, 0, narrowest, narrowest), "Bottom")]
    _name_boards(cast("Draft", Written()), boards)
    assert sizes == [size, size]


@pytest.mark.parametrize("height", [90, 150, 190])
@pytest.mark.parametrize("sides", [(100, 150, 100), (30, 20, 15), (400, 40, 20), (300, 20, 300)])
def test_every_length_stands_inside_the_frame(
    qapp: QApplication, sides: tuple[float, float, float], height: int
) -> None:
    load_fonts()
    kind: PackageType = "cylinder" if sides[0] == sides[2] != 100 else "box"
    dieline = make_dieline(kind, Dimensions(width=sides[0], height=sides[1], depth=sides[2]))
    frame = (620.0, float(height))
    camera = fitting((dieline.width, dieline.height), frame, margins_for(dieline, frame))
    boxes = written(dieline, camera, frame)
    assert all(QRectF(0, 0, *frame).contains(box) for box in boxes)
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    assert height == 90 or len(boxes) == len(dieline.measures)


def test_in_a_small_frame_the_blank_comes_before_its_measures(qapp: QApplication) -> None:
    load_fonts()
    dieline = make_dieline("box", Dimensions(width=100, height=150, depth=100))
    frame = (620.0, 100.0)
    camera = fitting((dieline.width, dieline.height), frame, margins_for(dieline, frame))
    assert camera.scale * dieline.height == pytest.approx(100 - 2 * 16)
    assert written(dieline, camera, frame) == []


def test_a_length_whose_line_is_out_of_sight_is_not_written(qapp: QApplication) -> None:
    load_fonts()
    dieline = make_dieline("box", Dimensions(width=100, height=150, depth=100))
    close = FlatCamera(40.0, 0.0, dieline.height)  # nothing is measured at that corner
    assert written(dieline, close, (300.0, 300.0)) == []


def test_no_length_stands_where_something_lies_over_the_sheet(qapp: QApplication) -> None:
    load_fonts()
    dieline = make_dieline("box", Dimensions(width=100, height=150, depth=100))
    frame = (620.0, 400.0)
    camera = fitting((dieline.width, dieline.height), frame, margins_for(dieline, frame))
    free = written(dieline, camera, frame)
    covered = free[0].adjusted(-20, -4, 5, 4)
    moved = written(dieline, camera, frame, covered)
    assert moved[0].left() > covered.right(), "moved along its line"
    assert not any(box.intersects(covered) for box in moved)


def written(
    dieline: Dieline, camera: FlatCamera, frame: tuple[float, float], covered: QRectF | None = None
) -> list[QRectF]:
    """Where lengths are written."""
    boxes: list[QRectF] = []

    class Noted(Draft):
        def write(
            self, text: str, middle: QPointF, font: QFont, colour: QColor, turn: float = UPRIGHT
        ) -> None:
            del colour
            size = text_size(text, font)
            box = QRectF(0, 0, *(size if turn == UPRIGHT else size[::-1]))
            box.moveCenter(middle)
            boxes.append(box)

    image = QImage(round(frame[0]), round(frame[1]), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        draft = Noted(painter, LIGHT, to_pixels(camera, *frame), QRectF(0, 0, *frame))
        draw_measures(draft, dieline, frame, partial(length_text, unit=INCH), covered)
    return boxes


def test_all_sizes_of_the_list_are_shown_or_none(qapp: QApplication) -> None:
    load_fonts()
    rows = [
        PanelRow("front", "Front", "3.937 × 5.906 in", "art", "", "", None, 300.0),
        PanelRow("top", "Top", "4 in", "art", "", "", None, 300.0),
    ]
    metrics = QFontMetrics(QFont("Hanken Grotesk", 10))
    room = metrics.horizontalAdvance("3.937 × 5.906 in300 dpi") + 16
    assert sizes_fit(rows, metrics, room)
    assert not sizes_fit(rows, metrics, room - 1)
    assert sizes_fit(rows[1:], metrics, room - 1)


def test_of_which_colours_a_picture_was_converted_is_in_its_tooltip(qtbot: QtBot) -> None:
    shown = ShownPicture("a", MippedPixmap(), QPixmap(), QImage(), (9, 9), came_in="<b>Adobe RGB")
    panels = PanelList()
    qtbot.addWidget(panels)
    row = PanelRow("front", "Front", "4 in", "art", "", "Oats", None, 300.0, came_in_words(shown))
    panels.show_rows([row], ["front"])
    assert panels.item(0).toolTip() == "<qt>Oats<br>Converted from &lt;b&gt;Adobe RGB</qt>"
    assert came_in_words(shown._replace(came_in="")) == came_in_words(None) == ""
