"""Which of several pictures goes to which panel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.assigning import assign
from packdesk.domain.panels import PANEL_IDS

BOX, CYLINDER = PANEL_IDS["box"], PANEL_IDS["cylinder"]


@pytest.mark.parametrize(
    ("names", "first", "expected"),
    [
        (["back.png"], "front", {"front": 0}),
        (["tea-back.png", "tea-front.png"], "top", {"back": 0, "front": 1}),
        (["Tee_Vorderseite_v2.jpg", "DECKEL.png", "links.webp"], "front", {"front": 0, "top": 1, "left": 2}),
        (["a.png", "b.png", "c.png"], "bottom", {"bottom": 0, "front": 1, "back": 2}),
        (["a.png", "front.png", "b.png"], "front", {"front": 1, "back": 0, "left": 2}),
        (["front and back.png", "x.png"], "left", {"left": 0, "right": 1}),
        (["front1.png", "front2.png"], "front", {"front": 0, "back": 1}),
        (["topping.png", "x.png"], "front", {"front": 0, "back": 1}),
        ([], "front", {}),
    ],
)
def test_by_name_then_in_order(names: list[str], first: str, expected: dict[str, int]) -> None:
    assert assign(names, BOX, first) == expected


def test_the_panels_of_a_cylinder() -> None:
    assert assign(["lid.png", "label.png", "front.png"], CYLINDER, "body") == {
        "top": 0,
        "body": 1,
        "bottom": 2,
    }


@given(st.lists(st.sampled_from(["front", "back.png", "lid top", "a", "left", "ä"])), st.sampled_from(BOX))
def test_no_picture_twice_and_as_many_as_there_is_room(names: list[str], first: str) -> None:
    found = assign(names, BOX, first)
    assert len(set(found.values())) == len(found) == min(len(names), len(BOX))
    assert set(found) <= set(BOX)
