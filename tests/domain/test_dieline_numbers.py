"""The dieline's own numbers: how deep, how narrow, how far apart, and where the limits lie."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.outlines import sampled

from packdesk.domain.curves import Arc, Curve, Segment
from packdesk.domain.dieline.allowances import clearance
from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import blank_plates, make_dieline
from packdesk.domain.dieline.flaps import dust_flap, glue_flap, mitred_flap, tuck_flap
from packdesk.domain.dieline.fold import fold_plates, folded
from packdesk.domain.dieline.outline import bounds, flattened, rounded
from packdesk.domain.dieline.plates import Side
from packdesk.domain.dieline.rolling import strips
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dieline.wrap import wrap_of
from packdesk.domain.dimensions import (
    DEFAULT_DIMENSIONS,
    MAX_READ_MM,
    Dimensions,
    check_dimensions,
    scaled,
)
from packdesk.domain.panels import FlatSize
from packdesk.domain.preflight import PictureFacts, preflight
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.skeleton import filled, skeleton_of
from packdesk.domain.state import PackagingState, default_state, new_texture
from packdesk.domain.units import dpi_of, pixel_size, reached_dpi
from packdesk.errors import InvalidInputError

SIZE = Dimensions(width=90, height=140, depth=60)
LARGE = Dimensions(width=500, height=500, depth=500)
TUBE = Dimensions(width=80, height=150, depth=80)


def corners(shape: tuple[Curve, ...]) -> list[tuple[float, float]]:
    return [curve.start for curve in shape] + [shape[-1].end]


@pytest.mark.parametrize(
    ("caliper", "width"),
    [(0.0, 15), (0.305, 15), (0.6, 15), (0.8, 16), (1.6, 21), (3.0, 30), (3.2, 31), (4.0, 35), (10, 35)],
)
def test_a_glue_flap_follows_the_board_until_one_is_set(caliper: float, width: float) -> None:
    assert DielineOptions(caliper=caliper).glue == width
    if caliper:
        options = DielineOptions(board=even_board("b", caliper))
        assert options.glue == width
        tube = wrap_of(Dimensions(width=200, height=200, depth=200), options)
        assert tube.overlap == width
    assert DielineOptions(caliper=caliper, glue_flap=15).glue == 15, "what was set stays"


def test_the_usual_blank() -> None:
    usual = DielineOptions()
    assert (usual.style, usual.perforated) == (DielineStyle.STRAIGHT_TUCK, False)
    assert (usual.caliper, usual.glue, usual.tuck, usual.bleed, usual.safe) == (0.5, 15, None, 3, 3)
    assert DEFAULT_DIMENSIONS["box"].as_tuple() == (100, 150, 100)
    assert DEFAULT_DIMENSIONS["cylinder"].as_tuple() == (80, 150, 80)


@pytest.mark.parametrize(
    ("name", "most"),
    [("caliper", 10.0), ("glue_flap", 100.0), ("tuck", 200.0), ("bleed", 10.0), ("safe", 50.0)],
)
def test_each_option_has_its_limits(name: str, most: float) -> None:
    for allowed in (0.0, most):
        options = DielineOptions(**{name: allowed})  # type: ignore[arg-type]  # only lengths
        assert make_dieline("box", LARGE, options).options == options
    for refused in (-0.01, most + 0.01):
        with pytest.raises(InvalidInputError, match="out of range"):
            make_dieline("box", LARGE, DielineOptions(**{name: refused}))  # type: ignore[arg-type]  # as above


def test_flaps_go_no_further_than_there_is_room() -> None:
    seam = corners(glue_flap(40, 100))
    assert -seam[1][1] == pytest.approx(10 / math.tan(math.radians(15)))
    assert seam[2][0] - seam[1][0] == pytest.approx(20), "half of the edge is left"
    mitred = corners(mitred_flap(81, 100, 0.5))
    assert mitred[0] == (0.5, 0)
    assert mitred[1] == pytest.approx((0.5 + 30, -30)), "three eighths of what is between the gaps"
    assert corners(mitred_flap(81, 10, 0.5))[1] == pytest.approx((10.5, -10))
    assert (clearance(0.2), clearance(0.5), clearance(0.7)) == (0.5, 0.5, 0.7)


def test_how_round_flaps_are() -> None:
    tuck = [curve for curve in tuck_flap(90, 20, 0.5) if isinstance(curve, Arc)]
    assert [arc.radius for arc in tuck] == [10, 10]
    assert [arc.sweep for arc in tuck] == pytest.approx([90, 90])
    dust = [curve.radius for curve in dust_flap(60, 24, 0.5, lid_at_start=True) if isinstance(curve, Arc)]
    assert dust == pytest.approx([3, 6, 2])
    other = [curve.radius for curve in dust_flap(60, 24, 0.5, lid_at_start=False) if isinstance(curve, Arc)]
    assert other == pytest.approx(dust[::-1])
    assert dust_flap(3, 48, 0.5, lid_at_start=True) != ()
    assert dust_flap(2.9, 48, 0.5, lid_at_start=True) == dust_flap(60, 0.9, 0.5, lid_at_start=True) == ()
    wide = dust_flap(200, 24, 0.5, lid_at_start=True)
    below = [curve for curve in wide if isinstance(curve, Segment) and curve.y1 == curve.y2 == -24]
    taper, shoulder = 24 * math.tan(math.radians(15)), 8
    assert below[0].x1 == pytest.approx(0.5 + taper + 3 * math.tan(math.radians(75 / 2)))
    assert below[0].x2 == pytest.approx(199.5 - shoulder - 6), "a third of the reach beside, not a sixth"
    narrow = dust_flap(13, 48, 0.5, lid_at_start=True)
    left, top, right, _ = bounds(narrow)
    assert (left, top, right) == pytest.approx((0.5, -48, 12.5))
    level = [curve for curve in narrow if isinstance(curve, Segment) and curve.y1 == curve.y2 == -48]
    upright = [curve for curve in narrow if isinstance(curve, Segment) and abs(curve.x1 - curve.x2) < 1e-9]
    assert all(3.5 < curve.x1 < curve.x2 < 10.5 for curve in level), "a quarter for the taper, a sixth beside"
    assert {round(curve.x1, 6) for curve in upright} == {10.5, 12.5}


def test_a_corner_is_as_round_as_its_lines_allow() -> None:
    def radii(points: list[tuple[float, float]], asked: list[float]) -> list[float]:
        return [curve.radius for curve in rounded(points, asked) if isinstance(curve, Arc)]

    corner = [(0.0, 0.0), (10.0, 0.0), (10.0, 6.0)]
    assert radii(corner, [0, 4, 0]) == [4]
    assert radii(corner, [0, 40, 0]) == pytest.approx([6]), "the shorter line"
    bracket = [(0.0, 0.0), (0.0, -9.0), (10.0, -9.0), (10.0, 0.0)]
    assert radii(bracket, [0, 40, 40, 0]) == pytest.approx([5, 5]), "each half of what they share"
    assert radii(bracket, [0, 40, 0, 0]) == pytest.approx([9]), "all of it where the other has none"
    assert radii(bracket, [0, 0, 40, 0]) == pytest.approx([9])
    assert radii([(0.0, 0.0), (5.0, 0.0), (9.0, 0.0)], [0, 3, 0]) == [], "no corner at all"
    left, right = (rounded([(0.0, 0.0), (10.0, 0.0), (10.0, down)], [0, 2, 0])[1] for down in (-9.0, 9.0))
    assert isinstance(left, Arc)
    assert isinstance(right, Arc)
    assert (left.sweep, right.sweep) == pytest.approx((-90, 90))
    assert (left.y, right.y) == pytest.approx((-2, 2))


def test_a_circle_is_as_fine_as_a_mesh() -> None:
    points = np.array(flattened([Arc(5, 6, 10)]))
    assert len(points) == 96
    assert np.hypot(*(points - (5, 6)).T) == pytest.approx(10)
    assert len(flattened([Arc(0, 0, 1, 0, 3.7)])) == 1
    assert len(flattened([Arc(0, 0, 1, 0, -7.6)])) == 3
    assert bounds([Arc(5, 6, 10, -30, 60)]) == pytest.approx((5 + 10 * math.cos(math.radians(30)), 1, 15, 11))
    assert bounds([Arc(5, 6, 10, 100, 160)]) == pytest.approx(
        (
            -5,
            6 - 10 * math.sin(math.radians(80)),
            5 - 10 * math.cos(math.radians(80)),
            6 + 10 * math.sin(math.radians(80)),
        )
    )


def test_an_edge_has_another_one_across() -> None:
    assert [side.opposite for side in Side] == [Side.BOTTOM, Side.LEFT, Side.TOP, Side.RIGHT]


def test_dimension_lines_stand_in_rows_beyond_the_bleed() -> None:
    box = make_dieline("box", SIZE, DielineOptions(bleed=3))
    assert [measure.offset for measure in box.measures] == [11, 11, 11, 19, 19]
    tube = make_dieline("cylinder", TUBE, DielineOptions(bleed=3))
    assert [measure.offset for measure in tube.measures] == [11, 19, 11, 27, 19]


def test_a_low_lid_is_torn_nearer_to_its_hinge() -> None:
    dieline = make_dieline("box", Dimensions(width=90, height=140, depth=12), DielineOptions(perforated=True))
    ((line,),) = [path.curves for path in dieline.of_kind(LineType.PERFORATION)]
    top = dieline.panel("top")
    assert isinstance(line, Segment)
    assert line.y1 == pytest.approx(top.y + 12 - 3)


def test_how_a_cylinder_s_pieces_lie() -> None:
    wrap = wrap_of(TUBE, DielineOptions(bleed=3, glue_flap=12))
    assert (wrap.gap, wrap.overlap) == (11, 12)
    assert wrap.label == pytest.approx((12, 91, 12 + math.pi * 80, 241))
    assert wrap.discs["top"] == pytest.approx((12 + math.pi * 40 - 40, 0))
    assert wrap.discs["bottom"] == pytest.approx((12 + math.pi * 40 - 40, 252))
    assert wrap_of(TUBE, DielineOptions(glue_flap=100)).overlap == pytest.approx(math.pi * 20), "a quarter"
    assert wrap_of(TUBE, DielineOptions(glue_flap=1)).overlap == 1
    assert wrap_of(TUBE, DielineOptions(glue_flap=0.99)).overlap == 0
    names = [strip.name for strip in strips(wrap)]
    assert len([name for name in names if name.startswith("body-")]) == 96
    assert len([name for name in names if name.startswith("overlap-")]) == math.ceil(12 / (math.pi * 80 / 96))
    (glue,) = make_dieline("cylinder", TUBE, DielineOptions(glue_flap=6, bleed=9)).of_kind(LineType.GLUE)
    assert np.ptp(sampled(glue.curves)[:, 0]) == pytest.approx(4), "two thirds take glue"


MOVES = {
    "left": (0.05, 0.5),
    "left-left-glue": (0.0, 0.3),
    "left-top-dust": (0.45, 0.65),
    "top-top-tuck": (0.5, 0.7),
    "bottom": (0.6, 0.85),
    "top": (0.75, 1.0),
}


@pytest.mark.parametrize("name", MOVES)
def test_each_part_of_a_box_moves_in_its_turn(name: str) -> None:
    dieline = make_dieline("box", SIZE, DielineOptions())
    parent = next(plate.parent for plate in fold_plates(dieline) if plate.plate_id == name)
    assert parent is not None

    def turned(share: float) -> float:
        matrices = folded(dieline, share)
        return float(np.degrees(np.arccos(np.clip(matrices[name][:3, 2] @ matrices[parent][:3, 2], -1, 1))))

    begin, end = MOVES[name]
    closed = turned(1.0)
    assert turned(max(begin - 0.001, 0)) == pytest.approx(0, abs=1e-3)
    assert turned(begin + 0.02) > 0.1
    assert turned((begin + end) / 2) == pytest.approx(closed / 2)
    assert turned(end - 0.02) < closed - 0.1
    assert turned(min(end + 0.001, 1)) == pytest.approx(closed)


def test_a_label_is_rolled_before_its_discs_close() -> None:
    dieline = make_dieline("cylinder", TUBE, DielineOptions())
    last = {name: folded(dieline, 1.0)[name] for name in ("body-0", "top", "bottom")}
    for name, end in (("body-0", 0.7), ("bottom", 0.85), ("top", 1.0)):
        assert np.abs(folded(dieline, end)[name] - last[name]).max() < 1e-9
        assert np.abs(folded(dieline, end - 0.02)[name] - last[name]).max() > 1e-3
    first = folded(dieline, 0.0)
    for name, begin in (("body-0", 0.0), ("bottom", 0.6), ("top", 0.75)):
        assert np.abs(folded(dieline, begin)[name] - first[name]).max() < 1e-9
        assert np.abs(folded(dieline, begin + 0.02)[name] - first[name]).max() > 1e-3


def test_a_narrow_flap_of_thick_board_is_not_folded_over_itself() -> None:
    dieline = make_dieline("box", LARGE, DielineOptions(caliper=9, glue_flap=10))
    matrices = folded(dieline, 1.0)
    turned = matrices["left-left-glue"][:3, 2] @ matrices["left"][:3, 2]
    assert np.degrees(np.arccos(turned)) == pytest.approx(100)


def test_what_is_inside_and_outside_differs_by_the_board() -> None:
    sizes = sizes_of("box", SIZE, DielineOptions(caliper=0.8))
    assert sizes.inside.as_tuple() == pytest.approx((89.2, 139.2, 59.2))
    assert sizes.outside.as_tuple() == pytest.approx((90.8, 140.8, 60.8))
    assert sizes.manufacturing is SIZE
    with pytest.raises(InvalidInputError, match="leaves no room"):
        sizes_of("box", SIZE, DielineOptions(caliper=60))
    assert sizes_of("box", SIZE, DielineOptions(caliper=59.9)).inside.depth == pytest.approx(0.1)


def test_tucks_and_dusts_take_what_the_box_leaves() -> None:
    def reach(size: Dimensions, options: DielineOptions, name: str) -> float:
        plate = next(one for one in blank_plates(size, options) if one.plate_id == name)
        return plate.box[3] - plate.box[1]

    assert reach(SIZE, DielineOptions(tuck=100), "top-top-tuck") == pytest.approx(60), "the depth"
    flat = Dimensions(width=90, height=40, depth=60)
    assert reach(flat, DielineOptions(tuck=100), "top-top-tuck") == pytest.approx(19.5), "half of the height"
    assert reach(SIZE, DielineOptions(tuck=100), "left-top-dust") == pytest.approx(44.5), "half of the width"
    seam = next(
        one
        for one in blank_plates(Dimensions(width=20, height=400, depth=60), DielineOptions(glue_flap=50))
        if one.plate_id == "left-left-glue"
    )
    assert seam.box[2] - seam.box[0] == pytest.approx(19), "as wide as the back it goes behind"
    cross = DielineOptions(style=DielineStyle.CROSS, glue_flap=100)
    low = Dimensions(width=300, height=60, depth=200)
    assert reach(low, cross, "top-top-glue") == pytest.approx(29.5)
    slim = Dimensions(width=20, height=300, depth=200)
    seam = next(one for one in blank_plates(slim, cross) if one.plate_id == "left-left-glue")
    assert seam.box[2] - seam.box[0] == pytest.approx(19)


@pytest.mark.parametrize(
    ("options", "size", "rule", "found"),
    [
        (DielineOptions(bleed=2), (100, 150, 100), "little-bleed", False),
        (DielineOptions(bleed=1.99), (100, 150, 100), "little-bleed", True),
        (DielineOptions(caliper=1), (100, 150, 100), "thick-board", False),
        (DielineOptions(caliper=1.01), (100, 150, 100), "thick-board", True),
        (DielineOptions(glue_flap=10), (100, 150, 100), "narrow-glue-flap", False),
        (DielineOptions(glue_flap=9.96), (100, 150, 100), "narrow-glue-flap", False),
        (DielineOptions(glue_flap=9.9), (100, 150, 100), "narrow-glue-flap", True),
        (DielineOptions(glue_flap=50), (51, 400, 60), "shorter-flap", False),
        (DielineOptions(glue_flap=50), (50.9, 400, 60), "shorter-flap", True),
        (DielineOptions(safe=6), (100, 150, 12), "no-safe-room", True),
        (DielineOptions(safe=6), (100, 150, 12.1), "no-safe-room", False),
    ],
)
def test_where_preflight_begins_to_warn(
    options: DielineOptions, size: tuple[float, float, float], rule: str, found: bool
) -> None:
    dimensions = Dimensions(width=size[0], height=size[1], depth=size[2])
    state = default_state().model_copy(update={"package_dimensions": dimensions})
    assert (rule in {one.rule for one in preflight(state, {}, options)}) == found


def printed(made: tuple[float, float], pixels: tuple[int, int]) -> set[str]:
    """The rules a front of 100 x 150 mm breaks."""
    texture = new_texture("front", "u", "p", FlatSize(width=made[0], height=made[1]), "t")
    state: PackagingState = default_state().model_copy(update={"panel_textures": {"front": texture}})
    findings = preflight(state, {"front": PictureFacts(*pixels)}, DielineOptions())
    return {one.rule for one in findings if one.panel_id == "front"}


def test_where_a_picture_begins_to_be_misshapen() -> None:
    assert printed((100, 150), (2000, 3000)) == set()
    assert printed((100.5, 149.5), (2000, 3000)) == set(), "a blank is not cut more exactly"
    assert printed((100.6, 150), (2000, 3000)) == {"other-size"}
    assert printed((100, 149.4), (2000, 3000)) == {"other-size"}
    assert printed((100, 150), (2020, 3000)) == set(), "a hundredth is not seen"
    assert printed((100, 150), (2022, 3000)) == {"stretched"}
    assert printed((100, 150), (2000, 3032)) == {"stretched"}
    assert printed((100, 150), (1182, 1772)) == set(), "300 dpi, to the next pixel"


def test_pixels_of_a_panel() -> None:
    size = FlatSize(width=50.8, height=25.4)
    assert pixel_size(size, 300) == (600, 300)
    assert dpi_of(600, 200, size) == pytest.approx(200)
    assert dpi_of(300, 300, size) == pytest.approx(150)
    assert pixel_size(FlatSize(width=2540, height=25.4), 300) == (4096, 41)
    assert reached_dpi(FlatSize(width=25.4, height=2540), 300) == pytest.approx(40.96)
    assert pixel_size(FlatSize(width=10, height=2000), 30) == (16, 2362), "never too few to be seen"


def test_sides_that_follow_are_rounded_to_a_tenth() -> None:
    base = Dimensions(width=100, height=150, depth=60)
    assert scaled(base, 0, 33.33).as_tuple() == (33.33, 50.0, 20.0)
    assert scaled(base, 2, 61.234).as_tuple() == (102.1, 153.1, 61.234)
    assert scaled(base, 0, 1).as_tuple() == (16.7, 25.0, 10.0), "until the shortest is 10 mm"
    assert scaled(base, 0, 9000).as_tuple() == (1333.3, 2000.0, 800.0)
    assert scaled(Dimensions(width=70, height=70, depth=20), 0, 71.37).as_tuple()[:2] == (71.37, 71.37)


def test_a_size_is_checked_wherever_it_is_made() -> None:
    assert SizeEdit.of("box", 10, 2000, 55.5) == SizeEdit(
        "box", Dimensions(width=10, height=2000, depth=55.5)
    )
    assert not SizeEdit.of("box", 10, 10, 10).switches
    assert SizeEdit.of("cylinder", 10, 20, 10, switches=True).switches
    for width, height, depth in ((9.9, 20, 20), (20, 2000.1, 20), (20, 20, math.nan)):
        with pytest.raises(InvalidInputError):
            SizeEdit.of("box", width, height, depth)
    with pytest.raises(InvalidInputError, match="bag"):
        SizeEdit.of("bag", 20, 20, 20)
    with pytest.raises(InvalidInputError, match="The diameter of 5 mm"):
        check_dimensions("cylinder", 5, 20, 5)
    with pytest.raises(InvalidInputError, match="The width of 5 mm"):
        check_dimensions("box", 5, 20, 5)
    assert Dimensions(width=MAX_READ_MM, height=1, depth=1).width == 1_000_000
    with pytest.raises(ValueError, match="less than or equal"):
        Dimensions(width=1_000_001, height=1, depth=1)
    with pytest.raises(ValueError, match="greater than 0"):
        Dimensions(width=0, height=1, depth=1)


def test_long_texts_are_named_and_put_back() -> None:
    document = {"short": "x" * 1024, "deep": [{"long": "y" * 1025}, 7], "y" * 2000: None}
    skeleton, texts = skeleton_of(document)
    assert skeleton["short"] == document["short"]
    assert list(texts.values()) == ["y" * 1025]
    assert skeleton["deep"] == [{"long": next(iter(texts))}, 7]
    assert list(skeleton)[2] == "y" * 2000, "names stay names"
    assert filled(skeleton, texts) == document
    with pytest.raises(KeyError):
        filled(skeleton, {})
