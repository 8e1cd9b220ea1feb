"""The package between its flat blank and the closed box: where its pieces are, what is drawn, what is hit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QImage
from support.drawing import render_image
from support.outlines import sheet_points

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.fold import in_space
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import PackageType
from packdesk.domain.geometry import package_meshes
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit_extent
from packdesk.viewer.picking import Ray, pick, ray_through
from packdesk.viewer.unfolding import Unfolding

if TYPE_CHECKING:
    from packdesk.viewer.scene import Scene

ColourName = Callable[[QImage, float, float], str]
Quadrants = Callable[[PackageType], dict[str, QImage]]

FRONT = Camera().looking("front")
BACK = Camera().looking("back")
WIDTH, HEIGHT = 400, 400


def opened(scene: Scene, share: float, style: DielineStyle = DielineStyle.STRAIGHT_TUCK) -> Scene:
    dieline = make_dieline(scene.package_type, scene.dimensions, DielineOptions(style=style))
    return replace(scene, unfolding=Unfolding(dieline, share))


def drawn(scene: Scene, camera: Camera) -> tuple[QImage, Camera]:
    assert scene.unfolding
    fitted = fit_extent(camera, scene.unfolding.extent, WIDTH / HEIGHT)
    return render_image(scene, fitted, WIDTH, HEIGHT, samples=0, transparent=True), fitted


def pixel_of(camera: Camera, point: tuple[float, float, float]) -> tuple[float, float]:
    right, up, back = camera.axes()
    offset = np.array(point) - np.array(camera.eye())
    depth = -float(offset @ back) * camera.slope()
    x, y = float(offset @ right) / depth, float(offset @ up) / depth
    return (x * HEIGHT / WIDTH + 1) / 2 * WIDTH, (1 - y) / 2 * HEIGHT


def place_of(scene: Scene, panel_id: str, u: float, v: float) -> tuple[float, float, float]:
    """A point of a panel's picture, where the piece is now."""
    assert scene.unfolding
    panel = scene.unfolding.dieline.panel(panel_id)
    sheet = sheet_points(panel, np.array([[u, v]]))
    x, y, z = in_space(scene.unfolding.matrices[panel_id], sheet)[0]
    return float(x), float(y), float(z)


@pytest.mark.parametrize("style", ["straight-tuck", "reverse-tuck", "cross"])
def test_every_picture_of_a_flat_blank_is_seen_the_right_way_round(
    box: Scene, style: str, all_quadrants: Quadrants, colour_name: ColourName
) -> None:
    scene = opened(replace(box, textures=all_quadrants("box")), 0.0, DielineStyle(style))
    image, camera = drawn(scene, FRONT)
    for panel_id in scene.textures:
        places = [place_of(scene, panel_id, u, v) for v in (0.25, 0.75) for u in (0.25, 0.75)]
        seen = [colour_name(image, *pixel_of(camera, place)) for place in places]
        assert seen == ["red", "green", "blue", "yellow"], panel_id


def test_the_inside_carries_no_artwork(box: Scene, all_quadrants: Quadrants, colour_name: ColourName) -> None:
    scene = opened(replace(box, textures=all_quadrants("box")), 0.0)
    image, camera = drawn(scene, BACK)
    for panel_id in scene.textures:
        colour = image.pixelColor(*(int(xy) for xy in pixel_of(camera, place_of(scene, panel_id, 0.3, 0.3))))
        assert colour.alpha() == 255
        assert colour.hsvSaturation() < 40, panel_id


def test_nothing_sinks_into_the_floor(box: Scene, cylinder: Scene) -> None:
    for scene in (box, cylinder):
        for share in (0.0, 0.2, 0.5, 0.8, 0.99):
            unfolding = opened(scene, share).unfolding
            assert unfolding
            assert abs(unfolding.extent[:, 2].min()) < 1e-6


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_a_nearly_closed_package_is_hit_where_the_closed_one_is(
    kind: str, box: Scene, cylinder: Scene
) -> None:
    scene = opened(box if kind == "box" else cylinder, 1.0)
    assert scene.unfolding
    dice = np.random.default_rng(7)
    compared = 0
    for _ in range(400):
        camera = replace(
            Camera(), azimuth=dice.uniform(-180, 180), elevation=dice.uniform(5, 60), distance=800.0
        )
        ray = ray_through(camera, dice.uniform(0, WIDTH), dice.uniform(0, HEIGHT), WIDTH, HEIGHT)
        wanted = pick(replace(scene, unfolding=None), ray)
        found = pick(scene, ray)
        if wanted and found:
            compared += 1
            assert found == wanted
    assert compared > 20


def test_the_middle_of_every_panel_is_hit_when_flat(box: Scene) -> None:
    scene = opened(box, 0.0)
    assert scene.unfolding
    for panel_id in [mesh.panel_id for mesh in package_meshes("box", box.dimensions)]:
        x, y, z = place_of(scene, panel_id, 0.5, 0.5)
        assert pick(scene, Ray((x, y - 500, z), (0.0, 1.0, 0.0))) == panel_id
