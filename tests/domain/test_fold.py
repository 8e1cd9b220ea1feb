"""The flat blank folded by arithmetic is the package in space, pictures included."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.outlines import boxes, options, sheet_points, tubes

from packdesk.domain.curves import Path, Segment
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.fold import fold_plates, folded, in_space
from packdesk.domain.dieline.printed import picture_points
from packdesk.domain.dieline.values import Dieline, DielineOptions, DielineStyle, PlacedPanel
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.geometry import FloatArray, PanelMesh, package_meshes

BOX = Dimensions(width=90, height=140, depth=60)
TUBE = Dimensions(width=80, height=150, depth=80)
EXACT = 0.001
TRIANGLES = 6  # vertices of a quad of the wall


def misplaced(dieline: Dieline, mesh: PanelMesh, matrices: dict[str, FloatArray]) -> float:
    """How far the mesh's texture coordinates are from where folding takes the picture's points, at worst."""
    flat = sheet_points(dieline.panel(mesh.panel_id), mesh.uvs)
    if mesh.panel_id != "body":
        return float(np.abs(in_space(matrices[mesh.panel_id], flat) - mesh.positions).max())
    pieces = np.split(flat, len(flat) // TRIANGLES)
    bent = [in_space(matrices[f"body-{index}"], piece) for index, piece in enumerate(pieces)]
    return float(np.abs(np.concatenate(bent) - mesh.positions).max())


@given(size=boxes, asked=options)
def test_the_closed_blank_is_the_box_with_every_picture_as_there(
    size: Dimensions, asked: DielineOptions
) -> None:
    dieline = make_dieline("box", size, asked)
    matrices = folded(dieline, 1.0)
    for mesh in package_meshes("box", size):
        assert misplaced(dieline, mesh, matrices) < EXACT, mesh.panel_id


@given(size=tubes, asked=options)
def test_the_closed_wrap_is_the_cylinder_with_every_picture_as_there(
    size: Dimensions, asked: DielineOptions
) -> None:
    dieline = make_dieline("cylinder", size, asked)
    matrices = folded(dieline, 1.0)
    for mesh in package_meshes("cylinder", size):
        assert misplaced(dieline, mesh, matrices) < EXACT, mesh.panel_id


@given(size=boxes, asked=options)
def test_closed_flaps_lie_inside_the_box(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("box", size, asked)
    matrices = folded(dieline, 1.0)
    half = np.array([size.width / 2, size.depth / 2, size.height / 2])
    for plate in fold_plates(dieline):
        placed = in_space(matrices[plate.plate_id], plate.outline) - (0, 0, size.height / 2)
        assert (np.abs(placed) < half + 1e-6).all(), plate.plate_id
        if plate.plate_id.endswith("dust"):  # each stays on its own half of the opening
            assert (placed[:, 0] < 0).all() or (placed[:, 0] > 0).all()
        if plate.plate_id.endswith("tuck"):
            assert (placed[:, 2] > 0).all() == plate.plate_id.startswith("top")


@given(size=tubes, asked=options)
def test_the_closed_overlap_lies_inside_the_cylinder(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("cylinder", size, asked)
    matrices = folded(dieline, 1.0)
    for plate in fold_plates(dieline):
        placed = in_space(matrices[plate.plate_id], plate.outline)
        assert np.linalg.norm(placed[:, :2], axis=1).max() < size.width / 2 + 1e-6


@given(asked=options, share=st.floats(0, 1), package=st.sampled_from(["box", "cylinder"]))
def test_plates_hold_together_at_every_moment(asked: DielineOptions, share: float, package: str) -> None:
    dieline = make_dieline("box", BOX, asked) if package == "box" else make_dieline("cylinder", TUBE, asked)
    matrices = folded(dieline, share)
    hung = [plate for plate in fold_plates(dieline) if plate.hinge and plate.parent]
    assert len(hung) >= 5
    for plate in hung:
        assert plate.hinge is not None
        ends = np.array([plate.hinge.start, plate.hinge.end])
        there = in_space(matrices[plate.parent or ""], ends)
        assert np.abs(in_space(matrices[plate.plate_id], ends) - there).max() < 1e-6


@given(asked=options, share=st.floats(0, 1))
def test_folding_only_turns_a_boxs_plates(asked: DielineOptions, share: float) -> None:
    for matrix in folded(make_dieline("box", BOX, asked), share).values():
        turn = matrix[:3, :3]
        assert np.abs(turn @ turn.T - np.eye(3)).max() < 1e-9
        assert np.linalg.det(turn) == pytest.approx(1)
        assert matrix[3].tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize(("package", "size"), [("box", BOX), ("cylinder", TUBE)])
def test_it_starts_flat_in_the_plane_of_the_front(package: str, size: Dimensions) -> None:
    dieline = make_dieline("box" if package == "box" else "cylinder", size, DielineOptions())
    matrices = folded(dieline, 0.0)
    lead = dieline.panels[0]
    for plate in fold_plates(dieline):
        placed = in_space(matrices[plate.plate_id], plate.outline)
        x, y = plate.outline[:, 0] - lead.centre[0], lead.y + lead.height - plate.outline[:, 1]
        assert np.abs(placed - np.column_stack([x, np.full(len(x), -size.depth / 2), y])).max() < 1e-6


def test_walls_stand_before_lids_close() -> None:
    dieline = make_dieline("box", BOX, DielineOptions())
    half_way = folded(dieline, 0.6)
    for mesh in package_meshes("box", BOX):
        closed = misplaced(dieline, mesh, half_way) < EXACT
        assert closed == (mesh.panel_id not in {"top", "bottom"}), mesh.panel_id


def test_shares_beyond_the_ends_are_the_ends() -> None:
    dieline = make_dieline("box", BOX, DielineOptions())
    for beyond, end in ((-1.0, 0.0), (2.0, 1.0)):
        matrices = folded(dieline, end)
        assert all((matrices[name] == matrix).all() for name, matrix in folded(dieline, beyond).items())


def test_flaps_go_behind_by_the_board() -> None:
    dieline = make_dieline("box", BOX, DielineOptions(caliper=0.5))
    matrices = folded(dieline, 1.0)
    tuck = next(plate for plate in fold_plates(dieline) if plate.plate_id == "top-top-tuck")
    behind = in_space(matrices[tuck.plate_id], tuck.outline)[:, 1] + BOX.depth / 2
    assert behind.min() == pytest.approx(0, abs=1e-6)
    assert behind.max() == pytest.approx(0.5, rel=0.01)


def test_a_box_has_its_panels_and_flaps() -> None:
    plates = fold_plates(make_dieline("box", BOX, DielineOptions(style=DielineStyle.REVERSE_TUCK)))
    assert [plate.panel_id for plate in plates if plate.panel_id] == [
        "front",
        "left",
        "right",
        "back",
        "top",
        "bottom",
    ]
    parents = {plate.plate_id: plate.parent for plate in plates}
    assert (parents["front"], parents["back"], parents["top"], parents["bottom"]) == (
        None,
        "right",
        "back",
        "front",
    )
    assert sum(plate.panel_id is None for plate in plates) == 7


@pytest.mark.parametrize(
    ("rotation", "corner"), [(0, (10, 20)), (90, (40, 20)), (180, (60, 50)), (270, (10, 70))]
)
def test_a_turned_pictures_upper_left_corner(rotation: int, corner: tuple[float, float]) -> None:
    outline = Path((Segment(0, 0, 1, 1),))
    turn = next(known for known in (0, 90, 180, 270) if known == rotation)
    panel = PlacedPanel("front", 10, 20, 50, 30, turn, "rectangle", outline)
    assert sheet_points(panel, np.zeros((1, 2)))[0] == pytest.approx(corner)
    points = np.array([[3.0, 4.0], [35.0, 35.0]])
    assert sheet_points(panel, picture_points(panel, points)) == pytest.approx(points)
    assert math.isclose(float(picture_points(panel, np.array([corner]))[0, 0]), 0, abs_tol=1e-9)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_place_of_a_turned_picture_is_found_on_the_sheet(rotation: int) -> None:
    outline = Path((Segment(0, 0, 1, 1),))
    turn = next(known for known in (0, 90, 180, 270) if known == rotation)
    panel = PlacedPanel("front", 10, 20, 50, 30, turn, "rectangle", outline)
    for place in ((0.0, 0.0), (0.2, 0.9), (1.0, 0.3)):
        assert picture_points(panel, np.array([panel.point(*place)]))[0] == pytest.approx(place)
