"""The flat view: what a designer sees on it and does with it."""

from __future__ import annotations

import functools
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, QRectF, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QContextMenuEvent, QFocusEvent, QImage, QPainter, QPixmap, QPolygon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from support.outlines import sheet_points
from support.pointing import drag, drag_over, drop, move_to, turn_wheel

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.panels import PANEL_IDS
from packdesk.textures.incoming import IncomingPicture
from packdesk.textures.pixmaps import MippedPixmap
from packdesk.ui.dropping import Offer
from packdesk.ui.flat.panel_painting import panel_area
from packdesk.ui.flat.sheet import WHOLE
from packdesk.ui.flat.view import FlatScene, FlatView
from packdesk.ui.theme import BOARD, DARK, LIGHT, Theme, load_fonts

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

BOX = Dimensions(width=100, height=150, depth=60)
TUBE = Dimensions(width=80, height=150, depth=80)
QUARTERS = {(0.25, 0.25): "red", (0.75, 0.25): "lime", (0.25, 0.75): "blue", (0.75, 0.75): "yellow"}
RIGHT, MIDDLE = Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def flat(kind: PackageType, size: Dimensions, *shown: Any, **more: Any) -> FlatScene:
    return FlatScene(make_dieline(kind, size), *shown, **more)


def plain(colour: str) -> QPixmap:
    pixmap = QPixmap(400, 600)
    pixmap.fill(QColor(colour))
    return pixmap


def quartered() -> QPixmap:
    image = QImage(400, 600, QImage.Format.Format_RGB32)
    for (u, v), colour in QUARTERS.items():
        for x in range(round(400 * u) - 100, round(400 * u) + 100):
            for y in range(round(600 * v) - 150, round(600 * v) + 150):
                image.setPixelColor(x, y, QColor(colour))
    return QPixmap.fromImage(image)


@pytest.fixture
def view(qtbot: QtBot) -> FlatView:
    load_fonts()
    made = FlatView()
    qtbot.addWidget(made)
    made.resize(760, 620)
    with qtbot.waitExposed(made):
        made.show()
    made.set_scene(flat("box", BOX))
    return made


def place_of(view: FlatView, panel_id: str, u: float = 0.5, v: float = 0.5) -> QPointF:
    """Where a point of a panel's picture is seen, in logical pixels."""
    assert view.sheet
    panel = view.sheet.scene.dieline.panel(panel_id)
    return view.to_pixels().map(QPointF(*sheet_points(panel, np.array([[u, v]]))[0]))


def bring_into_sight(view: FlatView, panel_id: str) -> QPointF:
    place, middle = place_of(view, panel_id), QPointF(view.rect().center())
    if not view.rect().adjusted(9, 9, -9, -9).contains(place.toPoint()):
        view.pan(middle.x() - place.x(), middle.y() - place.y())
    return place_of(view, panel_id)


def colour_at(view: FlatView, place: QPointF) -> QColor:
    return view.grab().toImage().pixelColor(place.toPoint())


def seen_sheet(view: FlatView) -> QRectF:
    assert view.sheet
    panels = view.sheet.scene.dieline.panels
    whole = functools.reduce(QRectF.united, (panel_area(panel) for panel in panels))
    return view.to_pixels().mapRect(whole)


def in_sight(view: FlatView) -> bool:
    """Whether all of the package is in the frame, and fills it at least one way."""
    seen = seen_sheet(view)
    frame = view.rect()
    large = seen.width() > 0.75 * frame.width() or seen.height() > 0.75 * frame.height()
    return frame.contains(seen.toAlignedRect()) and large


def is_fitted(view: FlatView) -> bool:
    """Whether all of the sheet is shown and will stay so; afterwards it is."""
    before = view.camera
    view.resize(view.width() + 50, view.height() + 40)
    followed = view.camera
    view.fit()
    return view.camera == followed != before


# --- what is shown


