"""Who needs a cut while it is being removed keeps it."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING

import pytest
from textures.test_cut_again import SOURCE, cut_into, noise

from packdesk.textures.check import clean_picture
from packdesk.textures.inventory import Stocktaker
from packdesk.textures.library import TextureLibrary
from packdesk.textures.notes import MAX_SIGNATURE_BYTES, SIGNATURE, read_origin
from packdesk.textures.recipes import Cut
from packdesk.textures.removal import (
    _Aside,
    forget,
    put_back_interrupted,
    remove_cuts,
    remove_kept,
)

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.textures.notes import Origin


def remove_all(library: TextureLibrary, needed: object) -> set[str]:
    stock = Stocktaker(library).take_stock()
    return {cut.sha256 for cut in remove_cuts(library, stock, stock.cuts, needed)}  # type: ignore[arg-type]  # a lambda


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix != ".json" and path.is_file()}


def test_what_is_needed_when_asked_once_more_is_put_back(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    one, other = cut_into(library), cut_into(library, turns=1)
    before = library.read(one)
    assert remove_all(library, lambda: {one}) == {other}
    assert left(tmp_path) == {f"{one}.png", f"{SOURCE.sha256}.png"}
    assert library.read(one) == before


@pytest.mark.parametrize("seen", [True, False])
def test_what_is_made_meanwhile_stays(tmp_path: Path, seen: bool) -> None:
    """The other program sees the file missing and writes it; its mark is read by the second look, or not."""
    library, other = TextureLibrary(tmp_path), TextureLibrary(tmp_path)
    sha256 = cut_into(library)

    def meanwhile() -> set[str]:
        name = cut_into(other)
        return {name} if seen else set()

    remove_all(library, meanwhile)
    assert left(tmp_path) == {f"{sha256}.png", f"{SOURCE.sha256}.png"}


def test_two_that_tidy_at_once_do_not_remove_what_the_other_puts_back(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    sha256 = cut_into(library)
    one, other = _Aside(tmp_path), _Aside(tmp_path)
    one.move(sha256)  # and sees that nobody needs it
    cut_into(library)  # now somebody does, and makes it again
    other.move(sha256)
    one.remove([sha256])
    other.put_back([sha256])  # it has seen that
    assert left(tmp_path) == {f"{sha256}.png", f"{SOURCE.sha256}.png"}


def test_a_kept_picture_that_is_needed_meanwhile_comes_back_with_its_cuts(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    sha256 = cut_into(library)
    library.set_favourite(SOURCE.sha256, favourite=True)
    before = {path.name for path in tmp_path.iterdir() if path.is_file()}
    seen: list[set[str]] = []

    def needed() -> set[str]:
        seen.append({path.name for path in tmp_path.glob("*.png")})
        return {sha256}

    assert not remove_kept(library, SOURCE.sha256, [sha256], needed)
    assert seen == [set()]  # it is asked while nobody can find them any more
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == before
    assert remove_kept(library, SOURCE.sha256, [sha256], set)
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_what_cannot_be_found_out_removes_nothing(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    cut_into(library)
    before = left(tmp_path)

    def away() -> set[str]:
        raise OSError("the store is away")

    with pytest.raises(OSError, match="away"):
        remove_all(library, away)
    assert left(tmp_path) == before


def test_the_stand_in_of_a_cut_is_needed_with_it(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    old, new = cut_into(library), cut_into(library, turns=1)
    note = library.note(old)
    assert note
    library.note_origin(old, note.model_copy(update={"now": new}))
    assert remove_all(library, lambda: {old}) == set()


def test_origins_and_pictures_nobody_noted_are_no_cuts(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    sha256 = cut_into(library)
    reference = noise(7)
    library.add(reference)
    stock = Stocktaker(library).take_stock()
    assert {cut.sha256 for cut in stock.cuts} == {sha256}
    assert {entry.sha256 for entry in stock.kept} == {SOURCE.sha256, reference.sha256}
    (tmp_path / f"{SOURCE.sha256}.png").unlink()
    assert Stocktaker(library).take_stock().cuts == []


def test_a_cut_that_came_as_a_picture_too_is_kept(tmp_path: Path) -> None:
    """Whichever was first: as a reference picture, it is no other picture's source."""
    library = TextureLibrary(tmp_path)
    cut = clean_picture(library.read(cut_into(library)))
    library.add(cut)
    assert Stocktaker(library).take_stock().cuts == []
    other = TextureLibrary(tmp_path / "other")
    other.add(cut)
    assert cut_into(other) == cut.sha256
    assert Stocktaker(other).take_stock().cuts == []


