"""The package laid flat, by arithmetic: folded up again it is the package in space."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.curves import Arc, Segment
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.flat_layout import FlatLayout, FlatPanel, flat_layout
from packdesk.domain.geometry import FloatArray, PanelMesh, package_meshes
from packdesk.domain.panels import PANEL_IDS, panel_sizes

side = st.floats(10, 2000)
BOX = Dimensions(width=100, height=150, depth=60)
TUBE = Dimensions(width=80, height=150, depth=80)
INWARDS = np.array([0.0, 1.0, 0.0])
FOLDED_ONTO = {"left": "front", "right": "front", "top": "front", "bottom": "front", "back": "right"}
EXACT = 0.001  # millimetres


def in_space(layout: FlatLayout, x: float, y: float, depth: float) -> FloatArray:
    """A point of the unfolded sheet, held so that the front is where the package has it."""
    front = layout.panel("front")
    return np.array([x - front.centre[0], -depth / 2, front.y + front.height - y])


def hinge(layout: FlatLayout, one: FlatPanel, other: FlatPanel) -> Segment:
    """The fold line both panels end at."""
    found = [fold for fold in layout.folds if all(on_edge(panel, fold) for panel in (one, other))]
    assert len(found) == 1, (one, other)
    return found[0]


def on_edge(panel: FlatPanel, line: Segment) -> bool:
    """Whether the line is one whole edge of the panel."""
    left, top, right, bottom = panel.x, panel.y, panel.x + panel.width, panel.y + panel.height
    edges = [(x, top, x, bottom) for x in (left, right)] + [(left, y, right, y) for y in (top, bottom)]
    drawn = np.array([line.x1, line.y1, line.x2, line.y2])
    return any(np.abs(drawn - edge).max() < EXACT for edge in edges)


def fold_up(layout: FlatLayout, panel: FlatPanel, points: FloatArray, depth: float) -> FloatArray:
    """Fold a panel's points by right angles until the front is reached, the outermost fold first."""
    while panel.panel_id != "front":
        parent = layout.panel(FOLDED_ONTO[panel.panel_id])
        line = hinge(layout, panel, parent)
        start = in_space(layout, line.x1, line.y1, depth)
        outwards = in_space(layout, *panel.centre, depth) - in_space(layout, *parent.centre, depth)
        outwards /= np.linalg.norm(outwards)
        # A right angle that takes `outwards` to `INWARDS`; what lies along the hinge stays.
        along = np.cross(outwards, INWARDS)
        turn = np.outer(INWARDS, outwards) - np.outer(outwards, INWARDS) + np.outer(along, along)
        points = (points - start) @ turn.T + start
        panel = parent
    return points


def corners_by_uv(mesh: PanelMesh) -> dict[tuple[float, float], FloatArray]:
    return {(u, v): mesh.positions[index] for index, (u, v) in enumerate(mesh.uvs.tolist())}


@given(width=side, height=side, depth=side)
def test_the_folded_cross_is_the_box_with_every_picture_as_there(
    width: float, height: float, depth: float
) -> None:
    size = Dimensions(width=width, height=height, depth=depth)
    layout = flat_layout("box", size)
    for mesh in package_meshes("box", size):
        panel, wanted = layout.panel(mesh.panel_id), corners_by_uv(mesh)
        assert set(wanted) == {(0, 0), (1, 0), (0, 1), (1, 1)}
        # On the sheet the picture is upright: its (u, v) lies that far right of and below the panel's corner.
        flat = [(panel.x + u * panel.width, panel.y + v * panel.height) for u, v in wanted]
        points = np.array([in_space(layout, x, y, depth) for x, y in flat])
        folded = fold_up(layout, panel, points, depth)
        assert np.abs(folded - np.array(list(wanted.values()))).max() < EXACT, mesh.panel_id


@given(diameter=side, height=side)
def test_the_rolled_body_and_the_folded_discs_are_the_cylinder(diameter: float, height: float) -> None:
    size = Dimensions(width=diameter, height=height, depth=diameter)
    layout, radius = flat_layout("cylinder", size), diameter / 2
    body = layout.panel("body")
    for mesh in package_meshes("cylinder", size):
        panel = layout.panel(mesh.panel_id)
        x, y = panel.x + mesh.uvs[:, 0] * panel.width, panel.y + mesh.uvs[:, 1] * panel.height
        if mesh.panel_id == "body":
            angle = (x - body.centre[0]) / radius - math.pi / 2  # the body's middle faces the front
            folded = np.stack([radius * np.cos(angle), radius * np.sin(angle), body.y + height - y], axis=1)
        else:
            # Each disc hinges where it touches the front of the body, and folds inwards.
            edge = body.y if panel.panel_id == "top" else body.y + height
            level = height if panel.panel_id == "top" else 0.0
            folded = np.stack([x - body.centre[0], np.abs(y - edge) - radius, np.full(len(x), level)], axis=1)
        assert np.abs(folded - mesh.positions).max() < EXACT, mesh.panel_id


