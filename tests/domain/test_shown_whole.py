"""How much of a panel a picture takes that is shown whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.panels import FlatSize, share_unstretched, stretch_of

lengths = st.floats(10, 2000)
pixels = st.integers(16, 4096)


@given(lengths, lengths, pixels, pixels)
def test_it_keeps_its_shape_and_touches_two_borders(
    width: float, height: float, columns: int, rows: int
) -> None:
    size = FlatSize(width=width, height=height)
    across, down = share_unstretched(size, columns, rows)
    assert max(across, down) == 1
    if stretch_of(size, columns, rows):
        assert (across * width) / (down * height) == pytest.approx(columns / rows)


def test_what_is_not_seen_is_no_margin() -> None:
    assert share_unstretched(FlatSize(width=100, height=150), 295, 443) == (1, 1)
    assert share_unstretched(FlatSize(width=100, height=150), 1181, 1772) == (1, 1)
