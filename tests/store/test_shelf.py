"""The designs of this machine: named, copied, put into the bin and brought back, by many processes."""

from __future__ import annotations

import contextlib
import json
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support.writing import put

from packdesk.domain.design_name import LONGEST
from packdesk.domain.pack_words import PackWords
from packdesk.domain.panels import FlatSize
from packdesk.domain.state import PackagingState, default_state, new_texture, utc_text
from packdesk.domain.transitions import begin
from packdesk.domain.wire import decode_state, encode_state
from packdesk.errors import DesignGoneError, InvalidInputError, NotPossibleError, OutputUnwritableError
from packdesk.services.uses import UseFinder
from packdesk.store.kept_file import KeptValue
from packdesk.store.shelf import FIRST, KEPT_DAYS, Shelf, ShelvedDesign
from packdesk.store.sqlite import SqliteStore
from packdesk.textures.library import TextureLibrary

if TYPE_CHECKING:
    from pathlib import Path

WAYS = ("delete", "restore", "rename", "duplicate")
NOW = "2026-01-02T03:04:05.000Z"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def fill(design: ShelvedDesign, url: str = "file:///a.png") -> PackagingState:
    front = new_texture("front", url, "tea", FlatSize(width=100, height=150), NOW)
    state = default_state().model_copy(update={"panel_textures": {"front": front}})
    with contextlib.closing(SqliteStore(design.file)) as store:
        put(store, encode_state(state))
    return state


def shown(design: ShelvedDesign) -> PackagingState:
    with contextlib.closing(SqliteStore(design.file)) as store:
        raw = store.load()
    return default_state() if raw is None else decode_state(raw)


def names(designs: list[ShelvedDesign]) -> list[str]:
    return [design.name for design in designs]


def test_the_design_of_an_older_version_is_one_of_them(shelf: Shelf, tmp_path: Path) -> None:
    assert shelf.designs() == []
    assert shelf.current().file == tmp_path / "packdesk.sqlite3"
    state = fill(shelf.current())
    shelf.new("Tea")
    assert sorted(names(shelf.designs())) == ["Tea", "Untitled"]
    assert shown(shelf.named("untitled")) == state
    shelf.rename(shelf.named(FIRST), "Old")
    assert shelf.named("old").file == tmp_path / "packdesk.sqlite3"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a/b\\..\\c", "a/b\\..\\c"),
        ("../../etc/passwd", "../../etc/passwd"),
        (" two\nlines\t", "two lines"),
        ("🍵 Täglich", "🍵 Täglich"),
        ("\u202egnp.exe", "gnp.exe"),
        ("x" * 300, "x" * (LONGEST - 1) + "…"),
    ],
)
def test_names_stand_on_a_line_and_never_become_paths(
    shelf: Shelf, tmp_path: Path, said: str, kept: str
) -> None:
    design = shelf.new(said)
    assert design.name == kept
    assert design.file.parent.parent == tmp_path / "designs"
    assert shelf.named(kept).id == design.id


@pytest.mark.parametrize("said", ["", "  \n", "\u200b", "\u202e"])
def test_what_cannot_be_seen_is_no_name(shelf: Shelf, said: str) -> None:
    with pytest.raises(InvalidInputError, match="needs a name"):
        shelf.new(said)
    assert shelf.everything() == []


def test_no_two_have_the_same_name(shelf: Shelf) -> None:
    made = [shelf.new("Tea"), shelf.new("tea"), shelf.new("Tea")]
    assert names(made) == ["Tea", "tea 2", "Tea 3"]
    assert shelf.rename(made[2], "TEA").name == "TEA 3"
    assert shelf.rename(made[0], "TEA").name == "TEA", "its own name in capitals"
    shelf.delete(made[0])
    other = shelf.new("Tea")
    assert other.name == "Tea", "those in the bin take no name"
    assert shelf.restore(made[0]).name == "TEA 4"


def test_a_copy_is_like_it_but_at_rest(shelf: Shelf, tmp_path: Path) -> None:
    design = shelf.new("Tea")
    state = begin(fill(design), ["front"], NOW, bulk=True)
    with contextlib.closing(SqliteStore(design.file)) as store:
        put(store, encode_state(state))
    (tmp_path / "words").mkdir()
    words = KeptValue(tmp_path / "words", str(design.file), PackWords)
    words._file.path.write_text('{"brand": "Sol"}')
    design.picture.write_bytes(b"png")
    copy = shelf.duplicate(design)
    assert copy.name == "Tea 2"
    assert not shown(copy).generating
    assert shown(copy).panel_textures == state.panel_textures
    read = KeptValue(tmp_path / "words", str(copy.file), PackWords).read()
    assert read is not None
    assert read.brand == "Sol"
    assert copy.picture.read_bytes() == b"png"


