"""Panels that follow files: in whichever way a program saves them, by whoever the panel is changed."""

from __future__ import annotations

import base64
import errno
import io
import os
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from support.sessions import SessionDesk
from support.writing import put

from packdesk.domain.links import panel_target
from packdesk.domain.order import GenerationOrder
from packdesk.domain.wire import decode_state, encode_state
from packdesk.errors import BadPictureError, LibraryUnwritableError
from packdesk.store.redis import RedisStore
from packdesk.store.sqlite import SqliteStore
from packdesk.textures import library
from packdesk.textures.incoming import IncomingPicture
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from packdesk.domain.change import DesignChange
    from packdesk.store.base import StateStore

RED, GREEN, BLUE, INK = (200, 30, 30), (30, 160, 60), (30, 60, 200), (0, 0, 0)
FRONT = panel_target("front")
Colour = tuple[int, int, int]


def png(colour: Colour) -> bytes:
    buffer, picture = io.BytesIO(), Image.new("RGB", (300, 400), colour)
    picture.paste(INK, (250, 0, 300, 80))  # so that it is another one when it is turned
    picture.save(buffer, "PNG")
    return buffer.getvalue()


class Linked:
    """A session whose front follows a file, and what can be seen of it."""

    def __init__(self, desk: SessionDesk, qtbot: QtBot, folder: Path) -> None:
        self.desk, self.session, self.qtbot = desk, desk.session, qtbot
        self.file = folder / "front.png"
        self.changes: list[DesignChange] = []
        self.session.changed_here.connect(self.changes.append)
        self.file.write_bytes(png(RED))
        self.session.begin()
        self.session.links.link({"front": self.file})
        self.wait_for(RED, "followed")

    @property
    def colour(self) -> Colour | None:
        shown = self.session.pixmaps.get("front")
        if shown is None:
            return None
        found = shown.pixmap.toImage().pixelColor(5, 5)
        return (found.red(), found.green(), found.blue())

    @property
    def kinds(self) -> list[str]:
        return [change.kind for change in self.changes]

    @property
    def state(self) -> str:
        view = self.session.links.views.get("front")
        return view.state if view else ""

    def wait_for(self, colour: Colour | None, state: str) -> None:
        def seen() -> None:
            assert (self.colour, self.state) == (colour, state), self.desk.errors

        self.qtbot.waitUntil(seen)

    def kept(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.desk.folder / "links").glob("*.json")}


@pytest.fixture(params=["sqlite"])
def store(request: pytest.FixtureRequest) -> Iterator[StateStore]:
    """One is enough for most."""
    made: StateStore
    if request.param == "sqlite":
        made = SqliteStore(request.getfixturevalue("tmp_path") / "store.sqlite3")
    else:
        made = RedisStore(request.getfixturevalue("empty_redis").url)
    yield made
    made.close()


@pytest.fixture
def linked(desk: SessionDesk, qtbot: QtBot, tmp_path: Path) -> Linked:
    return Linked(desk, qtbot, tmp_path)


def in_place(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def beside(file: Path, data: bytes) -> None:
    other = file.with_suffix(".tmp")
    other.write_bytes(data)
    other.replace(file)


def anew(file: Path, data: bytes) -> None:
    file.unlink()
    file.write_bytes(data)


def with_old_times(file: Path, data: bytes) -> None:
    """As who copies a file with its times does."""
    known = file.stat()
    file.write_bytes(data)
    os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))


@pytest.mark.parametrize("save", [in_place, beside, anew, with_old_times])
def test_what_is_saved_is_shown_and_undone(linked: Linked, save: Callable[[Path, bytes], None]) -> None:
    save(linked.file, png(GREEN))
    linked.wait_for(GREEN, "followed")
    save(linked.file, png(BLUE))
    linked.wait_for(BLUE, "followed")
    linked.qtbot.waitUntil(lambda: linked.kinds == ["link"] * 3)
    linked.session.history.apply(linked.changes[-1].back())
    linked.wait_for(GREEN, "followed")
    save(linked.file, png(RED))
    linked.wait_for(RED, "followed")
    assert not linked.desk.errors


def test_half_a_file_is_waited_for(linked: Linked) -> None:
    whole = png(GREEN)
    seen: list[Colour | None] = []
    linked.session.textures.changed.connect(lambda _panel: seen.append(linked.colour))
    linked.file.write_bytes(whole[:-20])
    linked.wait_for(RED, "waiting")
    linked.file.write_bytes(whole)
    linked.wait_for(GREEN, "followed")
    assert set(seen) <= {GREEN, None}


def test_what_is_no_picture_is_told_and_the_last_one_stays(linked: Linked) -> None:
    linked.file.write_bytes(b"GIF89a" + bytes(200))
    linked.wait_for(RED, "unreadable")
    error = linked.session.links.views["front"].error
    assert error
    assert "a GIF picture" in error.sentence
    linked.file.write_bytes(png(GREEN))
    linked.wait_for(GREEN, "followed")


def test_a_file_that_never_rests_is_shown_all_the_same(linked: Linked) -> None:
    for count in range(100):
        beside(linked.file, png((30, 160, count)))
        linked.qtbot.wait(20)
    linked.wait_for((30, 160, 99), "followed")
    assert 2 < len(linked.changes) < 20


def test_a_generation_for_the_panel_is_waited_for(linked: Linked) -> None:
    linked.desk.provider.endless = ("front",)
    linked.session.generation.generate(GenerationOrder("vintage floral pattern", ("front",)))
    linked.qtbot.waitUntil(lambda: linked.session.state.generating)
    linked.qtbot.wait(400)  # until the follower knows
    linked.file.write_bytes(png(GREEN))
    linked.wait_for(RED, "waiting")
    linked.session.generation.cancel()
    linked.wait_for(GREEN, "followed")


