"""Panels on the sheet: pointed at, walked through, and shown whatever the size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.dieline.build import make_dieline, shown_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import PACKAGE_TYPES, Dimensions, PackageType
from packdesk.domain.panels import PANEL_IDS

BOX = Dimensions(width=100, height=150, depth=60)
TUBE = Dimensions(width=80, height=150, depth=80)
STYLES = [DielineStyle.STRAIGHT_TUCK, DielineStyle.REVERSE_TUCK, DielineStyle.CROSS]
any_side = st.floats(0.001, 1_000_000)


@pytest.mark.parametrize("style", STYLES)
def test_which_panel_is_at_a_point(style: DielineStyle) -> None:
    box = make_dieline("box", BOX, DielineOptions(style=style))
    assert all(box.panel_at(*panel.centre) == panel.panel_id for panel in box.panels)
    assert box.panel_at(1, box.panel("left").centre[1]) is None, "on the glue flap"
    assert box.panel_at(1, 1) is None
    front = box.panel("front")
    assert [box.panel_at(x, front.centre[1]) for x in (front.x - 0.1, front.x + 0.1)] == ["left", "front"]


def test_beside_the_round_edge_of_a_disc_is_no_panel() -> None:
    tube = make_dieline("cylinder", TUBE)
    assert tube.panel_at(*tube.panel("top").centre) == "top"
    assert tube.panel_at(tube.panel("top").x + 1, 1) is None


@pytest.mark.parametrize("style", STYLES)
def test_the_next_panel_in_a_direction(style: DielineStyle) -> None:
    box = make_dieline("box", BOX, DielineOptions(style=style))
    row = ["left"]
    while following := box.next_panel(row[-1], 1, 0):
        row.append(following)
    assert row == ["left", "front", "right", "back"]
    for wall in row:
        assert box.next_panel(wall, 0, -1) == "top"
        assert box.next_panel(wall, 0, 1) == "bottom"
    assert box.next_panel("top", 0, -1) is None
    with pytest.raises(KeyError):
        box.next_panel("body", 1, 0)


@pytest.mark.parametrize("kind", PACKAGE_TYPES)
@given(width=any_side, height=any_side, depth=any_side)
def test_a_design_of_any_size_is_shown(kind: PackageType, width: float, height: float, depth: float) -> None:
    size = Dimensions(width=width, height=height, depth=width if kind == "cylinder" else depth)
    shown = shown_dieline(kind, size, DielineOptions(caliper=10, bleed=10))
    assert tuple(panel.panel_id for panel in shown.panels) == PANEL_IDS[kind]
    assert all(shown.panel_at(*panel.centre) == panel.panel_id for panel in shown.panels)


def test_what_is_shown_is_what_is_exported_and_made_once() -> None:
    asked = DielineOptions(style=DielineStyle.REVERSE_TUCK, glue_flap=12)
    shown = shown_dieline("box", BOX, asked)
    assert shown == make_dieline("box", BOX, asked)
    assert shown_dieline("box", BOX, asked) is shown
