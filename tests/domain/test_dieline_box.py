"""A box's blank, measured: panels as asked, closed cuts, flaps that stay clear, bleed at every cut."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.outlines import (
    apart,
    boxes,
    crosses_itself,
    exact_area,
    heading,
    is_chained,
    mesh_area,
    options,
    sampled,
)

from packdesk.domain.curves import Arc, Segment
from packdesk.domain.dieline.allowances import clearance
from packdesk.domain.dieline.build import blank_plates, make_dieline
from packdesk.domain.dieline.flaps import (
    LEAST_MM,
    dust_flap,
    glue_flap,
    mitred_flap,
    tuck_flap,
)
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import DEFAULT_DIMENSIONS, Dimensions
from packdesk.domain.geometry import package_meshes
from packdesk.domain.panels import panel_sizes
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.dieline.flaps import Shape


SIZE = Dimensions(width=90, height=140, depth=60)
STYLES = [DielineStyle.STRAIGHT_TUCK, DielineStyle.REVERSE_TUCK, DielineStyle.CROSS]
EXACT = 0.01


@settings(max_examples=200)
@given(size=boxes, asked=options)
def test_every_panel_is_as_wide_and_high_as_asked(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("box", size, asked)
    plates = {plate.plate_id: plate for plate in blank_plates(size, asked)}
    wanted = panel_sizes("box", size)
    assert [panel.panel_id for panel in dieline.panels] == list(wanted)
    for panel in dieline.panels:
        left, top, right, bottom = plates[panel.panel_id].box
        assert (panel.width, panel.height) == (wanted[panel.panel_id].width, wanted[panel.panel_id].height)
        assert abs(right - left - panel.width) < EXACT
        assert abs(bottom - top - panel.height) < EXACT
        assert math.dist((left, top), (panel.x, panel.y)) < 1e-9


@given(size=boxes, asked=options)
def test_panels_have_the_meshes_areas(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("box", size, replace(asked, bleed=0.0))
    for mesh in package_meshes("box", size):
        assert exact_area(dieline.panel(mesh.panel_id).artwork.curves) == pytest.approx(mesh_area(mesh))


@given(size=boxes, asked=options)
def test_the_cut_is_one_closed_outline_that_never_meets_itself(
    size: Dimensions, asked: DielineOptions
) -> None:
    dieline = make_dieline("box", size, asked)
    (cut,) = dieline.of_kind(LineType.CUT)
    assert dieline.lines[0].path is cut
    assert is_chained(cut)
    points = sampled(cut.curves)
    assert not crosses_itself(points)
    assert points.min() == pytest.approx(0, abs=1e-9)
    assert np.abs(points.max(axis=0) - (dieline.width, dieline.height)).max() < 1e-9


@given(size=boxes, asked=options)
def test_no_two_plates_overlap_on_the_sheet(size: Dimensions, asked: DielineOptions) -> None:
    # The outline is simple and walks around every plate: it holds their areas together only if none overlap.
    (cut,) = make_dieline("box", size, asked).of_kind(LineType.CUT)
    plates = blank_plates(size, asked)
    assert all(exact_area(plate.outline) > 0 for plate in plates)
    assert exact_area(cut.curves) == pytest.approx(sum(exact_area(plate.outline) for plate in plates))


@given(size=boxes, asked=options)
def test_every_fold_has_its_crease(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("box", size, asked)
    creases = [path.curves for path in dieline.of_kind(LineType.CREASE)]
    assert creases == [(plate.hinge,) for plate in blank_plates(size, asked) if plate.hinge]
    between_panels = [plate for plate in blank_plates(size, asked) if plate.panel_id and plate.hinge]
    assert len(between_panels) == 5


@given(size=boxes, asked=options)
def test_corners_are_true_arcs_that_touch_their_lines(size: Dimensions, asked: DielineOptions) -> None:
    (cut,) = make_dieline("box", size, asked).of_kind(LineType.CUT)
    for one, other in zip(cut.curves, (*cut.curves[1:], cut.curves[0]), strict=True):
        if isinstance(one, Arc) or isinstance(other, Arc):
            assert np.abs(heading(one, at_end=True) - heading(other, at_end=False)).max() < 1e-4


def test_tuck_ends_have_round_corners_and_a_cross_has_none() -> None:
    count = {
        style: sum(
            isinstance(curve, Arc)
            for curve in make_dieline("box", SIZE, DielineOptions(style=style)).lines[0].path.curves
        )
        for style in STYLES
    }
    assert count == {DielineStyle.STRAIGHT_TUCK: 16, DielineStyle.REVERSE_TUCK: 16, DielineStyle.CROSS: 0}


@given(size=boxes, caliper=st.floats(0, 2), tuck=st.floats(0, 200))
def test_flaps_leave_the_board_room(size: Dimensions, caliper: float, tuck: float) -> None:
    plates = blank_plates(size, DielineOptions(caliper=caliper, tuck=tuck))
    gap = clearance(caliper)
    for plate in plates:
        left, top, right, bottom = plate.box
        if plate.role == "tuck":
            assert right - left == pytest.approx(size.width - 2 * gap)
            assert bottom - top <= min(tuck, size.depth, size.height / 2 - gap) + 1e-9
        if plate.role == "dust":
            assert right - left <= size.depth - 2 * gap + 1e-9
            assert bottom - top <= size.width / 2 - gap + 1e-9


def test_flaps_are_as_asked_where_there_is_room() -> None:
    plates = {plate.plate_id: plate for plate in blank_plates(SIZE, DielineOptions(tuck=18, glue_flap=12))}
    reach = {name: plate.box[3] - plate.box[1] for name, plate in plates.items()}
    assert reach["top-top-tuck"] == reach["bottom-bottom-tuck"] == pytest.approx(18)
    assert reach["left-top-dust"] == pytest.approx((SIZE.depth + 18) / 2)
    glue = plates["left-left-glue"]
    assert glue.box[2] - glue.box[0] == pytest.approx(12)
    slope = heading(glue.free[0], at_end=True)
    assert math.degrees(math.atan2(abs(slope[1]), abs(slope[0]))) == pytest.approx(15)


def test_without_flaps_a_cross_is_six_panels() -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(style=DielineStyle.CROSS, glue_flap=0))
    assert len(blank_plates(SIZE, dieline.options)) == 6
    assert (dieline.width, dieline.height) == (2 * (90 + 60), 140 + 2 * 60)
    assert dieline.of_kind(LineType.GLUE) == ()


@given(size=boxes, glue=st.floats(2, 100))
def test_a_crosss_glue_flaps_meet_nowhere_inside_the_box(size: Dimensions, glue: float) -> None:
    """Those that end up on the same wall, in that wall's plane: measured from its corners."""
    plates = blank_plates(size, DielineOptions(style=DielineStyle.CROSS, glue_flap=glue, caliper=0))
    named = {plate.plate_id: sampled(plate.outline) for plate in plates if plate.role == "glue"}
    on_back = []
    seam = named.get("left-left-glue")
    if seam is not None:  # folded behind the back's free end, seen from inside
        wall = next(plate for plate in plates if plate.plate_id == "left").box
        on_back.append(np.column_stack([wall[0] - seam[:, 0], seam[:, 1] - wall[1]]))
    for lid, side_name in (("top", "top"), ("bottom", "bottom")):
        flap, box = named.get(f"{lid}-{side_name}-glue"), next(p for p in plates if p.plate_id == lid).box
        if flap is not None:
            down = box[1] - flap[:, 1] if lid == "top" else size.height - (flap[:, 1] - box[3])
            on_back.append(np.column_stack([flap[:, 0] - box[0], down]))
    assert all(apart(one, other) for one, other in combinations(on_back, 2))
    for beside in ("left", "right"):
        reach = [
            np.ptp(named[f"{lid}-{beside}-glue"][:, 0])
            for lid in ("top", "bottom")
            if f"{lid}-{beside}-glue" in named
        ]
        assert sum(reach) < size.height


