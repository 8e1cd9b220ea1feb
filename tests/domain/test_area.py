"""Rectangles on a panel: read, cut to the panel, and put into pixels."""

from __future__ import annotations

import pytest

from packdesk.domain.area import Area, on_panel, pixel_box, read_area
from packdesk.domain.panels import FlatSize
from packdesk.errors import InvalidInputError

FRONT = FlatSize(width=100, height=150)


@pytest.mark.parametrize("text", ["", "1,2,3", "1,2,3,4,5", "1,2,3,nan", "1,2,inf,4", "1;2;3;4", "a,b,c,d"])
def test_what_is_no_rectangle(text: str) -> None:
    with pytest.raises(InvalidInputError):
        read_area(text)


def test_numbers_are_edges_and_sides() -> None:
    assert read_area(" 10, 20.5,30,-4e1") == Area(x=10, y=20.5, width=30, height=-40)


@pytest.mark.parametrize(
    ("area", "seen"),
    [
        (Area(10, 20, 30, 40), Area(10, 20, 30, 40)),
        (Area(-10, -20, 30, 40), Area(0, 0, 20, 20)),
        (Area(90, 140, 30, 40), Area(90, 140, 10, 10)),
        (Area(-5, -5, 500, 500), Area(0, 0, 100, 150)),
        (Area(99, 0, 5, 1), Area(99, 0, 1, 1)),  # one millimetre is enough
        (Area(0, 149, 1, 5), Area(0, 149, 1, 1)),
    ],
)
def test_what_of_it_lies_on_the_panel(area: Area, seen: Area) -> None:
    assert on_panel(area, "front", FRONT) == seen


@pytest.mark.parametrize(
    ("area", "words"),
    [
        (Area(0, 0, 0.99, 40), "no size"),
        (Area(0, 0, 40, 0.99), "no size"),
        (Area(0, 0, -40, 40), "no size"),
        (Area(0, 0, float("nan"), 40), "no size"),
        (Area(99.1, 0, 40, 40), "100 × 150 mm"),
        (Area(0, 149.1, 40, 40), "“front”"),
        (Area(-40, 0, 40.5, 40), "not on the panel"),
        (Area(0, -40, 40, 40.5), "not on the panel"),
    ],
)
def test_what_has_no_size_there(area: Area, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        on_panel(area, "front", FRONT)


@pytest.mark.parametrize(
    ("area", "box"),
    [
        (Area(10, 20, 30, 40), (20, 60, 80, 180)),  # two pixels a millimetre across, three down
        (Area(0, 0, 100, 150), (0, 0, 200, 450)),
        (Area(0.2, 0.1, 0.1, 0.1), (0, 0, 1, 1)),
        (Area(99.9, 149.9, 0.1, 0.1), (199, 449, 200, 450)),
        (Area(99.9, 149.9, 9, 9), (199, 449, 200, 450)),
        (Area(50, 50, 0.1, 0.1), (100, 150, 101, 151)),
    ],
)
def test_in_pixels(area: Area, box: tuple[int, ...]) -> None:
    assert pixel_box(area, FRONT, 200, 450) == box
