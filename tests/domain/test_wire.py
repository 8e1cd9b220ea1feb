"""Reading and writing the shared document loses nothing and accepts nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain import transitions
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.moments import moment, same_moment
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.state import default_state, utc_text
from packdesk.domain.wire import decode_state, design_of, encode_state, put_together
from packdesk.errors import ForeignDocumentError

SEED_FIELDS = [
    "package_type",
    "package_dimensions",
    "panel_textures",
    "in_progress",
    "generating_panel",
    "generating_panels",
    "bulk_generation_in_progress",
    "last_error",
    "created_at",
    "updated_at",
]
DOCUMENT: dict[str, Any] = {
    "package_type": "box",
    "package_dimensions": {"width": 100, "height": 150.5, "depth": 100, "unit": "mm"},
    "panel_textures": {
        "front": {
            "panel_id": "front",
            "texture_url": "data:image/png;base64,AAAA",
            "prompt": "vintage floral pattern",
            "generated_at": "2024-11-23T10:30:00Z",
            "dimensions": {"width": 100, "height": 150, "bleed": [3, {"unit": "mm"}]},
            "model": "m-1",
        },
        "lid": {"panel_id": "lid", "texture_url": "x", "prompt": "", "generated_at": None, "dimensions": {}},
    },
    "in_progress": False,
    "generating_panel": None,
    "generating_panels": [],
    "bulk_generation_in_progress": False,
    "last_error": None,
    "created_at": "2024-11-23T10:00:00Z",
    "updated_at": "2024-11-23T10:30:00.5+00:00",
    "tags": [],
    "big": 123456789012345678901234567890,
    "odd": "\ud800",
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def through(document: dict[str, Any]) -> Any:
    return json.loads(encode_state(decode_state(json.dumps(document).encode())))


def test_a_document_comes_back_as_it_was() -> None:
    assert through(DOCUMENT) == DOCUMENT


def test_a_new_state_has_the_seed_fields_in_their_order() -> None:
    assert list(json.loads(encode_state(default_state()))) == SEED_FIELDS


def test_whole_sizes_are_written_without_a_point() -> None:
    assert b'"width":100,' in encode_state(default_state())


@given(extras=st.dictionaries(st.text().filter(lambda key: key not in SEED_FIELDS), anything, max_size=4))
def test_unknown_fields_survive_a_change_at_every_depth(extras: dict[str, Any]) -> None:
    inside = {key: value for key, value in extras.items() if key not in {"width", "height", "depth"}}
    document = DOCUMENT | extras
    document["package_dimensions"] = {**inside, "width": 100, "height": 150, "depth": 100}
    state = decode_state(json.dumps(document).encode())
    changed = transitions.resize(
        state, SizeEdit("box", Dimensions(width=20, height=30, depth=40), switches=True), utc_text()
    )
    written = json.loads(encode_state(changed))
    assert written["package_dimensions"] == {**inside, "width": 20, "height": 30, "depth": 40}
    for field in ("package_dimensions", "updated_at"):
        document.pop(field)
        written.pop(field)
    assert written == document


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"{}",
        json.dumps({"current_package_type": "box", "box_state": {}}).encode(),
        json.dumps(DOCUMENT | {"package_type": "bag"}).encode(),
        json.dumps(DOCUMENT | {"package_dimensions": [100, 150, 100]}).encode(),
        b'{"package_type":"box","package_dimensions":{"width":NaN,"height":1,"depth":1}}',
        json.dumps(DOCUMENT | {"panel_textures": {"front": "x"}}).encode(),
        json.dumps(DOCUMENT | {"in_progress": "yes"}).encode(),
        json.dumps(DOCUMENT)[:-1].encode() + b', "deep": ' + b"[" * 600 + b"]" * 600 + b"}",
        json.dumps(DOCUMENT)[:-1].encode() + b', "far": 1e400}',
    ],
)
def test_what_is_no_packaging_state_is_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(ForeignDocumentError) as caught:
        decode_state(raw)
    assert caught.value.sentence.endswith(".")
    assert caught.value.remedy
    assert len(caught.value.sentence) < 200


def test_times_are_utc_and_end_in_z() -> None:
    assert utc_text().endswith("Z")
    assert len(utc_text()) == len("2024-11-23T10:30:00.000Z")


APART: dict[str, Any] = {
    "current_package_type": "cylinder",
    "box_state": {"dimensions": {"width": 1, "height": 2, "depth": 3}},
    "cylinder_state": {
        "dimensions": {"width": 40, "height": 50, "depth": 40},
        "panel_textures": {"body": {"panel_id": "body", "texture_url": "file:a"}},
    },
    "created_at": "t0",
    "updated_at": "t1",
}


def test_the_newer_layout_is_read_as_the_package_it_shows() -> None:
    design = design_of(json.dumps(APART).encode())
    assert (design.package_type, design.package_dimensions.as_tuple()) == ("cylinder", (40, 50, 40))
    assert design.texture_urls() == {"body": "file:a"}
    assert (design.created_at, design.updated_at) == ("t0", "t1")
    box = put_together(APART, "box")
    assert (box["package_type"], box["package_dimensions"]["depth"]) == ("box", 3)
    odd = put_together({"current_package_type": "bag", "box_state": [1]})
    assert (odd["package_type"], odd["package_dimensions"]) == ("box", None), "what it shows is unknown"
    plain = json.dumps(DOCUMENT | {"current_package_type": "cylinder"}).encode()
    assert design_of(plain).package_type == "box", "a document of the usual layout is that"
    with pytest.raises(ForeignDocumentError):
        design_of(b"[]")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2026-11-23T10:30:53Z", "2026-11-23T10:30:53.000000+00:00", True),
        ("2026-11-23T10:30:53Z", " 2026-11-23T11:30:53+01:00 ", True),
        ("2026-11-23T10:30:53Z", "2026-11-23T10:30:53", True),
        ("2026-11-23T10:30:53Z", "2026-11-23T10:30:54Z", False),
        ("yesterday", "yesterday", True),
        ("yesterday", "today", False),
        (None, None, True),
        (None, "2026-11-23T10:30:53Z", False),
    ],
)
def test_moments_are_compared_as_moments(one: str | None, other: str | None, same: bool) -> None:
    assert same_moment(one, other) is same
    assert same_moment(other, one) is same


@pytest.mark.parametrize("text", [7, None, "", "soon", "0001-01-01T00:00:00+10:00"])
def test_what_is_no_moment(text: object) -> None:
    assert moment(text) is None
