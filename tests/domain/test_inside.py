"""The inside: the blank turned over, what is glued there, and artwork that is kept for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from packdesk.domain.affine import Affine
from packdesk.domain.appearance import Appearance, appearance_values, read_appearance
from packdesk.domain.dieline.board import Board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.fold import fold_plates, folded, in_space
from packdesk.domain.dieline.inside import glued_inside, inside_points, seen_from_inside
from packdesk.domain.dieline.outline import bounds, flattened
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.inside import InsideArt, inside_of_design, with_inside
from packdesk.domain.preflight import PictureFacts, preflight
from packdesk.domain.sheet.placement import SheetPiece
from packdesk.domain.state import PackagingState, default_state

BOX, TUBE = Dimensions(width=100, height=150, depth=60), Dimensions(width=80, height=150, depth=80)
BOARD = Board("SBS", 0.5, 0.25, 0.25)
if TYPE_CHECKING:
    from packdesk.domain.geometry import FloatArray

STYLES = [style for style in DielineStyle if style is not DielineStyle.WRAP]
ONE, OTHER = "a" * 64, "b" * 64


def design(began: str = "2026-11-01T10:00:00Z") -> PackagingState:
    return default_state().model_copy(update={"created_at": began})


@pytest.mark.parametrize("style", STYLES)
def test_turned_over_and_back_is_the_same_cut(style: DielineStyle) -> None:
    blank = make_dieline("box", BOX, DielineOptions(style=style))
    inside = seen_from_inside(blank)
    assert bounds([curve for path in inside.of_kind(LineType.CUT) for curve in path.curves]) == pytest.approx(
        (0, 0, blank.width, blank.height)
    )
    for there, here in zip(seen_from_inside(inside).panels, blank.panels, strict=True):
        assert (there.x, there.y) == pytest.approx((here.x, here.y))
        assert there.rotation == here.rotation
        assert bounds(there.artwork.curves) == pytest.approx(bounds(here.artwork.curves))


def test_up_is_up_on_walls_and_turned_by_half_on_lids() -> None:
    blank = make_dieline("box", BOX, DielineOptions())
    inside = seen_from_inside(blank)
    front, lid = blank.panel("front"), blank.panel("top")
    # The left edge outside is the right edge inside; the upper edge stays the upper one.
    at = np.array([[front.x, front.y], [front.x + front.width, front.y + front.height]])
    assert inside_points(inside.panel("front"), blank.width, at).tolist() == [[1, 0], [0, 1]]
    # A lid is read by whoever lifts it: its picture ends at the crease, outside it begins there.
    hinge = np.array([[lid.x, lid.y + lid.height]])
    assert inside_points(inside.panel("top"), blank.width, hinge)[0, 1] == pytest.approx(1)


@pytest.mark.parametrize("board", [None, BOARD])
@pytest.mark.parametrize("style", STYLES)
def test_no_ink_is_where_glue_is_when_the_box_is_closed(style: DielineStyle, board: Board | None) -> None:
    """Glue of the folded blank, point by point, against the shares that stay bare."""
    blank = make_dieline("box", BOX, DielineOptions(style=style, board=board, caliper=0.5))
    matrices, bare, inside = folded(blank, 1.0), glued_inside(blank), seen_from_inside(blank)
    assert bool(bare) == bool(blank.of_kind(LineType.GLUE))  # a mailer needs none
    shapes = {plate.plate_id: plate.outline for plate in fold_plates(blank) if plate.panel_id is None}
    for path in blank.of_kind(LineType.GLUE):
        corners = np.array(flattened(path.curves))
        owner = next(name for name, box in shapes.items() if _within(corners, box))
        space = in_space(matrices[owner], corners)
        for panel in blank.panels:
            back = np.linalg.inv(matrices[panel.panel_id])
            local = space @ back[:3, :3].T + back[:3, 3]
            on_it = (
                panel.panel_id not in owner
                and np.abs(local[:, 2]).max() < 3
                and panel.contains(*local[:, :2].mean(axis=0))
            )
            if on_it:
                places = inside_points(inside.panel(panel.panel_id), blank.width, local[:, :2]).clip(0, 1)
                middle = places.mean(axis=0)
                assert any(
                    one.left <= middle[0] <= one.right and one.top <= middle[1] <= one.bottom
                    for one in bare[panel.panel_id]
                ), (style, owner, panel.panel_id)


def _within(corners: FloatArray, outline: FloatArray) -> bool:
    low, high = outline.min(axis=0) - 0.01, outline.max(axis=0) + 0.01
    return bool((corners >= low).all() and (corners <= high).all())


def test_a_straight_tuck_box_is_glued_at_the_free_edge_of_its_back() -> None:
    assert {
        name: [tuple(round(v, 2) for v in one) for one in shares]
        for name, shares in glued_inside(make_dieline("box", BOX, DielineOptions(glue_flap=20))).items()
    } == {"back": [(0.0, 0.0, 0.2, 1.0)]}


def test_a_label_is_glued_where_its_overlap_goes_under() -> None:
    blank = make_dieline("cylinder", TUBE, DielineOptions(glue_flap=15))
    ((strip,),) = glued_inside(blank).values()
    assert strip == pytest.approx((0, 0, 15 / blank.panel("body").width, 1))
    board = make_dieline("cylinder", TUBE, DielineOptions(board=BOARD))
    assert len(glued_inside(board)["body"]) == 3  # and where the discs' tabs stand


def test_what_is_kept_is_of_one_design_and_one_kind_of_package() -> None:
    state = design()
    kept = with_inside(
        (), state, [InsideArt("top", "box", ONE), InsideArt("front", "box", OTHER, name="x" * 900)]
    )
    assert list(inside_of_design(kept, state)) == ["front", "top"]
    assert len(kept[1].name) == 200
    assert inside_of_design(kept, design("2026-11-02T10:00:00Z")) == {}
    assert inside_of_design(kept, state.model_copy(update={"created_at": "2026-11-01T10:00:00.000000Z"}))
    tube = state.model_copy(update={"package_type": "cylinder"})
    assert inside_of_design(kept, tube) == {}
    more = with_inside(kept, tube, [InsideArt("top", "cylinder", ONE)])
    assert {art.package for art in more} == {"box", "cylinder"}
    assert with_inside(more, state, ["top", "front", "back"]) == (replace(more[2], began=state.created_at),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"panel_id": "body"},
        {"picture": "../" + ONE},
        {"turns": 4},
        {"piece": SheetPiece(Affine(a=float("nan")), 10, 10)},
        {"piece": SheetPiece(Affine(), 0, 10)},
    ],
)
def test_what_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        InsideArt(**({"panel_id": "top", "package": "box", "picture": ONE} | wrong))  # type: ignore[arg-type]


def test_it_stands_in_the_appearance() -> None:
    art = InsideArt("top", "box", ONE, "2026", "a.png", 1, "fit", SheetPiece(Affine(), 50, 60))
    shown = Appearance(inside=(art,))
    assert read_appearance(appearance_values(shown)) == shown


def test_preflight_of_the_inside() -> None:
    state = design()
    facts = {
        "inside/top": PictureFacts(problem="It is gone."),
        "inside/back": PictureFacts(100, 150),
        "inside/front": PictureFacts(2000, 3000),
    }
    found = {one.rule: one for one in preflight(state, facts, DielineOptions())}
    assert (found["inside-no-picture"].panel_id, found["inside-coarse"].panel_id) == ("top", "back")
    glued = found["inside-glue"]
    assert (glued.panel_id, glued.inside) == ("back", True)
    assert glued.place == pytest.approx((0, 0, 0.15, 1), abs=0.001)
    assert "inside" in found
    sleeve = {one.rule: one.panel_id for one in preflight(state, facts, DielineOptions(DielineStyle.SLEEVE))}
    assert sleeve["inside-not-on-blank"] == "top"
    lid = {"inside/top": PictureFacts(2000, 2000)}
    sealed = preflight(state, lid, DielineOptions(DielineStyle.SEAL_END))
    assert [str(one.level) for one in sealed if one.rule == "inside-glue"] == ["warning"]