@pytest.mark.parametrize(("kind", "size"), [("box", BOX), ("cylinder", TUBE)])
def test_every_panel_shows_the_picture_it_is_given_upright(
    view: FlatView, kind: PackageType, size: Dimensions
) -> None:
    picture = quartered()
    view.set_scene(flat(kind, size, dict.fromkeys(PANEL_IDS[kind], picture)))
    for panel_id in PANEL_IDS[kind]:
        for (u, v), colour in QUARTERS.items():
            place = place_of(view, panel_id, u, 0.4 * v + 0.3)  # its name stands above
            assert colour_at(view, place) == QColor(colour), panel_id


def test_a_panel_s_name_stands_where_its_picture_is_calm(view: FlatView) -> None:
    lettered = plain("navy")
    with QPainter(lettered) as painter:
        for x in range(0, lettered.width(), 6):
            painter.fillRect(x, 5, 3, lettered.height() // 8, QColor("white"))
    corners = ((0, 0), (0, 1))
    for picture, stands in ((plain("navy"), (0, 0)), (lettered, (0, 1))):
        view.set_scene(flat("box", BOX, {"front": picture}))
        places = [place_of(view, "front", *corner) + QPointF(9, 9 - 18 * corner[1]) for corner in corners]
        named = [colour_at(view, place) for place in places]
        view.leave_unnamed("front")
        bare = [colour_at(view, place) for place in places]
        view.leave_unnamed("")
        there = [corner for corner, one, other in zip(corners, named, bare, strict=True) if one != other]
        assert there == [stands]


def name_of(view: FlatView, panel_id: str) -> QRect:
    """Where a panel's name is seen, in pixels."""
    named = view.grab().toImage()
    view.leave_unnamed(panel_id)
    bare = view.grab().toImage()
    view.leave_unnamed("")
    places = [(x, y) for x in range(named.width()) for y in range(named.height())]
    own = [QPoint(*place) for place in places if named.pixel(*place) != bare.pixel(*place)]
    return QPolygon(own).boundingRect()


def test_a_panel_s_name_stands_where_the_panel_is_seen(view: FlatView, qtbot: QtBot) -> None:
    view.resize(400, 320)
    view.set_scene(flat("box", BOX, {"front": plain("navy")}))
    whole = name_of(view, "front")
    view.zoom(3)
    view.pan(-place_of(view, "front", 0.5, 0).x(), -60 - place_of(view, "front", 0, 0).y())
    assert place_of(view, "front", 0, 0).y() < 0
    seen = name_of(view, "front")
    assert seen.height() == whole.height(), "nothing of it is cut off"
    assert abs(seen.width() - whole.width()) <= 1  # it may begin within a pixel
    assert view.rect().contains(seen)
    view.above = QPushButton("Outside", view)
    view.above.setGeometry(seen.adjusted(-9, -9, 9, 9))
    with qtbot.waitExposed(view.above):
        view.above.show()
    assert not name_of(view, "front").intersects(view.above.geometry())
    view.fit()
    view.set_scene(flat("box", Dimensions(width=120, height=150, depth=20), {"left": plain("navy")}))
    upwards = name_of(view, "left")
    assert upwards.height() > upwards.width() > 0


def test_a_panel_without_artwork_is_plain_board(view: FlatView) -> None:
    view.set_scene(flat("box", BOX, {"front": plain("navy")}))
    assert colour_at(view, place_of(view, "front")) == QColor("navy")
    assert colour_at(view, place_of(view, "back", 0.3, 0.3)) == QColor(BOARD)
    view.set_scene(flat("box", BOX, {"front": QPixmap()}))
    assert colour_at(view, place_of(view, "front", 0.3, 0.3)) == QColor(BOARD)


def test_see_through_artwork_lies_on_board(view: FlatView) -> None:
    clear = QPixmap(400, 600)
    clear.fill(Qt.GlobalColor.transparent)
    for theme in (LIGHT, DARK):
        view.set_scene(flat("box", BOX, {"front": clear}, theme=theme))
        assert colour_at(view, place_of(view, "front", 0.5, 0.6)) == QColor(BOARD)


def test_a_cut_for_another_size_is_shown_whole_until_the_new_one_is_there(view: FlatView) -> None:
    wider = BOX.model_copy(update={"width": 200})
    pictures = {"front": quartered(), "back": plain("navy")}
    view.set_scene(flat("box", wider, pictures, unstretched=frozenset({"front"})))
    assert colour_at(view, place_of(view, "front", 0.15, 0.5)) == QColor(BOARD)
    assert colour_at(view, place_of(view, "front", 0.35, 0.35)) == QColor("red")
    assert colour_at(view, place_of(view, "front", 0.65, 0.65)) == QColor("yellow")
    assert colour_at(view, place_of(view, "back", 0.05, 0.5)) == QColor("navy"), "it has no other cut"


def test_a_disc_is_round(view: FlatView) -> None:
    view.set_scene(flat("cylinder", TUBE, {"top": plain("navy")}))
    assert colour_at(view, place_of(view, "top", 0.2, 0.25)) == QColor("navy")
    assert colour_at(view, place_of(view, "top", 0.03, 0.03)) != QColor("navy")


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_ground_is_the_themes(view: FlatView, theme: Theme) -> None:
    view.set_scene(flat("box", BOX, theme=theme))
    assert colour_at(view, QPointF(3, view.height() - 3)) == QColor(theme.window)


def test_selection_is_drawn_in_the_accent(view: FlatView) -> None:
    view.set_scene(flat("box", BOX, selected="back"))
    edge = place_of(view, "back", 0.0, 0.5)
    seen = [colour_at(view, edge + QPointF(step, 3)) for step in (-1, 0, 1)]
    assert QColor(LIGHT.accent) in seen


def test_hover_is_drawn_fainter(view: FlatView) -> None:
    before = view.grab().toImage()
    view.set_scene(flat("box", BOX, hovered="back"))
    hovered = view.grab().toImage()
    view.set_scene(flat("box", BOX, selected="back"))
    assert before != hovered != view.grab().toImage()


def test_artwork_in_the_making_steps_back(view: FlatView) -> None:
    scene = flat("box", BOX, {"front": plain("navy")})
    view.set_scene(replace(scene, statuses={"front": "working"}))
    assert colour_at(view, place_of(view, "front", 0.5, 0.4)).lightness() > QColor("navy").lightness() + 30
    view.set_scene(replace(scene, statuses={"front": "finished"}))
    assert colour_at(view, place_of(view, "front", 0.5, 0.4)) == QColor("navy")


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(
    ("kind", "sides"),
    [
        ("box", (10, 2000, 10)),
        ("box", (2000, 10, 10)),
        ("box", (300, 20, 200)),
        ("box", (20, 60, 400)),
        ("cylinder", (10, 2000, 10)),
        ("cylinder", (2000, 10, 2000)),
    ],
)
def test_extreme_packages_are_drawn_in_every_standing(
    view: FlatView, kind: PackageType, sides: tuple[float, float, float], theme: Theme
) -> None:
    size = Dimensions(width=sides[0], height=sides[1], depth=sides[2])
    for status in ("empty", "art", "waiting", "working", "finished", "failed", "missing"):
        statuses = dict.fromkeys(PANEL_IDS[kind], status)
        view.set_scene(flat(kind, size, {"top": plain("navy")}, "top", "bottom", statuses, theme))
        assert not view.grab().isNull()
    assert view.rect().contains(seen_sheet(view).toAlignedRect())


@pytest.mark.parametrize(
    ("kind", "size", "lengths"),
    [
        ("box", BOX, [60, 100, 150, 300, 335]),  # with 15 mm each of glue flap and tuck flaps
        ("cylinder", TUBE, [80, 150, 80 * math.pi, 15 + 80 * math.pi, 332]),
    ],
)
def test_lengths_are_written_by_the_given_function(
    view: FlatView, kind: PackageType, size: Dimensions, lengths: list[float]
) -> None:
    asked: list[float] = []

    def write(millimetres: float) -> str:
        asked.append(millimetres)
        return f"{millimetres / 25.4:.2f} in"

    view.set_length_text(write)
    view.set_scene(flat(kind, size))
    view.grab()
    assert sorted(set(asked)) == pytest.approx(lengths)


# --- cheap changes


def test_changes_before_a_paint_are_painted_once_and_after_other_news(view: FlatView) -> None:
    painted: list[str] = []

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
            if watched is view and event.type() == QEvent.Type.Paint:
                painted.append("painted")
            return False

    watcher = Watcher()
    QApplication.processEvents()
    view.installEventFilter(watcher)
    for width in range(20, 400, 20):
        view.set_scene(flat("box", Dimensions(width=width, height=150, depth=60)))
    QTimer.singleShot(0, lambda: painted.append("news"))
    QApplication.processEvents()
    assert painted == ["news", "painted"]


def test_small_panels_are_painted_from_smaller_copies(view: FlatView) -> None:
    picture = MippedPixmap(plain("navy"))
    picture.levels = (plain("lime").scaled(200, 300), plain("red").scaled(20, 30))
    view.set_scene(flat("box", BOX, {"front": picture}))
    view.zoom(0.5)
    assert colour_at(view, place_of(view, "front")) == QColor("lime")
    view.zoom(20)
    assert colour_at(view, bring_into_sight(view, "front")) == QColor("navy")


def test_another_type_has_other_panels_and_fits_anew(view: FlatView) -> None:
    view.zoom(3)
    view.set_scene(flat("cylinder", TUBE))
    assert view.sheet
    assert {panel.panel_id for panel in view.sheet.scene.dieline.panels} == set(PANEL_IDS["cylinder"])
    assert in_sight(view)


def test_a_fitted_sheet_stays_fitted(view: FlatView) -> None:
    for size in (
        BOX,
        Dimensions(width=2000, height=10, depth=40),
        Dimensions(width=30, height=900, depth=30),
    ):
        view.set_scene(flat("box", size))
        assert in_sight(view), size
    view.resize(400, 700)
    assert in_sight(view)


def test_a_zoomed_sheet_keeps_its_place_until_it_is_fitted(view: FlatView) -> None:
    view.zoom(3)
    before, scale = place_of(view, "front"), view.camera.scale
    view.set_scene(flat("box", Dimensions(width=100, height=150, depth=200)))
    assert view.camera.scale == scale
    assert (place_of(view, "front") - before).manhattanLength() <= 2
    view.resize(500, 500)
    assert view.camera.scale == scale
    view.fit()
    assert in_sight(view)


# --- mouse


@pytest.mark.parametrize("zoom", [0.6, 1.0, 4.0, 15.0])
@pytest.mark.parametrize(("kind", "size"), [("box", BOX), ("cylinder", TUBE)])
def test_a_click_selects_the_panel_under_it(
    view: FlatView, kind: PackageType, size: Dimensions, zoom: float
) -> None:
    view.set_scene(flat(kind, size))
    found: list[str] = []
    view.panel_clicked.connect(found.append)
    view.zoom(zoom)
    for panel_id in PANEL_IDS[kind]:
        place = bring_into_sight(view, panel_id)
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert found == list(PANEL_IDS[kind])


def test_a_click_beside_the_package_names_no_panel(view: FlatView) -> None:
    found: list[str] = []
    view.panel_clicked.connect(found.append)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    view.set_scene(flat("cylinder", TUBE))
    corner = place_of(view, "top", 0.04, 0.04).toPoint()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=corner)
    assert found == ["", ""]


