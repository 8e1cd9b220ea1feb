"""A stale foreign write and ours: what both changed stands, nothing is invented."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from packdesk.domain.leaves import is_side
from packdesk.domain.merge import Version, _drops_fields, _insisted, _recent, merge_stale_write
from packdesk.domain.skeleton import encoded_skeleton

NOW = 100_000
WINDOW = 5_000
START: dict[str, Any] = {
    "package_type": "box",
    "package_dimensions": {"width": 100, "height": 150, "depth": 100, "unit": "mm"},
    "panel_textures": {},
    "in_progress": False,
    "generating_panels": [],
    "tags": [1, 2],
    "notes": {"customer": "a", "deep": {"x": 1, "y": [1]}},
    "count": 0,
    "updated_at": "t0",
}
SIDES: list[tuple[str, ...]] = [
    ("package_dimensions", "width"),
    ("package_dimensions", "height"),
    ("package_dimensions", "depth"),
]
PATHS: list[tuple[str, ...]] = [
    ("package_dimensions", "unit"),
    ("tags",),
    ("notes", "customer"),
    ("notes", "deep", "x"),
    ("notes", "deep", "new"),
    ("count",),
    ("ours",),
    ("theirs",),
    ("panel_textures", "front"),
    ("panel_textures", "top"),
]
paths = st.sampled_from(PATHS)
any_paths = st.sampled_from([*PATHS, *SIDES])


def changed(document: dict[str, Any], path: tuple[str, ...], mark: int) -> dict[str, Any]:
    """A copy whose leaf at `path` is another one, told by `mark`."""
    copy: dict[str, Any] = json.loads(json.dumps(document))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value(path, mark)
    return copy


def value(path: tuple[str, ...], mark: int) -> Any:
    if path[0] == "panel_textures":
        return {"panel_id": path[1], "texture_url": f"http://x/{mark}", "prompt": f"{mark}"}
    return [mark] if path == ("tags",) else mark


def at(document: dict[str, Any], path: tuple[str, ...]) -> Any:
    for key in path:
        document = document.get(key, {})
    return document


def leaves(document: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    if isinstance(document, dict) and document and not (len(path) == 2 and path[0] == "panel_textures"):
        found: dict[tuple[str, ...], str] = {}
        for key, inner in document.items():
            found |= leaves(inner, (*path, key))
        return found
    return {path: json.dumps(document)}


def raw(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def journal(*newest_first: dict[str, Any], age_ms: int = 100) -> list[Version]:
    """Versions written one after the other, the newest `age_ms` ago."""
    return [Version(NOW - age_ms * (index + 1), raw(one)) for index, one in enumerate(newest_first)]


def merged(foreign: dict[str, Any], versions: list[Version], *, leased: bool = False) -> Any:
    merge = merge_stale_write(raw(foreign), versions, NOW, leased=leased)
    return None if merge is None else json.loads(merge.raw)


@given(st.lists(paths, min_size=2, max_size=5, unique=True), paths, st.integers(0, 3))
def test_edits_of_different_leaves_both_survive(
    ours: list[tuple[str, ...]], theirs: tuple[str, ...], missed: int
) -> None:
    assume(theirs not in ours)
    versions = [START]
    for mark, path in enumerate(ours):
        versions.insert(0, changed(versions[0], path, 1000 + mark))
    read = versions[min(missed + 1, len(versions) - 1)]
    result = merged(changed(read, theirs, 7), journal(*versions))
    assert result is not None
    assert at(result, theirs) == value(theirs, 7)
    for mark, path in enumerate(ours):
        assert at(result, path) == value(path, 1000 + mark)


@given(
    st.lists(st.tuples(any_paths, st.integers(0, 3)), max_size=6),
    st.lists(st.tuples(any_paths, st.integers(0, 3)), max_size=6),
    st.integers(0, 6),
    st.booleans(),
)
def test_nothing_is_invented(
    ours: list[tuple[tuple[str, ...], int]],
    theirs: list[tuple[tuple[str, ...], int]],
    read: int,
    leased: bool,
) -> None:
    versions = [START]
    for path, mark in ours:
        versions.insert(0, changed(versions[0], path, mark))
    foreign = versions[min(read, len(versions) - 1)]
    for path, mark in theirs:
        foreign = changed(foreign, path, mark)
    result = merged(foreign, journal(*versions), leased=leased)
    if result is not None:
        sources = [leaves(foreign), leaves(versions[0])]
        for path, leaf in leaves(result).items():
            assert leaf in [source.get(path) for source in sources]


@given(paths, paths, st.integers(WINDOW + 1, 10 * WINDOW))
def test_an_undo_outside_the_window_is_respected(
    ours: tuple[str, ...], theirs: tuple[str, ...], age_ms: int
) -> None:
    newest = changed(START, ours, 1000)
    assert merged(changed(START, theirs, 7), journal(newest, START, age_ms=age_ms)) is None


@pytest.mark.parametrize("clock", ["t0", "t9"])
def test_an_old_version_with_nothing_new_is_an_undo(clock: str) -> None:
    newest = changed(START, ("count",), 5) | {"updated_at": "t1"}
    assert merged(START | {"updated_at": clock}, journal(newest, START)) is None


def test_what_read_our_newest_version_stands() -> None:
    newest = changed(START, ("count",), 5)
    assert merged(changed(newest, ("theirs",), 7), journal(newest, START)) is None


def test_the_same_leaf_belongs_to_who_wrote_last() -> None:
    newest = changed(START, ("count",), 5)
    assert merged(changed(START, ("count",), 7), journal(newest, START)) is None


def test_a_change_of_many_leaves_is_no_stale_edit() -> None:
    newest = changed(START, ("count",), 5)
    assert merged(START | {f"field{number}": 1 for number in range(8)}, journal(newest, START)) is not None
    assert merged(START | {f"field{number}": 1 for number in range(9)}, journal(newest, START)) is None


def test_a_leaf_they_removed_stays_away_and_the_rest_returns() -> None:
    newest = changed(START, ("notes", "customer"), 5)
    foreign = {key: START[key] for key in START if key != "tags"}
    result = merged(foreign, journal(newest, START))
    assert "tags" not in result
    assert result["notes"]["customer"] == 5


def test_a_texture_is_brought_back_whole() -> None:
    path = ("panel_textures", "front")
    old, newest = changed(START, path, 1), changed(changed(START, path, 2), ("count",), 3)
    result = merged(changed(old, ("theirs",), 7), journal(newest, old))
    assert at(result, path) == value(path, 2)


def test_half_of_one_texture_never_meets_half_of_another() -> None:
    path = ("panel_textures", "front")
    old, newest = changed(START, path, 1), changed(changed(START, path, 2), ("count",), 3)
    foreign = START | {"panel_textures": {"front": value(path, 1) | {"prompt": "9"}}}
    result = merged(foreign, journal(newest, old))
    assert at(result, path) == at(foreign, path)
    assert result["count"] == 3


def test_flags_nobody_would_lower_are_not_raised() -> None:
    raised = START | {"in_progress": True, "generating_panels": ["front"]}
    newest = changed(raised, ("count",), 5)
    foreign = changed(START, ("theirs",), 7)
    result = merged(foreign, journal(newest, START))
    assert (result["count"], result["in_progress"], result["generating_panels"]) == (5, False, [])
    assert merged(foreign, journal(newest, START), leased=True)["in_progress"] is True


def test_flags_we_lowered_stay_lowered() -> None:
    raised = START | {"in_progress": True}
    finished = changed(START, ("panel_textures", "front"), 1)
    result = merged(changed(raised, ("theirs",), 7), journal(finished, raised))
    assert result["in_progress"] is False
    assert "front" in result["panel_textures"]


@pytest.mark.parametrize("switches", ["ours", "theirs"])
def test_sizes_of_one_type_never_meet_another_type(switches: str) -> None:
    cylinder = START | {
        "package_type": "cylinder",
        "package_dimensions": START["package_dimensions"] | {"width": 80, "depth": 80},
    }
    resized = changed(START, ("package_dimensions", "height"), 300)
    newest, foreign = (cylinder, resized) if switches == "ours" else (resized, cylinder)
    assert merged(foreign, journal(newest, START)) is None


def test_a_type_another_program_names_stands_with_its_textures() -> None:
    box = changed(START, ("panel_textures", "front"), 1)
    cylinder = changed(START | {"package_type": "cylinder"}, ("count",), 5)
    foreign = changed(box, ("panel_textures", "back"), 7)
    result = merged(foreign, journal(cylinder, box))
    assert (result["package_type"], result["panel_textures"]) == ("box", foreign["panel_textures"])
    assert result["count"] == 5
    foreign = START | {"package_type": "cylinder", "theirs": 7}
    result = merged(foreign, journal(changed(box, ("count",), 5), START))
    assert (result["package_type"], result["panel_textures"]) == ("cylinder", {}), "no front on a cylinder"


@pytest.mark.parametrize("flags", [{}, {"in_progress": True, "generating_panels": ["front"]}])
def test_sizes_another_program_names_stand_also_when_they_stood_before(flags: dict[str, Any]) -> None:
    newest = changed(changed(START, SIDES[0], 120), ("panel_textures", "front"), 5)
    for foreign in (START | flags, changed(START, ("theirs",), 7) | flags):
        result = merged(foreign, journal(newest, changed(START, SIDES[0], 120), START)) or foreign
        assert at(result, SIDES[0]) == 100


def test_an_old_copy_with_other_flags_or_sizes_does_not_take_our_picture_away() -> None:
    old = changed(START, ("panel_textures", "front"), 1)
    newest = changed(old, ("panel_textures", "front"), 2)
    for foreign in (old | {"in_progress": True}, changed(old, SIDES[1], 77)):
        result = merged(foreign, journal(newest, old))
        assert at(result, ("panel_textures", "front")) == value(("panel_textures", "front"), 2)
        assert (result["in_progress"], at(result, SIDES[1])) == (
            foreign["in_progress"],
            at(foreign, SIDES[1]),
        )


@pytest.mark.parametrize(("age_ms", "stays"), [(200, True), (1500, False)])
def test_a_first_picture_is_taken_away_only_by_who_can_have_seen_it(age_ms: int, stays: bool) -> None:
    newest = changed(START, ("panel_textures", "front"), 5)
    came = [Version(NOW - age_ms, raw(newest)), Version(NOW - 4_000, raw(START))]
    assert ((merged(START | {"updated_at": "t9"}, came) or {}).get("panel_textures") is not None) == stays


def test_a_program_takes_away_at_once_what_it_put_there() -> None:
    theirs = changed(START, ("panel_textures", "top"), 7)
    newest = changed(theirs, SIDES[0], 120)
    came = [Version(NOW - 50, raw(newest)), Version(NOW - 200, raw(theirs), foreign=True)]
    came.append(Version(NOW - 4_000, raw(START)))
    assert merged(newest | {"panel_textures": {}}, came) is None


def test_moments_in_another_text_are_no_change() -> None:
    front, back = ("panel_textures", "front"), ("panel_textures", "back")
    made = {"generated_at": "2026-11-23T10:30:53Z"}
    textures = {path[1]: value(path, 1) | made for path in (front, back)}
    old = START | {"panel_textures": textures, "created_at": "2026-11-23T10:30:53Z"}
    newest = changed(changed(old, front, 2), back, 2)
    foreign = json.loads(json.dumps(changed(old, ("theirs",), 7)).replace("53Z", "53.000000Z"))
    result = merged(foreign, journal(newest, old))
    assert (at(result, front), at(result, back)) == (value(front, 2), value(back, 2))
    assert result["created_at"] == old["created_at"], "the text that stood"
    assert merged(json.loads(json.dumps(newest).replace("53Z", "53.000000Z")), journal(newest, old)) is None


def test_what_a_program_cannot_hold_is_not_what_it_removed() -> None:
    newest = changed(changed(START, ("ours",), 5), ("package_dimensions", "unit"), 25)
    plain = {key: START[key] for key in START if key not in {"tags", "notes", "count"}}
    plain["package_dimensions"] = {side[1]: at(START, side) for side in SIDES}
    foreign = changed(plain, ("panel_textures", "front"), 7)
    result = merged(foreign, journal(newest, START))
    assert result == changed(newest, ("panel_textures", "front"), 7)


def test_a_panel_cleared_from_an_old_copy_keeps_the_picture_made_meanwhile() -> None:
    front = ("panel_textures", "front")
    old = changed(START, front, 1)
    newest = changed(changed(old, front, 2), ("panel_textures", "top"), 2)
    result = merged(changed(START, ("theirs",), 7), journal(newest, old))
    assert at(result, front) == value(front, 2)
    assert (
        "front"
        not in merged(START | {"theirs": 7}, journal(changed(old, ("count",), 1), old))["panel_textures"]
    )


def test_a_new_design_stands() -> None:
    old = START | {"created_at": "2026-11-23T10:30:53Z"}
    newest = changed(old, ("panel_textures", "front"), 2)
    assert merged(changed(old, ("theirs",), 7) | {"created_at": "2027-01-01"}, journal(newest, old)) is None
    assert merged(START | {"package_dimensions": {}, "theirs": 7}, journal(newest, START)) is None


def test_who_writes_the_same_again_and_again_means_it() -> None:
    old = changed(START, ("panel_textures", "front"), 1)
    newest = changed(old, ("panel_textures", "front"), 2)
    foreign = old | {"in_progress": True}
    stood = [Version(NOW - 10, raw(newest)), Version(NOW - 500, raw(newest)), Version(NOW - 900, raw(old))]
    assert merge_stale_write(raw(foreign), stood, NOW) is not None
    for at_ms in (400, 300, 200):
        stood[1:1] = [Version(NOW - at_ms, raw(newest)), Version(NOW - at_ms, raw(foreign), foreign=True)]
    assert merge_stale_write(raw(foreign), stood, NOW) is not None, "it has not read what was mended yet"
    stood = [Version(NOW - 10, raw(newest)), Version(NOW - 4500, raw(newest)), Version(NOW - 4900, raw(old))]
    for at_ms in (4000, 2000, 1000):
        stood[1:1] = [Version(NOW - at_ms, raw(newest)), Version(NOW - at_ms, raw(foreign), foreign=True)]
    assert merge_stale_write(raw(foreign), stood, NOW) is None


def test_pictures_in_the_document_are_remembered_by_name_and_brought_back() -> None:
    front, back = ("panel_textures", "front"), ("panel_textures", "back")
    old = changed(START, back, 1)
    old["panel_textures"]["back"]["texture_url"] = "data:" + "b" * 100_000
    newest = changed(old, front, 2)
    newest["panel_textures"]["front"]["texture_url"] = "data:" + "f" * 100_000
    foreign = changed(old, ("theirs",), 7)
    stood = [
        Version(NOW - 100 * (index + 1), encoded_skeleton(raw(one)))
        for index, one in enumerate((newest, old))
    ]
    assert max(len(one.raw) for one in stood) < 2000
    merge = merge_stale_write(raw(foreign), stood, NOW, newest=lambda: raw(newest))
    assert merge is not None
    assert json.loads(merge.raw) == newest | {"theirs": 7}
    assert merge_stale_write(raw(foreign), stood, NOW) is None, "a picture that is not at hand"


DEEP = b'{"package_type":"box","package_dimensions":' + b'{"a":' * 5000 + b"1" + b"}" * 5001


@pytest.mark.parametrize("foreign", [b"", b"no", b"[]", b"{}", b'{"count": NaN}', b"\xff", DEEP])
def test_what_is_no_design_is_left_alone(foreign: bytes) -> None:
    newest = changed(START, ("count",), 5)
    assert merge_stale_write(foreign, journal(newest, START), NOW) is None


def test_without_a_journal_nothing_is_brought_back() -> None:
    assert merged(START, []) is None
    assert merged(START, [Version(NOW, b"no json")]) is None


def test_fields_are_named_and_values_are_not() -> None:
    newest = changed(changed(START, ("notes", "customer"), 5), ("count",), 6)
    merge = merge_stale_write(raw(changed(START, ("theirs",), 7)), journal(newest, START), NOW)
    assert merge is not None
    assert set(merge.brought_back) == {"notes.customer", "count"}


FRONT = ("panel_textures", "front")


@pytest.mark.parametrize("other", [{"in_progress": True}, {"package_dimensions": {"width": 77}}])
def test_an_old_copy_that_says_something_else_is_not_taken_for_an_undo(other: dict[str, Any]) -> None:
    """Flags and sizes count as something to say, each for itself."""
    sizes = START["package_dimensions"] | other.get("package_dimensions", {})
    foreign = START | other | {"package_dimensions": sizes}
    result = merged(foreign, journal(changed(START, ("count",), 5), START))
    assert result == foreign | {"count": 5}


@pytest.mark.parametrize(("ours", "back"), [([("count",)], True), ([("count",), ("tags",)], False)])
@pytest.mark.parametrize("earlier", [1, None])
def test_a_former_picture_counts_as_two_changes(
    ours: list[tuple[str, ...]], back: bool, earlier: int | None
) -> None:
    """Put back by hand, or taken away: with two more of our changes in it that is the likelier story."""
    old = START if earlier is None else changed(START, FRONT, earlier)
    newest = changed(old, FRONT, 2)
    for mark, path in enumerate(ours):
        newest = changed(newest, path, 50 + mark)
    foreign = newest | {"panel_textures": old["panel_textures"]}
    result = merged(foreign, journal(newest, old))
    assert (result is not None) == back
    if back:
        assert at(result, FRONT) == value(FRONT, 2)


@pytest.mark.parametrize(("age_ms", "stays"), [(999, True), (1000, False)])
def test_a_second_is_enough_to_see_a_picture(age_ms: int, stays: bool) -> None:
    came = [Version(NOW - age_ms, raw(changed(START, FRONT, 5))), Version(NOW - 4_000, raw(START))]
    assert (merged(START | {"updated_at": "t9"}, came) is not None) == stays


@pytest.mark.parametrize(("age_ms", "counts"), [(WINDOW, True), (WINDOW + 1, False)])
def test_a_version_counts_as_long_as_it_was_replaced_within_the_window(age_ms: int, counts: bool) -> None:
    newest = changed(START, ("count",), 5)
    stood = [Version(NOW - age_ms, raw(newest)), Version(NOW - 60_000, raw(START))]
    assert (merged(changed(START, ("theirs",), 7), stood) is not None) == counts


@pytest.mark.parametrize(
    ("ages_ms", "stands"), [([3000, 2000, 1000], True), ([2999, 2000, 1000], False), ([4000, 1000], False)]
)
def test_three_times_in_three_seconds_is_meant(ages_ms: list[int], stands: bool) -> None:
    old = changed(START, FRONT, 1)
    newest, foreign = changed(old, FRONT, 2), old | {"in_progress": True}
    stood = [Version(NOW - 10, raw(newest)), Version(NOW - 4500, raw(newest)), Version(NOW - 4900, raw(old))]
    for at_ms in ages_ms:
        stood[1:1] = [Version(NOW - at_ms, raw(newest)), Version(NOW - at_ms, raw(foreign), foreign=True)]
    assert (merge_stale_write(raw(foreign), stood, NOW) is None) == stands


def test_what_was_written_before_ours_changed_again_does_not_count_as_meant() -> None:
    old = changed(START, FRONT, 1)
    middle, newest, foreign = changed(old, FRONT, 2), changed(old, FRONT, 3), old | {"in_progress": True}
    stood = [Version(NOW - 10, raw(newest)), Version(NOW - 500, raw(foreign), foreign=True)]
    stood += [Version(NOW - 600, raw(newest))]
    for at_ms in (1000, 2000, 4000):
        stood += [Version(NOW - at_ms, raw(middle)), Version(NOW - at_ms, raw(foreign), foreign=True)]
    stood += [Version(NOW - 4500, raw(middle)), Version(NOW - 4900, raw(old))]
    assert merge_stale_write(raw(foreign), stood, NOW) is not None


def test_of_equally_near_versions_the_newest_was_read() -> None:
    middle = changed(START, ("ours",), 1)
    newest = changed(middle, ("count",), 5)
    stood = journal(newest, middle, changed(middle, ("notes", "customer"), 9))
    result = merged(changed(middle, ("theirs",), 7), stood)
    assert result == changed(newest, ("theirs",), 7)


def test_who_wrote_since_has_read_that_and_nothing_older() -> None:
    theirs = changed(START, ("theirs",), 7)
    newest = changed(theirs, ("count",), 5)
    stood = [Version(NOW - 50, raw(newest)), Version(NOW - 200, raw(theirs), foreign=True)]
    stood.append(Version(NOW - 400, raw(START)))
    foreign = changed(START, ("tags",), 3)
    assert merged(foreign, stood) == changed(foreign, ("count",), 5), "its own field it has removed itself"


@pytest.mark.parametrize(
    ("path", "side"),
    [
        (("package_dimensions",), True),
        (("package_dimensions", "width"), True),
        (("package_dimensions", "note"), False),
        (("package_type",), False),
        (("panel_textures", "width"), False),
    ],
)
def test_what_is_a_size(path: tuple[str, ...], side: bool) -> None:
    assert is_side(path) == side


@pytest.mark.parametrize(
    ("theirs", "version", "dropped"),
    [
        ({}, {"note": 1}, True),
        ({"theirs": 1}, {"note": 1}, False),  # it keeps what it does not know: it meant to remove that one
        ({"note": 1}, {"note": 1}, False),
        ({}, {}, False),
        ({"package_dimensions": {"width": 1}}, {"package_dimensions": {"width": 1, "inner": 2}}, True),
    ],
)
def test_who_keeps_no_field_it_does_not_know(
    theirs: dict[str, Any], version: dict[str, Any], dropped: bool
) -> None:
    assert _drops_fields(theirs, version) == dropped


@pytest.mark.parametrize(
    ("ages_ms", "other_ms", "stands"),
    [
        ((500, 1_500, 3_000), None, True),
        ((500, 1_500, 2_999), None, False),
        ((500, 1_500, 2_000), 4_000, False),  # something else, long ago, is no insisting
        ((500, 3_500), 4_000, False),
        ((200, 900, 1_600, 3_500), None, True),
    ],
)
def test_who_writes_the_same_for_three_seconds_means_it(
    ages_ms: tuple[int, ...], other_ms: int | None, stands: bool
) -> None:
    stale = changed(START, SIDES[0], 120)
    newest = changed(START, ("panel_textures", "front"), 5)
    mended = changed(newest, SIDES[0], 120)
    stood = []
    for age in ages_ms:
        stood += [Version(NOW - age + 50, raw(mended)), Version(NOW - age, raw(stale), foreign=True)]
    if other_ms is not None:
        other = changed(START, ("count",), 9)
        stood += [
            Version(NOW - other_ms + 50, raw(mended)),
            Version(NOW - other_ms, raw(other), foreign=True),
        ]
    stood += [Version(NOW - 4_500, raw(mended)), Version(NOW - 4_600, raw(START))]
    assert _insisted(raw(stale), _recent(stood, NOW - WINDOW), NOW) == stands