def test_the_bin_keeps_for_thirty_days_and_what_is_open(shelf: Shelf, tmp_path: Path) -> None:
    old, new, open_ = (shelf.new(name) for name in ("old", "new", "open"))
    with shelf.opened(open_.id):
        for design in (old, new):
            shelf.delete(design)
        with pytest.raises(NotPossibleError, match="“open” is open in a window"):
            shelf.delete(open_)
        shelf._changed(open_.id, deleted_at=utc_text())  # as older versions did
        about = tmp_path / "designs" / old.id / "about.json"
        long_ago = utc_text(datetime.now(UTC) - timedelta(days=KEPT_DAYS, minutes=1))
        about.write_text(json.dumps(json.loads(about.read_text()) | {"deleted_at": long_ago}))
        assert shelf.empty(older=True) == ["old"]
        assert not old.file.parent.exists()
        assert shelf.empty(only=open_.id) == []
        assert shelf.empty() == ["new"]
    assert names(shelf.bin()) == ["open"]
    assert shelf.empty(only=open_.id) == ["open"]
    with pytest.raises(NotPossibleError, match="gone for good"):
        shelf.restore(open_)


def test_each_window_has_one_of_its_own(shelf: Shelf) -> None:
    first = shelf.new("first")
    second = shelf.new("second")
    with shelf.opened(first.id):
        pass
    with shelf.opened() as one, shelf.opened() as two, shelf.opened() as three:
        assert (one.id, two.id) == (first.id, second.id)
        assert three.name == "Untitled"
        with shelf.opened("first") as again:
            assert again.id == first.id, "opened twice on purpose"
    assert shelf.current().id == first.id, "opened again last"
    shelf.delete(first)
    with shelf.opened() as other:
        assert other.id != first.id
    with pytest.raises(NotPossibleError, match="is in the bin"), shelf.opened(first.id):
        pass
    with pytest.raises(InvalidInputError, match="no design “tea”"), shelf.opened("tea"):
        pass


def test_a_window_that_was_killed_holds_nothing(shelf: Shelf, tmp_path: Path) -> None:
    design = shelf.new("Tea")
    code = (
        "import sys, time; from pathlib import Path; from packdesk.store.shelf import Shelf\n"
        "with Shelf(Path(sys.argv[1])).opened() as design: print(design.name, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "Tea\n"
        with shelf.opened() as mine:
            assert mine.id != design.id
        other.kill()
        other.wait()
    with shelf.opened(design.id):
        shelf.delete(shelf.named("Untitled"))
    with shelf.opened() as mine:
        assert mine.id == design.id


def test_what_is_known_of_one_may_be_damaged_and_the_design_stays(shelf: Shelf, tmp_path: Path) -> None:
    design = shelf.new("Tea")
    state = fill(design)
    (tmp_path / "designs" / design.id / "about.json").write_text("{")
    (found,) = shelf.designs()
    assert found.id == design.id
    assert found.name.startswith("Untitled (")
    assert shown(found) == state
    assert shelf.rename(found, "Tea").name == "Tea"


def test_other_things_in_the_folder_are_no_designs(shelf: Shelf, tmp_path: Path) -> None:
    design = shelf.new("Tea")
    (tmp_path / "designs" / "..").exists()
    (tmp_path / "designs" / "holiday").mkdir()
    (tmp_path / "designs" / "note.txt").write_text("x")
    assert shelf.everything() == [shelf.named(design.id)]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "designs").write_text("a file in its place")
    shelf = Shelf(tmp_path)
    assert shelf.designs() == []
    with pytest.raises(OutputUnwritableError, match="cannot be changed"):
        shelf.new("Tea")
    with shelf.opened() as design:
        assert design.id == FIRST, "it can be worked on all the same"


def test_a_copy_of_what_gave_way_is_kept_once(shelf: Shelf) -> None:
    state = fill(shelf.new("Tea"))
    copy = shelf.keep_copy(state, "localhost:6379", "localhost:6379 2026-01-02 03:04")
    assert copy is not None
    assert (copy.origin, shown(copy)) == ("localhost:6379", state)
    assert shelf.keep_copy(state, "localhost:6379", "again") is None
    shelf.delete(copy)
    assert shelf.keep_copy(state, "localhost:6379", "again") is None, "the bin has it"


