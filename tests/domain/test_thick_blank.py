"""A blank of thick board folds into a box whose board is nowhere in itself, and its knives have room."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from support.outlines import crosses_itself, exact_area, is_chained, sampled

from packdesk.domain.curves import Arc, Path, Segment
from packdesk.domain.dieline.board import BOARDS, Board, boards_text, even_board, find_board, read_boards
from packdesk.domain.dieline.build import blank_plates, make_dieline
from packdesk.domain.dieline.fold import fold_plates, folded, in_space
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.rings import PLAY_MM, inner_radius
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.structures import BOX_STYLES
from packdesk.domain.dieline.thick import catches, overlaps
from packdesk.domain.dieline.trays import TRAY_STYLES
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, Hand, LineType, Lock, Sized
from packdesk.domain.dimensions import Dimensions
from packdesk.errors import InvalidInputError

SIZES = [
    Dimensions(width=100, height=150, depth=60),
    Dimensions(width=61.3, height=40, depth=210),
    Dimensions(width=30, height=250, depth=24),
]
TALLER = Dimensions(width=61.3, height=210, depth=40)
THICK = DielineOptions(board=even_board("E flute", 1.6), lock=Lock.SLIT, notch=True)


def boards() -> list[Board]:
    """Thin and thick, creased in the middle, within and without."""
    return [
        even_board("thin", 0.3),
        even_board("thick", 3),
        Board("within", 1.5, 0.3, 1.2),
        Board("out", 1.5, 1.5, 0),
    ]


def sizes_for(style: DielineStyle) -> list[Dimensions]:
    """Slim, flat and deep; the flaps of an auto-lock lie on its walls while it is flat."""
    if style in TRAY_STYLES:
        return [*SIZES[:2], Dimensions(width=60, height=24, depth=48)]
    narrow = Dimensions(width=34.2, height=900, depth=860)
    return [SIZES[0], TALLER, SIZES[2], narrow] if style is DielineStyle.AUTO_LOCK else SIZES


@pytest.mark.parametrize("style", BOX_STYLES)
@pytest.mark.parametrize("hand", Hand)
def test_no_board_is_in_another(style: DielineStyle, hand: Hand) -> None:
    for size in sizes_for(style):
        for board in boards():
            options = DielineOptions(style, board=board, glue_side=hand)
            assert list(overlaps(make_dieline("box", size, options))) == []


def test_a_nominal_tuck_would_be_in_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packdesk.domain.dieline.box.lid_depth", lambda row, _: row.size.depth)
    found = {(one, other): depth for depth, one, other in overlaps(make_dieline("box", SIZES[0], THICK))}
    assert found["front", "top-top-tuck"] == pytest.approx(1.6)


@pytest.mark.parametrize("style", BOX_STYLES)
@pytest.mark.parametrize("hand", Hand)
def test_the_cut_is_closed_holds_every_plate_and_leaves_knives_room(style: DielineStyle, hand: Hand) -> None:
    for size in sizes_for(style):
        options = replace(THICK, style=style, glue_side=hand)
        dieline = make_dieline("box", size, options)
        plates = blank_plates(dieline.manufacturing, options)
        roots = sum(plate.parent is None for plate in plates)
        cuts, slits = dieline.of_kind(LineType.CUT)[:roots], dieline.of_kind(LineType.CUT)[roots:]
        for cut in cuts:
            assert is_chained(cut)
            assert not crosses_itself(sampled(cut.curves))
        held = sum(exact_area(plate.outline) for plate in plates)
        assert sum(exact_area(cut.curves) for cut in cuts) == pytest.approx(held)
        straight = (
            *(curve for cut in cuts for curve in cut.curves),
            *(curve for slit in slits for curve in slit.curves),
        )
        lengths = [math.dist(c.start, c.end) for c in straight if isinstance(c, Segment)]
        assert min(lengths) >= 1 - 1e-9
        for panel in dieline.panels:
            assert panel.picture_size >= (panel.width - 1e-9, panel.height - 1e-9)


def test_the_lengths_are_those_of_the_rules() -> None:
    free = replace(THICK, lock=Lock.NONE)
    dieline = make_dieline("box", SIZES[0], free)
    sizes = {panel.panel_id: (panel.width, panel.height) for panel in dieline.panels}
    assert sizes["front"] == (100, 150)
    assert sizes["left"] == pytest.approx((58.4, 146.8)), "in front of the glue flap, between dust flaps"
    assert sizes["right"] == pytest.approx((60, 146.8))
    assert sizes["back"] == pytest.approx((98.4, 150)), "the free panel"
    assert sizes["top"] == pytest.approx((96.8, 58.4)), "its tuck flap lies behind the front"
    assert dieline.panel("left").picture_size == (60, 150), "the picture keeps its size"
    assert [round(one.length, 2) for one in dieline.measures[:3]] == [60, 100, 150]
    seal = make_dieline("box", SIZES[0], replace(THICK, style=DielineStyle.SEAL_END))
    assert seal.panel("front").height == pytest.approx(146.8)
    assert seal.panel("left").height == pytest.approx(143.6)
    reverse = make_dieline("box", SIZES[0], replace(free, style=DielineStyle.REVERSE_TUCK))
    assert reverse.panel("bottom").height == pytest.approx(56.8), "behind the glue flap, too"
    slit = make_dieline("box", SIZES[0], THICK).panel("top").height
    assert slit == pytest.approx(58.4 - 2.5), "a board, half of one and 0.1 mm: the shoulders"


@pytest.mark.parametrize(
    ("style", "held"),
    [
        (DielineStyle.STRAIGHT_TUCK, 4),
        (DielineStyle.REVERSE_TUCK, 4),
        (DielineStyle.HANG_TAB, 4),
        (DielineStyle.TUCK_SEAL, 2),
        (DielineStyle.SNAP_LOCK, 2),
        (DielineStyle.AUTO_LOCK, 2),
    ],
)
def test_dust_flaps_stand_over_the_ends_of_a_locked_tuck_flap(style: DielineStyle, held: int) -> None:
    size = Dimensions(width=100, height=180, depth=60)
    for board in boards():
        for hand in Hand:
            options = DielineOptions(style, board=board, glue_side=hand, lock=Lock.SLIT)
            dieline = make_dieline("box", size, options)
            found = catches(dieline)
            assert len(found) == held
            assert all(one.over == pytest.approx(board.caliper) for one in found.values())
            assert all(one.play >= 0.1 - 1e-9 for one in found.values()), "room for the board in the slit"
            assert all(one.long == pytest.approx(5) for one in found.values())
            assert list(overlaps(dieline)) == []
            large = Dimensions(width=320, height=400, depth=260)
            assert list(overlaps(make_dieline("box", large, options))) == []
            top, shoulder = dieline.panel("top"), max(board.caliper + board.inside_loss + 0.1, 1)
            inked = top.y - bounds(top.artwork.curves)[1]
            assert inked == pytest.approx(shoulder + 3), "the shoulders, and the bleed"
            friction = catches(make_dieline("box", size, replace(options, lock=Lock.FRICTION)))
            assert len(friction) == held
            assert all(one.over == pytest.approx(0) for one in friction.values()), "they touch it"


@pytest.mark.parametrize("board", [None, *boards()])
@pytest.mark.parametrize(
    ("style", "ends"), [(DielineStyle.SEAL_END, ("top", "bottom")), (DielineStyle.TUCK_SEAL, ("bottom",))]
)
def test_all_below_a_sealed_lid_is_full(
    style: DielineStyle, ends: tuple[str, ...], board: Board | None
) -> None:
    for hand in Hand:
        options = DielineOptions(style, board=board, glue_side=hand)
        gap = max(options.caliper, 1.0 if board else 0.5)
        plates = {plate.plate_id: plate for plate in blank_plates(SIZES[0], options)}
        for end in ends:
            for wall in ("left", "right"):
                flap = plates[f"{wall}-{end}-dust"]
                left, upper, right, lower = flap.box
                assert len(flap.free) == 3, "a rectangle"
                room = plates[wall].box[2] - plates[wall].box[0]
                assert right - left == pytest.approx(room - 2 * gap, abs=1e-6)
                assert lower - upper == pytest.approx(min(100 / 2, 60) - gap), "they meet in the middle"


@pytest.mark.parametrize("typed", Sized)
def test_the_size_that_was_typed_is_that_of_the_box(typed: Sized) -> None:
    sizes = sizes_of("box", SIZES[0], replace(THICK, sized=typed))
    named = {Sized.CREASE: sizes.manufacturing, Sized.INSIDE: sizes.inside, Sized.OUTSIDE: sizes.outside}
    assert named[typed].as_tuple() == pytest.approx(SIZES[0].as_tuple())
    across = [(b.width - a.width, b.height - a.height) for a, b in pairwise(sizes)]
    assert across == [pytest.approx((1.6, 4.8)), pytest.approx((1.6, 1.6))]
    assert make_dieline("box", SIZES[0], replace(THICK, sized=typed)).manufacturing == sizes.manufacturing


def test_locks_notches_and_tucks() -> None:
    def blank(**changed: object) -> DielineOptions:
        return replace(THICK, **changed)  # type: ignore[arg-type]  # names of its fields

    locked = make_dieline("box", SIZES[0], blank())
    whole = make_dieline("box", SIZES[0], blank(notch=False))
    free = make_dieline("box", SIZES[0], blank(lock=Lock.NONE, notch=False))
    assert len(locked.of_kind(LineType.CUT)) == 5
    assert len(free.of_kind(LineType.CUT)) == 1
    lost = exact_area(whole.lines[0].path.curves) - exact_area(locked.lines[0].path.curves)
    assert lost == pytest.approx(2 * math.pi * 100 / 2), "two half circles of 10 mm"
    large = {
        plate.plate_id: plate.box
        for plate in blank_plates(Dimensions(width=600, height=900, depth=400), THICK)
    }
    assert large["top-top-tuck"][3] - large["top-top-tuck"][1] == pytest.approx(40)


@pytest.mark.parametrize(
    ("size", "options", "sentence"),
    [
        ((100, 150, 10), replace(THICK, board=even_board("b", 3)), "The depth of 10 mm is 4.0 mm too short"),
        ((160, 60, 110), DielineOptions(DielineStyle.AUTO_LOCK), "The height of 60 mm is .* too short"),
        (
            (12, 12, 10),
            replace(THICK, board=even_board("b", 3)),
            "The width, height, depth are 2.0, 4.3, 4.0 mm too short for board of 3 mm",
        ),
        ((12, 150, 100), replace(THICK, board=even_board("b", 3)), "The width of 12 mm is 2.0 mm too short"),
        ((100, 12, 100), replace(THICK, board=even_board("b", 3)), "The height of 12 mm is 4.3 mm too short"),
        (
            (100, 150, 100),
            replace(THICK, glue_flap=1.5),
            "The glue flap of 1.5 mm is no deeper than",
        ),
        ((100, 150, 100), replace(THICK, tuck=1.0), "The tuck of 1 mm is no deeper than its board"),
        ((10, 150, 100), replace(THICK, board=even_board("b", 10), sized=Sized.OUTSIDE), "leaves no room"),
    ],
)
def test_what_cannot_be_folded_is_said(
    size: tuple[float, float, float], options: DielineOptions, sentence: str
) -> None:
    width, height, depth = size
    with pytest.raises(InvalidInputError, match=sentence):
        make_dieline("box", Dimensions(width=width, height=height, depth=depth), options)


def test_a_table_of_boards_is_read_as_it_is_written() -> None:
    assert read_boards(boards_text(BOARDS)) == BOARDS
    text = "# mine\n\nname;caliper;inside loss;outside gain\nGC1 300;0,45\nB flute;3;1;2\n"
    assert read_boards(text) == (even_board("GC1 300", 0.45), Board("B flute", 3, 1, 2))
    assert read_boards("a, 0.5, 0.2, 0.3") == (Board("a", 0.5, 0.2, 0.3),)
    assert find_board(BOARDS, "e FLUTE") == even_board("E flute", 1.6)
    with pytest.raises(InvalidInputError, match="no board “x”"):
        find_board(BOARDS, "x")


@pytest.mark.parametrize(
    "line", ["a", "a;b", "a;1;2", ";1", "a;nan", "a;1;1;1", "a;11", "a;1\na;2", "a\x07;1", "a;1;2;-1"]
)
def test_a_line_that_is_no_board_is_said(line: str) -> None:
    with pytest.raises(InvalidInputError):
        read_boards(line)


@pytest.mark.parametrize("across", [20.0, 80.0, 300.0])
@pytest.mark.parametrize(
    "board", [even_board("thin", 0.3), even_board("thick", 3), Board("out", 1.5, 1.5, 0)]
)
def test_a_disc_goes_into_its_tube(across: float, board: Board) -> None:
    size = Dimensions(width=across, height=90, depth=across)
    dieline = make_dieline("cylinder", size, DielineOptions(board=board))
    matrices = folded(dieline, 1.0)
    outer = board.outside_gain * np.array([0.0, 0.0, -1.0])  # towards the printed side
    reach, levels = 0.0, []
    for plate in fold_plates(dieline):
        if plate.plate_id.startswith(("top", "bottom")):
            matrix = matrices[plate.plate_id]
            placed = in_space(matrix, plate.outline) + matrix[:3, :3] @ outer
            reach = max(reach, float(np.hypot(placed[:, 0], placed[:, 1]).max()))
            levels += placed[:, 2].tolist()
    assert 0 <= inner_radius(size, board) - reach - PLAY_MM + 1e-9 < board.outside_gain + 1e-6
    assert (min(levels), max(levels)) == pytest.approx((0, 90)), "level with the rims"
    cuts = dieline.of_kind(LineType.CUT)
    assert all(is_chained(cut) for cut in cuts)
    assert bounds(curve for cut in cuts for curve in cut.curves) == pytest.approx(
        (0, 0, dieline.width, dieline.height)
    )


def test_a_disc_of_a_nominal_blank_neither_enters_nor_covers() -> None:
    size = Dimensions(width=80, height=90, depth=80)
    assert make_dieline("cylinder", size).panel("top").width == 80


def test_a_hang_tab_goes_on_from_the_back_without_a_crease_and_has_a_hole() -> None:
    dieline = make_dieline("box", SIZES[0], DielineOptions(DielineStyle.HANG_TAB, notch=True))
    (tab,) = [plate for plate in blank_plates(SIZES[0], dieline.options) if plate.role == "hang"]
    assert tab.parent == "back"
    left, top, right, bottom = tab.box
    assert tab.hinge is not None
    assert Path((tab.hinge,)) not in dieline.of_kind(LineType.CREASE)
    holes = [cut for cut in dieline.of_kind(LineType.CUT)[1:] if cut.closed]
    ((x1, y1, x2, y2),) = [bounds(hole.curves) for hole in holes]
    assert left < x1 < x2 < right
    assert top < y1 < y2 < bottom
    assert (x2 - x1, y2 - y1) == pytest.approx((32, 10))
    (hole,) = holes
    assert is_chained(hole)
    assert sorted(curve.radius for curve in hole.curves if isinstance(curve, Arc)) == [2.5, 2.5, 5]
    hump = next(curve for curve in hole.curves if isinstance(curve, Arc) and curve.radius == 5)
    assert hump.y - 5 == pytest.approx(y1), "towards the free end"
    area = 27 * 5 + math.pi * 2.5**2 + math.pi * 5**2 / 2
    assert exact_area(hole.curves) == pytest.approx(-area), "walked the other way than the blank"
    matrices = folded(dieline, 1.0)
    assert matrices[tab.plate_id] == pytest.approx(matrices["back"]), "it stays in the plane of its wall"


@pytest.mark.parametrize(
    ("width", "height", "wide"),
    [(48, 150, 32), (40, 150, 24), (35.3, 150, 19.3), (35, 150, None), (60, 48, 25.6), (60, 35, None)],
)
def test_a_hang_tabs_hole_is_smaller_or_left_out_where_there_is_no_room(
    width: float, height: float, wide: float | None
) -> None:
    size = Dimensions(width=width, height=height, depth=30)
    dieline = make_dieline("box", size, DielineOptions(DielineStyle.HANG_TAB))
    holes = [bounds(cut.curves) for cut in dieline.of_kind(LineType.CUT)[1:] if cut.closed]
    assert [right - left for left, _, right, _ in holes] == pytest.approx([] if wide is None else [wide])


def test_a_side_that_lacks_nothing_but_the_rounding_of_sums_is_not_too_short() -> None:
    board = next(one for one in BOARDS if one.name == "B flute")
    tray = DielineOptions(DielineStyle.TRAY_LID, board=board)
    with pytest.raises(InvalidInputError, match=r"27\.0, 10\.0, 14\.2 mm too short"):
        make_dieline("box", Dimensions(width=10, height=10, depth=10), tray)
    make_dieline("box", Dimensions(width=37, height=20, depth=24.2), tray)


@pytest.mark.parametrize("caliper", [0.3, 0.456, 1.6, 3.0])
@pytest.mark.parametrize("style", [DielineStyle.STRAIGHT_TUCK, DielineStyle.MAILER])
def test_tuck_flaps_fill_the_opening_and_are_straight_for_half_their_depth(
    style: DielineStyle, caliper: float
) -> None:
    for size in (SIZES[0], Dimensions(width=44, height=60, depth=60)):
        options = DielineOptions(style, board=even_board("b", caliper))
        dieline = make_dieline("box", size, options)
        plates = {plate.plate_id: plate for plate in blank_plates(dieline.manufacturing, options)}
        tuck = next(plate for plate in plates.values() if plate.role == "tuck")
        left, top, right, bottom = tuck.box
        beside = (size.width - (right - left)) / 2
        if style is DielineStyle.MAILER:
            beside = (plates["top"].box[2] - plates["top"].box[0] + 2 * 0.25 - (right - left)) / 2
        least, most = (1.2, 1.3) if style is DielineStyle.MAILER else (caliper, caliper + 0.75)
        assert least - 1e-9 <= beside <= most, "from creases, or inner walls"
        straight = [curve for curve in tuck.free if isinstance(curve, Segment)]
        assert math.dist(straight[0].start, straight[0].end) >= (bottom - top) / 2 - 1e-9
        assert math.dist(straight[1].start, straight[1].end) >= (right - left) / 2 - 1e-9
