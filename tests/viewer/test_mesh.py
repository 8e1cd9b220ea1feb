"""The drawn meshes, by arithmetic alone."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.geometry import edge_radius, parametric_meshes
from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.domain.tube import CYLINDER_SEGMENTS
from packdesk.viewer.resources import WIDTHS, vertices_of

if TYPE_CHECKING:
    from packdesk.domain.geometry import FloatArray, ParametricMesh

BOX = Dimensions(width=100, height=150, depth=60)
TUBE = Dimensions(width=80, height=150, depth=80)
BOTH: list[tuple[PackageType, Dimensions]] = [("box", BOX), ("cylinder", TUBE)]
kinds = pytest.mark.parametrize(("kind", "size"), BOTH)
side = st.floats(10, 2000)


def triangles(mesh: ParametricMesh, size: Dimensions) -> FloatArray:
    """(n, 3, 3) corners in millimetres."""
    return mesh.positions(size, edge_radius(size)).reshape(-1, 3, 3)


def area_vectors(corners: FloatArray) -> FloatArray:
    return np.asarray(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) / 2)


def flat_area(mesh: ParametricMesh, size: Dimensions) -> float:
    """Area of the triangles whose corners all share one normal."""
    areas = np.linalg.norm(area_vectors(triangles(mesh, size)), axis=1)
    normals = mesh.normals.reshape(-1, 3, 3)
    return float(areas[np.ptp(normals, axis=1).max(axis=1) < 1e-9].sum())


@given(width=side, height=side, depth=side)
def test_flat_parts_of_a_box_are_its_panels_less_the_rounding(
    width: float, height: float, depth: float
) -> None:
    size = Dimensions(width=width, height=height, depth=depth)
    radius = edge_radius(size)
    for mesh in parametric_meshes("box"):
        panel = panel_sizes("box", size)[mesh.panel_id]
        expected = (panel.width - 2 * radius) * (panel.height - 2 * radius)
        assert flat_area(mesh, size) == pytest.approx(expected, rel=1e-6)


def test_flat_parts_of_a_cylinder_are_its_discs_within_the_round_edge() -> None:
    inner = 40 - edge_radius(TUBE)
    polygon = CYLINDER_SEGMENTS / 2 * math.sin(2 * math.pi / CYLINDER_SEGMENTS)
    _, top, bottom = parametric_meshes("cylinder")
    assert flat_area(top, TUBE) == pytest.approx(polygon * inner**2)
    assert flat_area(bottom, TUBE) == pytest.approx(polygon * inner**2)


@kinds
def test_the_outside_is_as_large_as_the_package(kind: PackageType, size: Dimensions) -> None:
    corners = np.concatenate([triangles(mesh, size) for mesh in parametric_meshes(kind)]).reshape(-1, 3)
    assert corners.min(axis=0) == pytest.approx([-size.width / 2, -size.depth / 2, 0], abs=1e-9)
    assert corners.max(axis=0) == pytest.approx([size.width / 2, size.depth / 2, size.height], abs=1e-9)


@kinds
def test_normals_are_unit_and_point_outwards(kind: PackageType, size: Dimensions) -> None:
    for mesh in parametric_meshes(kind):
        assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(1)
        facing = area_vectors(triangles(mesh, size))
        for corner in range(3):
            along = np.einsum("ij,ij->i", facing, mesh.normals[corner::3])
            assert (along >= -1e-9).all(), mesh.panel_id


@kinds
def test_the_mesh_is_closed(kind: PackageType, size: Dimensions) -> None:
    edges: Counter[tuple[tuple[float, ...], ...]] = Counter()
    volume = 0.0
    for mesh in parametric_meshes(kind):
        for corners in triangles(mesh, size):
            volume += float(np.dot(corners[0], np.cross(corners[1], corners[2]))) / 6
            names = [tuple((np.round(corner, 6) + 0.0).tolist()) for corner in corners]
            for start, end in zip(names, (*names[1:], names[0]), strict=True):
                if start != end:
                    edges[start, end] += 1
    assert all(edges[end, start] == count for (start, end), count in edges.items())
    full = size.width * size.depth * size.height * (math.pi / 4 if kind == "cylinder" else 1)
    assert 0.95 * full < volume < full


@kinds
def test_pictures_run_to_the_seams_and_not_beyond(kind: PackageType, size: Dimensions) -> None:
    for mesh in parametric_meshes(kind):
        flat = panel_sizes(kind, size)[mesh.panel_id]
        uvs = mesh.uvs + mesh.shifts * edge_radius(size) / (flat.width, flat.height)
        assert (uvs > -1e-9).all()
        assert (uvs < 1 + 1e-9).all()
        if kind == "box" or mesh.panel_id == "body":
            assert np.ptp(uvs, axis=0) == pytest.approx([1, 1])


@pytest.mark.parametrize(("panel_id", "right"), [("front", 1), ("back", -1), ("top", 1), ("bottom", 1)])
def test_pictures_are_not_distorted_where_the_panel_is_flat(panel_id: str, right: int) -> None:
    mesh = next(mesh for mesh in parametric_meshes("box") if mesh.panel_id == panel_id)
    flat = panel_sizes("box", BOX)[panel_id]
    uvs = mesh.uvs + mesh.shifts * edge_radius(BOX) / (flat.width, flat.height)
    middle = np.abs(mesh.normals).max(axis=1) > 1 - 1e-9
    across = mesh.positions(BOX, edge_radius(BOX))[middle][:, 0] * right
    assert uvs[middle][:, 0] == pytest.approx(0.5 + across / BOX.width)


@kinds
def test_a_vertex_has_the_attributes_the_shader_reads(kind: PackageType, size: Dimensions) -> None:
    meshes = parametric_meshes(kind)
    assert tuple(mesh.panel_id for mesh in meshes) == PANEL_IDS[kind]
    for mesh in meshes:
        assert vertices_of(mesh).shape == (len(mesh.corners), sum(WIDTHS.values()))
        assert len(mesh.corners) % 3 == 0
        assert 0 < mesh.opens.min() <= mesh.opens.max() == 1


@given(width=side, height=side, depth=side)
def test_the_rounding_leaves_most_of_every_panel_flat(width: float, height: float, depth: float) -> None:
    radius = edge_radius(Dimensions(width=width, height=height, depth=depth))
    assert 0 < radius <= min(3.0, 0.04 * min(width, height, depth))