@given(width=side, height=side, depth=side)
def test_box_panels_have_the_meshes_areas(width: float, height: float, depth: float) -> None:
    size = Dimensions(width=width, height=height, depth=depth)
    layout = flat_layout("box", size)
    for mesh in package_meshes("box", size):
        panel = layout.panel(mesh.panel_id)
        assert panel.width * panel.height == pytest.approx(mesh.area())


def test_cylinder_panels_have_the_meshes_areas() -> None:
    layout = flat_layout("cylinder", TUBE)
    areas = {mesh.panel_id: mesh.area() for mesh in package_meshes("cylinder", TUBE)}
    body = layout.panel("body")
    assert body.width * body.height == pytest.approx(areas["body"], rel=0.001)
    for lid in ("top", "bottom"):
        assert layout.panel(lid).shape == "disc"
        assert math.pi * layout.panel(lid).width ** 2 / 4 == pytest.approx(areas[lid], rel=0.001)


@pytest.mark.parametrize("kind", ["box", "cylinder"])
@given(width=side, height=side, depth=side)
def test_nothing_overlaps_and_the_outline_holds_all(
    kind: PackageType, width: float, height: float, depth: float
) -> None:
    size = Dimensions(width=width, height=height, depth=width if kind == "cylinder" else depth)
    layout, flat = flat_layout(kind, size), panel_sizes(kind, size)
    assert tuple(panel.panel_id for panel in layout.panels) == PANEL_IDS[kind]
    for panel in layout.panels:
        assert (panel.width, panel.height) == (flat[panel.panel_id].width, flat[panel.panel_id].height)
    for one, other in combinations(layout.panels, 2):
        shared_x = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        shared_y = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        assert min(shared_x, shared_y) < EXACT, (one, other)
    assert min(panel.x for panel in layout.panels) == min(panel.y for panel in layout.panels) == 0
    assert max(panel.x + panel.width for panel in layout.panels) == pytest.approx(layout.width)
    assert max(panel.y + panel.height for panel in layout.panels) == pytest.approx(layout.height)


@given(width=side, height=side, depth=side)
def test_every_panel_edge_is_either_cut_or_folded(width: float, height: float, depth: float) -> None:
    layout = flat_layout("box", Dimensions(width=width, height=height, depth=depth))
    edges = sum(2 * (panel.width + panel.height) for panel in layout.panels)
    folded = sum(math.hypot(line.x2 - line.x1, line.y2 - line.y1) for line in layout.folds)
    cut = 0.0
    for line in layout.cuts:
        assert isinstance(line, Segment)
        cut += math.hypot(line.x2 - line.x1, line.y2 - line.y1)
    assert cut + 2 * folded == pytest.approx(edges)
    ends = [(line.x2, line.y2) for line in layout.cuts if isinstance(line, Segment)]
    starts = [(line.x1, line.y1) for line in layout.cuts if isinstance(line, Segment)]
    assert starts[1:] + starts[:1] == ends, "one closed line"


def test_a_cylinders_discs_are_cut_all_around_and_touch_the_body() -> None:
    layout = flat_layout("cylinder", TUBE)
    assert layout.folds == ()
    discs = [line for line in layout.cuts if isinstance(line, Arc)]
    assert [(disc.radius, disc.sweep) for disc in discs] == [(40, 360), (40, 360)]
    body = layout.panel("body")
    assert [disc.x for disc in discs] == pytest.approx([body.centre[0]] * 2)
    assert [disc.y for disc in discs] == pytest.approx([body.y - 40, body.y + body.height + 40])
    assert body.width == pytest.approx(math.pi * 80)


def test_which_panel_is_at_a_point() -> None:
    box = flat_layout("box", BOX)
    assert all(box.panel_at(*panel.centre) == panel.panel_id for panel in box.panels)
    assert box.panel_at(5, 5) is None
    tube = flat_layout("cylinder", TUBE)
    assert tube.panel_at(*tube.panel("top").centre) == "top"
    assert tube.panel_at(tube.panel("top").x + 1, 1) is None, "beside the round edge"


def test_the_next_panel_in_a_direction() -> None:
    box = flat_layout("box", BOX)
    row = ["left"]
    while following := box.next_panel(row[-1], 1, 0):
        row.append(following)
    assert row == ["left", "front", "right", "back"]
    assert box.next_panel("front", 0, -1) == "top"
    assert box.next_panel("front", 0, 1) == "bottom"
    assert box.next_panel("top", 0, -1) is None
    with pytest.raises(KeyError):
        box.next_panel("body", 1, 0)
