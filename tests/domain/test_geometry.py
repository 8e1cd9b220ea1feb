"""Panels in space, by arithmetic."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.outlines import mesh_area

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.geometry import (
    FACES,
    FloatArray,
    PanelMesh,
    ParametricMesh,
    package_meshes,
    parametric_meshes,
)
from packdesk.domain.panels import PANEL_IDS, FlatSize, panel_sizes
from packdesk.domain.tube import CYLINDER_SEGMENTS

side = st.floats(10, 2000)
BOX = Dimensions(width=100, height=150, depth=60)
TUBE = Dimensions(width=80, height=150, depth=80)


def point_at(mesh: PanelMesh, u: float, v: float) -> FloatArray:
    """The point in space where the picture's (u, v) lands."""
    for start in range(0, len(mesh.uvs), 3):
        corners = mesh.uvs[start : start + 3]
        matrix = np.vstack([corners.T, np.ones(3)])
        if abs(np.linalg.det(matrix)) < 1e-12:
            continue
        weights = np.linalg.solve(matrix, np.array([u, v, 1.0]))
        if weights.min() > -1e-9:
            return np.asarray(weights @ mesh.positions[start : start + 3])
    raise AssertionError("no triangle there")


@given(width=side, height=side, depth=side)
def test_box_panels_have_their_flat_areas(width: float, height: float, depth: float) -> None:
    size = Dimensions(width=width, height=height, depth=depth)
    flat = panel_sizes("box", size)
    for mesh in package_meshes("box", size):
        panel = flat[mesh.panel_id]
        assert mesh_area(mesh) == pytest.approx(panel.width * panel.height)


def test_cylinder_panels_have_their_areas() -> None:
    areas = {mesh.panel_id: mesh_area(mesh) for mesh in package_meshes("cylinder", TUBE)}
    chord = 2 * 40 * math.sin(math.pi / CYLINDER_SEGMENTS) * CYLINDER_SEGMENTS
    assert areas["body"] == pytest.approx(chord * 150)
    assert areas["top"] == pytest.approx(areas["bottom"], rel=1e-12)
    assert areas["top"] == pytest.approx(math.pi * 40**2, rel=0.001)


@pytest.mark.parametrize(("kind", "size"), [("box", BOX), ("cylinder", TUBE)])
def test_every_triangle_faces_outwards(kind: PackageType, size: Dimensions) -> None:
    middle = np.array([0, 0, size.height / 2])
    for mesh in package_meshes(kind, size):
        a, b, c = mesh.positions[0::3], mesh.positions[1::3], mesh.positions[2::3]
        facing = np.cross(b - a, c - a)
        assert (np.einsum("ij,ij->i", facing, (a + b + c) / 3 - middle) > 0).all()
        assert (np.einsum("ij,ij->i", facing, mesh.normals[0::3]) > 0).all()
        assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(1)


