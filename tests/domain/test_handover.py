"""A design on its way into a file, out of one, and what one action changed of it."""

from __future__ import annotations

import pytest

from packdesk.domain import transitions
from packdesk.domain.change import DesignParts, check_untouched, difference, same_artwork
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.handover import carried, check_replaceable, replaced
from packdesk.domain.panels import FlatSize
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.state import PackagingState, PanelTexture, default_state, new_texture
from packdesk.errors import ChangedMeanwhileError, GenerationBusyError, NotPossibleError, PackageChangedError

THEN, NOW = "2026-11-23T10:00:00.000Z", "2026-11-24T10:00:00.000Z"
SIZE = Dimensions(width=120, height=80, depth=40)
EDIT = SizeEdit("box", SIZE)


def texture(panel_id: str, url: str = "file:///a.png", made: str = THEN) -> PanelTexture:
    return new_texture(panel_id, url, "a prompt", FlatSize(width=100, height=150), made)


def painted(*panel_ids: str, **fields: object) -> PackagingState:
    textures = {panel_id: texture(panel_id) for panel_id in panel_ids}
    return default_state().model_copy(update={"panel_textures": textures, "created_at": THEN, **fields})


def test_a_design_travels_at_rest_with_the_pictures_that_are_there() -> None:
    state = painted("front", "top", in_progress=True, generating_panels=["back"], last_error="No.")
    found = carried(state, {"front": "textures/1.png", "left": "textures/2.png"})
    assert {name: one.texture_url for name, one in found.panel_textures.items()} == {
        "front": "textures/1.png"
    }
    assert found.panel_textures["front"].prompt == "a prompt"
    assert (found.generating, found.last_error, found.generating_panels) == (False, None, [])


def test_another_design_takes_no_place_that_is_in_use() -> None:
    with pytest.raises(GenerationBusyError):
        check_replaceable(painted(in_progress=True), with_artwork=True)
    with pytest.raises(NotPossibleError, match="has artwork") as caught:
        check_replaceable(painted("front"), with_artwork=False)
    assert caught.value.remedy
    check_replaceable(painted("front"), with_artwork=True)
    check_replaceable(painted(), with_artwork=False)


def test_the_opened_design_stands_with_what_others_keep_beside() -> None:
    state = PackagingState.model_validate(painted("top", last_error="No.").model_dump() | {"theirs": 1})
    opened = PackagingState.model_validate(
        painted("front", package_dimensions=SIZE).model_dump() | {"own": 2, "created_at": None}
    )
    found = replaced(state, opened, NOW)
    assert (list(found.panel_textures), found.package_dimensions) == (["front"], SIZE)
    assert found.model_extra == {"theirs": 1, "own": 2}
    assert (found.created_at, found.updated_at, found.last_error) == (NOW, NOW, None)
    assert replaced(state, painted(), NOW).created_at == THEN


def test_a_change_names_what_differs_and_nothing_else() -> None:
    before = painted("front", "top")
    assert difference("size", before, before) is None
    change = difference("size", before, transitions.resize(before, EDIT, NOW))
    assert change is not None
    assert (change.before.dimensions, change.after.dimensions) == (before.package_dimensions, SIZE)
    assert change.before.textures == change.after.textures == {}
    bare = transitions.clear_panel(before, "top", NOW)
    change = difference("panel cleared", before, bare)
    assert change is not None
    assert (change.before.dimensions, change.before.textures) == (None, {"top": texture("top")})
    assert change.after.textures == {"top": None}
    assert difference("panel cleared", before, bare, ["front"]) is None


def test_two_changes_of_a_row_are_taken_back_as_one() -> None:
    before = painted("front")
    between = transitions.resize(before, EDIT, NOW)
    last = transitions.resize(between, SizeEdit("box", Dimensions(width=50, height=60, depth=70)), NOW)
    first, second = difference("size", before, between), difference("size", between, last)
    assert first is not None
    assert second is not None
    whole = first.then(second)
    assert transitions.apply_change(last, whole.back(), NOW).package_dimensions == before.package_dimensions
    assert transitions.apply_change(before, whole, NOW).package_dimensions == last.package_dimensions
    with pytest.raises(ChangedMeanwhileError, match="size was changed"):
        transitions.apply_change(between, whole.back(), NOW)


def test_a_picture_cut_anew_is_the_same_work_and_another_is_not() -> None:
    one, cut = texture("front"), texture("front", "file:///cut.png", "2026-11-23T10:00:00Z")
    assert same_artwork(one, cut)
    assert same_artwork(None, None)
    assert not same_artwork(one, None)
    assert same_artwork(one, texture("front", made=NOW)), "at the same place"
    assert not same_artwork(one, texture("front", "file:///b.png", NOW))
    assert not same_artwork(one, cut.model_copy(update={"prompt": "another"}))
    unsaid = [texture("front", url).model_copy(update={"generated_at": None}) for url in ("a", "b")]
    assert not same_artwork(*unsaid)


