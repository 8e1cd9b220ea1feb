"""The switch to the inside: list and flat view show it, what is dropped goes there, undo takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from support.flat import png

from packdesk.domain.preflight import Finding, Level
from packdesk.textures.incoming import IncomingPicture
from packdesk.ui.dropping import Offer
from packdesk.ui.window.show_finding import show_finding

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window


@pytest.fixture
def inside(open_window: Window) -> Window:
    """A window that shows the inside, its front selected."""
    open_window.window.sights.inside.switch.inside.click()
    open_window.window.select("front")
    return open_window


def red() -> Offer:
    return Offer((IncomingPicture("red.png", encode=lambda: png(Image.new("RGB", (60, 90), "red"))),))


def test_both_switches_and_the_key_are_one(inside: Window) -> None:
    window = inside.window
    assert window.sights.inside.active
    assert window.actions_["inside"].isChecked()
    assert window.artwork.heading.text() == "Inside"
    blank = window.flat.dieline
    assert blank is not None
    assert not window.artwork.prompt.senders.isEnabled() or not window.actions_["generate_all"].isEnabled()
    window.actions_["inside"].trigger()
    assert not window.sights.inside.active
    assert window.flat.dieline is not None
    assert window.flat.dieline.panel("left").x < window.flat.dieline.panel("front").x
    assert blank.panel("left").x > blank.panel("front").x


def test_what_is_dropped_goes_inside_and_undo_takes_it_back(inside: Window, qtbot: QtBot) -> None:
    window, session = inside.window, inside.desk.session
    artwork = window.sights.inside.artwork
    window.commands.put("front", red())
    qtbot.waitUntil(lambda: artwork.pixmaps.get("front") is not None)
    assert session.state.panel_textures == {}
    assert "front" in window.view.scene().inside  # type: ignore[union-attr]  # it is shown
    assert window.flat.sheet is not None
    assert "front" in window.flat.sheet.scene.pictures
    window.actions_["turn"].trigger()
    qtbot.waitUntil(lambda: artwork.own["front"].turns == 1)
    window.history.stack.undo()
    window.history.stack.undo()
    qtbot.waitUntil(lambda: not artwork.own and artwork.pixmaps.get("front") is None)
    kept = inside.desk.services.appearance
    qtbot.waitUntil(lambda: (found := kept.read()) is not None and found.inside == ())
    window.history.stack.redo()
    qtbot.waitUntil(lambda: artwork.pixmaps.get("front") is not None)


def test_how_the_window_looks_leaves_it_alone(inside: Window, qtbot: QtBot) -> None:
    window, kept = inside.window, inside.desk.services.appearance
    window.commands.put("front", red())
    qtbot.waitUntil(lambda: window.sights.inside.artwork.pixmaps.get("front") is not None)
    window.view.turn_to("back")
    window.appearance.tell()
    qtbot.waitUntil(lambda: (found := kept.read()) is not None and found.view is not None)
    found = kept.read()
    assert found is not None
    assert [art.panel_id for art in found.inside] == ["front"]


def test_a_finding_is_shown_on_its_side_at_its_place(open_window: Window) -> None:
    window = open_window.window
    window.actions_["flat"].setChecked(False)
    place = (0.0, 0.0, 0.2, 1.0)
    show_finding(
        window, Finding(Level.NOTE, "inside-glue", "A flap.", panel_id="back", place=place, inside=True)
    )
    assert window.sights.inside.active
    assert not window.flat.isHidden()
    sheet = window.flat.sheet
    assert sheet is not None
    assert sheet.scene.selected == "back"
    assert sheet.marked is not None
    panel = sheet.scene.dieline.panel("back")
    assert sheet.marked[1] == pytest.approx((panel.x, panel.y, panel.x + 20, panel.y + panel.height))
    camera = window.flat.camera
    assert abs(camera.x - panel.x - 10) < 1
    window.select("front")
    assert window.flat.sheet is not None
    assert window.flat.sheet.marked is None
    show_finding(
        window, Finding(Level.NOTE, "thin-lines", "Lines.", panel_id="front", place=(0.4, 0.4, 0.5, 0.5))
    )
    assert not window.sights.inside.active
    assert window.flat.dieline is not None
    assert window.flat.camera.x == pytest.approx(
        window.flat.dieline.panel("front").point(0.45, 0.45)[0], abs=1
    )
