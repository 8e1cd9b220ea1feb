"""What a pointer does to objects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.objects import shapes

from packdesk.domain.objects.gestures import (
    HANDLES,
    Snapped,
    box_of,
    guides_of,
    moved,
    object_at,
    resized,
    snapped,
    turned,
)
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.values import Barcode, PictureObject, Shape

ANY = shapes(st.just("a"))
SQUARE = Shape(id="a", x=10, y=10, width=20, height=10)


@given(ANY, st.floats(-180, 180), st.sampled_from(HANDLES), st.floats(-50, 50), st.floats(-50, 50))
def test_the_opposite_handle_stays(
    one: Shape, turn: float, handle: tuple[int, int], right: float, down: float
) -> None:
    one = one.model_copy(update={"turn": turn})

    def place(shape: Shape, across: int, along: int) -> tuple[float, float]:
        return shape.place.point((1 + across) / 2 * shape.width, (1 + along) / 2 * shape.height)

    held = place(one, *handle)
    made = resized(one, handle, held[0] + right, held[1] + down)
    assert isinstance(made, Shape)
    across, along = handle
    assert place(made, -across, -along) == pytest.approx(place(one, -across, -along), abs=0.005)
    assert resized(one, handle, *held).width == pytest.approx(one.width, abs=0.002)


def test_a_picture_keeps_its_shape_and_a_code_its_size() -> None:
    picture = PictureObject(id="p", x=0, y=0, width=20, height=10, picture="a" * 64)
    made = resized(picture, (1, 1), 40, 12)
    assert (made.width, made.height) == (40, 20)
    code = Barcode(id="c", value="4006381333931")
    assert resized(code, (1, 1), 90, 90) == code


def test_an_object_looks_where_it_is_turned_to() -> None:
    assert turned(SQUARE, 20, 0).turn == 0
    assert turned(SQUARE, 60, 15).turn == 90
    assert turned(SQUARE, 20, 60).turn == 180
    assert turned(SQUARE, 25, 0, free=True).turn == pytest.approx(18.4)
    assert turned(SQUARE, 20, 15) == SQUARE


def test_the_topmost_that_may_be_chosen_is() -> None:
    top = Shape(id="top", x=15, y=12, width=4, height=4)
    recipe = Recipe(panel=(100, 150), objects=(SQUARE, top))
    assert object_at(recipe, 16, 13) == top
    assert object_at(recipe, 29, 19) == SQUARE
    assert object_at(recipe, 31, 19) is None
    assert object_at(recipe, 31, 19, reach=2) == SQUARE
    assert object_at(recipe, 23, 19, reach=4) == SQUARE  # and not what lies on top a little beside
    locked = Recipe(panel=(100, 150), objects=(SQUARE, top.model_copy(update={"locked": True})))
    assert object_at(locked, 16, 13) == SQUARE
    quarter = SQUARE.model_copy(update={"turn": 90})
    assert object_at(Recipe(panel=(100, 150), objects=(quarter,)), 20, 24) == quarter


def test_edges_middles_and_others_are_snapped_to() -> None:
    near = moved(SQUARE, 29.4, 0)  # its middle at 49.4
    found = snapped(near, guides_of((), (100, 150), 3), 1)
    assert found.right == pytest.approx(0.6)
    assert found.across == (50.0,)
    beside = Shape(id="b", x=70, y=50.7, width=10, height=10)
    low = moved(SQUARE, 0, 40)
    farther = moved(beside, 15, 0)
    found = snapped(low, guides_of((farther, beside), (100, 150), 3), 1)
    assert found.down == pytest.approx(0.7)
    assert found.met == (box_of(beside),), "the nearer one"
    assert snapped(low, guides_of((), (100, 150), 3), 0.5) == Snapped()
    assert box_of(SQUARE.model_copy(update={"turn": 90})) == pytest.approx((15, 5, 25, 25))