def test_a_file_that_goes_is_missed_and_found_again(linked: Linked) -> None:
    moved = linked.file.with_name("moved.png")
    linked.file.rename(moved)
    linked.wait_for(RED, "missing")
    error = linked.session.links.views["front"].error
    assert error
    assert str(linked.file) in error.sentence
    linked.session.links.find(FRONT, moved)
    linked.wait_for(RED, "followed")
    moved.write_bytes(png(BLUE))
    linked.wait_for(BLUE, "followed")


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "nothing"])
def test_what_is_no_file_is_not_waited_for(linked: Linked, kind: str) -> None:
    linked.file.unlink()
    if kind == "folder":
        linked.file.mkdir()
    elif kind == "pipe":
        os.mkfifo(linked.file)
    elif kind == "device":
        linked.file.symlink_to("/dev/zero")
    linked.wait_for(RED, "missing")
    linked.session.links.link({"back": linked.file})
    linked.qtbot.waitUntil(lambda: bool(linked.desk.errors))
    assert [type(error) for error in linked.desk.errors] == [BadPictureError]
    assert "back" not in linked.session.links.views


def test_another_picture_put_here_ends_the_link_and_undo_brings_it_back(
    linked: Linked, tmp_path: Path
) -> None:
    other = tmp_path / "other.png"
    other.write_bytes(png(BLUE))
    linked.session.artwork.put_pictures({"front": IncomingPicture.of_file(other)})
    linked.wait_for(BLUE, "")
    linked.file.write_bytes(png(GREEN))
    linked.session.history.apply(linked.changes[-1].back())
    linked.wait_for(GREEN, "followed")


def test_a_link_goes_with_its_picture(linked: Linked) -> None:
    linked.session.artwork.swap_panels("front", "back")
    linked.qtbot.waitUntil(lambda: list(linked.session.links.views) == ["back"])
    linked.file.write_bytes(png(GREEN))
    linked.qtbot.waitUntil(lambda: linked.kinds[-1] == "link" and len(linked.changes) == 3)
    linked.qtbot.waitUntil(lambda: linked.desk.shown("back") is not None)
    assert linked.desk.shown("front") is None


def test_another_program_may_put_another_picture_there(linked: Linked, tmp_path: Path) -> None:
    state = decode_state(linked.desk.store.load() or b"")
    texture = state.panel_textures["front"]
    url = "data:image/png;base64," + base64.b64encode(png(BLUE)).decode()
    theirs = texture.model_copy(update={"texture_url": url})
    put(linked.desk.store, encode_state(state.model_copy(update={"panel_textures": {"front": theirs}})))
    linked.wait_for(BLUE, "replaced")
    linked.file.write_bytes(png(GREEN))
    linked.session.links.follow_again([FRONT])
    linked.wait_for(GREEN, "followed")


def test_turned_and_whole_it_stays(linked: Linked) -> None:
    linked.session.artwork.turn_pictures(["front"])
    linked.qtbot.waitUntil(lambda: linked.kinds[-1] == "placement")
    linked.file.write_bytes(png(GREEN))
    linked.wait_for(GREEN, "followed")
    note = linked.desk.services.pictures._library.note(hash_in_url(linked.desk.shown("front") or "") or "")
    assert note
    assert (note.turns, note.fit) == (1, "crop")


@pytest.mark.parametrize("store", ["sqlite", "redis"], indirect=True)
def test_two_windows_write_once(linked: Linked, qtbot: QtBot) -> None:
    again = SessionDesk(linked.desk.store, linked.desk.folder)
    changes: list[DesignChange] = []
    again.session.changed_here.connect(changes.append)
    try:
        again.session.begin()
        qtbot.waitUntil(lambda: "front" in again.session.links.views)
        for colour in (GREEN, BLUE, GREEN, RED):
            linked.file.write_bytes(png(colour))
            linked.wait_for(colour, "followed")
            qtbot.waitUntil(lambda: again.shown("front") == linked.desk.shown("front"))
        qtbot.waitUntil(lambda: len(linked.changes) + len(changes) >= 1 + 4)
        assert len(linked.changes) + len(changes) == 1 + 4
    finally:
        again.close()


def test_the_link_itself_is_undone_and_done_again(linked: Linked) -> None:
    linked.session.history.apply(linked.changes[0].back())
    linked.wait_for(None, "")
    linked.file.write_bytes(png(GREEN))
    linked.session.history.apply(linked.changes[0])
    linked.wait_for(GREEN, "followed")


def test_a_folder_that_takes_no_pictures_is_told_and_waited_for(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as context:
        context.setattr(library, "write_atomically", full)
        linked.file.write_bytes(png(GREEN))
        linked.wait_for(RED, "waiting")
    linked.wait_for(GREEN, "followed")
    assert [type(error) for error in linked.desk.errors] == [LibraryUnwritableError]


def test_unlinked_the_picture_stays(linked: Linked) -> None:
    linked.session.links.unlink([FRONT])
    linked.wait_for(RED, "")
    assert not linked.desk.errors
    linked.session.links.unlink([FRONT])
    linked.qtbot.waitUntil(lambda: bool(linked.desk.errors))
    assert "follows no file" in linked.desk.errors[0].sentence


def test_a_file_saved_while_nobody_looked_is_shown_at_the_next_start(linked: Linked, qtbot: QtBot) -> None:
    linked.session.close()
    linked.file.write_bytes(png(GREEN))
    again = SessionDesk(linked.desk.store, linked.desk.folder)
    try:
        again.session.begin()
        before = linked.desk.shown("front")
        qtbot.waitUntil(lambda: again.shown("front") not in {None, before})
    finally:
        again.close()
