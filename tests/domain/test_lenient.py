"""Documents as other programs leave them are shown, kept as they are, and written exactly once changed."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain import transitions
from packdesk.domain.dimensions import DEFAULT_DIMENSIONS, Dimensions
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.state import status_of
from packdesk.domain.wire import decode_state, encode_state
from packdesk.errors import OtherLayoutError

NOW = "2026-11-27T10:00:00.000Z"
PLAIN: dict[str, Any] = {
    "package_type": "box",
    "package_dimensions": {"width": 120, "height": 150, "depth": 90},
    "panel_textures": {"front": {"panel_id": "front", "texture_url": "file:///a.png", "prompt": "floral"}},
}


def decoded(**fields: Any) -> Any:
    return decode_state(json.dumps(PLAIN | fields).encode())


def written(state: Any) -> Any:
    return json.loads(encode_state(state))


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({}, (100, 150, 100)),
        (None, (100, 150, 100)),
        ({"width": 0, "height": 0, "depth": 0}, (100, 150, 100)),
        ({"width": 120, "height": None, "depth": 90}, (120, 150, 90)),
        ({"width": -5, "height": True, "depth": 1e9}, (100, 150, 100)),
        ({"width": "120", "height": "tall", "depth": ""}, (120, 150, 100)),
        ({"width": [1], "height": {}, "depth": 90}, (100, 150, 90)),
    ],
)
def test_missing_sizes_are_shown_as_the_usual_ones_and_kept(sizes: Any, shown: tuple[int, ...]) -> None:
    state = decoded(package_dimensions=sizes)
    assert state.package_dimensions.as_tuple() == shown
    assert state.notes
    assert written(state)["package_dimensions"] == sizes
    imported = transitions.put_textures(state, "box", {"back": state.panel_textures["front"]}, NOW)
    assert written(imported)["package_dimensions"] == sizes, "nobody changed the size"
    taller = Dimensions(width=shown[0], height=300, depth=shown[2])
    sized = written(transitions.resize(state, SizeEdit("box", taller), NOW))
    assert {side: sized["package_dimensions"][side] for side in ("width", "height", "depth")} == {
        "width": shown[0],
        "height": 300,
        "depth": shown[2],
    }
    cleared = written(transitions.clear(state, NOW))["package_dimensions"]
    assert {side: cleared[side] for side in ("width", "height", "depth")} == DEFAULT_DIMENSIONS[
        "box"
    ].model_dump()


def test_sizes_that_are_not_there_at_all() -> None:
    document = {key: value for key, value in PLAIN.items() if key != "package_dimensions"}
    state = decode_state(json.dumps(document).encode())
    assert state.package_dimensions == DEFAULT_DIMENSIONS["box"]
    assert "package_dimensions" not in written(state)


def test_a_cylinder_is_as_deep_as_it_is_wide_whatever_its_depth_says() -> None:
    sizes = {"width": 120, "height": 150, "depth": 80, "unit": "mm"}
    state = decoded(package_type="cylinder", package_dimensions=sizes, panel_textures={})
    assert state.package_dimensions.as_tuple() == (120, 150, 120)
    assert "diameter" in state.notes[0]
    assert written(state)["package_dimensions"] == sizes
    taller = transitions.resize(
        state, SizeEdit("cylinder", Dimensions(width=120, height=200, depth=120)), NOW
    )
    assert written(taller)["package_dimensions"] == sizes | {"height": 200, "depth": 120}


NULLS: dict[str, Any] = {
    "panel_textures": None,
    "generating_panels": None,
    "in_progress": None,
    "bulk_generation_in_progress": None,
    "last_error": {"detail": "no"},
    "created_at": 1764230400,
    "updated_at": 1764230400.5,
    "generating_panel": 7,
}


@pytest.mark.parametrize("field", NULLS)
def test_null_and_odd_fields_are_read_and_kept(field: str) -> None:
    state = decoded(**{field: NULLS[field]})
    assert written(state)[field] == NULLS[field]
    assert not state.generating


@pytest.mark.parametrize(
    "texture",
    [
        {"prompt": None},
        {"dimensions": None},
        {"dimensions": {"width": 0, "height": None, "bleed": 3}},
        {"dimensions": {"width": "100"}},
        {"panel_id": None},
        {"generated_at": 1764230400},
        {"prompt": None, "dimensions": None, "generated_at": None, "model": "m"},
    ],
)
def test_an_incomplete_texture_is_shown_and_kept_until_it_is_replaced(texture: dict[str, Any]) -> None:
    whole = PLAIN["panel_textures"]["front"] | texture
    state = decoded(panel_textures={"front": whole})
    assert state.panel_textures["front"].texture_url == "file:///a.png"
    assert written(state)["panel_textures"]["front"] == whole
    other = decoded().panel_textures["front"].model_copy(update={"prompt": "new", "generated_at": NOW})
    replaced = written(transitions.put_textures(state, "box", {"front": other}, NOW))
    assert replaced["panel_textures"]["front"]["prompt"] == "new"
    assert replaced["panel_textures"]["front"]["panel_id"] == "front"
    assert "front" not in written(transitions.clear_panel(state, "front", NOW))["panel_textures"]


@pytest.mark.parametrize(
    "texture", [None, {}, {"prompt": "floral"}, {"texture_url": None}, {"texture_url": ""}]
)
def test_a_texture_without_a_picture_leaves_the_panel_bare_and_is_kept(texture: Any) -> None:
    state = decoded(panel_textures={"front": texture, "back": PLAIN["panel_textures"]["front"]})
    assert list(state.panel_textures) == ["back"]
    assert "bare" in state.notes[0]
    assert written(state)["panel_textures"]["front"] == texture
    assert written(transitions.clear(state, NOW))["panel_textures"] == {}


damage: st.SearchStrategy[Any] = st.sampled_from([None, 0, "", -1, [], {}, "x", True, 1e400, "120"])


@given(
    st.dictionaries(st.sampled_from(["width", "height", "depth", "unit"]), damage),
    st.sampled_from(["box", "cylinder"]),
)
def test_whatever_the_sizes_are_they_are_shown_and_kept(sizes: dict[str, Any], kind: str) -> None:
    finite = {key: value for key, value in sizes.items() if value != float("inf")}
    state = decoded(package_type=kind, package_dimensions=finite, panel_textures={})
    width, height, depth = state.package_dimensions.as_tuple()
    assert min(width, height, depth) > 0
    assert kind == "box" or width == depth
    assert written(state)["package_dimensions"] == finite


def test_a_sound_document_has_no_notes() -> None:
    state = decoded()
    assert (state.notes, state.stand_ins) == ((), ())


def test_a_state_stays_itself_on_the_way_to_another_process() -> None:
    state = decoded(package_dimensions={}, panel_textures={"front": None})
    again = pickle.loads(pickle.dumps(state))
    assert again == state
    assert encode_state(again) == encode_state(state)


def test_the_status_names_the_one_panel_other_programs_name() -> None:
    status = status_of(decoded(in_progress=True, generating_panel="front"))
    assert status.generating_panels == ["front"]


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_the_layout_with_box_and_cylinder_kept_apart_is_named(kind: str) -> None:
    raw = json.dumps({"current_package_type": kind, f"{kind}_state": {"dimensions": {}}}).encode()
    with pytest.raises(OtherLayoutError) as caught:
        decode_state(raw)
    assert caught.value.sentence == (
        "This is the layout of the newer web application: box and cylinder kept apart."
    )


@pytest.mark.parametrize(("names", "read"), [(100, 100), (101, 100), (5000, 100)])
def test_of_a_long_list_of_panels_a_hundred_are_read(names: int, read: int) -> None:
    sizes = {"width": 90, "height": 90, "depth": 90}
    document = {
        "package_type": "box",
        "package_dimensions": sizes,
        "generating_panels": [f"panel {number}" for number in range(names)],
    }
    raw = json.dumps(document).encode()
    assert len(decode_state(raw).generating_panels) == read
    assert len(json.loads(encode_state(decode_state(raw)))["generating_panels"]) == names, "all are kept"