def test_hovering_names_each_panel_once(view: FlatView) -> None:
    found: list[str] = []
    view.panel_hovered.connect(found.append)
    for panel_id in ("left", "front", "front", "top"):
        move_to(view, place_of(view, panel_id))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert found == ["left", "front", "top", ""]


@pytest.mark.parametrize("button", [MIDDLE, RIGHT])
def test_dragging_with_another_button_moves_the_sheet(view: FlatView, button: Qt.MouseButton) -> None:
    found: list[str] = []
    view.panel_clicked.connect(found.append)
    view.context_menu_wanted.connect(lambda *_: found.append("menu"))
    before = place_of(view, "front")
    drag(view, before, before + QPointF(60, 30), button)
    moved = place_of(view, "front") - before
    assert moved.toTuple() == pytest.approx((60, 30), abs=1)
    assert found == []
    assert not is_fitted(view)


def test_dragging_with_space_held_moves_the_sheet(view: FlatView) -> None:
    found: list[str] = []
    view.panel_clicked.connect(found.append)
    before = place_of(view, "front")
    QTest.keyPress(view, Qt.Key.Key_Space)
    drag(view, before, before + QPointF(50, 0))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert (place_of(view, "front") - before).x() == pytest.approx(50, abs=1)
    before = place_of(view, "front")
    drag(view, before, before + QPointF(50, 0))
    assert place_of(view, "front") == before
    assert found == []


