"""After a resize the artwork is cut anew, when the sliders rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.sizes import set_size

from packdesk.domain.order import GenerationOrder
from packdesk.domain.wire import decode_state

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from support.sessions import SessionDesk

    from packdesk.domain.state import PackagingState

PROMPT = "vintage floral pattern"


def stored(desk: SessionDesk) -> PackagingState:
    raw = desk.store.load()
    assert raw
    return decode_state(raw)


def test_artwork_follows_the_size(desk: SessionDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.begin()
    with qtbot.waitSignal(desk.session.generation.finished):
        desk.session.generation.generate(GenerationOrder(PROMPT))
    before = stored(desk).panel_textures["front"]
    for width in range(101, 141, 5):
        set_size(desk.session, width, 150, 100)
    qtbot.waitUntil(lambda: stored(desk).panel_textures["front"].dimensions.width == 136)
    after = stored(desk).panel_textures
    assert after["front"].texture_url != before.texture_url
    assert after["front"].prompt == before.prompt
    assert after["front"].generated_at == before.generated_at
    assert after["left"].dimensions.width == 100
    assert len(desk.provider.requests) == 6
    qtbot.waitUntil(lambda: desk.shown("front") == after["front"].texture_url)
    shown = desk.session.textures.pixmaps.get("front")
    assert shown
    assert shown.image.width() / shown.image.height() == pytest.approx(136 / 150, rel=0.02)


def test_a_size_set_while_generating_is_followed_afterwards(desk: SessionDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.begin()
    with qtbot.waitSignal(desk.session.generation.finished):
        desk.session.generation.generate(GenerationOrder(PROMPT))
        qtbot.waitUntil(lambda: bool(desk.provider.requests))
        set_size(desk.session, 120, 150, 100)
    qtbot.waitUntil(lambda: stored(desk).panel_textures["front"].dimensions.width == 120)