def test_a_copy_that_was_killed_half_way_does_not_pass_for_one(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = fill(shelf.new("Tea"))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("packdesk.store.shelf.write_about", killed)
        patch.setattr("packdesk.files._remove", lambda _path: None)  # nobody tidies up after kill -9
        with pytest.raises(KeyboardInterrupt):
            shelf.keep_copy(state, "localhost:6379", "Shared")
    assert names(Shelf(tmp_path).everything()) == ["Tea"]
    copy = shelf.keep_copy(state, "localhost:6379", "Shared")
    assert copy is not None
    assert shown(copy) == state


def test_what_is_gone_for_good_is_not_made_anew_by_who_still_knows_it(shelf: Shelf, tmp_path: Path) -> None:
    design, other = shelf.new("Tea"), shelf.new("Coffee")
    fill(design)
    (tmp_path / "lost").mkdir()
    offered = KeptValue(tmp_path / "lost", str(design.file), PackWords)
    offered.write(PackWords(brand="Sol"))
    late = design.store()
    shelf.delete(design)
    shelf.empty()
    assert offered.read() is None
    for work in (late.load, lambda: shelf.state_of(design), lambda: shelf.duplicate(design)):
        with pytest.raises(DesignGoneError, match="gone for good"):
            work()
    for change in (shelf.delete, shelf.restore, lambda one: shelf.rename(one, "Tea")):
        with pytest.raises(NotPossibleError, match="gone for good"):
            change(design)
    with pytest.raises(InvalidInputError, match="no design"), shelf.opened(design.id):
        pass
    finder = UseFinder(SqliteStore(tmp_path / "a"), TextureLibrary(tmp_path / "b"), tmp_path, lambda: [late])
    assert finder.find().all() == set()
    assert shelf.everything() == [shelf.named(other.id)]
    assert not design.file.parent.exists()


def test_a_design_whose_removal_is_killed_is_gone_or_there(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    design = shelf.new("Tea")
    shelf.delete(design)
    monkeypatch.setattr("packdesk.files._remove", lambda _path: None)
    assert shelf.empty() == ["Tea"]
    assert shelf.everything() == []
    assert len(list((tmp_path / "designs").glob(".writing-*"))) == 1, "swept a day later"


def test_bringing_back_what_is_not_in_the_bin_changes_nothing(shelf: Shelf) -> None:
    design = shelf.new("Tea")
    assert shelf.restore(design).name == "Tea"


def test_a_design_whose_name_is_not_known_has_one_of_its_own(shelf: Shelf, tmp_path: Path) -> None:
    for design in (shelf.new("Tea"), shelf.new("Coffee")):
        (tmp_path / "designs" / design.id / "about.json").unlink()
    assert len(set(names(shelf.designs()))) == 2


class ShelfMachine(RuleBasedStateMachine):
    """Whatever is done in whatever order: each design has its artwork until the bin is emptied."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        self.shelves = [Shelf(Path(self.folder.name)), Shelf(Path(self.folder.name))]
        self.known: dict[str, tuple[str, bool]] = {}
        self.count = 0

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(which=st.booleans(), name=st.sampled_from(["Tea", "tea", "Coffee", "Untitled"]))
    def new(self, which: bool, name: str) -> None:
        self.count += 1
        design = self.shelves[which].new(name)
        fill(design, f"file:///{self.count}.png")
        self.known[design.id] = (f"file:///{self.count}.png", False)

    @precondition(lambda self: self.known)
    @rule(
        data=st.data(),
        which=st.booleans(),
        what=st.sampled_from(["delete", "restore", "rename", "duplicate"]),
    )
    def change(self, data: st.DataObject, which: bool, what: str) -> None:
        shelf, id_ = self.shelves[which], data.draw(st.sampled_from(sorted(self.known)))
        design, (url, deleted) = shelf.named(id_), self.known[id_]
        if what == "duplicate":
            self.known[shelf.duplicate(design).id] = (url, False)
        elif what == "rename":
            shelf.rename(design, "Tea")
        else:
            getattr(shelf, what)(design)
            deleted = what == "delete"
        self.known[id_] = (url, deleted)

    @rule(which=st.booleans())
    def empty(self, which: bool) -> None:
        self.shelves[which].empty()
        self.known = {id_: one for id_, one in self.known.items() if not one[1]}

    @invariant()
    def all_there(self) -> None:
        shelf = self.shelves[0]
        assert {one.id: bool(one.deleted_at) for one in shelf.everything()} == {
            id_: deleted for id_, (_, deleted) in self.known.items()
        }
        for id_, (url, _) in self.known.items():
            assert shown(shelf.named(id_)).texture_urls() == {"front": url}
        seen = [name.casefold() for name in names(shelf.designs())]
        assert len(seen) == len(set(seen))


TestShelfMachine = ShelfMachine.TestCase
TestShelfMachine.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)


def test_only_the_owner_sees_that_there_are_designs(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    with Shelf(folder).opened(None):
        found = [path for path in folder.rglob("*") if not path.is_dir()]
        assert {path.name for path in found} >= {".lock", "open.lock"}
        assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in found} == {0}


def test_the_newest_come_first(shelf: Shelf) -> None:
    names = ["One", "Two", "Three"]
    for number, name in enumerate(names):
        design = shelf.new(name)
        shelf._changed(design.id, used_at=f"2199-01-0{number + 1}T00:00:00Z")
    assert [one.name for one in shelf.designs()] == names[::-1]
    for name in names:
        shelf.delete(shelf.named(name))
    assert [one.name for one in shelf.bin()] == names[::-1]
    assert shelf.designs() == []
