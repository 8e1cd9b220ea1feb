"""What the sliders mean, and what that makes inside and outside."""

from __future__ import annotations

import pytest

from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.dimensions import Dimensions
from packdesk.errors import InvalidInputError


def test_inside_and_outside_lie_half_a_board_from_each_crease() -> None:
    sizes = sizes_of("box", Dimensions(width=100, height=150, depth=60), DielineOptions(caliper=0.5))
    assert sizes.inside.as_tuple() == (99.5, 149.5, 59.5)
    assert sizes.manufacturing.as_tuple() == (100, 150, 60)
    assert sizes.outside.as_tuple() == (100.5, 150.5, 60.5)


def test_board_as_thick_as_a_side_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="Board of 60 mm leaves no room"):
        sizes_of("box", Dimensions(width=100, height=150, depth=60), DielineOptions(caliper=60))
