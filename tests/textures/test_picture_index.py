"""The list of all pictures says what the files say, whatever becomes of the list."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes

from packdesk.domain.panels import FlatSize
from packdesk.textures.check import CleanPicture, clean_picture
from packdesk.textures.inventory import Stocktaker
from packdesk.textures.library import TextureLibrary
from packdesk.textures.notes import LONGEST_WORDS, Making, read_making
from packdesk.textures.picture_index import PictureIndex, time_text
from packdesk.textures.recipes import make_cut

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANSWER = Making(
    kind="answer",
    words="Straße in Gold",
    at="2026-11-01T10:00:00.250Z",
    provider="gemini",
    model="gemini-3.1-flash-image",
    seed=7,
    panel="front",
    size=(100.0, 150.0),
    cost="medium",
)


@pytest.fixture
def library(tmp_path: Path) -> TextureLibrary:
    return TextureLibrary(tmp_path / "library", maker="ours")


def picture(number: int) -> CleanPicture:
    return clean_picture(picture_bytes(number, (40, 60)))


def cut_from(library: TextureLibrary, source: CleanPicture) -> str:
    size = FlatSize(width=30, height=30)
    made = make_cut(source.sha256, source.png, size, dpi=25.4, wraps=False, turns=0, fit="fill")
    with library.holds.holding() as hold:
        library.add_cut(made, hold)
    return made.picture.sha256


def filled(library: TextureLibrary) -> list[CleanPicture]:
    """An answer, an import, one nobody noted, and a cut of each."""
    pictures = [picture(number) for number in range(3)]
    library.add(pictures[0], ANSWER)
    library.add(pictures[1], Making(kind="import", words="Imported from logo.png", at="2026-10-01T00:00:00Z"))
    library.add(pictures[2])
    for one in pictures:
        cut_from(library, one)
    library.set_favourite(pictures[1].sha256, favourite=True)
    return pictures


def index_of(library: TextureLibrary, file: Path) -> PictureIndex:
    index = PictureIndex(file, library)
    index.follow(Stocktaker(library).take_stock())
    return index


def test_it_lists_what_was_made_or_imported_and_no_cuts(library: TextureLibrary, tmp_path: Path) -> None:
    pictures = filled(library)
    index = index_of(library, tmp_path / "index")
    listed = {one.sha256: one for one in index.search()}
    assert index.count() == 3
    assert listed.keys() == {one.sha256 for one in pictures}
    answer, imported, unknown = (listed[one.sha256] for one in pictures)
    told = (answer.words, answer.provider, answer.model, answer.seed, answer.panel, answer.cost)
    assert told == ("Straße in Gold", "gemini", "gemini-3.1-flash-image", 7, "front", "medium")
    assert (time_text(answer.at), answer.width, answer.height) == ("2026-11-01T10:00:00.250Z", 100, 150)
    assert (imported.kind, imported.favourite, answer.favourite) == ("import", True, False)
    assert (unknown.kind, unknown.words, unknown.width) == ("", "", 30)  # its cut says for what size


def test_the_newest_comes_first_and_every_word_is_found(library: TextureLibrary, tmp_path: Path) -> None:
    newest, older = filled(library)[2], filled(library)[0]
    index = index_of(library, tmp_path / "index")
    assert [one.sha256 for one in index.search()][:2] == [newest.sha256, older.sha256]
    for text in ("STRASSE", "gold gemini", "front"):
        assert [one.sha256 for one in index.search(text)] == [older.sha256]
    assert index.search("gold silver") == index.search("100%") == index.search("x'y") == []
    assert [one.kind for one in index.search(favourites=True)] == ["import"]


def deleted(file: Path) -> None:
    file.unlink()


def no_database(file: Path) -> None:
    file.write_bytes(b"what is this" * 400)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def scribbled_over(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:9000] = b"\xa5" * 4904
    file.write_bytes(data)


def of_other_tables(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE pictures")
        connection.execute("CREATE TABLE pictures (sha256 TEXT, other TEXT)")
    connection.close()


@pytest.mark.parametrize("damage", [deleted, no_database, cut_off, scribbled_over, of_other_tables])
def test_lost_or_damaged_it_is_made_anew_with_the_same_content(
    library: TextureLibrary, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    filled(library)
    file = tmp_path / "index"
    before = index_of(library, file).search()
    assert len(before) == 3
    damage(file)
    again = PictureIndex(file, library)
    again.follow(Stocktaker(library).take_stock())
    assert again.search() == before
    assert again.take_damaged() is (damage is not deleted)
    assert not again.take_damaged()


def test_damaged_under_an_open_index_it_is_told(library: TextureLibrary, tmp_path: Path) -> None:
    filled(library)
    index = index_of(library, tmp_path / "index")
    no_database(tmp_path / "index")
    assert index.search() == []
    assert index.take_damaged()
    index.follow(Stocktaker(library).take_stock())
    assert len(index.search()) == 3


def test_what_cannot_be_kept_is_listed_all_the_same(library: TextureLibrary, tmp_path: Path) -> None:
    filled(library)
    (tmp_path / "a file").touch()
    index = index_of(library, tmp_path / "a file" / "index")
    assert len(index.search()) == 3
    assert not index.take_damaged()
    index.close()


def test_it_follows_the_folder(library: TextureLibrary, tmp_path: Path) -> None:
    first, second, third = filled(library)
    stocktaker, index = Stocktaker(library), index_of(library, tmp_path / "index")
    assert not index.follow(stocktaker.take_stock())
    (library.folder / f"{first.sha256}.png").unlink()
    library.add(third, ANSWER)
    library.set_favourite(second.sha256, favourite=False)
    assert index.follow(stocktaker.take_stock())
    listed = {one.sha256: (one.kind, one.favourite) for one in index.search()}
    assert listed[third.sha256] == ("answer", False)
    assert listed[second.sha256] == ("import", False)
    # Of the first one only its cut is left, which nobody can make again.
    assert len(listed) == 3
    assert first.sha256 not in listed


def test_processes_that_list_at_the_same_time_agree(library: TextureLibrary, tmp_path: Path) -> None:
    filled(library)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: index_of(library, tmp_path / "index").search(), range(16)))
    assert all(one == found[0] and len(one) == 3 for one in found)


def test_an_answer_stays_one_when_it_is_imported_again(library: TextureLibrary) -> None:
    one = picture(0)
    library.add(one, ANSWER)
    library.add(one, Making(kind="import", words="Imported from saved.png"))
    making = library.making(one.sha256)
    assert making is not None
    assert making == ANSWER.model_copy(update={"maker": "ours"})
    library.add(one, ANSWER.model_copy(update={"seed": 8}))
    assert (made := library.making(one.sha256)) is not None
    assert made.seed == 8


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"kind":"answer","seed":1e99}',
        b'{"kind":"spell"}',
        b'{"kind":"answer","words":"' + b"x" * (LONGEST_WORDS + 1) + b'"}',
        b'{"kind":"answer","size":[1,-1]}',
        b'{"kind":"answer","words":"' + b" " * 40_000 + b'"}',
    ],
)
def test_a_note_of_a_stranger_counts_only_if_it_can_be_used(
    library: TextureLibrary, tmp_path: Path, content: bytes
) -> None:
    one = picture(0)
    library.add(one)
    note = library.folder / f"{one.sha256}.made"
    note.write_bytes(content)
    assert read_making(note) is None
    (listed,) = index_of(library, tmp_path / "index").search()
    assert (listed.sha256, listed.kind) == (one.sha256, "")


def test_reading_a_kept_picture_leaves_its_time(library: TextureLibrary) -> None:
    one = picture(0)
    library.add(one)
    file = library.folder / f"{one.sha256}.png"
    written = file.stat().st_mtime_ns
    library.read(one.sha256)
    assert file.stat().st_mtime_ns == written
