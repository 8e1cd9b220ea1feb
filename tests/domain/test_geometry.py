"""Panels in space, by arithmetic."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.geometry import FloatArray, PanelMesh, package_meshes
from packdesk.domain.panels import PANEL_IDS, panel_sizes
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
        assert mesh.area() == pytest.approx(panel.width * panel.height)


def test_cylinder_panels_have_their_areas() -> None:
    areas = {mesh.panel_id: mesh.area() for mesh in package_meshes("cylinder", TUBE)}
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


def test_flat_sizes() -> None:
    flat = panel_sizes("box", BOX)
    assert list(flat) == list(PANEL_IDS["box"])
    assert (flat["left"].width, flat["left"].height) == (60, 150)
    assert (flat["top"].width, flat["top"].height) == (100, 60)
    body = panel_sizes("cylinder", TUBE)["body"]
    assert body.width == pytest.approx(math.pi * 80)
    assert body.height == 150