def test_the_sheet_cannot_be_lost(view: FlatView) -> None:
    view.pan(9000, -9000)
    seen = seen_sheet(view)
    assert seen.intersects(view.rect())


def test_the_wheel_zooms_at_the_pointer_within_limits(view: FlatView) -> None:
    place, scale = place_of(view, "top", 0.2, 0.3), view.camera.scale
    turn_wheel(view, place, 3)
    assert view.camera.scale > 1.4 * scale
    assert (place_of(view, "top", 0.2, 0.3) - place).manhattanLength() <= 2
    turn_wheel(view, place, 500)
    assert view.camera.scale == pytest.approx(40 * scale)
    turn_wheel(view, place, -500)
    assert view.camera.scale == pytest.approx(scale / 2)


def test_a_double_click_fits(view: FlatView) -> None:
    view.zoom(5)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    assert in_sight(view)


def test_a_right_click_asks_for_a_menu_there(view: FlatView) -> None:
    asked: list[tuple[str, QPoint]] = []
    view.context_menu_wanted.connect(lambda panel_id, place: asked.append((panel_id, place)))
    place = place_of(view, "left").toPoint()
    QTest.mouseClick(view, RIGHT, pos=place)
    QTest.mouseClick(view, RIGHT, pos=QPoint(4, 4))
    assert asked == [("left", view.mapToGlobal(place)), ("", view.mapToGlobal(QPoint(4, 4)))]