@pytest.mark.parametrize(("kind", "size"), [("box", BOX), ("cylinder", TUBE)])
def test_pictures_are_upright_and_not_mirrored_from_outside(kind: PackageType, size: Dimensions) -> None:
    up_of = {"top": (0, 1, 0), "bottom": (0, -1, 0)}
    for mesh in package_meshes(kind, size):
        centre = point_at(mesh, 0.5, 0.5)
        up = point_at(mesh, 0.5, 0.4) - centre
        right = point_at(mesh, 0.505, 0.5) - centre
        wanted_up = np.array(up_of.get(mesh.panel_id, (0, 0, 1)))
        assert up @ wanted_up == pytest.approx(np.linalg.norm(up))
        outwards = np.cross(right, up)
        assert outwards @ mesh.normals[len(mesh.normals) // 2] > 0, "mirrored"


def test_the_body_starts_and_ends_at_the_back_and_shows_its_middle_in_front() -> None:
    body = package_meshes("cylinder", TUBE)[0]
    assert point_at(body, 0.5, 0.5) == pytest.approx([0, -40, 75], abs=1e-6)
    assert point_at(body, 0.0, 0.5) == pytest.approx(point_at(body, 1.0, 0.5), abs=1e-6)
    assert point_at(body, 0.75, 0.5)[0] > 0, "the right half of the label is on the right"


def test_the_seam_of_a_tin_is_closed_to_the_last_bit() -> None:
    body, *lids = parametric_meshes("cylinder")
    assert len(np.unique(body.corners, axis=0)) == 2 * CYLINDER_SEGMENTS
    for lid in lids:
        assert len(np.unique(lid.corners, axis=0)) == CYLINDER_SEGMENTS + 1, "and its middle"


def test_flat_sizes() -> None:
    flat = panel_sizes("box", BOX)
    assert list(flat) == list(PANEL_IDS["box"])
    assert (flat["left"].width, flat["left"].height) == (60, 150)
    assert (flat["top"].width, flat["top"].height) == (100, 60)
    body = panel_sizes("cylinder", TUBE)["body"]
    assert body.width == pytest.approx(math.pi * 80)
    assert body.height == 150


def nearest_inside(points: FloatArray, size: Dimensions, radius: float) -> FloatArray:
    """The nearest points of a box that is smaller by the radius on every side."""
    reach = np.array([size.width, size.depth, size.height]) / 2 - radius
    middle = np.array([0.0, 0.0, size.height / 2])
    return np.asarray(np.clip(points - middle, -reach, reach) + middle)


def pictures_at(mesh: ParametricMesh, radius: float, flat: FlatSize) -> FloatArray:
    """Texture coordinates at that radius."""
    return np.asarray(mesh.uvs + mesh.shifts * radius / (flat.width, flat.height))


def test_a_rounded_box_is_a_radius_away_from_a_smaller_one_and_shaded_as_round() -> None:
    radius, flat = 6.0, panel_sizes("box", BOX)
    for mesh in parametric_meshes("box"):
        places = mesh.positions(BOX, radius)
        outwards = (places - nearest_inside(places, BOX, radius)) / radius
        assert np.linalg.norm(outwards, axis=1) == pytest.approx(1)
        assert mesh.normals == pytest.approx(outwards, abs=1e-9)
        assert mesh.opens == pytest.approx(1)
        uvs = pictures_at(mesh, radius, flat[mesh.panel_id])
        assert (uvs.min(), uvs.max()) == pytest.approx((0, 1), abs=1e-9), "all of the picture is shown"
        level = outwards.max(axis=1) > 1 - 1e-9
        right, up = FACES[mesh.panel_id]
        size = flat[mesh.panel_id]
        middle = np.array([0.0, 0.0, BOX.height / 2])
        there = (places[level] - middle) @ np.column_stack([right / size.width, -up / size.height]) + 0.5
        assert uvs[level] == pytest.approx(there), "where it is flat the picture is not stretched"


def test_neighbours_of_a_box_meet_in_the_middle_of_their_rounded_edge() -> None:
    meshes = {mesh.panel_id: mesh for mesh in parametric_meshes("box")}
    front = meshes["front"].positions(BOX, 6.0)
    beyond = front[front[:, 0] > 50 - 6.0 * (1 - math.sqrt(0.5)) - 1e-9]
    assert len(beyond)
    right = meshes["right"].positions(BOX, 6.0)
    for place in beyond:
        assert np.linalg.norm(right - place, axis=1).min() < 1e-9


def rounded_tin(radius: float) -> dict[str, tuple[ParametricMesh, FloatArray, FloatArray]]:
    """By panel the mesh, and how far from the axis and how high its vertices are."""
    found = {}
    for mesh in parametric_meshes("cylinder"):
        places = mesh.positions(TUBE, radius)
        found[mesh.panel_id] = mesh, np.linalg.norm(places[:, :2], axis=1), places[:, 2]
    return found


def test_the_edges_of_a_tin_are_round_and_reach_to_its_size() -> None:
    radius = 3.0
    mesh, away, height = rounded_tin(radius)["body"]
    assert (away.max(), height.min(), height.max()) == pytest.approx((40, 0, 150))
    for level, up in ((0.0, -1.0), (150.0, 1.0)):
        across, along = away - (40 - radius), up * (height - level) + radius
        edge = along > -1e-9
        assert np.hypot(across, along)[edge] == pytest.approx(radius)
        lean = np.column_stack([np.linalg.norm(mesh.normals[:, :2], axis=1), up * mesh.normals[:, 2]])
        assert lean[edge] == pytest.approx(np.column_stack([across, along])[edge] / radius, abs=1e-9)
        turned = np.degrees(np.arctan2(along, across))[edge]
        assert set(turned.round(3)) == {0, 15, 30, 45, 60, 75, 90}


def test_the_picture_of_a_tin_runs_over_its_edges_and_is_not_stretched_on_the_wall() -> None:
    radius, flat = 3.0, panel_sizes("cylinder", TUBE)
    mesh, away, height = rounded_tin(radius)["body"]
    down = pictures_at(mesh, radius, flat["body"])[:, 1]
    wall = away > 40 - 1e-9
    assert down[wall] == pytest.approx(1 - height[wall] / 150)
    order = np.argsort(height)
    assert (down.min(), down.max()) == pytest.approx((0, 1))
    assert (np.diff(down[order]) < 1e-9).all(), "it runs downwards all the way"
    for panel_id, up in (("top", 1.0), ("bottom", -1.0)):
        lid = parametric_meshes("cylinder")[PANEL_IDS["cylinder"].index(panel_id)]
        places = lid.positions(TUBE, radius)[:, :2] / 80 * (1, -up) + 0.5
        assert pictures_at(lid, radius, flat[panel_id]) == pytest.approx(places, abs=1e-9)


def test_the_discs_of_a_tin_are_level_with_its_edges_and_mirror_each_other() -> None:
    tin = rounded_tin(3.0)
    mesh, away, height = tin["top"]
    level = np.abs(mesh.normals[:, 2] - 1) < 1e-9
    assert height[level] == pytest.approx(150), "as the blank has it: no rim stands over a disc"
    assert away.max() == pytest.approx(37), "the round edge is the wall's"
    other, far, deep = tin["bottom"]
    shape = np.column_stack([away, height, mesh.opens, mesh.normals[:, 2]])
    turned = np.column_stack([far, 150 - deep, other.opens, -other.normals[:, 2]])
    assert np.unique(turned.round(6), axis=0) == pytest.approx(np.unique(shape.round(6), axis=0))
    assert all((one.opens == 1).all() for one, _, _ in tin.values()), "nothing of it shades the rest"
