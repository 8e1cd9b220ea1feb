"""Arcs in pieces, and whole circles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.curves import Arc, Path, Segment, halves, is_circle, split
from packdesk.domain.dieline.outline import bounds


@given(st.floats(-720, 720), st.floats(-360, 360))
def test_what_an_arc_reaches_is_what_its_points_reach(start: float, sweep: float) -> None:
    angles = np.radians(start + sweep * np.linspace(0, 1, 20_001))
    across, down = 5 + 10 * np.cos(angles), 6 + 10 * np.sin(angles)
    wanted = across.min(), down.min(), across.max(), down.max()
    assert bounds([Arc(5, 6, 10, start, sweep)]) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("start", [0.5, 90.5, 180.5, 270.5, -89.5, -179.5])
def test_an_arc_reaches_no_further_than_its_ends_within_a_quarter(start: float) -> None:
    arc = Arc(5, 6, 10, start, 89)
    (x1, y1), (x2, y2) = arc.start, arc.end
    assert bounds([arc]) == pytest.approx((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))


def test_arcs_are_cut_into_equal_pieces() -> None:
    arc = Arc(1, 2, 3, 10, -100)
    pieces = split(arc, 45)
    assert len(split(Arc(0, 0, 1, 0, 0.1 + 0.2), 0.3)) == 1, "rounding makes no piece"
    assert [piece.sweep for piece in pieces] == pytest.approx([-100 / 3] * 3)
    assert [piece.start for piece in pieces[1:]] == [pytest.approx(piece.end) for piece in pieces[:-1]]
    assert pieces[-1].end == pytest.approx(arc.end)
    assert [len(split(Arc(0, 0, 1, 0, sweep), 45)) for sweep in (0, 45, 45.1, 90, 360)] == [1, 1, 2, 2, 8]
    assert [len(list(halves((Arc(0, 0, 1, 0, sweep), Segment(0, 0, 1, 1))))) for sweep in (180, -181)] == [
        2,
        3,
    ]
    assert [is_circle(Path((Arc(0, 0, 1, 0, sweep),))) for sweep in (360, -360, 359)] == [True, True, False]
    assert not is_circle(Path((Arc(0, 0, 1), Segment(0, 0, 1, 1))))