# --- keys


def test_control_and_arrows_go_from_panel_to_panel(view: FlatView) -> None:
    found: list[str] = []
    view.panel_clicked.connect(found.append)
    view.panel_clicked.connect(lambda panel_id: view.set_scene(flat("box", BOX, selected=panel_id)))
    keys = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up)
    for key in (*keys, Qt.Key.Key_Up):
        QTest.keyClick(view, key, CONTROL)
    assert found == ["front", "right", "back", "right", "top"], "nothing lies above the top"
    assert "Top" in view.accessibleName()
    assert is_fitted(view)


def test_enter_selects_the_first_panel_and_then_asks_for_its_menu(view: FlatView) -> None:
    found: list[str] = []
    asked: list[tuple[str, QPoint]] = []
    view.panel_clicked.connect(found.append)
    view.context_menu_wanted.connect(lambda panel_id, place: asked.append((panel_id, place)))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert (found, asked) == (["front"], [])
    view.set_scene(flat("box", BOX, selected="front"))
    QTest.keyClick(view, Qt.Key.Key_Return)
    there = view.mapToGlobal(place_of(view, "front").toPoint())
    assert asked[0][0] == "front"
    assert (asked[0][1] - there).manhattanLength() <= 2
    menu_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(view, menu_key)
    assert asked[1] == asked[0]


def test_plus_minus_and_home(view: FlatView) -> None:
    scale = view.camera.scale
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.camera.scale > scale
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.camera.scale == pytest.approx(scale)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.camera.scale < scale
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.camera.scale == scale


def test_arrows_move_the_sheet_the_other_way(view: FlatView) -> None:
    before = place_of(view, "front")
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down)
    moved = place_of(view, "front") - before
    assert moved.toTuple() == pytest.approx((-40, -40), abs=1)


