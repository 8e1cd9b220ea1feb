"""A mailer, and a tray with its lid: what goes into what, where artwork stands, and which sizes they have."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from support.outlines import exact_area

from packdesk.domain.dieline.board import Board, even_board
from packdesk.domain.dieline.build import blank_plates, make_dieline, shown_dieline
from packdesk.domain.dieline.fold import fold_plates, folded, in_space, stays_in_pieces
from packdesk.domain.dieline.outline import bounds, flattened
from packdesk.domain.dieline.plates import Role
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.structures import panels_on_blank
from packdesk.domain.dieline.swing import swings
from packdesk.domain.dieline.thick import slabs
from packdesk.domain.dieline.trays import PLAY_MM, TRAY_STYLES
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType, Sized
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.ears import crossed, triangulated
from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.domain.preflight import preflight
from packdesk.domain.state import default_state
from packdesk.errors import InvalidInputError

SIZE = Dimensions(width=180, height=60, depth=120)
BOARDS = [even_board("thin", 0.3), even_board("E flute", 1.6), Board("out", 1.5, 1.5, 0)]
UP = {"front": (0, 0, 1), "back": (0, 0, 1), "left": (0, 0, 1), "right": (0, 0, 1)}
UP |= {"top": (0, 1, 0), "bottom": (0, 1, 0)}


@pytest.mark.parametrize("style", TRAY_STYLES)
def test_artwork_is_upright_and_faces_outwards_on_the_closed_box(style: DielineStyle) -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(style, board=even_board("E flute", 1.6)))
    matrices = folded(dieline, 1.0)
    for panel in dieline.panels:
        turned = matrices[panel.panel_id]
        foot, head = (in_space(turned, np.array([panel.point(0.5, v)]))[0] for v in (1.0, 0.0))
        way = (head - foot) / np.linalg.norm(head - foot)
        wanted = np.array(UP[panel.panel_id], float)
        if panel.panel_id == "bottom":  # read from the front, its upper edge is that at the front
            wanted = -wanted
        assert way == pytest.approx(wanted, abs=1e-9)
        middle = in_space(turned, np.array([panel.centre]))[0] - (0, 0, 30)
        assert float(middle @ -turned[:3, 2]) > 0, "its printed side is outside"
    assert {panel.panel_id for panel in dieline.panels} == set(PANEL_IDS["box"])
    assert stays_in_pieces("box", dieline.options)


@pytest.mark.parametrize("board", BOARDS)
def test_the_latches_of_a_mailer_go_through_its_slots(board: Board) -> None:
    options = DielineOptions(DielineStyle.MAILER, board=board)
    dieline = make_dieline("box", SIZE, options)
    solids = {solid.names[0]: solid for solid in slabs(dieline) if len(solid.names) == 1}
    plates = blank_plates(SIZE, options)
    latches = [plate.plate_id for plate in plates if plate.role is Role.LATCH]
    slots = [bounds(path.curves) for path in dieline.of_kind(LineType.CUT)[1:]]
    assert len(latches) == len(slots) == 4
    left, top, right, bottom = plates[0].box
    middle = (left + right) / 2, (top + bottom) / 2
    for name, slot in zip(latches, slots, strict=True):
        latch = solids[name]
        along = latch.outline[:, 1] + middle[1]
        assert slot[0] <= latch.low + middle[0] <= latch.high + middle[0] <= slot[2]
        assert slot[1] <= along.min() <= along.max() <= slot[3]
        wide = slot[2] - slot[0]
        assert 2.3 * board.caliper <= wide <= max(3.5 * board.caliper, 1.8), "as public drawings have it"
        assert left == pytest.approx(slot[0]) or right == pytest.approx(slot[2]), "no strip beside the crease"
        assert latch.outline[:, 2].min() == pytest.approx(-board.outside_gain), "level with the floor"


def test_the_slots_of_a_mailer_are_bays_of_the_creases_of_its_sides() -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(DielineStyle.MAILER, board=BOARDS[1]))
    floor = dieline.panel("bottom")
    lines = [line for path in dieline.of_kind(LineType.CREASE) for line in path.curves]
    beside = [line for line in lines if line.start[0] == line.end[0] == pytest.approx(floor.x)]
    slots = [bounds(path.curves) for path in dieline.of_kind(LineType.CUT)[1:]]
    creased = sum(abs(line.end[1] - line.start[1]) for line in beside)
    cut = sum(lower - upper for left, upper, _, lower in slots if left == pytest.approx(floor.x))
    assert len(beside) == 3
    assert creased == pytest.approx(SIZE.depth - cut)
    (piece,) = [plate for plate in fold_plates(dieline) if plate.plate_id == "bottom"]
    across, down = (piece.outline - np.roll(piece.outline, -1, 0)).T
    assert (across * down == 0).all(), "the outline walks around them"
    taken = sum((right - left) * (lower - upper) for left, upper, right, lower in slots)
    whole = SIZE.width * SIZE.depth
    assert abs(crossed(piece.outline, np.roll(piece.outline, -1, 0)).sum()) / 2 == pytest.approx(
        whole - taken
    )
    triangles = triangulated(piece.outline).reshape(-1, 3, 2)
    covered = np.abs(crossed(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])).sum() / 2
    assert covered == pytest.approx(whole - taken)


@pytest.mark.parametrize("board", BOARDS)
def test_a_lid_goes_over_its_tray_with_play_all_around(board: Board) -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(DielineStyle.TRAY_LID, board=board))
    solids = {solid.names[0]: solid for solid in slabs(dieline) if len(solid.names) == 1}
    assert solids["tray-front"].low - solids["front"].high == pytest.approx(PLAY_MM)
    assert solids["tray-left"].low - solids["front-left-glue"].high == pytest.approx(PLAY_MM)
    assert solids["tray-front"].outline[:, 2].max() < solids["top"].low
    lifted = folded(dieline, 0.8)
    tray = max(
        in_space(lifted[plate.plate_id], np.array(flattened(plate.outline)))[:, 2].max()
        for plate in blank_plates(SIZE, dieline.options)
        if plate.plate_id.startswith("tray")
    )
    assert lifted["top"][2, 3] - SIZE.height > 0.5 * tray, "from above"


@pytest.mark.parametrize("board", [None, *BOARDS, even_board("thick", 3)])
@pytest.mark.parametrize("sides", [(60, 120, 40), (100, 150, 100), (250, 60, 180), (60, 1900, 30)])
def test_the_ears_of_a_mailer_turn_in_behind_its_front(
    sides: tuple[float, float, float], board: Board | None
) -> None:
    size = Dimensions(width=sides[0], height=sides[1], depth=sides[2])
    dieline = make_dieline("box", size, DielineOptions(DielineStyle.MAILER, board=board, tuck=30))
    far = swings(dieline, np.linspace(0.7, 1.0, 31))
    assert far.pop("top-bottom-tuck") > 0, "a hand bends it"
    assert far == {"top-left-dust": 0, "top-right-dust": 0}
    for ear in (plate for plate in blank_plates(size, dieline.options) if plate.role is Role.DUST):
        left, upper, right, lower = ear.box
        depth = dieline.panel("top").sheet_size[1]
        assert right - left >= 0.5 * min(depth, sides[1]), "they hold the lid inside the sides"
        assert lower - upper > 0.75 * depth


def test_a_mailers_ears_are_folded_when_its_inner_walls_are_down() -> None:
    size = Dimensions(width=60, height=120, depth=40)
    dieline = make_dieline("box", size, DielineOptions(DielineStyle.MAILER, board=BOARDS[1]))
    plates = {
        plate.plate_id: np.array(flattened(plate.outline)) for plate in blank_plates(size, dieline.options)
    }
    moving = 0
    for share in np.linspace(0.45, 0.75, 31):
        matrices = folded(dieline, share)
        placed = {name: in_space(matrices[name], outline) for name, outline in plates.items()}
        if placed["left-inner"][:, 2].max() > size.height + 1e-6:
            moving += 1
            nearest = placed["left-inner"][:, 1].max()
            assert min(placed[name][:, 1].min() for name in ("top-left-dust", "top-bottom-tuck")) > nearest
    assert moving > 5
    assert placed["top-left-dust"][:, 1].min() < 0, "and all are folded before the lid turns"


@pytest.mark.parametrize("board", [None, even_board("B flute", 3.2)])
def test_the_corner_flaps_of_a_tray_are_glued_on_nearly_all_of_their_length(board: Board | None) -> None:
    options = DielineOptions(DielineStyle.TRAY_LID, board=board)
    plates = blank_plates(Dimensions(width=300, height=100, depth=200), options)
    corners = [plate for plate in plates if plate.role is Role.GLUE]
    assert len(corners) == 8
    for flap in corners:
        left, upper, right, lower = flap.box
        assert right - left == pytest.approx(options.glue), "as wide as suits the board"
        assert exact_area(flap.outline) > 0.8 * (right - left) * (lower - upper)


def test_a_lid_is_above_its_tray_before_it_comes_over_it() -> None:
    size = Dimensions(width=600, height=20, depth=120)
    dieline = make_dieline("box", size, DielineOptions(DielineStyle.TRAY_LID, board=BOARDS[1]))
    plates = {
        plate.plate_id: np.array(flattened(plate.outline)) for plate in blank_plates(size, dieline.options)
    }
    for share in np.linspace(0.5, 0.8, 31):
        matrices = folded(dieline, share)
        placed = {name: in_space(matrices[name], outline) for name, outline in plates.items()}
        tray = [name for name in plates if name == "bottom" or name.startswith("tray")]
        below = np.concatenate([placed[name] for name in tray])
        above = np.concatenate([points for name, points in placed.items() if name not in tray])
        beside = above[:, 0].min() >= below[:, 0].max() or share == 0.8  # there it goes down around it
        assert beside or above[:, 2].min() >= below[:, 2].max()


def test_sizes_typed_are_those_of_the_box() -> None:
    board = even_board("E flute", 1.6)
    for style in TRAY_STYLES:
        for typed in Sized:
            sizes = sizes_of("box", SIZE, DielineOptions(style, board=board, sized=typed))
            named = {
                Sized.CREASE: sizes.manufacturing,
                Sized.INSIDE: sizes.inside,
                Sized.OUTSIDE: sizes.outside,
            }
            assert named[typed].as_tuple() == pytest.approx(SIZE.as_tuple())
    mailer = sizes_of("box", SIZE, DielineOptions(DielineStyle.MAILER, board=board))
    inner = 2 * (1.6 + 1.6 + 0.8)  # a corner flap behind the side, and the inner wall behind that
    assert mailer.manufacturing.width - mailer.inside.width == pytest.approx(inner)
    solids = {
        solid.names[0]: solid
        for solid in slabs(make_dieline("box", SIZE, DielineOptions(DielineStyle.MAILER, board=board)))
    }
    room = solids["right-inner"].low - solids["left-inner"].high
    assert room == pytest.approx(mailer.inside.width)


def test_what_has_no_room_is_said_and_a_mailer_wants_no_glue() -> None:
    options = [DielineOptions(style, board=even_board("board", 3)) for style in TRAY_STYLES]
    with pytest.raises(InvalidInputError, match=r"The height of 14 mm is 2\.0 mm too short"):
        make_dieline("box", Dimensions(width=90, height=14, depth=90), options[0])
    with pytest.raises(InvalidInputError, match=r"The width of 30 mm is 5\.0 mm too short"):
        make_dieline("box", Dimensions(width=30, height=40, depth=90), options[1])
    state = default_state("box").model_copy(update={"package_dimensions": SIZE})
    for style, glued in ((DielineStyle.MAILER, False), (DielineStyle.TRAY_LID, True)):
        rules = {one.rule for one in preflight(state, {}, DielineOptions(style, glue_flap=0))}
        assert ("no-glue-flap" in rules) == glued
        assert not make_dieline("box", SIZE, DielineOptions(style, glue_flap=0)).of_kind(LineType.GLUE)


def test_a_mailers_artwork_runs_over_its_rolled_edges() -> None:
    dieline = make_dieline(
        "box", SIZE, DielineOptions(DielineStyle.MAILER, board=even_board("b", 1.6), bleed=3)
    )
    left, lowest = dieline.panel("left"), panel_sizes("box", SIZE)["left"]
    _, _, right, _ = bounds(left.artwork.curves)
    outer = min(point[0] for point in flattened(left.artwork.curves))
    assert right == pytest.approx(left.x + left.sheet_size[0])
    assert left.x - outer == pytest.approx(1.6 + 1.6 + 3), "the roll, and the bleed beyond"
    assert (left.width, left.height) == (lowest.width, lowest.height)


@pytest.mark.parametrize("style", [*TRAY_STYLES, DielineStyle.AUTO_LOCK])
def test_whatever_another_program_sets_is_shown(style: DielineStyle) -> None:
    for sides in product((10, 60, 2000), repeat=3):
        size = Dimensions(width=sides[0], height=sides[1], depth=sides[2])
        for caliper, glue in ((0.0, 0.0), (4.0, 100.0), (9.9, 15.0)):
            asked = DielineOptions(style, caliper=caliper, glue_flap=glue, flap_art=True, nicks=5)
            shown = shown_dieline("box", size, asked)
            assert {panel.panel_id for panel in shown.panels} == set(panels_on_blank("box", style))
            assert np.isfinite(np.concatenate([one.outline for one in fold_plates(shown)])).all()
