from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.viewer.camera import NAMED_VIEWS, Camera, crop_matrix
from packdesk.viewer.framing import contact_reach, extent_points, fit, limited

if TYPE_CHECKING:
    from packdesk.domain.geometry import FloatArray

SIZES = [
    (10, 10, 10),
    (100, 150, 100),
    (2000, 2000, 2000),
    (2000, 10, 10),
    (10, 2000, 10),
    (10, 10, 2000),
    (2000, 10, 2000),
]
ASPECTS = [0.3, 1.0, 1.6, 4.0]
ANGLES = [*NAMED_VIEWS.values(), (33.0, 61.0), (-140.0, -37.0)]


def projected(camera: Camera, points: FloatArray, aspect: float) -> FloatArray:
    homogeneous = np.column_stack([points, np.ones(len(points))])
    clip = homogeneous @ (camera.projection_matrix(aspect) @ camera.view_matrix()).T
    assert np.all(clip[:, 3] > 0), "a point lies behind the eye"
    result: FloatArray = clip[:, :3] / clip[:, 3:]
    return result


def dimensions_of(package_type: PackageType, size: tuple[int, int, int]) -> Dimensions:
    width, height, depth = size
    return Dimensions(width=width, height=height, depth=width if package_type == "cylinder" else depth)


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("package_type", ["box", "cylinder"])
def test_fit_keeps_every_corner_and_the_contact_shadow_in_the_frame(
    package_type: PackageType, size: tuple[int, int, int], aspect: float
) -> None:
    dimensions = dimensions_of(package_type, size)
    for azimuth, elevation in ANGLES:
        start = Camera(azimuth=azimuth, elevation=elevation)
        camera = fit(start, package_type, dimensions, aspect, margin=0.1)
        ndc = projected(camera, extent_points(package_type, dimensions), aspect)
        assert np.abs(ndc[:, :2]).max() == pytest.approx(0.8, abs=1e-6), "margin is not used or not kept"
        assert np.abs(ndc[:, 2]).max() < 1.0, "a clipping plane cuts the package"
        assert (camera.azimuth, camera.elevation) == (azimuth, elevation)


def test_extent_is_wider_than_the_base_by_the_shadow() -> None:
    dimensions = Dimensions(width=100, height=150, depth=60)
    points = extent_points("box", dimensions)
    assert points[:, 2].max() == 150
    reach = points[:, 0].max() - 50
    assert 0.5 * contact_reach(dimensions) < reach <= contact_reach(dimensions)


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("front", (0, -1, 0)),
        ("back", (0, 1, 0)),
        ("left", (-1, 0, 0)),
        ("right", (1, 0, 0)),
        ("top", (0, 0, 1)),
        ("bottom", (0, 0, -1)),
    ],
)
def test_named_views_look_from_their_side(name: str, direction: tuple[int, int, int]) -> None:
    camera = Camera(centre=(0, 0, 0), distance=1).looking(name)
    assert camera.eye() == pytest.approx(direction, abs=1e-12)


def test_unknown_view_is_refused() -> None:
    with pytest.raises(KeyError):
        Camera().looking("inside")


def test_view_matrix_puts_the_centre_straight_ahead() -> None:
    camera = Camera(centre=(3, -4, 5), distance=70, azimuth=20, elevation=-50)
    assert camera.view_matrix() @ (3, -4, 5, 1) == pytest.approx((0, 0, -70, 1))
    assert camera.view_matrix() @ (*camera.eye(), 1) == pytest.approx((0, 0, 0, 1))


def test_orbit_stops_overhead_and_underneath() -> None:
    assert Camera().orbited(0, 500).elevation == 90
    assert Camera().orbited(0, -500).elevation == -90
    assert -180 <= Camera().orbited(12345, 0).azimuth < 180


def test_blend_turns_the_short_way_and_arrives() -> None:
    start, goal = Camera(azimuth=170, distance=100), Camera(azimuth=-170, distance=400)
    assert start.blended(goal, 0.5).azimuth == pytest.approx(180)
    assert start.blended(goal, 0.5).distance == pytest.approx(200)
    assert start.blended(goal, 1.0).eye() == pytest.approx(goal.eye())


def test_pan_by_a_picture_height_moves_the_centre_to_the_frame() -> None:
    camera = Camera(centre=(0, 0, 0), distance=500)
    moved = camera.panned(0, 0.5)
    assert projected(moved, np.zeros((1, 3)), 1.0)[0, 1] == pytest.approx(-1.0, abs=1e-6)


def test_crop_maps_the_part_to_the_whole() -> None:
    crop = crop_matrix(0.25, 0.5, 0.5, 0.25)  # x from -0.5 to 0.5, y from 0 to 0.5
    assert crop @ (-0.5, 0.0, 0.0, 1.0) == pytest.approx((-1, -1, 0, 1))
    assert crop @ (0.5, 0.5, 0.0, 1.0) == pytest.approx((1, 1, 0, 1))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("package_type", ["box", "cylinder"])
def test_limits_keep_the_eye_outside_and_near(package_type: PackageType, size: tuple[int, int, int]) -> None:
    dimensions = dimensions_of(package_type, size)
    half = np.array([dimensions.width, dimensions.depth, dimensions.height]) / 2
    for azimuth, elevation in ANGLES:
        start = fit(Camera(azimuth=azimuth, elevation=elevation), package_type, dimensions, 1.5)
        for moved in (start.zoomed(1e-4), start.panned(3, -5).zoomed(1e-4), start.zoomed(1e6)):
            camera = limited(moved, package_type, dimensions, 1.5)
            beyond = np.abs(camera.eye() - (0, 0, half[2])) - half
            assert beyond.max() > 0, "the eye is inside the package"
            assert camera.distance <= 4.01 * max(start.distance, 1.0)