@pytest.mark.parametrize("style", STYLES)
def test_a_line_to_tear_along_crosses_the_top(style: DielineStyle) -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(style=style, perforated=True))
    ((line,),) = [path.curves for path in dieline.of_kind(LineType.PERFORATION)]
    top = dieline.panel("top")
    assert isinstance(line, Segment)
    assert (line.x1, line.x2) == (top.x, top.x + top.width)
    assert line.y1 == line.y2 == top.y + top.height - 5
    assert make_dieline("box", SIZE, DielineOptions(style=style)).of_kind(LineType.PERFORATION) == ()


@given(size=boxes, asked=options)
def test_measures_say_the_sizes_and_stay_beside_the_artwork(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("box", size, asked)
    lengths = [measure.length for measure in dieline.measures]
    wanted = [size.depth, size.width, size.height, dieline.width, dieline.height]
    assert lengths == pytest.approx(wanted)
    for measure in dieline.measures:
        along = np.subtract(measure.end, measure.start)
        assert np.linalg.norm(along) == pytest.approx(measure.length)
        left = np.array([along[1], -along[0]]) / measure.length * measure.offset
        x, y = np.array(measure.start) + left
        assert x > dieline.width + asked.bleed or y < -asked.bleed


def test_the_default_is_a_straight_tuck() -> None:
    assert make_dieline("box", DEFAULT_DIMENSIONS["box"]).options.style is DielineStyle.STRAIGHT_TUCK


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (DielineOptions(caliper=10), "Board of 10 mm leaves no room"),
        (DielineOptions(caliper=-1), "caliper of -1 mm is out of range"),
        (DielineOptions(bleed=11), "bleed of 11 mm is out of range"),
        (DielineOptions(glue_flap=math.nan), "glue flap of nan mm is out of range"),
        (DielineOptions(tuck=201), "tuck of 201 mm is out of range"),
        (DielineOptions(safe=-0.1), "safe of -0.1 mm is out of range"),
        (DielineOptions(style=DielineStyle.WRAP), "cannot be laid out as a wrap"),
    ],
)
def test_what_cannot_be_cut_is_refused(asked: DielineOptions, said: str) -> None:
    with pytest.raises(InvalidInputError, match=said):
        make_dieline("box", Dimensions(width=10, height=100, depth=100), asked)


