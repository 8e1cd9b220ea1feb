"""Pictures placed, pasted, cleared and saved; and changes taken back in their order."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from support.providers import picture_bytes
from support.sizes import set_size, sized

from packdesk.domain.change import DesignChange, DesignParts
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.order import GenerationOrder
from packdesk.domain.wire import decode_state
from packdesk.errors import ChangedMeanwhileError, StoreUnavailableError
from packdesk.jobs import size_saver
from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from support.sessions import SessionDesk

    from packdesk.domain.state import PackagingState

PROMPT = "vintage floral pattern"


@pytest.fixture
def begun(desk: SessionDesk, qtbot: QtBot) -> SessionDesk:
    with qtbot.waitSignal(desk.session.state_changed):
        desk.session.begin()
    return desk


@pytest.fixture
def pictured(begun: SessionDesk, qtbot: QtBot, tmp_path: Path) -> SessionDesk:
    """A wide picture on the top."""
    wide = Image.new("RGB", (90, 30), "navy")
    wide.paste("gold", (0, 0, 60, 12))  # it looks another way in each of the four positions
    wide.save(tmp_path / "wide.png")
    with qtbot.waitSignal(begun.session.artwork.changed_here):
        begun.session.artwork.put_pictures({"top": IncomingPicture.of_file(tmp_path / "wide.png")})
    return begun


def stored(desk: SessionDesk) -> PackagingState:
    raw = desk.store.load()
    assert raw
    return decode_state(raw)


def url(desk: SessionDesk, panel: str = "top") -> str:
    return stored(desk).panel_textures[panel].texture_url


def resized(*widths: float) -> list[DesignChange]:
    """Changes of the width from each to the next."""
    sizes = [Dimensions(width=width, height=150, depth=100) for width in widths]
    return [
        DesignChange("size", DesignParts("box", before), DesignParts("box", after))
        for before, after in pairwise(sizes)
    ]


def test_turning_four_times_is_where_it_began(pictured: SessionDesk, qtbot: QtBot) -> None:
    urls = [url(pictured)]
    for _ in range(4):
        with qtbot.waitSignal(pictured.session.artwork.changed_here) as told:
            pictured.session.artwork.turn_pictures(["top"])
        assert told.args[0].kind == "placement"
        urls.append(url(pictured))
    assert urls[4] == urls[0]
    assert len(set(urls)) == 4


def test_all_of_it_or_filled(pictured: SessionDesk, qtbot: QtBot) -> None:
    filled = url(pictured)
    with qtbot.waitSignal(pictured.session.artwork.changed_here):
        pictured.session.artwork.fit_pictures(["top"], "fit")
    assert url(pictured) != filled
    with qtbot.waitSignal(pictured.session.artwork.changed_here):
        pictured.session.artwork.fit_pictures(["top"], "crop")
    assert url(pictured) == filled


def test_pasting(begun: SessionDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(begun.session.artwork.changed_here) as told:
        begun.session.artwork.put_pictures(
            {"left": IncomingPicture("copied", encode=partial(picture_bytes, 4))}
        )
    assert told.args[0].kind == "picture"
    assert list(stored(begun).panel_textures) == ["left"]
    qtbot.waitUntil(lambda: begun.shown("left") == url(begun, "left"))


def test_clearing(pictured: SessionDesk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(pictured.session.textures.pixmaps.images()) == 1)
    with qtbot.waitSignal(pictured.session.artwork.changed_here) as told:
        pictured.session.artwork.clear_panels(["top"])
    assert told.args[0].kind == "panel cleared"
    assert stored(pictured).panel_textures == {}
    assert len(pictured.session.textures.pixmaps.images()) == 0


def test_swapping_and_copying_are_one_step_each(pictured: SessionDesk, qtbot: QtBot) -> None:
    session = pictured.session
    before = stored(pictured).panel_textures
    artwork = session.artwork
    for work, kind, panels in (
        (partial(artwork.copy_panel, "top", ["left", "right"]), "panel copied", {"left", "right"}),
        (partial(artwork.swap_panels, "top", "front"), "panels swapped", {"top", "front"}),
    ):
        with qtbot.waitSignal(session.artwork.changed_here) as told:
            work()
        change = told.args[0]
        assert (change.kind, set(change.after.textures)) == (kind, panels)
        with qtbot.waitSignal(session.state_changed):
            session.history.apply(change.back())
        assert stored(pictured).panel_textures == before


def test_saving(pictured: SessionDesk, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "saved.png"
    with qtbot.waitSignal(pictured.session.artwork.saved) as told:
        pictured.session.artwork.save_picture("top", file)
    assert told.args == [file]
    with Image.open(file) as picture:
        assert picture.format == "PNG"
        qtbot.waitUntil(lambda: pictured.session.textures.pixmaps.get("top") is not None)
        shown = pictured.session.textures.pixmaps.get("top")
        assert shown is not None
        assert picture.size == (shown.image.width(), shown.image.height())


@pytest.mark.parametrize("intent", ["import", "paste", "turn", "save", "unknown panel"])
def test_what_cannot_be_done_is_told(begun: SessionDesk, qtbot: QtBot, tmp_path: Path, intent: str) -> None:
    artwork = begun.session.artwork
    before = begun.session.state
    with qtbot.waitSignal(begun.session.failed):
        {
            "import": lambda: artwork.put_pictures({"top": IncomingPicture.of_file(tmp_path / "gone.png")}),
            "paste": lambda: artwork.put_pictures(
                {"top": IncomingPicture("copied", encode=lambda: b"no picture")}
            ),
            "turn": lambda: artwork.turn_pictures(["top"]),
            "save": lambda: artwork.save_picture("top", tmp_path / "a.png"),
            "unknown panel": lambda: artwork.put_pictures(
                {"body": IncomingPicture("copied", encode=picture_bytes)}
            ),
        }[intent]()
    assert begun.errors[-1].sentence
    assert begun.session.state == before


def test_cancelling_stops_no_import(begun: SessionDesk, qtbot: QtBot) -> None:
    set_size(begun.session, 60, 70, 80)
    begun.session.artwork.put_pictures({"left": IncomingPicture("copied", encode=picture_bytes)})
    begun.session.generation.generate(GenerationOrder(PROMPT))
    begun.session.generation.cancel()
    qtbot.waitUntil(lambda: begun.session.textures.pixmaps.get("left") is not None)
    assert begun.provider.requests == []
    with qtbot.waitSignal(begun.session.generation.finished):
        begun.session.generation.generate(GenerationOrder(PROMPT, ("top",)))


def test_changes_are_taken_back_in_the_order_asked_for(begun: SessionDesk, qtbot: QtBot) -> None:
    widths: list[float] = []
    begun.session.history.applied.connect(lambda state: widths.append(state.package_dimensions.width))
    for change in resized(100, 110, 120, 130):
        begun.session.history.apply(change)
    qtbot.waitUntil(lambda: len(widths) == 3)
    assert widths == [110, 120, 130]
    assert stored(begun).package_dimensions.width == 130


def test_those_behind_a_refused_one_are_dropped(begun: SessionDesk, qtbot: QtBot) -> None:
    asyncio.run(begun.services.designs.update_dimensions(sized("box", 200, 150, 100)))
    with qtbot.waitSignal(begun.session.history.refused) as refused:
        for change in resized(100, 110, 120, 130):
            begun.session.history.apply(change)
    assert refused.args == [3]
    qtbot.waitUntil(lambda: bool(begun.errors))
    assert [type(error) for error in begun.errors] == [ChangedMeanwhileError]
    begun.session.history.apply(resized(200, 210)[0])
    qtbot.waitUntil(lambda: stored(begun).package_dimensions.width == 210)


def test_those_behind_a_size_that_cannot_be_saved_are_dropped(
    begun: SessionDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(size_saver, "RETRY_AFTER_MS", 10)
    begun.outage.set()
    set_size(begun.session, 110, 150, 100)
    with qtbot.waitSignal(begun.session.history.refused) as refused:
        begun.session.history.apply(resized(110, 100)[0])
        begun.session.history.apply(resized(100, 90)[0])
    assert refused.args == [2]
    assert any(isinstance(error, StoreUnavailableError) for error in begun.errors)
    begun.outage.clear()
    qtbot.waitUntil(lambda: not begun.session.unsaved)
    begun.session.history.apply(resized(110, 120)[0])
    qtbot.waitUntil(lambda: stored(begun).package_dimensions.width == 120)


def test_a_new_design_that_cannot_be_made_shows_what_is_there(begun: SessionDesk, qtbot: QtBot) -> None:
    begun.outage.set()
    set_size(begun.session, 110, 150, 100)
    begun.session.clear()
    qtbot.waitUntil(lambda: begun.states[-1].package_dimensions.width == 100)
    assert not begun.session.unsaved