def test_a_part_somebody_changed_is_named() -> None:
    state = painted("front", "top")
    check_untouched(state, DesignParts("box", state.package_dimensions, state.panel_textures))
    with pytest.raises(ChangedMeanwhileError, match="type"):
        check_untouched(state, DesignParts("cylinder"))
    with pytest.raises(ChangedMeanwhileError, match="size"):
        check_untouched(state, DesignParts("box", SIZE))
    with pytest.raises(ChangedMeanwhileError, match="“top”"):
        check_untouched(state, DesignParts("box", None, {"front": texture("front"), "top": None}))


def test_a_picture_made_for_another_size_is_cut_anew_where_it_still_shows() -> None:
    size = FlatSize(width=120, height=80)
    state = transitions.resize(painted("front", "top"), EDIT, NOW)
    assert transitions.outgrown_panels(state) == ["front", "top"]
    assert transitions.outgrown_panels(painted("front")) == []
    recut = transitions.Recut("front", "file:///a.png", "file:///b.png", size)
    found = transitions.refit_texture(state, recut, NOW)
    front = found.panel_textures["front"]
    assert (front.texture_url, front.generated_at) == ("file:///b.png", THEN)
    assert (front.dimensions.width, front.dimensions.height) == (120, 80)
    assert found.panel_textures["top"] == state.panel_textures["top"]
    assert transitions.outgrown_panels(found) == ["top"]
    for late in (
        recut._replace(former_url="file:///other.png"),
        recut._replace(panel_id="back"),
        recut._replace(size=FlatSize(width=120, height=81)),
    ):
        assert transitions.refit_texture(state, late, NOW) is state


@pytest.mark.parametrize(
    ("width", "height", "outgrown"), [(100, 150, []), (100, 151, ["front"]), (99, 150, ["front"])]
)
def test_each_side_counts_as_it_is_written(width: float, height: float, outgrown: list[str]) -> None:
    made = new_texture("front", "file:///a.png", "a", FlatSize(width=width + 0.0004, height=height), THEN)
    state = painted(panel_textures={"front": made})
    assert transitions.outgrown_panels(state) == outgrown
    unsaid = made.model_copy(update={"dimensions": made.dimensions.model_copy(update={"height": None})})
    assert transitions.outgrown_panels(painted(panel_textures={"front": unsaid})) == [], "others may not say"


def test_a_picture_is_laid_anew_only_where_it_was() -> None:
    state = painted("front")
    recut = transitions.Recut("front", "", "file:///b.png", FlatSize(width=90, height=90))
    found = transitions.arrange_texture(state, recut, texture("front"), NOW).panel_textures["front"]
    assert (found.texture_url, found.generated_at, found.dimensions.width) == ("file:///b.png", NOW, 90)
    with pytest.raises(ChangedMeanwhileError):
        transitions.arrange_texture(state, recut, texture("front", "file:///c.png", NOW), NOW)


def test_the_day_a_design_began_is_kept_and_set_once() -> None:
    assert transitions.resize(painted(), EDIT, NOW).created_at == THEN
    assert transitions.resize(default_state(), EDIT, NOW).created_at == NOW


def test_taking_a_picture_off_a_bare_panel_changes_nothing() -> None:
    state = painted("front")
    assert transitions.clear_panel(state, "top", NOW) is state
    assert transitions.clear_panel(state, "front", NOW).panel_textures == {}


@pytest.mark.parametrize(
    ("created", "updated", "anew"),
    [(THEN, NOW, False), (NOW, NOW, True), (None, None, True), (None, NOW, False)],
)
def test_pictures_belong_to_the_design_they_were_made_for(
    created: str | None, updated: str | None, anew: bool
) -> None:
    state = painted(created_at=created, updated_at=updated)
    made = {"front": texture("front")}
    if anew:
        with pytest.raises(PackageChangedError, match="new design"):
            transitions.finish(state, painted(), made, None, NOW)
    else:
        assert list(transitions.finish(state, painted(), made, None, NOW).panel_textures) == ["front"]
    assert transitions.finish(state, painted(), {}, "No.", NOW).last_error == "No."


def test_only_a_batch_is_marked_as_one() -> None:
    one, many = (transitions.begin(painted(), ["front"], NOW, bulk=bulk) for bulk in (False, True))
    assert (one.bulk_generation_in_progress, one.generating_panels) == (False, ["front"])
    assert (many.bulk_generation_in_progress, many.generating_panel) == (True, None)
    with pytest.raises(GenerationBusyError, match="this design"):
        transitions.begin(painted(in_progress=True), ["front"], NOW, bulk=False)
