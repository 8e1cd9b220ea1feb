"""The whole blank follows a file: all panels in one step, lying as it was laid."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from support.pdf_parts import document
from support.sheets import file_of, painted, turned

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.links import SHEET, panel_target
from packdesk.errors import BadPictureError, NotPossibleError
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.incoming import IncomingPicture, Part
from packdesk.textures.library import hash_in_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from support.sessions import SessionDesk

    from packdesk.domain.change import DesignChange
    from packdesk.domain.links import LinkTarget
    from packdesk.services.sheets import SheetOffer
    from packdesk.store.base import StateStore
    from packdesk.textures.notes import Origin

PER_MM = 36 / 25.4


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StateStore]:
    """One is enough: what tells stores apart is tested with panels."""
    made = SqliteStore(tmp_path / "store.sqlite3")
    yield made
    made.close()


class Linked:
    """A session whose panels follow a sheet that lies turned and mirrored, against what was found."""

    def __init__(self, desk: SessionDesk, qtbot: QtBot, folder: Path) -> None:
        self.desk, self.session, self.qtbot = desk, desk.session, qtbot
        self.file = folder / "carton.png"
        self.changes: list[DesignChange] = []
        self.session.changed_here.connect(self.changes.append)
        self.session.begin()
        state = self.session.state
        self.blank = make_dieline(state.package_type, state.package_dimensions)

    def sheet(self, seed: int) -> Image.Image:
        return painted(self.blank, random.Random(seed), per_mm=PER_MM)

    def save(self, seed: int, turns: int = 0) -> None:
        self.file.write_bytes(file_of(turned(self.sheet(seed), turns), PER_MM))

    def offer(self) -> SheetOffer:
        with self.qtbot.waitSignal(self.session.artwork.sheet_found) as found:
            self.session.artwork.look_at_sheet(IncomingPicture.of_file(self.file), self.blank)
        offer: SheetOffer = found.args[0]
        return offer

    def link(self, turns: int = 0) -> None:
        offer = self.offer()
        self.session.links.link_sheet(offer, offer.found.placement.turned(turns))
        self.wait_for("followed")

    @property
    def state(self) -> str:
        return next((view.state for view in self.session.links.all if view.link.target == SHEET), "")

    def wait_for(self, state: str) -> None:
        self.qtbot.waitUntil(lambda: self.state == state)

    def notes(self) -> dict[str, Origin]:
        library = self.desk.services.pictures._library
        urls = self.session.state.texture_urls()
        found = {name: library.note(hash_in_url(url) or "") for name, url in urls.items()}
        return {name: note for name, note in found.items() if note is not None}

    def shown(self) -> dict[str, str]:
        pixmaps, names = self.session.pixmaps, self.session.state.texture_urls()
        return {name: entry.url for name in names if (entry := pixmaps.get(name)) is not None}

    def sources(self) -> set[str]:
        return {note.source for note in self.notes().values()}

    def wait_for_another(self, former: set[str]) -> None:
        self.qtbot.waitUntil(lambda: not self.sources() & former and self.state == "followed")


@pytest.fixture
def linked(desk: SessionDesk, qtbot: QtBot, tmp_path: Path) -> Linked:
    return Linked(desk, qtbot, tmp_path)


def test_all_panels_follow_in_one_step_and_lie_as_they_did(linked: Linked) -> None:
    linked.save(1)
    linked.link(turns=2)  # set right by hand, against what was found
    first, before = linked.notes(), linked.sources()
    assert len(first) == 6
    linked.session.artwork.turn_pictures(["top"])
    linked.qtbot.waitUntil(lambda: linked.notes()["top"].turns == 1)
    linked.qtbot.waitUntil(lambda: linked.shown() == linked.session.state.texture_urls())
    seen: list[dict[str, str]] = []
    linked.session.textures.changed.connect(lambda _: seen.append(linked.shown()))
    coming: list[set[str]] = []
    linked.session.links.coming.connect(lambda pictures: coming.append(set(pictures)))
    linked.save(2)
    linked.wait_for_another(before)
    linked.qtbot.waitUntil(lambda: linked.shown() == linked.session.state.texture_urls())
    assert seen
    assert all(shown == seen[-1] for shown in seen), "some panels were shown before others"
    assert coming[-1] == {hash_in_url(url) for url in seen[-1].values()}
    after = linked.notes()
    assert {name: note.piece for name, note in after.items()} == {n: note.piece for n, note in first.items()}
    assert after["top"].turns == 1
    linked.qtbot.waitUntil(lambda: linked.changes[-1].kind == "link" and len(linked.changes) == 3)
    assert len(linked.changes[-1].after.textures) == 6
    assert set(linked.session.links.views) == set(first)
    linked.session.history.apply(linked.changes[-1].back())
    linked.qtbot.waitUntil(lambda: linked.sources() == before)
    linked.save(3)
    linked.wait_for_another(before)
    assert not linked.desk.errors


def test_panels_that_look_alike_follow_with_pieces_of_their_own(linked: Linked) -> None:
    width, height = linked.sheet(1).size
    plain = Image.new("RGB", (width, height), "white")
    plain.paste("navy", (width * 45 // 100, height * 45 // 100, width * 55 // 100, height * 55 // 100))
    linked.file.write_bytes(file_of(plain, PER_MM))
    linked.link()
    before = linked.sources()
    assert len(set(linked.session.state.texture_urls().values())) < 6
    linked.save(2)
    linked.wait_for_another(before)
    places = {tuple(note.piece.place) for note in linked.notes().values() if note.piece}
    assert len(places) == 6
    linked.save(3)
    linked.qtbot.waitUntil(lambda: len(linked.changes) == 3)
    assert {tuple(note.piece.place) for note in linked.notes().values() if note.piece} == places


def test_a_sheet_of_another_size_is_put_where_it_is_certain(linked: Linked) -> None:
    linked.save(1)
    linked.link()
    before = linked.sources()
    linked.save(2, turns=1)
    linked.wait_for_another(before)
    kept = linked.sources()
    Image.new("RGB", (400, 300), "red").save(linked.file)
    linked.wait_for("unreadable")
    error = linked.session.links.all[0].error
    assert error
    assert "where it lies is not certain" in error.sentence
    assert linked.sources() == kept
    linked.save(3, turns=1)
    linked.wait_for_another(kept)


def test_after_undo_a_sheet_of_the_later_size_lies_as_that_did(linked: Linked) -> None:
    linked.save(1)
    linked.link()
    before = linked.sources()
    linked.save(2, turns=1)
    linked.wait_for_another(before)
    lay = {name: note.piece for name, note in linked.notes().items()}
    later = linked.sources()
    linked.qtbot.waitUntil(lambda: linked.changes[-1].kind == "link" and len(linked.changes) == 2)
    linked.session.history.apply(linked.changes[-1].back())
    linked.qtbot.waitUntil(lambda: linked.sources() == before)
    linked.save(3, turns=1)
    linked.wait_for_another(before | later)
    assert {name: note.piece for name, note in linked.notes().items()} == lay


def test_set_right_by_hand_it_is_not_put_elsewhere_when_its_size_changes(linked: Linked) -> None:
    linked.save(1)
    linked.link(turns=2)
    before = linked.sources()
    linked.save(2, turns=1)
    linked.wait_for("unreadable")
    assert linked.sources() == before
    linked.link()  # agreed to again
    linked.qtbot.waitUntil(lambda: not linked.sources() & before)


def _target(linked: Linked, panel_id: str) -> LinkTarget | None:
    view = linked.session.links.views.get(panel_id)
    return None if view is None else view.link.target


def test_a_panel_with_another_picture_follows_no_longer_and_the_others_do(
    linked: Linked, tmp_path: Path
) -> None:
    linked.save(1)
    linked.link()
    other = tmp_path / "other.png"
    Image.new("RGB", (300, 400), "blue").save(other)
    linked.session.links.link({"front": other})
    linked.qtbot.waitUntil(lambda: {"front", "back"} <= set(linked.session.links.views))
    linked.qtbot.waitUntil(lambda: _target(linked, "front") == panel_target("front"))
    blue = linked.notes()["front"].source
    former = linked.sources() - {blue}
    linked.save(2)
    linked.qtbot.waitUntil(lambda: not linked.sources() & former)
    assert linked.notes()["front"].source == blue
    for seed, turns in ((3, 1), (4, 1), (5, 0)):  # with another size, too
        others = linked.sources() - {blue}
        linked.save(seed, turns)
        linked.qtbot.waitUntil(lambda others=others: not linked.sources() & others)  # type: ignore[misc]  # no type for its default
        assert linked.notes()["front"].source == blue
    linked.link()  # the panel's own link ends when the sheet is put there again
    linked.qtbot.waitUntil(lambda: [view.link.target for view in linked.session.links.all] == [SHEET])
    linked.qtbot.waitUntil(lambda: len(linked.changes) == 7)
    linked.session.history.apply(linked.changes[-1].back())
    linked.qtbot.waitUntil(lambda: len(linked.session.links.all) == 2)


def test_other_artwork_on_all_panels_ends_it_and_undo_brings_it_back(linked: Linked, tmp_path: Path) -> None:
    linked.save(1)
    linked.link()
    plain = io.BytesIO()
    Image.new("RGB", (300, 400), "blue").save(plain, "PNG")
    panels = linked.session.state.panel_textures
    pictures = {name: IncomingPicture("b.png", encode=plain.getvalue) for name in panels}
    linked.session.artwork.put_pictures(pictures)
    linked.wait_for("")
    linked.session.history.apply(linked.changes[-1].back())
    linked.wait_for("followed")
    linked.session.links.unlink([SHEET])
    linked.wait_for("")
    linked.session.links.unlink([SHEET])
    linked.qtbot.waitUntil(lambda: bool(linked.desk.errors))
    assert [type(error) for error in linked.desk.errors] == [NotPossibleError]
    assert len(linked.session.state.panel_textures) == 6


def test_a_page_of_a_document_is_followed(linked: Linked, tmp_path: Path) -> None:
    file = tmp_path / "pages.pdf"
    file.write_bytes(document())
    picture = IncomingPicture.of_file(file, Part(3))
    linked.session.links._run(linked.session.links._put({"front": picture}))
    linked.qtbot.waitUntil(lambda: "front" in linked.session.links.views)
    assert linked.session.links.views["front"].link.page == 3
    before = linked.sources()
    file.write_bytes(document(layers=("Art",)))  # a bar on every page
    linked.qtbot.waitUntil(lambda: bool(linked.sources()) and not linked.sources() & before)
    with Image.open(io.BytesIO(linked.desk.services.pictures._library.read(linked.sources().pop()))) as shown:
        assert shown.convert("RGB").getpixel((shown.width // 2, shown.height // 2)) == (0, 0, 255)
    linked.session.links._run(linked.session.links._put({"back": IncomingPicture.of_file(file, Part(4))}))
    linked.qtbot.waitUntil(lambda: bool(linked.desk.errors))
    assert isinstance(linked.desk.errors[0], BadPictureError)
    assert "no such page" in linked.desk.errors[0].sentence
