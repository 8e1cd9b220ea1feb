"""The wheel zooms where the pointer is: what is seen there stays there."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from packdesk.domain.dimensions import Dimensions
from packdesk.viewer.camera import FLAT_FIELD_OF_VIEW, Camera
from packdesk.viewer.framing import fit, limited
from packdesk.viewer.picking import ray_through

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.scene import Scene
    from packdesk.viewer.view import PackageView

ON_THE_FRONT = [QPointF(170, 70), QPointF(315, 300), QPointF(240, 90)]
"""Near corners and the upper edge of the front as the view shows it at first."""


def wheel(view: PackageView, notches: float, place: QPointF) -> None:
    none, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turned, phase = QPoint(0, round(120 * notches)), Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, view.mapToGlobal(place), QPoint(), turned, none, no_key, phase, False)
    QApplication.sendEvent(view, event)


def front_point(view: PackageView, place: QPointF, depth: float) -> FloatArray:
    """Where the line of sight through a place meets the plane of the front."""
    ray = ray_through(view.camera(), place.x(), place.y(), view.width(), view.height())
    origin, direction = np.array(ray.origin), np.array(ray.direction)
    point: FloatArray = origin + (-depth / 2 - origin[1]) / direction[1] * direction
    return point


def seen_at(view: PackageView, point: FloatArray) -> tuple[float, float]:
    """The place of a point in the picture, in pixels."""
    camera = view.camera()
    matrix = camera.projection_matrix(view.width() / view.height()) @ camera.view_matrix()
    x, y, _, w = matrix @ (*point, 1.0)
    return (x / w + 1) / 2 * view.width(), (1 - y / w) / 2 * view.height()


def slip(view: PackageView, point: FloatArray, place: QPointF) -> float:
    x, y = seen_at(view, point)
    return math.hypot(x - place.x(), y - place.y())


@pytest.mark.parametrize("field_of_view", [None, FLAT_FIELD_OF_VIEW])
@pytest.mark.parametrize("place", ON_THE_FRONT, ids=lambda place: f"{place.x():g}-{place.y():g}")
@pytest.mark.parametrize("notches", [1, 4, 200, -3])
def test_the_point_under_the_pointer_stays(
    view: PackageView, box: Scene, notches: float, place: QPointF, field_of_view: float | None
) -> None:
    if field_of_view:
        flat = replace(view.camera(), field_of_view=field_of_view)
        view.set_camera(fit(flat, "box", box.dimensions, view.width() / view.height()))
    assert view.panel_at(place) == "front"
    before, point = view.camera(), front_point(view, place, box.dimensions.depth)
    wheel(view, notches, place)
    assert (view.camera().distance < before.distance) == (notches > 0)
    assert slip(view, point, place) < 1
    assert view.panel_at(place) == "front"


def test_it_stays_at_the_end_of_many_small_steps_from_aside(view: PackageView, box: Scene) -> None:
    view.show_named_view("home", glide=False)
    place = QPointF(190, 250)
    assert view.panel_at(place) == "front"
    point = front_point(view, place, box.dimensions.depth)
    for _ in range(60):
        wheel(view, 0.5, place)
    assert slip(view, point, place) < 1
    at_the_end = view.camera()
    wheel(view, 1, place)
    assert view.camera().distance == pytest.approx(at_the_end.distance, rel=1e-3)
    assert slip(view, point, place) < 1


def test_beside_the_package_the_plane_through_the_centre_stays(view: PackageView) -> None:
    place, camera = QPointF(60, 40), view.camera()
    ray = ray_through(camera, place.x(), place.y(), view.width(), view.height())
    point = np.array(ray.origin) + camera.distance * np.array(ray.direction)
    wheel(view, 1, place)
    assert slip(view, point, place) < 1


def test_the_pixels_stay_too(
    view: PackageView, box: Scene, all_quadrants: Callable[..., dict[str, QImage]]
) -> None:
    view.set_scene(replace(box, textures=all_quadrants("box")))
    ratio = view.devicePixelRatioF()
    place = QPointF(170, 70)

    def red() -> bool:
        colour = view.grabFramebuffer().pixelColor((place * ratio).toPoint())
        return bool(colour.red() > 2 * max(colour.green(), colour.blue()))

    assert red()
    wheel(view, 200, place)
    assert red()


@pytest.mark.parametrize("size", [(110, 150, 70), (2000, 10, 10), (10, 2000, 10), (10, 10, 2000)])
def test_limits_hold_wherever_the_pointer_is(view: PackageView, box: Scene, size: tuple[int, ...]) -> None:
    dimensions = Dimensions(width=size[0], height=size[1], depth=size[2])
    view.set_scene(replace(box, dimensions=dimensions))
    for name in ("home", "front", "top"):
        for x, y in ((1, 1), (479, 200), (240, 359)):
            view.show_named_view(name, glide=False)
            for notches in (200, -400, 3):
                wheel(view, notches, QPointF(x, y))
                camera = view.camera()
                kept = limited(camera, "box", dimensions, view.width() / view.height())
                assert camera.distance == pytest.approx(kept.distance)
                assert camera.centre == pytest.approx(kept.centre)


def test_the_keys_zoom_to_the_middle(view: PackageView) -> None:
    before = view.camera()
    QTest.mouseMove(view, QPoint(170, 70))
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.camera() == replace(before, distance=view.camera().distance)
    assert view.camera().distance < before.distance


def test_a_camera_zoomed_to_an_anchor_moves_along_the_line_of_sight() -> None:
    camera = Camera()
    zoomed = camera.zoomed(0.5, 0.5, 0.25)
    ray = ray_through(camera, 100, 25, 100, 100)
    way, sight = zoomed.eye() - camera.eye(), np.array(ray.direction)
    assert way / np.linalg.norm(way) == pytest.approx(sight / np.linalg.norm(sight))
    assert zoomed.distance == camera.distance / 2
