"""What a library counts: days, lists, cuts of cuts, and what a note must say for a cut to go."""

from __future__ import annotations

import os
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

import pytest
from support.providers import picture_bytes
from textures.test_cut_again import SOURCE, cut_into, noise

from packdesk.domain.panels import FlatSize
from packdesk.errors import TextureUnavailableError
from packdesk.textures.check import clean_picture
from packdesk.textures.disk import DiskCache
from packdesk.textures.holds import FOLDER, Holds
from packdesk.textures.inventory import Stocktaker
from packdesk.textures.library import TextureLibrary, hashes_in, intact
from packdesk.textures.notes import Origin, read_origin
from packdesk.textures.reader import TextureReader, path_of
from packdesk.textures.recipes import make_cut

if TYPE_CHECKING:
    from pathlib import Path

POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")


@pytest.mark.parametrize(("days", "counts"), [(6.9, True), (7.1, False)])
def test_another_machine_is_believed_for_seven_days(days: float, counts: bool, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    old, new = (tmp_path / FOLDER / f"{'c' * 32}.{number}.list" for number in (0, 1))
    for file, age in ((old, 30), (new, days)):
        file.write_text(f"another-machine\n{'a' * 64}\n")
        when = time.time() - age * 86_400
        os.utime(file, (when, when))
    assert Holds(tmp_path, private=True).held() == ({"a" * 64} if counts else set()), "its newest list tells"


def test_two_ended_holds_go_on_beside_the_newest(tmp_path: Path) -> None:
    holds = Holds(tmp_path, private=True)
    names = [f"{number:064x}" for number in range(6)]
    for name in names:
        with holds.holding() as mark:
            mark.take(name)
    assert holds.held() == set(names[-3:])
    lists = sorted((tmp_path / FOLDER).glob("*.list"))
    assert lists[0].read_text().splitlines()[0] == socket.gethostname()


@POSIX
@pytest.mark.parametrize(("private", "modes"), [(True, (0o700, 0o600)), (False, (0o755, 0o644))])
def test_lists_are_as_private_as_the_library(private: bool, modes: tuple[int, int], tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        Holds(tmp_path, private=private).open().take("a" * 64)
        TextureLibrary(tmp_path, private=private).add(SOURCE)
    finally:
        os.umask(before)
    folder = tmp_path / FOLDER
    assert folder.stat().st_mode & 0o777 == modes[0]
    assert {path.stat().st_mode & 0o777 for path in folder.glob("*.list")} == {modes[1]}
    assert (tmp_path / f"{SOURCE.sha256}.png").stat().st_mode & 0o777 == modes[1]


def chain(library: TextureLibrary, length: int) -> list[str]:
    """A picture, a cut of it, a cut of that ... by name."""
    library.add(SOURCE)
    source, names = SOURCE, [SOURCE.sha256]
    for step in range(length):
        panel = FlatSize(width=70 - 5 * step, height=40)
        made = make_cut(source.sha256, source.png, panel, dpi=30, wraps=False, turns=0, fit="fill")
        with library.holds.holding() as hold:
            library.add_cut(made, hold)
        source = made.picture
        names.append(source.sha256)
    return names


@pytest.mark.parametrize(("length", "found"), [(4, True), (5, False)])
def test_cuts_of_cuts_are_made_again_four_deep(length: int, found: bool, tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    first, *others = chain(library, length)
    png = library.read(others[-1])
    for name in others:
        (tmp_path / f"{name}.png").unlink()
    assert (library.find(others[-1]) is not None) == found
    if found:
        assert library.read(others[-1]) == png
        assert all(intact(tmp_path / f"{name}.png") for name in (first, *others))
    else:
        with pytest.raises(TextureUnavailableError):
            library.read(others[-1])


def test_what_is_written_of_cuts_is_counted(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    name = cut_into(library)
    size = (tmp_path / f"{name}.png").stat().st_size
    assert library.written == size
    library.add(noise(9))
    assert library.written == size, "pictures that stay do not count"
    (tmp_path / f"{name}.png").unlink()
    library.read(name)
    assert library.written == 2 * size


@pytest.mark.parametrize(
    ("change", "shared", "cuts"),
    [
        ({}, False, 1),
        ({"kept": True}, False, 0),
        ({"panel": None}, False, 0),
        ({"wanted_dpi": None}, False, 0),
        ({"source": "d" * 64}, False, 0),
        ({"maker": "another"}, False, 1),
        ({"maker": "another"}, True, 0),
        ({}, True, 1),
    ],
)
def test_a_cut_can_go_when_its_note_makes_it_again(
    change: dict[str, object], shared: bool, cuts: int, tmp_path: Path
) -> None:
    library = TextureLibrary(tmp_path, maker="me")
    name = cut_into(library)
    note = library.note(name)
    assert note
    library.note_origin(name, note.model_copy(update=change))
    stock = Stocktaker(library, shared=shared).take_stock()
    assert (len(stock.cuts), len(stock.kept)) == (cuts, 2 - cuts)
    (tmp_path / f"{name}.png").unlink()
    assert list(Stocktaker(library).take_stock().forgotten) == [name]


def test_a_note_that_changed_is_read_again(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    name = cut_into(library)
    taker = Stocktaker(library)
    assert len(taker.take_stock().cuts) == 1
    note = library.note(name)
    assert note
    library.note_origin(name, note.model_copy(update={"kept": True}))
    later = time.time() + 5
    os.utime(tmp_path / f"{name}.json", (later, later))
    assert taker.take_stock().cuts == []
    (tmp_path / f"{'e' * 64}.txt").write_text("no picture")
    assert len(taker.take_stock().kept) == 2


@pytest.mark.parametrize(
    ("field", "most", "beyond"),
    [
        ("dpi", 1_000_000, 1_000_001),
        ("turns", 3, 4),
        ("wanted_dpi", 100_000, 100_001),
        ("wanted_dpi", 1, 0.9),
        ("maker", "x" * 64, "x" * 65),
        ("panel", (100_000, 0.1), (100_001, 1)),
        ("panel", (0.1, 100_000), (0.09, 1)),
        ("now", "b" * 64, "b" * 63),
    ],
)
def test_notes_of_strangers_have_limits(field: str, most: object, beyond: object) -> None:
    note = {"source": "a" * 64, "dpi": 120}
    assert getattr(Origin.model_validate(note | {field: most}), field) == most
    with pytest.raises(ValueError, match=field):
        Origin.model_validate(note | {field: beyond})


def test_a_note_too_long_to_be_one_is_not_read(tmp_path: Path) -> None:
    text = '{"source":"%s","dpi":120}' % ("a" * 64)
    file = tmp_path / "note.json"
    file.write_text(text + " " * (4096 - len(text)))
    assert read_origin(file) == Origin(source="a" * 64, dpi=120)
    file.write_text(text + " " * (4097 - len(text)))
    assert read_origin(file) is None
    assert read_origin(tmp_path) is None


def test_who_made_a_cut_does_not_make_it_another() -> None:
    note = Origin(source="a" * 64, dpi=120)
    assert note.same_cut(note.model_copy(update={"maker": "x", "kept": True, "now": "b" * 64}))
    assert not note.same_cut(note.model_copy(update={"turns": 1}))
    assert not note.same_cut(None)


def test_every_hash_of_a_document_is_found() -> None:
    text = b'{"a": "file:///x/%s.png", "b": ["%s.png"], "c": "%s.jpg"' % (b"a" * 64, b"b" * 64, b"c" * 64)
    assert hashes_in(text) == {"a" * 64, "b" * 64}


def test_a_file_may_change_under_its_name_and_a_server_s_picture_may_not(tmp_path: Path) -> None:
    reader = TextureReader(TextureLibrary(tmp_path / "library"), DiskCache(tmp_path / "cache", 10**7))
    (tmp_path / "library").mkdir()
    file = tmp_path / "library" / "art.png"
    for seed in (1, 2):
        file.write_bytes(picture_bytes(seed))
        assert reader.read(file.as_uri()) == clean_picture(picture_bytes(seed)).png
    assert not (tmp_path / "cache").exists()
    url = "data:image/png," + quote_from_bytes(picture_bytes(3))
    assert reader.read(url) == clean_picture(picture_bytes(3)).png
    assert len(list((tmp_path / "cache").iterdir())) == 1
    offline = TextureReader(reader.library, DiskCache(tmp_path / "cache", 10**7), offline=True)
    assert offline.read(url) == reader.read(url)
    for address in ("http://x.test/a.png", "HTTPS://x.test/a.png"):
        with pytest.raises(TextureUnavailableError, match="offline"):
            offline.read(address)


@POSIX
def test_where_a_file_address_leads() -> None:
    assert str(path_of("file:///a/b%20c/../d.png")) == "/a/d.png"
    assert str(path_of("file://localhost/a.png")) == "/a.png"
    assert str(path_of("file://server/share/a.png")).lstrip("/") == "server/share/a.png"


def test_a_cache_forgets_what_is_more_than_its_budget(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 2000)
    cache.put("a", b"a" * 1000)
    cache.put("b", b"b" * 1000)
    assert cache.used_bytes() == 2000
    cache.put("c", b"c" * 2001)
    assert [cache.get(name) is not None for name in "abc"] == [False, False, True], "the newest is spared"
