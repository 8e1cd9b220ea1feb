"""Which panels are seen, and turning to those that are not."""

from __future__ import annotations

import pytest

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import PANEL_IDS
from packdesk.viewer.camera import NAMED_VIEWS, Camera
from packdesk.viewer.picking import facing, is_hidden

BOX, TIN = Dimensions(width=100, height=150, depth=60), Dimensions(width=80, height=150, depth=80)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("home", {"front", "right", "top"}),
        ("front", {"front"}),
        ("back", {"back"}),
        ("left", {"left"}),
        ("top", {"top"}),
        ("bottom", {"bottom"}),
    ],
)
def test_what_a_view_shows_of_a_box(name: str, seen: set[str]) -> None:
    camera = Camera(distance=900).looking(name)
    assert {panel for panel in PANEL_IDS["box"] if not is_hidden(camera, panel, BOX)} == seen


@pytest.mark.parametrize(("name", "seen"), [("home", {"body", "top"}), ("top", {"top"}), ("front", {"body"})])
def test_what_a_view_shows_of_a_tin(name: str, seen: set[str]) -> None:
    camera = Camera(distance=900).looking(name)
    assert {panel for panel in PANEL_IDS["cylinder"] if not is_hidden(camera, panel, TIN)} == seen


@pytest.mark.parametrize("start", NAMED_VIEWS)
@pytest.mark.parametrize(("size", "panels"), [(BOX, PANEL_IDS["box"]), (TIN, PANEL_IDS["cylinder"])])
def test_a_panel_is_seen_once_the_camera_faces_it(
    start: str, size: Dimensions, panels: tuple[str, ...]
) -> None:
    for panel_id in panels:
        assert not is_hidden(facing(Camera(distance=900).looking(start), panel_id), panel_id, size)
