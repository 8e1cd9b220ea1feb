"""Objects lined up, spread, and copied to where none is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.objects import recipes

from packdesk.domain.objects.arranging import Line, Spread, aligned, spread, with_copies, with_groups
from packdesk.domain.objects.gestures import box_of
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.values import Shape

PANEL = (100.0, 150.0)
ONES = (
    Shape(id="a", x=5, y=5, width=10, height=10),
    Shape(id="b", x=40, y=50, width=20, height=10, turn=90),
    Shape(id="c", x=70, y=90, width=6, height=30),
)


@pytest.mark.parametrize(
    ("line", "side", "value"),
    [(Line.LEFT, 0, 0), (Line.RIGHT, 2, 100), (Line.TOP, 1, 0), (Line.BOTTOM, 3, 150)],
)
def test_one_is_lined_up_with_its_panel(line: Line, side: int, value: float) -> None:
    (made,) = aligned(ONES[1:2], line, PANEL)
    assert box_of(made)[side] == pytest.approx(value)


def test_several_are_lined_up_with_each_other_and_spread_evenly() -> None:
    made = aligned(ONES, Line.CENTRE, PANEL)
    assert {round((box_of(one)[0] + box_of(one)[2]) / 2, 3) for one in made} == {40.5}
    assert [box_of(one)[1] for one in made] == [box_of(one)[1] for one in ONES]
    even = spread(ONES, Spread.DOWN)
    boxes = [box_of(one) for one in even]
    assert boxes[1][1] - boxes[0][3] == pytest.approx(boxes[2][1] - boxes[1][3])
    assert (even[0], even[2]) == (ONES[0], ONES[2])
    locked = ONES[1].model_copy(update={"locked": True})
    assert aligned((ONES[0], locked), Line.RIGHT, PANEL)[1] == locked


@given(recipes(), st.sampled_from(list(Line)))
def test_what_is_lined_up_stays_so(recipe: Recipe, line: Line) -> None:
    if len(recipe.objects) > 1:
        once = aligned(recipe.objects, line, recipe.panel)
        for one, again in zip(once, aligned(once, line, recipe.panel), strict=True):
            assert (again.x, again.y) == pytest.approx((one.x, one.y), abs=0.002)


def test_copies_lie_beside_what_is_there_and_on_the_panel() -> None:
    recipe = Recipe(panel=PANEL, objects=ONES)
    copied = with_copies(recipe, (ONES[0], ONES[1].model_copy(update={"x": 500.0})), ("one", "two"))
    first, second = copied.get("one"), copied.get("two")
    assert (first.x, first.y) == (8, 8)
    assert 0 < second.x < 100
    elsewhere = with_copies(Recipe(panel=(30, 30)), ONES[:1], ("one",))
    assert elsewhere.get("one").model_dump(exclude={"id"}) == ONES[0].model_dump(exclude={"id"})


def test_copies_of_a_group_are_a_group_of_their_own_and_lie_as_it_lay() -> None:
    one, other = (shape.model_copy(update={"group": "group-1"}) for shape in ONES[:2])
    recipe = Recipe(panel=PANEL, objects=(one, ONES[2], other))
    for time in ("first", "second"):
        names = [f"{time}-{number}" for number in range(3)]
        recipe = with_copies(recipe, (one, ONES[2], other), names)
    assert [shape.group for shape in recipe.objects] == [
        *("group-1", "", "group-1"),
        *("group-2", "", "group-2"),
        *("group-3", "", "group-3"),
    ]
    first, loose, second = (recipe.get(name) for name in names)
    assert (second.x - first.x, second.y - first.y) == (other.x - one.x, other.y - one.y)
    assert loose.width == ONES[2].width
    beside = Recipe(panel=PANEL, objects=(Shape(id="d", x=40, y=50),))  # where one of them comes to lie
    made = with_copies(beside, (one, other), ("x", "y"))
    first, second = made.get("x"), made.get("y")
    assert (first.x, second.x) == (one.x + 3, other.x + 3)
    assert with_copies(recipe, (one,), ("alone",)).get("alone").group == "", "one is no group"


def test_a_group_is_lined_up_and_spread_as_one() -> None:
    ones = tuple(shape.model_copy(update={"group": "g"}) for shape in ONES[:2])
    made = aligned(ones, Line.CENTRE, PANEL)
    assert made[1].x - made[0].x == ones[1].x - ones[0].x
    boxes = [box_of(one) for one in made]
    assert boxes[0][0] + boxes[1][2] == pytest.approx(PANEL[0]), "in the middle of the panel"
    third = Shape(id="d", x=20, y=140, width=5, height=5)
    assert spread((*ones, ONES[2]), Spread.DOWN) == (*ones, ONES[2]), "two are not spread"
    spaced = spread((*ones, ONES[2], third), Spread.DOWN)
    assert spaced[1].y - spaced[0].y == ones[1].y - ones[0].y
    assert with_groups(Recipe(panel=PANEL, objects=(*ones, third)), ("d", "b")) == ("a", "d", "b")
