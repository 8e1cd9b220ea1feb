"""What a window may want back is safe from whoever tidies the library meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from support.tidying import tidying_over

from packdesk.domain.wire import decode_state
from packdesk.textures.incoming import IncomingPicture
from packdesk.textures.library import TextureLibrary, hash_in_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from support.sessions import SessionDesk

    from packdesk.domain.change import DesignChange


@pytest.fixture
def turned(desk: SessionDesk, qtbot: QtBot, tmp_path: Path) -> list[DesignChange]:
    """A picture that was imported, turned twice and taken off: four steps of undo."""
    wide = Image.new("RGB", (90, 30), "navy")
    wide.paste("gold", (0, 0, 60, 12))
    wide.save(tmp_path / "wide.png")
    changes: list[DesignChange] = []
    desk.session.changed_here.connect(changes.append)
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.begin()
    artwork = desk.session.artwork
    acts: list[Callable[[], None]] = [
        lambda: artwork.put_pictures({"top": IncomingPicture.of_file(tmp_path / "wide.png")}),
        lambda: artwork.turn_pictures(["top"]),
        lambda: artwork.turn_pictures(["top"]),
        lambda: artwork.clear_panels(["top"]),
    ]
    for act in acts:
        with qtbot.waitSignal(desk.session.changed_here):
            act()
    return changes


def names_in(changes: list[DesignChange]) -> set[str]:
    textures = [texture for change in changes for texture in change.before.textures.values() if texture]
    return {name for texture in textures if (name := hash_in_url(texture.texture_url))}


def test_undo_of_an_open_window_is_safe_from_another_program(
    desk: SessionDesk, turned: list[DesignChange], qtbot: QtBot, tmp_path: Path
) -> None:
    names, library = names_in(turned), TextureLibrary(tmp_path / "library")
    qtbot.waitUntil(lambda: names <= library.holds.held())
    other = tidying_over(desk.store, library, tmp_path)
    asyncio.run(other.tidy())
    assert len(names) == 3
    assert names <= {path.stem for path in (tmp_path / "library").glob("*.png")}
    for change in reversed(turned[1:]):
        with qtbot.waitSignal(desk.session.history.applied):
            desk.session.history.apply(change.back())
    shown = decode_state(desk.store.load() or b"").panel_textures["top"].texture_url
    qtbot.waitUntil(lambda: desk.shown("top") == shown)


def test_a_closed_window_needs_nothing(
    desk: SessionDesk, turned: list[DesignChange], qtbot: QtBot, tmp_path: Path
) -> None:
    names, library = names_in(turned), TextureLibrary(tmp_path / "library")
    qtbot.waitUntil(lambda: names <= library.holds.held())
    desk.session.close()
    assert library.holds.held() == set()
    done = asyncio.run(tidying_over(desk.store, library, tmp_path).tidy())
    assert done.uses["windows"] == 0
    assert done.removed.pictures >= 2  # the copy of what was seen last may still name the third
