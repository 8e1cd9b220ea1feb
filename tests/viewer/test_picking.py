from __future__ import annotations

import numpy as np
import pytest

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.geometry import FloatArray, package_meshes
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.picking import Ray, pick, ray_through
from packdesk.viewer.scene import Scene

RAYS = 10_000
EDGE = 1e-7
"""Rays whose panel changes when the package grows or shrinks by so little graze an edge: both are right."""


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


def nearest_on_cylinder(dimensions: Dimensions, rays: tuple[FloatArray, FloatArray]) -> list[str]:
    """The same for a round cylinder: the nearest of all crossings into the wall and the discs."""
    origins, directions = rays
    radius, height = dimensions.width / 2, dimensions.height
    best = np.full(len(origins), np.inf)
    names = np.full(len(origins), "", dtype=object)
    a = (directions[:, :2] ** 2).sum(axis=1)
    b = 2 * (origins[:, :2] * directions[:, :2]).sum(axis=1)
    c = (origins[:, :2] ** 2).sum(axis=1) - radius**2
    with np.errstate(invalid="ignore"):
        wall = (-b - np.sqrt(b * b - 4 * a * c)) / (2 * a)
    z = origins[:, 2] + wall * directions[:, 2]
    candidates = [("body", wall, (z >= 0) & (z <= height))]
    for name, level, side in (("top", height, -1), ("bottom", 0, 1)):
        t = (level - origins[:, 2]) / directions[:, 2]
        place = origins[:, :2] + t[:, None] * directions[:, :2]
        inside = np.hypot(place[:, 0], place[:, 1]) <= radius
        candidates.append((name, t, inside & (side * directions[:, 2] > 0)))
    for name, t, valid in candidates:
        hit = valid & (t > 0) & (t < best)
        best[hit] = t[hit]
        names[hit] = name
    return [str(name) for name in names]


def scaled(dimensions: Dimensions, factor: float) -> Dimensions:
    return Dimensions.model_construct(
        width=dimensions.width * factor, height=dimensions.height * factor, depth=dimensions.depth * factor
    )


@pytest.mark.parametrize("size", [(110, 150, 70), (40, 300, 40), (400, 20, 400)])
@pytest.mark.parametrize("package_type", ["box", "cylinder"])
def test_picking_agrees_with_every_triangle(package_type: PackageType, size: tuple[int, int, int]) -> None:
    width, height, depth = size
    is_box = package_type == "box"
    dimensions = Dimensions(width=width, height=height, depth=depth if is_box else width)
    rays = random_rays(dimensions)
    smaller, larger = (
        nearest_hits(package_type, scaled(dimensions, factor), rays) for factor in (1 - EDGE, 1 + EDGE)
    )
    scene = Scene(package_type, dimensions)
    found = [
        pick(scene, Ray(tuple(origin), tuple(direction))) or ""
        for origin, direction in zip(rays[0].tolist(), rays[1].tolist(), strict=True)
    ]
    wrong = [
        (seen, expected)
        for seen, expected, other in zip(found, smaller, larger, strict=True)
        if expected == other and seen != expected
    ]
    assert wrong == []
    assert sum(a != b for a, b in zip(smaller, larger, strict=True)) < 5, "too many rays were left out"
    assert len(set(smaller)) == (7 if is_box else 4), "the rays do not reach every panel"


def test_the_drawn_cylinder_is_the_picked_one() -> None:
    """It has flat sides, so silhouettes may differ, and nothing else."""
    dimensions = Dimensions(width=80, height=150, depth=80)
    rays = random_rays(dimensions)
    drawn, round_one = nearest_hits("cylinder", dimensions, rays), nearest_on_cylinder(dimensions, rays)
    assert sum(a != b for a, b in zip(drawn, round_one, strict=True)) <= 0.01 * RAYS


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
    assert pick(Scene("box", dimensions), ray) == "front"


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
    scene = Scene("cylinder", Dimensions(width=100, height=150, depth=100))
    assert pick(scene, Ray(origin, direction)) == panel
