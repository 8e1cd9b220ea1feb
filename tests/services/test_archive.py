"""Every picture ever made or imported is listed, can be used again, and goes only when nothing needs it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.foreign_files import svg
from support.providers import picture_bytes
from support.sizes import sized
from support.tidying import archive_over

from packdesk.domain.change import difference
from packdesk.domain.order import GenerationOrder
from packdesk.errors import (
    InvalidInputError,
    LibraryUnwritableError,
    NotPossibleError,
    TextureUnavailableError,
)
from packdesk.generation.base import Estimate
from packdesk.services.archive import ArchiveQuery, Found
from packdesk.textures.check import clean_picture
from packdesk.textures.incoming import IncomingPicture
from packdesk.textures.library import TextureLibrary, hash_in_url
from packdesk.textures.thumbnails import THUMBNAIL_PX

if TYPE_CHECKING:
    from pathlib import Path

    from services.conftest import Desk

    from packdesk.textures.picture_index import IndexedPicture

PROMPT = "Botanical herbs, “Fern House”"


async def listed(desk: Desk, text: str = "") -> list[IndexedPicture]:
    return list((await desk.archive.search(ArchiveQuery(text))).pictures)


async def imported(desk: Desk, panel_id: str = "front", number: int = 3) -> IndexedPicture:
    await desk.pictures.put_picture(panel_id, picture_bytes(number, (60, 70)), "logo.png")
    return (await listed(desk, "logo.png"))[0]


def lying(desk: Desk) -> set[str]:
    return {path.name for path in desk.library.folder.iterdir() if not path.name.startswith(".")}


async def test_answers_are_noted_with_all_that_made_them(desk: Desk) -> None:
    desk.provider.cost = Estimate(1, "fine-model", "medium")
    await desk.generation.generate(GenerationOrder(PROMPT))
    found = await listed(desk)
    assert len(found) == 6
    for one in found:
        told = one.kind, one.words, one.provider, one.model, one.seed, one.cost
        assert told == ("answer", PROMPT, "scripted", "fine-model", 0, "medium")
    sizes = {(one.panel, one.width, one.height) for one in found}
    assert {("front", 100, 150), ("top", 100, 100)} < sizes
    assert len({one.panel for one in found}) == 6
    assert await listed(desk, "fern medium left") == []  # cost classes are no words of a picture
    assert [one.panel for one in await listed(desk, "fern left")] == ["left"]


async def test_a_reference_and_an_import_are_there_too(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mood board.png"
    file.write_bytes(picture_bytes(9, (50, 50)))
    await desk.generation.generate(GenerationOrder(PROMPT, ("front",), file))
    await imported(desk, "back")
    assert {(one.kind, one.words) for one in await listed(desk)} == {
        ("answer", PROMPT),
        ("reference", "mood board.png"),
        ("import", "Imported from logo.png"),
    }


async def test_a_picture_comes_back_onto_any_panel_with_its_words(desk: Desk) -> None:
    await desk.generation.generate(GenerationOrder(PROMPT, ("front",)))
    (answer,) = await listed(desk)
    await desk.designs.clear()
    done = await desk.pictures.put_pictures({"left": IncomingPicture(answer.words, kept=answer.sha256)})
    assert not done.failures
    texture = done.state.panel_textures["left"]
    assert texture.prompt == PROMPT
    origin = desk.library.origin(texture.texture_url)
    assert origin is not None
    assert origin.source == answer.sha256
    assert await listed(desk) == [answer]  # neither another picture nor a newer one


async def test_a_picture_that_is_gone_is_told(desk: Desk) -> None:
    done = await desk.pictures.put_pictures({"left": IncomingPicture("", kept="0" * 64)})
    assert isinstance(done.failures["left"], TextureUnavailableError)
    assert not done.state.panel_textures


async def test_names_are_found_by_their_beginnings(desk: Desk) -> None:
    one = await imported(desk)
    assert await desk.archive.named(one.sha256[:6].upper()) == one
    for wrong in ("zzzz", "%%%%", "____"):
        with pytest.raises(InvalidInputError, match="no picture"):
            await desk.archive.named(wrong)
    for short in ("", one.sha256[:3]):
        with pytest.raises(InvalidInputError, match="too short"):
            await desk.archive.named(short)


async def test_two_of_the_same_beginning_are_told_apart(desk: Desk) -> None:
    for ending in ("0", "1"):
        (desk.library.folder / f"abcd{ending * 60}.png").parent.mkdir(exist_ok=True)
        (desk.library.folder / f"abcd{ending * 60}.png").write_bytes(picture_bytes(1))
    with pytest.raises(InvalidInputError, match="several"):
        await desk.archive.named("abcd")
    assert (await desk.archive.named("abcd0")).sha256 == f"abcd{'0' * 60}"


async def test_favourites_outlive_the_index(desk: Desk, tmp_path: Path) -> None:
    one = await imported(desk)
    await imported(desk, "back", 4)
    await desk.archive.set_favourite(one.sha256, favourite=True)
    shutil.rmtree(tmp_path / "archive")
    marked = ArchiveQuery(favourites=True)
    assert [found.sha256 for found in (await desk.archive.search(marked)).pictures] == [one.sha256]
    assert (await desk.archive.search(marked)).total == 2
    await desk.archive.set_favourite(one.sha256, favourite=False)
    await desk.archive.set_favourite(one.sha256, favourite=False)
    assert not (await desk.archive.search(marked)).pictures


async def test_thumbnails_are_small_and_made_once(desk: Desk) -> None:
    await desk.pictures.put_picture("front", picture_bytes(3, (600, 900)), "large.png")
    (one,) = await listed(desk)
    jpeg = await desk.archive.thumbnail(one.sha256)
    small = clean_picture(jpeg)
    assert (small.width, small.height) == (THUMBNAIL_PX * 2 // 3, THUMBNAIL_PX)
    desk.archive.file(one.sha256).unlink()
    assert await desk.archive.thumbnail(one.sha256) == jpeg
    with pytest.raises(TextureUnavailableError):
        await desk.archive.thumbnail("0" * 64)


async def test_what_a_design_shows_is_not_deleted(desk: Desk) -> None:
    one = await imported(desk)
    before = lying(desk)
    with pytest.raises(NotPossibleError, match="in use"):
        await desk.archive.delete(one.sha256)
    assert lying(desk) == before


async def test_what_undo_may_bring_back_is_not_deleted(desk: Desk) -> None:
    one = await imported(desk)
    shown = await desk.designs.get_state()
    with desk.library.holds.holding() as hold:
        hold.take(hash_in_url(shown.panel_textures["front"].texture_url) or "")
        await desk.designs.clear()
        with pytest.raises(NotPossibleError):
            await desk.archive.delete(one.sha256)
    cleared = difference("new design", shown, await desk.designs.get_state())
    assert cleared is not None
    await desk.designs.apply_change(cleared.back())
    url = (await desk.designs.get_state()).panel_textures["front"].texture_url
    assert await desk.pictures.read_picture(url)


async def test_what_is_just_being_laid_on_a_panel_is_not_deleted(desk: Desk) -> None:
    one = await imported(desk)
    await desk.pictures.clear_panels("front")
    desk.library.holds.close()
    with desk.library.holds.holding() as hold:
        hold.take(one.sha256)  # as whoever takes it from the list does first
        with pytest.raises(NotPossibleError):
            await desk.archive.delete(one.sha256)
    assert desk.library.read(one.sha256)


async def test_what_nobody_uses_goes_with_all_that_was_made_of_it(desk: Desk) -> None:
    other = await imported(desk, "back", 4)
    kept = lying(desk)
    one = await imported(desk)
    await desk.designs.update_dimensions(sized("box", 70, 80, 90))
    await desk.pictures.refit()
    await desk.pictures.clear_panels("front")
    await desk.archive.set_favourite(one.sha256, favourite=True)
    desk.library.holds.close()  # as another start
    await desk.archive.delete(one.sha256)
    assert await listed(desk) == [other]
    assert kept <= lying(desk)
    assert not [name for name in lying(desk) if one.sha256 in name]
    with pytest.raises(TextureUnavailableError):
        desk.library.read(one.sha256)


async def test_a_cut_that_was_imported_itself_outlives_its_source(desk: Desk, tmp_path: Path) -> None:
    one = await imported(desk)
    await desk.pictures.save_picture("front", tmp_path / "saved.png")
    await desk.pictures.import_picture("back", tmp_path / "saved.png")
    await desk.pictures.clear_panels("front", "back")
    desk.library.holds.close()
    saved = (await listed(desk, "saved.png"))[0]
    await desk.archive.delete(one.sha256)
    assert await listed(desk) == [saved]
    assert desk.library.read(saved.sha256)


async def test_what_another_computer_keeps_or_cut_is_not_deleted(desk: Desk, tmp_path: Path) -> None:
    desk.library.maker = "ours"
    theirs = clean_picture(picture_bytes(5))
    TextureLibrary(desk.library.folder, maker="theirs").add(theirs)
    archive = archive_over(desk.store, desk.library, tmp_path, shared=True)
    with pytest.raises(NotPossibleError, match="Another computer"):
        await archive.delete(theirs.sha256)
    one = await imported(desk)
    await desk.pictures.clear_panels("front")
    desk.library.holds.close()
    await archive.delete(one.sha256)


async def test_a_mark_that_cannot_be_written_is_told(desk: Desk) -> None:
    one = await imported(desk)
    (desk.library.folder / f"{one.sha256}.star").mkdir()  # refused even to root
    for favourite in (True, False):
        with pytest.raises(LibraryUnwritableError):
            await desk.archive.set_favourite(one.sha256, favourite=favourite)
    assert await listed(desk) == [one]


async def test_a_folder_that_is_away_is_told_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    one = await imported(desk)
    desk.library.folder.rename(tmp_path / "away")
    with pytest.raises(TextureUnavailableError, match="cannot be listed"):
        await listed(desk)
    assert list((await desk.archive.known(ArchiveQuery())).pictures) == [one]
    (tmp_path / "away").rename(desk.library.folder)
    assert await listed(desk) == [one]


async def test_without_any_picture_nothing_is_listed(desk: Desk) -> None:
    assert await desk.archive.search(ArchiveQuery("x")) == Found([], 0)


async def test_a_damaged_index_is_made_anew_and_told_once(desk: Desk, tmp_path: Path) -> None:
    one = await imported(desk)
    (tmp_path / "archive" / "index.sqlite3").write_bytes(b"no index" * 1000)
    found = await desk.archive.search(ArchiveQuery())
    assert (list(found.pictures), found.rebuilt) == ([one], True)
    assert not (await desk.archive.search(ArchiveQuery())).rebuilt


async def test_a_drawing_is_listed_once_however_often_it_was_drawn(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "logo.svg"
    file.write_bytes(svg(head="viewBox='0 0 10 15'"))
    desk.pictures.use_resolution(150)
    await desk.pictures.import_picture("front", file)
    (first,) = await listed(desk)
    await desk.designs.update_dimensions(sized("box", 300, 450, 100))
    await desk.pictures.refit()
    assert len(list(desk.library.folder.glob("*.drawing"))) == 2, "it was drawn anew"
    assert await listed(desk) == [first]
    assert (await desk.archive.search(ArchiveQuery())).total == 1
    desk.archive.file(first.sha256).unlink()
    (larger,) = [one for one in await listed(desk) if one.kind == "import"]
    assert larger.drawn_from == first.sha256, "it stands for itself once that has gone"
