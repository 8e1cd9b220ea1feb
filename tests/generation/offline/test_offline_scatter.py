"""Scattered points keep their distance, also around a seam, and fill the panel."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor

from packdesk.generation.offline.canvas import Canvas, PaintingStoppedError
from packdesk.generation.offline.scatter import distance, scatter
from packdesk.generation.offline.style import seeded_random


def make_canvas(*, wraps: bool, width: float = 60, cancelled: bool = False) -> Canvas:
    return Canvas((width, 40), (60, 40), ground=QColor("white"), wraps=wraps, cancelled=lambda: cancelled)


@pytest.mark.parametrize("wraps", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_no_two_points_are_nearer_than_the_spacing(wraps: bool, seed: int) -> None:
    canvas = make_canvas(wraps=wraps)
    points = scatter(canvas, seeded_random(seed), 5)
    assert all(distance(canvas, one, other) >= 5 for one, other in itertools.combinations(points, 2))


@pytest.mark.parametrize("wraps", [False, True])
def test_no_large_gap_is_left(wraps: bool) -> None:
    canvas = make_canvas(wraps=wraps)
    points = scatter(canvas, seeded_random(3), 5)
    for x, y in itertools.product(range(0, 60, 3), range(0, 40, 4)):
        assert min(distance(canvas, (x, y), point) for point in points) < 10


def test_points_on_a_wrapping_canvas_lie_once_around() -> None:
    assert all(0 <= x < 60 for x, _ in scatter(make_canvas(wraps=True), seeded_random(1), 5))


@pytest.mark.parametrize("width", [0.5, 3.0])
def test_a_canvas_narrower_than_the_spacing_is_no_trouble(width: float) -> None:
    assert scatter(make_canvas(wraps=True, width=width), seeded_random(1), 5)


def test_scattering_stops_when_told_to() -> None:
    with pytest.raises(PaintingStoppedError):
        scatter(make_canvas(wraps=False, cancelled=True), seeded_random(1), 5)