@given(size=boxes, style=st.sampled_from(STYLES), caliper=st.floats(0, 9.9))
def test_thick_board_only_leaves_flaps_off(size: Dimensions, style: DielineStyle, caliper: float) -> None:
    (cut,) = make_dieline("box", size, DielineOptions(style=style, caliper=caliper)).of_kind(LineType.CUT)
    assert is_chained(cut)
    assert not crosses_itself(sampled(cut.curves))


FLAPS: dict[str, Callable[[float, float], Shape]] = {
    "glue": glue_flap,
    "mitred": lambda length, reach: mitred_flap(length, reach, 0.5),
    "tuck": lambda length, reach: tuck_flap(length, reach, 0.5),
    "dust": lambda length, reach: dust_flap(length, reach, 0.5, lid_at_start=True),
}


@pytest.mark.parametrize("kind", FLAPS)
def test_a_flap_too_shallow_to_be_folded_is_left_off(kind: str) -> None:
    assert FLAPS[kind](80.0, LEAST_MM)
    assert not FLAPS[kind](80.0, LEAST_MM - 0.01)


@pytest.mark.parametrize(("kind", "least"), [("tuck", 2.0), ("dust", 3.0)])
def test_a_flap_too_narrow_to_be_folded_is_left_off(kind: str, least: float) -> None:
    """A tuck flap needs a millimetre between its gaps, a dust flap two."""
    assert FLAPS[kind](least, 10.0)
    assert not FLAPS[kind](least - 0.01, 10.0)


@pytest.mark.parametrize("lid_at_start", [True, False])
def test_a_dust_flap_tapers_beside_the_lid_and_has_its_shoulder_beside_the_tuck_flap(
    lid_at_start: bool,
) -> None:
    """Of common practice: a taper of 15 degrees, a shoulder of a third of the reach, a step of a twelfth."""
    curves = dust_flap(60.0, 24.0, 0.5, lid_at_start=lid_at_start)
    points = [curve.start for curve in curves] + [curves[-1].end]
    if not lid_at_start:
        points = [(60.0 - x, y) for x, y in reversed(points)]
    assert points[0] == pytest.approx((0.5, 0.0))
    assert points[-1] == pytest.approx((59.5, 0.0))
    assert points[-2] == pytest.approx((59.5, -2.0)), "a twelfth of the reach"
    assert min(y for _, y in points) == pytest.approx(-24.0)
    top = [x for x, y in points if y == pytest.approx(-24.0)]
    assert 0.5 + 24 * math.tan(math.radians(15)) < min(top) + 1e-9
    assert max(top) < 59.5 - 8
    upright = [x for x, y in points if -20 < y < -12]
    assert upright
    assert all(x == pytest.approx(59.5 - 8) for x in upright if x > 30), "a third of the reach"
