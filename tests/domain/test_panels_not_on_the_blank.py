"""A structure without a place for a panel: its blank, its sizes, and what preflight says of the artwork."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw
from support.outlines import exact_area

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import blank_plates, make_dieline
from packdesk.domain.dieline.fold import fold_plates, folded, in_space, stays_in_pieces
from packdesk.domain.dieline.glued import flap_depth
from packdesk.domain.dieline.holes import bridges
from packdesk.domain.dieline.outline import Box, flattened
from packdesk.domain.dieline.plates import Role
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.snap import snap_of
from packdesk.domain.dieline.structures import BOX_STYLES, panels_on_blank
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, Hand, LineType, Sized
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.ears import crossed
from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.domain.preflight import Level, PictureFacts, preflight
from packdesk.domain.state import default_state, new_texture
from packdesk.errors import InvalidInputError
from packdesk.viewer.unfolding import fan

if TYPE_CHECKING:
    from packdesk.domain.geometry import FloatArray

SIZE = Dimensions(width=100, height=150, depth=60)
LOCKED = {Role.HOOK, Role.LOCK}
WALLS = ("front", "back", "left", "right")


@pytest.mark.parametrize("style", BOX_STYLES)
def test_the_blank_has_the_panels_of_its_style(style: DielineStyle) -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(style, perforated=True))
    named = tuple(panel.panel_id for panel in dieline.panels)
    assert named == panels_on_blank("box", style)
    assert [dieline.has(panel_id) for panel_id in PANEL_IDS["box"]] == [
        panel_id in named for panel_id in PANEL_IDS["box"]
    ]
    hinged = dieline.has("top") and style is not DielineStyle.TRAY_LID
    assert bool(dieline.of_kind(LineType.PERFORATION)) == hinged
    assert stays_in_pieces("box", dieline.options) or named == PANEL_IDS["box"]


def test_a_sleeve_is_its_walls_and_as_high_inside_as_outside() -> None:
    board = even_board("E flute", 1.6)
    assert panels_on_blank("box", DielineStyle.SLEEVE) == WALLS
    for options in (
        DielineOptions(DielineStyle.SLEEVE, caliper=1.6),
        DielineOptions(DielineStyle.SLEEVE, board=board, sized=Sized.INSIDE),
    ):
        named = sizes_of("box", SIZE, options)
        assert {size.height for size in named} == {150.0}
        assert named.outside.width - named.inside.width == pytest.approx(3.2)
        assert make_dieline("box", SIZE, options).height == 150
    thick = make_dieline("box", SIZE, DielineOptions(DielineStyle.SLEEVE, board=board, tuck=0.5))
    assert thick.width == pytest.approx(2 * 100 + 2 * 60 + 21 - 2 * 1.6), "no tuck is looked at"


def test_preflight_tells_what_is_kept_and_not_printed_and_nothing_else_of_it() -> None:
    textures = {
        name: new_texture(name, f"file:///{name}", "leaves", size, "2026-01-01T00:00:00.000Z")
        for name, size in panel_sizes("box", SIZE).items()
        if name != "bottom"
    }
    state = default_state("box").model_copy(update={"package_dimensions": SIZE, "panel_textures": textures})
    facts = {name: PictureFacts(4000, 4000, "gone") for name in ("top",)}
    found = preflight(state, facts, DielineOptions(DielineStyle.SLEEVE, safe=40))
    assert [(one.rule, one.level) for one in found if one.panel_id in {"top", "bottom"}] == [
        ("not-on-blank", Level.NOTE)
    ]
    assert not [one for one in found if one.rule in {"bare-panel", "no-picture", "no-tuck-flaps"}]


@pytest.mark.parametrize("caliper", [None, 0.5, 3.0])
def test_the_flaps_of_a_snap_lock_hold_each_other(caliper: float | None) -> None:
    board = even_board("board", caliper) if caliper else None
    options = DielineOptions(DielineStyle.SNAP_LOCK, board=board)
    assert panels_on_blank("box", DielineStyle.SNAP_LOCK) == (*WALLS, "top")
    plates = {plate.role: plate for plate in blank_plates(SIZE, options) if plate.plate_id.count("bottom")}
    depths = {role: flap_depth(plate) for role, plate in plates.items()}
    assert [depths[Role.CATCH], depths[Role.TONGUE]] == pytest.approx([45, 45]), "a quarter over the middle"
    widths = {role: plate.box[2] - plate.box[0] for role, plate in plates.items()}
    snap = snap_of(SIZE, 0.5 if caliper is None else max(caliper, 1.0))
    assert snap.tongue < snap.notch < widths[Role.CATCH]
    assert snap.half < SIZE.depth / 2 == snap.meet, "the tongue has a slot to go in through"
    assert snap.short < (SIZE.width - snap.tongue) / 2 < snap.long < SIZE.width / 2, "the sides are caught"
    matrices = folded(make_dieline("box", SIZE, options), 1.0)
    inwards = [float(matrices[plate.plate_id][2, 3]) for plate in plates.values()]
    assert len(set(np.round(inwards, 6))) == len(plates)


@pytest.mark.parametrize("caliper", [None, 0.5, 3.0])
def test_the_arms_of_a_snap_lock_are_held_by_the_flap_of_the_tongue(caliper: float | None) -> None:
    board = even_board("board", caliper) if caliper else None
    options = DielineOptions(DielineStyle.SNAP_LOCK, board=board)
    matrices = folded(make_dieline("box", SIZE, options), 1.0)
    plates = [plate for plate in blank_plates(SIZE, options) if plate.plate_id.count("bottom")]
    lie = {
        plate.plate_id: in_space(matrices[plate.plate_id], np.array(flattened(plate.outline)))[:, :2]
        for plate in plates
    }
    (tongue,) = [lie[plate.plate_id] for plate in plates if plate.role is Role.TONGUE]
    beside = np.sign(tongue[np.abs(tongue[:, 1]).argmax(), 1])  # of the middle, where its wall is
    arms = [lie[plate.plate_id] for plate in plates if plate.role is Role.SNAP]
    assert len(arms) == 2
    for arm in arms:
        tips = arm[np.abs(arm[:, 0]) < np.abs(arm[:, 0]).min() + 0.1]
        assert np.all(tips[:, 1] * beside > -1e-6)


def test_a_snap_lock_without_room_says_what_is_short() -> None:
    options = DielineOptions(DielineStyle.SNAP_LOCK, board=even_board("board", 3))
    with pytest.raises(InvalidInputError, match=r"The depth of 14 mm is 2\.0 mm too short"):
        make_dieline("box", Dimensions(width=80, height=90, depth=14), options)


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("caliper", [None, 0.5, 3.0])
def test_the_corners_of_an_auto_lock_lie_where_their_glue_is(caliper: float | None, hand: Hand) -> None:
    board = even_board("board", caliper) if caliper else None
    options = DielineOptions(DielineStyle.AUTO_LOCK, board=board, glue_side=hand, bleed=0)
    dieline = make_dieline("box", SIZE, options)
    plates = {plate.plate_id: plate for plate in blank_plates(SIZE, options)}
    creased = {tuple(path.curves) for path in dieline.of_kind(LineType.CREASE)}
    assert not dieline.has("bottom")
    matrices = folded(dieline, 1.0)
    areas = [np.array(flattened(path.curves)) for path in dieline.of_kind(LineType.GLUE)][1:]
    corners = [plate for plate in plates.values() if plate.role is Role.CORNER]
    assert len(areas) == len(corners) == 2
    on = {}
    for corner, area in zip(corners, areas, strict=True):
        assert (corner.hinge,) in creased, "flat in the box, folded while that is flat"
        (flap,) = [one for one in plates.values() if _within(area, one.box) and one.role in LOCKED]
        on[flap.role] = corner.parent
        lies = in_space(matrices[flap.plate_id], area)[:, :2]
        covered = in_space(matrices[corner.plate_id], np.array(flattened(corner.outline)))[:, :2]
        within = 2 * (caliper or 0) + 0.5 + 1e-6  # nominal flaps turn a little further
        assert np.all(lies >= covered.min(0) - within)
        assert np.all(lies <= covered.max(0) + within)
    assert set(on) == LOCKED


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("caliper", [None, 0.5, 3.0])
@pytest.mark.parametrize("sides", [(100, 150, 60), (80, 120, 40), (60, 200, 120), (40, 45, 60)])
def test_an_auto_lock_is_not_glued_shut_at_its_seam(
    sides: tuple[float, float, float], caliper: float | None, hand: Hand
) -> None:
    board = even_board("board", caliper) if caliper else None
    size = Dimensions(**dict(zip(("width", "height", "depth"), sides, strict=True)))
    plates = blank_plates(size, DielineOptions(DielineStyle.AUTO_LOCK, board=board, glue_side=hand))
    (seam,) = [plate for plate in plates if plate.role is Role.GLUE]
    (flap,) = [plate for plate in plates if plate.role in LOCKED and plate.parent == "back"]
    (back,) = [plate for plate in plates if plate.plate_id == "back"]
    assert seam.hinge is not None
    assert flap.hinge is not None
    edge = back.box[2 if hand is Hand.LEFT else 0]
    glued = np.array(flattened(seam.outline)) + np.array([edge - seam.hinge.x1, 0.0])
    folded_in = np.array(flattened(flap.outline)) * [1, -1] + np.array([0.0, 2 * flap.hinge.y1])
    assert _shared(glued, folded_in) < 1.0


def _shared(first: FloatArray, second: FloatArray) -> float:
    """Square millimetres that two outlines have in common, from pictures of ten pixels a millimetre."""
    corner = np.minimum(first.min(0), second.min(0))
    width, height = (int(side * 10) + 2 for side in np.maximum(first.max(0), second.max(0)) - corner)
    masks = []
    for outline in (first, second):
        mask = Image.new("1", (width, height))
        ImageDraw.Draw(mask).polygon([tuple(point) for point in (outline - corner) * 10], fill=1, width=0)
        masks.append(np.asarray(mask))
    return float(np.sum(masks[0] & masks[1])) / 100


def _within(points: FloatArray, box: Box) -> bool:
    return bool(np.all(points >= np.array(box[:2]) - 1e-6) and np.all(points <= np.array(box[2:]) + 1e-6))


def test_the_flaps_of_an_auto_lock_pass_each_other_at_the_middle() -> None:
    plates = blank_plates(SIZE, DielineOptions(DielineStyle.AUTO_LOCK, board=even_board("board", 0.5)))
    hook, lock = (next(one for one in plates if one.role is role) for role in (Role.HOOK, Role.LOCK))
    over = 60 / 8
    assert [flap_depth(hook), flap_depth(lock)] == pytest.approx([30 + over] * 2)
    low = Dimensions(width=100, height=30, depth=60)
    options = DielineOptions(DielineStyle.AUTO_LOCK, board=even_board("board", 0.5))
    with pytest.raises(InvalidInputError, match=r"The height of 30 mm is 8\.5 mm too short"):
        make_dieline("box", low, options)
    nominal = blank_plates(low, DielineOptions(DielineStyle.AUTO_LOCK))
    assert not [one for one in nominal if one.role in {*LOCKED, Role.ARM, Role.CORNER}], "left off, as ever"


HOLED = {DielineStyle.HANG_TAB: ("back-top-hang", 1, 2), DielineStyle.MAILER: ("bottom", 4, 0)}


@pytest.mark.parametrize("style", HOLED)
def test_holes_of_the_blank_are_holes_of_the_folded_package(style: DielineStyle) -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(style))
    holes = dieline.of_kind(LineType.CUT)[1:]
    name, count, walked = HOLED[style]
    (plate,) = [one for one in fold_plates(dieline) if one.plate_id == name]
    (whole,) = [one for one in blank_plates(SIZE, dieline.options) if one.plate_id == name]
    assert len(holes) == count
    triangles = fan(plate.outline).reshape(-1, 3, 2)
    area = -crossed(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]).sum() / 2
    missing = sum(exact_area(hole.curves) for hole in holes)
    assert area == pytest.approx(exact_area(whole.outline) - abs(missing), rel=1e-3)
    for hole in holes:
        middle = np.array(flattened(hole.curves)).mean(axis=0)
        sides = np.roll(triangles, -1, axis=1) - triangles
        assert (crossed(sides, middle - triangles) > 0).any(axis=1).all(), "nothing lies over it"
    assert bridges(plate.outline).sum() == walked, "there and back; to a bay no bridge is needed"


@pytest.mark.parametrize("style", [DielineStyle.SNAP_LOCK, *HOLED])
def test_a_flap_with_a_notch_or_a_hole_is_covered_once(style: DielineStyle) -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(style))
    for plate in fold_plates(dieline):
        after = np.roll(plate.outline, -1, 0)
        triangles = fan(plate.outline).reshape(-1, 3, 2)
        areas = crossed(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
        assert areas.max() <= 1e-9
        assert areas.sum() == pytest.approx(-crossed(plate.outline, after).sum())
