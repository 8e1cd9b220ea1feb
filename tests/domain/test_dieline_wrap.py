"""A cylinder's blank: a label once around with its overlap, and two discs beside it."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from support.outlines import exact_area, is_chained, options, sampled, tubes

from packdesk.domain.dieline.board import Board, even_board
from packdesk.domain.dieline.build import make_dieline, shown_dieline
from packdesk.domain.dieline.fold import fold_plates, folded, in_space
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.errors import InvalidInputError

SIZE = Dimensions(width=80, height=150, depth=80)


@given(size=tubes, asked=options)
def test_label_and_discs_are_as_asked(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("cylinder", size, asked)
    assert dieline.options.style is DielineStyle.WRAP
    assert [panel.panel_id for panel in dieline.panels] == ["body", "top", "bottom"]
    body, *discs = dieline.panels
    assert (body.width, body.height) == (math.pi * size.width, size.height)
    assert all((disc.width, disc.height, disc.shape) == (size.width, size.width, "disc") for disc in discs)
    assert {panel.rotation for panel in dieline.panels} == {0}


@given(size=tubes, asked=options)
def test_three_closed_pieces_whose_bleeds_never_meet(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("cylinder", size, asked)
    cuts = dieline.of_kind(LineType.CUT)
    assert [line.kind for line in dieline.lines[:3]] == [LineType.CUT] * 3
    assert all(is_chained(cut) for cut in cuts)
    points = np.concatenate([sampled(cut.curves) for cut in cuts])
    assert np.abs(points.min(axis=0)).max() < 1e-9
    assert np.abs(points.max(axis=0) - (dieline.width, dieline.height)).max() < 1e-6
    spans = [
        np.array([p.min(axis=0), p.max(axis=0)])
        for p in (sampled(panel.artwork.curves) for panel in dieline.panels)
    ]
    assert all(one[1, 1] < other[0, 1] or other[1, 1] < one[0, 1] for one, other in combinations(spans, 2))


@given(size=tubes, asked=options)
def test_areas_are_the_cylinders(size: Dimensions, asked: DielineOptions) -> None:
    dieline = make_dieline("cylinder", size, asked)
    label, *discs = dieline.of_kind(LineType.CUT)
    body = dieline.panel("body")
    assert exact_area(label.curves) == pytest.approx((math.pi * size.width + body.x) * size.height)
    assert body.x <= asked.glue
    for disc in discs:
        assert exact_area(disc.curves) == pytest.approx(math.pi * size.width**2 / 4)


def test_the_bleed_is_as_asked_on_every_side() -> None:
    dieline = make_dieline("cylinder", SIZE, DielineOptions(bleed=4))
    assert dieline.of_kind(LineType.BLEED) == tuple(panel.artwork for panel in dieline.panels)
    body = dieline.panel("body")
    points = sampled(body.artwork.curves)
    assert points.min(axis=0) == pytest.approx((body.x - 4, body.y - 4))
    assert points.max(axis=0) == pytest.approx((body.x + body.width + 4, body.y + body.height + 4))
    for name in ("top", "bottom"):
        disc = dieline.panel(name)
        reach = np.linalg.norm(sampled(disc.artwork.curves) - disc.centre, axis=1)
        assert reach == pytest.approx(np.full(len(reach), 44))


def test_the_overlap_takes_glue_up_to_the_bleed() -> None:
    (glue,) = make_dieline("cylinder", SIZE, DielineOptions(glue_flap=12, bleed=3)).of_kind(LineType.GLUE)
    points = sampled(glue.curves)
    assert (points[:, 0].min(), points[:, 0].max()) == (0, 9)
    assert np.ptp(points[:, 1]) == 150
    assert make_dieline("cylinder", SIZE, DielineOptions(glue_flap=0)).of_kind(LineType.GLUE) == ()


def test_safe_circles_and_the_measures() -> None:
    dieline = make_dieline("cylinder", SIZE, DielineOptions(safe=5))
    label, *discs = dieline.of_kind(LineType.SAFE)
    assert exact_area(label.curves) == pytest.approx((math.pi * 80 - 10) * 140)
    assert [exact_area(disc.curves) for disc in discs] == pytest.approx([math.pi * 35**2] * 2)
    lengths = [measure.length for measure in dieline.measures]
    assert lengths == pytest.approx([80, math.pi * 80, 150, dieline.width, dieline.height])


def test_nothing_of_it_is_folded_or_torn() -> None:
    dieline = make_dieline("cylinder", SIZE, DielineOptions(perforated=True))
    assert dieline.of_kind(LineType.CREASE) == dieline.of_kind(LineType.PERFORATION) == ()


@pytest.mark.parametrize("board", [None, even_board("thin", 0.3), even_board("E flute", 1.6)])
def test_a_telescoping_lid_goes_over_a_tube_of_its_own(board: Board | None) -> None:
    options = DielineOptions(board=board, telescope=True)
    dieline = make_dieline("cylinder", SIZE, options)
    cuts = dieline.of_kind(LineType.CUT)
    assert len(cuts) == 4
    assert all(is_chained(cut) for cut in cuts)
    assert [panel.panel_id for panel in dieline.panels] == ["body", "top", "bottom"]
    boxes = [bounds(cut.curves) for cut in cuts]
    assert all(one[3] + 3 < other[1] for one, other in pairwise(sorted(boxes, key=lambda box: box[1])))
    matrices = folded(dieline, 1.0)
    radii: dict[str, list[float]] = {}
    levels: dict[str, list[float]] = {}
    for plate in fold_plates(dieline):
        placed = in_space(matrices[plate.plate_id], plate.outline)
        kind = plate.plate_id.split("-")[0]
        radii.setdefault(kind, []).extend(np.hypot(placed[:, 0], placed[:, 1]).tolist())
        levels.setdefault(kind, []).extend(placed[:, 2].tolist())
    caliper = options.caliper
    room = min(radii["body"]) - caliper / 2 - caliper - max(radii["tube"]) - caliper / 2
    assert room == pytest.approx(0.5, abs=0.05), "play beside the lid's overlap"
    assert max(levels["tube"]) < min(levels["top"]) - caliper / 2, "the tube ends below the lid's tabs"
    assert min(levels["tube"]) == pytest.approx(0)
    open_lid = folded(dieline, 0.7)
    assert open_lid["body-0"][2, 3] - matrices["body-0"][2, 3] > 0.9 * SIZE.height, "it comes from above"
    sizes = sizes_of("cylinder", SIZE, options)
    assert sizes.inside.width == pytest.approx(80 - 2 * (2 * caliper + 0.5) - caliper)
    bare = [area for area in dieline.of_kind(LineType.GLUE) if bounds(area.curves)[1] > boxes[0][3]]
    wide = bounds(bare[0].curves)[2]
    assert wide == pytest.approx(options.glue), "all of the bare tube's overlap takes glue"


def test_a_lid_without_room_for_its_tube_says_so_and_is_still_shown() -> None:
    options = DielineOptions(caliper=4, telescope=True)
    small = Dimensions(width=14, height=60, depth=14)
    with pytest.raises(InvalidInputError, match=r"The diameter of 14 mm is 9\.0 mm too short"):
        make_dieline("cylinder", small, options)
    assert shown_dieline("cylinder", small, options).options.caliper == 0
