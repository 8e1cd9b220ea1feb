"""The changes a design can undergo."""

from __future__ import annotations

import pytest

from packdesk.domain import transitions
from packdesk.domain.change import difference
from packdesk.domain.dimensions import DEFAULT_DIMENSIONS, Dimensions
from packdesk.domain.panels import FlatSize
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.state import PackagingState, PanelTexture, default_state, new_texture
from packdesk.errors import ChangedMeanwhileError, GenerationBusyError, PackageChangedError

NOW = "2026-11-23T10:00:00.000Z"
SIZE = Dimensions(width=120, height=80, depth=40)


def texture(panel_id: str, url: str = "file:///a.png") -> PanelTexture:
    return new_texture(panel_id, url, "a prompt", FlatSize(width=100, height=150), NOW)


def painted(*panel_ids: str) -> PackagingState:
    return transitions.finish(
        default_state(), default_state(), {name: texture(name) for name in panel_ids}, None, NOW
    )


def test_resizing_keeps_the_artwork() -> None:
    state = transitions.resize(painted("front"), SizeEdit("box", SIZE, switches=True), NOW)
    assert state.package_dimensions.as_tuple() == (120, 80, 40)
    assert list(state.panel_textures) == ["front"]
    assert state.updated_at == NOW


def test_resizing_to_the_same_size_changes_nothing() -> None:
    state = painted("front")
    assert (
        transitions.resize(state, SizeEdit("box", DEFAULT_DIMENSIONS["box"], switches=True), "later") is state
    )


def test_another_type_gets_its_default_size_and_no_artwork() -> None:
    state = transitions.resize(
        painted("front", "top"), SizeEdit("cylinder", DEFAULT_DIMENSIONS["cylinder"], switches=True), NOW
    )
    assert state.package_type == "cylinder"
    assert state.package_dimensions == DEFAULT_DIMENSIONS["cylinder"]
    assert state.panel_textures == {}


def test_a_size_never_undoes_a_type_switch() -> None:
    with pytest.raises(PackageChangedError):
        transitions.resize(painted("front"), SizeEdit("cylinder", DEFAULT_DIMENSIONS["cylinder"]), NOW)
    assert transitions.resize(painted("front"), SizeEdit("box", SIZE), NOW).package_dimensions.width == 120


def test_unknown_fields_of_the_size_survive_switch_and_clear() -> None:
    size = Dimensions.model_validate({"width": 1, "height": 2, "depth": 3, "unit": "mm"})
    state = default_state().model_copy(update={"package_dimensions": size})
    switched = transitions.resize(
        state, SizeEdit("cylinder", DEFAULT_DIMENSIONS["cylinder"], switches=True), NOW
    )
    for changed in (switched, transitions.clear(switched, NOW)):
        assert changed.package_dimensions.model_dump()["unit"] == "mm"


def test_finishing_into_a_new_design_is_refused() -> None:
    begun = transitions.begin(default_state(), ["front"], NOW, bulk=False)
    cleared = transitions.clear(begun, "2026-11-23T11:00:00.000Z")
    with pytest.raises(PackageChangedError, match="new design"):
        transitions.finish(cleared, begun, {"front": texture("front")}, None, NOW)


def test_beginning_a_batch_sets_all_flags() -> None:
    state = transitions.begin(default_state(), ["front", "back"], NOW, bulk=True)
    assert state.in_progress
    assert state.bulk_generation_in_progress
    assert state.generating_panel is None
    assert state.generating_panels == ["front", "back"]
    assert state.panels_in_work() == ("front", "back")


def test_beginning_one_panel_names_it() -> None:
    state = transitions.begin(default_state(), ["front"], NOW, bulk=False)
    assert (state.in_progress, state.generating_panel) == (True, "front")
    assert not state.bulk_generation_in_progress


def test_nobody_begins_twice() -> None:
    state = transitions.begin(default_state(), ["front"], NOW, bulk=False)
    with pytest.raises(GenerationBusyError, match="front"):
        transitions.begin(state, ["back"], NOW, bulk=True)


def test_finishing_puts_successes_together_and_names_failures() -> None:
    begun = transitions.begin(painted("front"), ["back", "top"], NOW, bulk=True)
    state = transitions.finish(begun, begun, {"back": texture("back")}, "No artwork for top.", NOW)
    assert set(state.panel_textures) == {"front", "back"}
    assert state.last_error == "No artwork for top."
    assert not state.generating
    assert state.panels_in_work() == ()


def test_finishing_for_another_type_is_refused() -> None:
    other = transitions.resize(
        default_state(), SizeEdit("cylinder", DEFAULT_DIMENSIONS["cylinder"], switches=True), NOW
    )
    with pytest.raises(PackageChangedError):
        transitions.finish(other, default_state(), {"front": texture("front")}, None, NOW)


def test_failing_clears_the_flags_and_keeps_the_artwork() -> None:
    begun = transitions.begin(painted("front"), ["back"], NOW, bulk=False)
    state = transitions.fail(begun, "It failed.", NOW)
    assert not state.generating
    assert state.last_error == "It failed."
    assert list(state.panel_textures) == ["front"]


def test_clearing_returns_to_the_default_box() -> None:
    cylinder = transitions.resize(
        painted("front"), SizeEdit("cylinder", DEFAULT_DIMENSIONS["cylinder"], switches=True), NOW
    )
    state = transitions.clear(cylinder, "later")
    assert state.package_type == "box"
    assert state.package_dimensions == DEFAULT_DIMENSIONS["box"]
    assert state.panel_textures == {}
    assert state.created_at == "later"


def test_an_import_replaces_one_panel() -> None:
    state = transitions.put_textures(
        painted("front", "top"), "box", {"front": texture("front", "file:///b.png")}, NOW
    )
    assert state.panel_textures["front"].texture_url == "file:///b.png"
    assert state.panel_textures["top"].texture_url == "file:///a.png"
    with pytest.raises(PackageChangedError):
        transitions.put_textures(state, "cylinder", {"top": texture("top")}, NOW)


def test_no_panel_of_a_box_is_put_on_what_became_a_cylinder() -> None:
    made = new_texture("front", "file:///a.png", "a", FlatSize(width=100, height=150), "t")
    box = default_state().model_copy(update={"panel_textures": {"front": made}})
    bare = transitions.clear_panel(box, "front", "t")
    change = difference("panel cleared", box, bare)
    assert change is not None
    assert transitions.apply_change(bare, change.back(), "t").panel_textures == {"front": made}
    tin = transitions.resize(bare, SizeEdit("cylinder", DEFAULT_DIMENSIONS["cylinder"], switches=True), "t")
    with pytest.raises(ChangedMeanwhileError, match="package type was changed"):
        transitions.apply_change(tin, change.back(), "t")