def test_reading_a_cut_makes_it_the_newest(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    first, second = cut_into(library), cut_into(library, turns=1)
    for age, name in enumerate((first, second)):
        os.utime(tmp_path / f"{name}.png", (1000 + age, 1000 + age))
    library.read(first)
    by_age = sorted(Stocktaker(library).take_stock().cuts, key=lambda cut: cut.used_at)
    assert [cut.sha256 for cut in by_age] == [second, first]


def test_stock_is_taken_anew_but_old_notes_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = TextureLibrary(tmp_path)
    cut_into(library)
    stock = Stocktaker(library)
    stock.take_stock()
    second = cut_into(library, turns=1)
    read: list[str] = []

    def noted(path: Path) -> Origin | None:
        read.append(path.stem)
        return read_origin(path)

    monkeypatch.setattr("packdesk.textures.inventory.read_origin", noted)
    assert len(stock.take_stock().cuts) == 2
    assert read == [second]


def test_what_a_killed_program_had_put_aside_comes_back(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    sha256 = cut_into(library)
    before = left(tmp_path)
    assert _Aside(tmp_path).move(sha256)
    (tmp_path / f".going-{sha256}-short").write_bytes(b"a name we never give")
    assert left(tmp_path) != before
    put_back_interrupted(library)
    assert left(tmp_path) == before | {f".going-{sha256}-short"}


def test_a_picture_whose_fate_is_unknown_comes_back(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    cut = cut_into(library)
    before = left(tmp_path)

    def away() -> set[str]:
        raise OSError("the store is away")

    with pytest.raises(OSError, match="away"):
        remove_kept(library, SOURCE.sha256, [cut], away)
    assert left(tmp_path) == before


def test_one_that_cannot_be_moved_is_told_and_one_that_is_gone_takes_its_cuts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = TextureLibrary(tmp_path)
    cut = cut_into(library)
    before = left(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(_Aside, "move", lambda _aside, _name: False)
        with pytest.raises(PermissionError):
            remove_kept(library, SOURCE.sha256, [cut], set)
    assert left(tmp_path) == before
    (tmp_path / f"{SOURCE.sha256}.png").unlink()
    assert remove_kept(library, SOURCE.sha256, [cut], set), "it went without us"
    assert (tmp_path / f"{cut}.png").exists(), "what was cut from it stays then"


def test_notes_of_cuts_are_forgotten(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    one, other = cut_into(library), cut_into(library, turns=1)
    forget(library, ["a" * 64, one])
    assert library.note(one) is None
    assert library.note(other) is not None


def test_a_cut_that_was_saved_and_laid_on_a_panel_keeps_its_source(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    sha256 = cut_into(library)
    again = clean_picture(library.read(sha256))
    note = library.note(sha256)
    assert note is not None
    with library.holds.holding() as hold:
        library.add_cut(Cut(again, note.model_copy(update={"source": again.sha256})), hold)
    found = library.note(sha256)
    assert found is not None
    assert found.source == SOURCE.sha256


def test_signatures_and_favourites(tmp_path: Path) -> None:
    library = TextureLibrary(tmp_path)
    picture = dataclasses.replace(noise(7), signature=b"a signature")
    library.add(picture)
    assert library.signature(picture.sha256) == b"a signature"
    assert library.signature("a" * 64) == b""
    (file,) = tmp_path.glob(f"{picture.sha256}.{SIGNATURE}")
    file.write_bytes(b"x" * MAX_SIGNATURE_BYTES)
    assert len(library.signature(picture.sha256)) == MAX_SIGNATURE_BYTES
    file.write_bytes(b"x" * (MAX_SIGNATURE_BYTES + 1))
    assert library.signature(picture.sha256) == b""
    large = dataclasses.replace(noise(8), signature=b"x" * (MAX_SIGNATURE_BYTES + 1))
    library.add(large)
    assert library.signature(large.sha256) == b""