def test_tab_comes_and_goes(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before, view = QPushButton(window), FlatView(window)
    view.set_scene(flat("box", BOX))
    window.show()
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert window.focusWidget() is view
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert window.focusWidget() is before


def test_a_ring_shows_where_the_keyboard_is(view: FlatView) -> None:
    for reason, colour in (
        (Qt.FocusReason.TabFocusReason, LIGHT.accent),
        (Qt.FocusReason.MouseFocusReason, LIGHT.window),
    ):
        QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusIn, reason))
        assert colour_at_edge(view) == QColor(colour)
        QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut, reason))
        assert colour_at_edge(view) == QColor(LIGHT.window)


def colour_at_edge(view: FlatView) -> QColor:
    return view.grab().toImage().pixelColor(1, 300)


# --- drag and drop


def files(*names: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    return data


def test_a_picture_file_is_dropped_on_the_panel_under_it(view: FlatView, tmp_path: Path) -> None:
    found: list[tuple[str, Offer]] = []
    view.dropped.connect(lambda panel_id, offered: found.append((panel_id, offered)))
    data, place = files(str(tmp_path / "leaf.PNG")), place_of(view, "right")
    before = view.grab().toImage()
    assert drag_over(view, data, place)
    assert view.sheet
    assert view.sheet.target == "right"
    assert view.grab().toImage() != before
    assert drop(view, data, place)
    assert found == [("right", Offer((IncomingPicture.of_file(tmp_path / "leaf.PNG"),)))]
    assert view.sheet.target is None
    assert view.grab().toImage() == before


def test_image_data_is_dropped_too(view: FlatView) -> None:
    found: list[tuple[str, Offer]] = []
    view.dropped.connect(lambda panel_id, offered: found.append((panel_id, offered)))
    data = QMimeData()
    data.setImageData(plain("navy").toImage())
    assert drag_over(view, data, place_of(view, "top"))
    assert drop(view, data, place_of(view, "top"))
    ((panel_id, offered),) = found
    (picture,) = offered.pictures
    assert panel_id == "top"
    assert picture.encode is not None
    image = QImage.fromData(picture.encode())
    assert image.size() == plain("navy").size()
    assert image.pixelColor(5, 5) == QColor("navy")


def test_what_is_no_picture_is_refused(view: FlatView) -> None:
    found: list[object] = []
    view.dropped.connect(found.append)
    place = place_of(view, "front")
    text = QMimeData()
    text.setText("front.png")
    assert not drag_over(view, text, place)
    assert not drop(view, text, place)
    assert view.sheet
    assert view.sheet.target is None
    assert found == []


def test_beside_the_package_a_picture_is_for_all_of_it(view: FlatView) -> None:
    data, beside = files("/a/leaf.png"), QPointF(5, 5)
    found: list[Offer] = []
    view.sheet_dropped.connect(found.append)
    assert drag_over(view, data, beside)
    assert view.sheet
    assert view.sheet.target == WHOLE
    assert drop(view, data, beside)
    assert [offered.pictures[0].name for offered in found] == ["leaf.png"]
    assert view.sheet.target is None
    view.set_changeable(changeable=False)
    assert not drag_over(view, data, beside)
    assert not drop(view, data, beside)


def test_without_a_scene_nothing_happens(qtbot: QtBot) -> None:
    empty = FlatView()
    qtbot.addWidget(empty)
    empty.show()
    empty.fit()
    empty.zoom_in()
    empty.pan(5, 5)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Home):
        QTest.keyClick(empty, key)
    QTest.keyClick(empty, Qt.Key.Key_Right, CONTROL)
    assert empty.panel_at(QPointF(50, 50)) == ""
    assert not empty.grab().isNull()


def test_a_selected_panel_that_is_not_on_the_blank_is_no_place(view: FlatView) -> None:
    sleeve = make_dieline("box", BOX, DielineOptions(DielineStyle.SLEEVE))
    view.set_scene(FlatScene(sleeve, selected="top"))
    clicked: list[str] = []
    asked: list[str] = []
    view.panel_clicked.connect(clicked.append)
    view.context_menu_wanted.connect(lambda panel_id, _: asked.append(panel_id))
    QTest.keyClick(view, Qt.Key.Key_Right, CONTROL)
    assert clicked == ["front"]
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked == ["top"]
    view.show_panel("top")
    assert view.grab().toImage().size() == view.size()
