from __future__ import annotations

import numpy as np
import pytest

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.geometry import FloatArray, package_meshes
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.picking import Ray, pick, ray_through

RAYS = 10_000
CLEAR_MM = 1e-6
"""So far from an edge the panel is beyond doubt."""


def random_rays(dimensions: Dimensions) -> tuple[FloatArray, FloatArray]:
    """Rays from around the package towards somewhere in or near it."""
    rng = np.random.default_rng(7)
    size = np.array([dimensions.width, dimensions.depth, dimensions.height])
    directions = rng.normal(size=(RAYS, 3))
    origins = 2.5 * size.max() * directions / np.linalg.norm(directions, axis=1, keepdims=True)
    targets = rng.uniform(-0.7, 0.7, size=(RAYS, 3)) * size + (0, 0, size[2] / 2)
    return origins, targets - origins


def nearest_hits(
    package_type: PackageType, dimensions: Dimensions, rays: tuple[FloatArray, FloatArray]
) -> list[str]:
    """The panel of the nearest triangle each ray meets from outside (Moeller and Trumbore, 1997)."""
    origins, directions = rays
    best = np.full(len(origins), np.inf)
    names = np.full(len(origins), "", dtype=object)
    for mesh in package_meshes(package_type, dimensions):
        for a, b, c in mesh.positions.reshape(-1, 3, 3):
            first, second = b - a, c - a
            normal = np.cross(directions, second)
            determinant = normal @ first
            with np.errstate(divide="ignore", invalid="ignore"):
                offset = origins - a
                u = np.einsum("ij,ij->i", offset, normal) / determinant
                turned = np.cross(offset, first)
                v = np.einsum("ij,ij->i", directions, turned) / determinant
                t = turned @ second / determinant
            hit = (determinant > 0) & (u >= 0) & (v >= 0) & (u + v <= 1) & (t > 0) & (t < best)
            best[hit] = t[hit]
            names[hit] = mesh.panel_id
    return [str(name) for name in names]


@pytest.mark.parametrize("size", [(110, 150, 70), (40, 300, 40), (400, 20, 400)])
@pytest.mark.parametrize(("package_type", "tolerance"), [("box", 0), ("cylinder", 0.01)])
def test_picking_agrees_with_every_triangle(
    package_type: PackageType, tolerance: float, size: tuple[int, int, int]
) -> None:
    width, height, depth = size
    dimensions = Dimensions(width=width, height=height, depth=width if package_type == "cylinder" else depth)
    rays = random_rays(dimensions)
    expected = nearest_hits(package_type, dimensions, rays)
    found = [
        pick(package_type, dimensions, Ray(tuple(origin), tuple(direction))) or ""
        for origin, direction in zip(rays[0].tolist(), rays[1].tolist(), strict=True)
    ]
    wrong = [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]]
    # The drawn cylinder has 96 flat sides, the picked one is round: only silhouettes may differ.
    assert len(wrong) <= tolerance * RAYS, wrong[:5]
    assert len(set(expected)) == (7 if package_type == "box" else 4), "the rays do not reach every panel"


def test_ray_goes_through_the_point_the_camera_shows_there() -> None:
    dimensions = Dimensions(width=110, height=150, depth=70)
    camera = fit(Camera(azimuth=-50, elevation=25), "box", dimensions, 640 / 400)
    point = np.array([20.0, -35.0, 90.0])
    x, y, _, w = camera.projection_matrix(640 / 400) @ camera.view_matrix() @ (*point, 1.0)
    ray = ray_through(camera, (x / w + 1) * 320, (1 - y / w) * 200, 640, 400)
    towards = point - np.asarray(ray.origin)
    assert np.cross(towards, ray.direction) == pytest.approx(
        (0, 0, 0), abs=1e-6 * float(np.linalg.norm(towards)) ** 2
    )
    assert pick("box", dimensions, ray) == "front"


@pytest.mark.parametrize(
    ("origin", "direction", "panel"),
    [
        ((0, 0, 500), (0, 0, -1), "top"),
        ((0, 0, -500), (0, 0, 1), "bottom"),
        ((0, -500, 50), (0, 1, 0), "body"),
        ((0, -500, 50), (0, -1, 0), None),  # behind the eye
        ((0, 0, 50), (0, 1, 0), None),  # from inside
        ((60, 0, 500), (0, 0, -1), None),  # past the wall
    ],
)
def test_cylinder_from_its_axes(
    origin: tuple[float, float, float], direction: tuple[float, float, float], panel: str | None
) -> None:
    assert pick("cylinder", Dimensions(width=100, height=150, depth=100), Ray(origin, direction)) == panel
