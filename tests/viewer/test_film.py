"""One turn of the package: it closes, it neither grows nor wanders, and textures are uploaded once."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from support.drawing import render_image

from packdesk.domain.dimensions import Dimensions
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import extent_points
from packdesk.viewer.render import opened_renderer, turn_cameras, turn_pictures
from packdesk.viewer.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.geometry import FloatArray

BOX = Scene("box", Dimensions(width=110, height=150, depth=70))


def pixels(image: QImage) -> npt.NDArray[np.int16]:
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.width(), 4).astype(np.int16)


def projected(camera: Camera, points: FloatArray, aspect: float) -> FloatArray:
    clip = (
        np.column_stack([points, np.ones(len(points))])
        @ (camera.projection_matrix(aspect) @ camera.view_matrix()).T
    )
    result: FloatArray = clip[:, :2] / clip[:, 3:]
    return result


@pytest.mark.parametrize("count", [2, 7, 72])
def test_the_steps_are_equal_and_close_the_turn(count: int) -> None:
    cameras = list(turn_cameras(BOX, Camera(azimuth=170), 1.0, count))
    azimuths = [camera.azimuth for camera in cameras]
    assert len(azimuths) == count
    assert azimuths[0] == 170
    for one, other in pairwise([*azimuths, azimuths[0]]):
        assert (other - one) % 360 == pytest.approx(360 / count)


@pytest.mark.parametrize("aspect", [0.4, 1.0, 2.5])
@pytest.mark.parametrize("elevation", [-30.0, 0.0, 17.0, 90.0])
@pytest.mark.parametrize("package_type", ["box", "cylinder"])
def test_the_axis_stands_still_and_nothing_leaves_the_frame(
    package_type: PackageType, elevation: float, aspect: float
) -> None:
    depth = 110 if package_type == "cylinder" else 70
    scene = Scene(package_type, Dimensions(width=110, height=150, depth=depth))
    axis = np.array([(0.0, 0.0, 0.0), (0.0, 0.0, 150.0)])
    shown, reach = [], 0.0
    for camera in turn_cameras(scene, Camera(elevation=elevation), aspect, 24):
        shown.append(projected(camera, axis, aspect))
        around = projected(camera, extent_points(package_type, scene.dimensions), aspect)
        reach = max(reach, float(np.abs(around).max()))
    assert np.ptp(np.array(shown), axis=0).max() < 1e-9, "the package wanders or changes its size"
    assert np.abs(np.array(shown)[..., 0]).max() < 1e-9, "it does not stand in the middle"
    assert 0.75 < reach < 0.825, "it is cut or small"


def test_pictures_turn_once_and_are_those_of_single_renderings(
    box: Scene, all_quadrants: Callable[..., dict[str, QImage]]
) -> None:
    scene = replace(box, textures={"front": all_quadrants("box")["front"]})
    shown = [pixels(image) for image in turn_pictures(scene, Camera(), 160, 120, 8)]
    steps = [float(np.abs(one - other).mean()) for one, other in pairwise([*shown, shown[0]])]
    assert min(steps) > 0.3, "two neighbours are alike"
    assert steps[-1] < 2 * max(steps[:-1]), "the end does not meet the beginning"
    fifth = list(turn_cameras(scene, Camera(), 160 / 120, 8))[4]
    assert np.array_equal(shown[4], pixels(render_image(scene, fifth, 160, 120)))


def test_a_renderer_uploads_textures_once(box: Scene, paint_plain: Callable[..., QImage]) -> None:
    scene = replace(box, textures={"front": paint_plain("#c01818"), "right": paint_plain("#1838c0")})
    with opened_renderer(scene, 64, 48) as renderer:
        first = renderer.draw(Camera())
        uploads = renderer.uploads
        second = renderer.draw(Camera(azimuth=10))
        assert renderer.draw(Camera()) == first
        assert uploads >= 2
        assert renderer.uploads == uploads
    assert first != second


def test_without_a_backdrop_every_picture_is_transparent_around(box: Scene) -> None:
    for image in turn_pictures(replace(box, backdrop=None), Camera(), 64, 64, 3):
        assert image.pixelColor(0, 0) == QColor(0, 0, 0, 0)
        assert image.pixelColor(32, 32).alpha() == 255


def test_a_turn_left_half_way_lets_others_draw(box: Scene) -> None:
    pictures = turn_pictures(box, Camera(), 64, 64, 5)
    first = next(pictures)
    pictures.close()
    assert render_image(box, next(turn_cameras(box, Camera(), 1.0, 5)), 64, 64) == first
