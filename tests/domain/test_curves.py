"""Arcs in pieces, and whole circles."""

from __future__ import annotations

import pytest

from packdesk.domain.curves import Arc, Path, Segment, halves, is_circle, split


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
