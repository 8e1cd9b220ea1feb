"""Panels that are done are shown while the rest of a batch is made; the design has them at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.order import GenerationOrder
from packdesk.ui.row_list import ROW_ROLE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

SLOW = ("top", "bottom")
DONE = {"front", "back", "left", "right"}


def begin(window: Window, qtbot: QtBot) -> None:
    """Generate all panels, two of which never come, until the others are seen."""
    window.desk.provider.endless = SLOW
    window.desk.provider.usual_parallel = 6
    window.desk.session.generation.generate(GenerationOrder("red stripes"))
    qtbot.waitUntil(lambda: set(window.desk.session.pixmaps.images()) == DONE)


def test_what_is_done_is_seen_and_not_yet_in_the_design(open_window: Window, qtbot: QtBot) -> None:
    begin(open_window, qtbot)
    session = open_window.desk.session
    assert not session.state.panel_textures
    panels = open_window.window.artwork.list
    shown = [panels.item(number).data(ROW_ROLE) for number in range(panels.count())]
    rows = {row.panel_id: row for row in shown}
    assert {panel for panel, row in rows.items() if row.thumbnail is not None} == DONE
    assert {row.note for panel, row in rows.items() if panel in DONE} == {"Preview"}
    scene = open_window.window.view.scene()
    assert scene is not None
    assert set(scene.textures) == DONE


def test_cancelled_it_is_gone(open_window: Window, qtbot: QtBot) -> None:
    begin(open_window, qtbot)
    open_window.desk.session.generation.cancel()
    qtbot.waitUntil(lambda: not open_window.desk.session.pixmaps.images())
    assert not open_window.desk.session.state.panel_textures


def test_at_the_end_it_stays_without_being_shown_anew(open_window: Window, qtbot: QtBot) -> None:
    session = open_window.desk.session
    seen: list[set[str]] = []
    session.textures.changed.connect(lambda _panel: seen.append(set(session.pixmaps.images())))
    with qtbot.waitSignal(session.generation.finished):
        session.generation.generate(GenerationOrder("red stripes"))
    qtbot.waitUntil(lambda: len(session.pixmaps.images()) == 6)
    assert len(session.state.panel_textures) == 6
    assert [len(one) for one in seen] == sorted(len(one) for one in seen), "none went on the way"
