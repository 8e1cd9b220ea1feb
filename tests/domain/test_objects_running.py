"""Objects that run on over the edges of their panel, onto the walls beside it."""

from __future__ import annotations

import pytest

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.objects.recipe import Recipe, put, remove
from packdesk.domain.objects.running import check_guests, guests, joined, own
from packdesk.domain.objects.values import Across, Barcode, PanelObject, Shape
from packdesk.domain.panels import panel_sizes
from packdesk.errors import InvalidInputError

SIZES = panel_sizes("box", Dimensions(width=100, height=150, depth=60))
BAND = Shape(id="band", x=-20, y=30, width=140, height=10, runs_on=True, across=Across.CENTRE)


def on_front(*objects: PanelObject) -> dict[str, Recipe]:
    return {"front": Recipe.empty(SIZES["front"]).with_objects(objects)}


def places(recipes: dict[str, Recipe]) -> dict[str, list[float]]:
    return {name: [one.x for one in guests(recipe)] for name, recipe in recipes.items() if guests(recipe)}


@pytest.mark.parametrize(
    ("x", "width", "wanted"),
    [
        (-20, 140, {"right": [-120], "left": [40]}),
        (90, 10, {}),
        (0, 100, {}),
        (90, 20, {"right": [-10]}),
        (-10, 20, {"left": [50]}),
        (50, 120, {"right": [-50], "back": [-110]}),
        (-200, 210, {"left": [-140], "back": [-40], "right": [20]}),
    ],
)
def test_every_wall_an_object_reaches_has_it(x: float, width: float, wanted: dict[str, list[float]]) -> None:
    band = BAND.model_copy(update={"x": float(x), "width": float(width)})
    assert places(joined("box", SIZES, on_front(band))) == wanted
    assert places(joined("box", SIZES, on_front(band.model_copy(update={"runs_on": False})))) == {}


def test_around_a_tube_it_comes_in_on_the_other_side() -> None:
    sizes = panel_sizes("cylinder", Dimensions(width=50, height=80, depth=50))
    body = Recipe.empty(sizes["body"]).with_objects((BAND.model_copy(update={"x": 140.0, "width": 30.0}),))
    around = sizes["body"].width
    assert places(joined("cylinder", sizes, {"body": body})) == {"body": [round(140 - around, 6)]}


def test_guests_follow_their_owner_and_the_size_of_walls() -> None:
    own_plate = Shape(id="plate", x=5, y=5)
    first = joined("box", SIZES, {**on_front(BAND), "right": Recipe.empty(SIZES["right"])})
    first["right"] = put(own_plate)(first["right"])
    wider = panel_sizes("box", Dimensions(width=120, height=150, depth=60))
    second = joined("box", wider, first)
    assert places(second) == {"right": [-130], "left": [50]}  # the band holds to the middle of the front
    assert own(second["right"]) == (own_plate,)
    assert second["right"].objects[-1] == own_plate  # above what runs on there
    assert joined("box", wider, second) == second
    gone = joined("box", wider, {**second, "front": remove("band")(second["front"])})
    assert places(gone) == {}


def test_codes_stay_on_their_panel() -> None:
    code = Barcode(id="code", x=90, y=10, value="4006381333931")
    assert places(joined("box", SIZES, on_front(code))) == {}


def test_a_guest_is_changed_on_its_own_panel_only() -> None:
    right = joined("box", SIZES, on_front(BAND))["right"]
    (guest,) = guests(right)
    check_guests(right, put(Shape(id="mine"))(right))
    with pytest.raises(InvalidInputError, match="front"):
        check_guests(right, put(guest.model_copy(update={"y": 1.0}))(right))
    with pytest.raises(InvalidInputError):
        check_guests(right, remove(guest.id)(right))
