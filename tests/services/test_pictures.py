"""Pictures put on panels, turned, fitted, taken off and saved."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from support.foreign_files import INKS, saved, svg
from support.providers import picture_bytes
from support.sizes import sized
from support.writing import put

from packdesk.domain.order import GenerationOrder
from packdesk.domain.wire import decode_state
from packdesk.errors import (
    BadPictureError,
    ChangedMeanwhileError,
    InvalidInputError,
    NotPossibleError,
    OutputUnwritableError,
    TextureUnavailableError,
)
from packdesk.services.placing import cut
from packdesk.textures.check import clean_picture
from packdesk.textures.library import hash_in_url
from packdesk.textures.profiles import PLAIN_CMYK

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from services.conftest import Desk

    from packdesk.domain.state import PackagingState, PanelTexture


def encoded(pixels: npt.NDArray[np.uint8]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def marked_dot(width: int, height: int) -> bytes:
    """A black circle in the middle of white, with a red mark above it."""
    row, column = np.mgrid[0:height, 0:width] + 0.5
    pixels = np.full((height, width, 3), 255, np.uint8)
    side = min(width, height)
    across, down = (column - width / 2) / side, (row - height / 2) / side
    pixels[np.hypot(across, down) < 0.15] = 0
    pixels[(abs(across) < 0.06) & (abs(down + 0.25) < 0.06)] = (255, 0, 0)
    return encoded(pixels)


async def shown(desk: Desk, panel_id: str = "front") -> npt.NDArray[np.uint8]:
    """The pixels of a panel: red, green, blue and opacity."""
    texture = texture_of(await desk.designs.get_state(), panel_id)
    png = await desk.pictures.read_picture(texture.texture_url)
    with Image.open(io.BytesIO(png)) as opened:
        pixels: npt.NDArray[np.uint8] = np.asarray(opened.convert("RGBA"))
    return pixels


def texture_of(state: PackagingState, panel_id: str = "front") -> PanelTexture:
    return state.panel_textures[panel_id]


def circle(pixels: npt.NDArray[np.uint8]) -> tuple[int, int]:
    """Width and height of what is black and seen."""
    black = (pixels[..., :3].max(axis=2) < 100) & (pixels[..., 3] > 200)
    return int(black.any(axis=0).sum()), int(black.any(axis=1).sum())


def mark(pixels: npt.NDArray[np.uint8]) -> str:
    """On which side of the middle the red mark is."""
    red = (pixels[..., 0] > 200) & (pixels[..., 1] < 100) & (pixels[..., 3] > 200)
    row, column = (float(places.mean()) for places in np.nonzero(red))
    down, across = row - pixels.shape[0] / 2, column - pixels.shape[1] / 2
    if abs(down) > abs(across):
        return "above" if down < 0 else "below"
    return "left" if across < 0 else "right"


def margins(pixels: npt.NDArray[np.uint8]) -> tuple[int, int]:
    """Fully transparent rows and columns."""
    bare = pixels[..., 3] == 0
    return int(bare.all(axis=1).sum()), int(bare.all(axis=0).sum())


def change_document(desk: Desk, change: Callable[[dict[str, Any]], object]) -> None:
    """Edit the stored document as another program would."""
    raw = desk.store.load()
    assert raw
    document = json.loads(raw)
    change(document)
    put(desk.store, json.dumps(document).encode())


def while_cutting(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Have something happen between the reading of the design and the writing."""
    acts = [act]

    def slowly(*arguments: Any, **options: Any) -> str:
        while acts:
            acts.pop()()
        return cut(*arguments, **options)

    monkeypatch.setattr("packdesk.services.pictures.cut", slowly)


DOT = marked_dot(300, 300)


@pytest.fixture
def dot_file(tmp_path: Path) -> Path:
    file = tmp_path / "dot.png"
    file.write_bytes(DOT)
    return file


async def test_an_import_lands_on_its_panel_and_in_the_library(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mein Bild.jpg"
    file.write_bytes(picture_bytes(1, kind="JPEG"))
    state = await desk.pictures.import_picture("front", file)
    texture = texture_of(state)
    assert texture.prompt == "Imported from mein Bild.jpg"
    assert texture.dimensions.width == 100
    assert await desk.pictures.read_picture(texture.texture_url) == clean_picture(file.read_bytes()).png


async def test_an_imported_circle_stays_round(desk: Desk, dot_file: Path) -> None:
    state = await desk.pictures.import_picture("front", dot_file)
    pixels = await shown(desk)
    assert pixels.shape[:2] == (213, 142)
    wide, high = circle(pixels)
    assert wide > 30
    assert abs(wide - high) <= 1
    source = clean_picture(DOT)
    origin = desk.library.origin(texture_of(state).texture_url)
    assert origin
    assert (origin.source, origin.turns, origin.fit) == (source.sha256, 0, "crop")
    assert desk.library.read(source.sha256) == source.png
    assert await desk.pictures.has_original(texture_of(state).texture_url)
    assert not await desk.pictures.has_original("https://other.example/picture.png")


async def test_a_picture_on_a_body_is_closed_around_it(desk: Desk) -> None:
    await desk.designs.update_dimensions(sized("cylinder", 80, 150, 80))
    ramp = np.repeat(np.linspace(0, 255, 500).astype(np.uint8)[None, :, None], 300, axis=0)
    state = await desk.pictures.put_picture("body", encoded(np.repeat(ramp, 3, axis=2)), "a ramp")
    assert seam(await shown(desk, "body")) < 40
    origin = desk.library.origin(texture_of(state, "body").texture_url)
    assert origin
    assert origin.wraps
    await desk.pictures.put_picture("top", encoded(np.repeat(ramp, 3, axis=2)), "a ramp")
    assert seam(await shown(desk, "top")) > 100
    await desk.designs.update_dimensions(sized("cylinder", 100, 150, 100))
    await desk.pictures.refit()
    assert seam(await shown(desk, "body")) < 40
    assert seam(await shown(desk, "top")) > 100


def seam(pixels: npt.NDArray[np.uint8]) -> float:
    """How much the left and right edges differ."""
    return float(abs(pixels[:, 0, 0].astype(int) - pixels[:, -1, 0]).mean())


async def test_pictures_from_elsewhere_are_put_on_panels(desk: Desk) -> None:
    state = await desk.pictures.put_picture("left", marked_dot(300, 200), "the clipboard")
    assert texture_of(state, "left").prompt == "Imported from the clipboard"
    wide, high = circle(await shown(desk, "left"))
    assert abs(wide - high) <= 1
    for wrong in (b"", b"no picture"):
        with pytest.raises(BadPictureError):
            await desk.pictures.put_picture("left", wrong, "the clipboard")
    with pytest.raises(InvalidInputError):
        await desk.pictures.put_picture("body", marked_dot(300, 200), "the clipboard")
    assert await desk.designs.get_state() == state


async def test_bad_files_change_nothing(desk: Desk, tmp_path: Path) -> None:
    text = tmp_path / "notes.png"
    text.write_text("no picture")
    os.mkfifo(tmp_path / "pipe.png")
    for file in (text, tmp_path / "missing.png", tmp_path, Path("/dev/zero"), tmp_path / "pipe.png"):
        with pytest.raises(BadPictureError) as caught:
            await desk.pictures.import_picture("front", file)
        assert caught.value.remedy
    with pytest.raises(InvalidInputError):
        await desk.pictures.import_picture("body", text)
    assert desk.store.load() is None


async def test_turns_go_to_the_right_and_come_around(desk: Desk, dot_file: Path) -> None:
    first = texture_of(await desk.pictures.import_picture("front", dot_file))
    former = first
    for where in ("right", "below", "left"):
        turned = texture_of(await desk.pictures.turn("front"))
        pixels = await shown(desk)
        assert mark(pixels) == where
        wide, high = circle(pixels)
        assert abs(wide - high) <= 1
        assert turned.prompt == first.prompt
        assert (turned.generated_at or "") > (former.generated_at or "")
        former = turned
    again = texture_of(await desk.pictures.turn("front"))
    assert again.texture_url == first.texture_url


async def test_generated_artwork_is_turned_and_keeps_its_prompt(desk: Desk) -> None:
    generated = texture_of((await desk.generation.generate(GenerationOrder("red roses", ("front",)))).state)
    turned = texture_of(await desk.pictures.turn("front"))
    assert turned.texture_url != generated.texture_url
    assert turned.prompt == "red roses"
    assert len(desk.provider.requests) == 1


async def test_quick_turns_build_on_each_other(desk: Desk, dot_file: Path) -> None:
    await desk.pictures.import_picture("front", dot_file)
    await asyncio.gather(*(desk.pictures.turn("front") for _ in range(3)))
    assert mark(await shown(desk)) == "left"


async def test_fit_shows_all_on_bare_board_and_fill_covers_again(desk: Desk, dot_file: Path) -> None:
    filled = texture_of(await desk.pictures.import_picture("front", dot_file))
    whole = texture_of(await desk.pictures.fit("front", fit="fit"))
    pixels = await shown(desk)
    assert margins(pixels) == (213 - 142, 0)
    wide, high = circle(pixels)
    assert wide == pytest.approx(0.3 * 142, abs=1)
    assert abs(wide - high) <= 1
    assert whole.prompt == filled.prompt
    assert (whole.generated_at or "") > (filled.generated_at or "")
    again = texture_of(await desk.pictures.fit("front", fit="crop"))
    assert again.texture_url == filled.texture_url
    assert margins(await shown(desk)) == (0, 0)


async def test_two_panels_swap_and_swap_back(desk: Desk, dot_file: Path) -> None:
    await desk.designs.update_dimensions(sized("box", 100, 150, 90))
    first = await desk.pictures.import_picture("front", dot_file)
    await desk.pictures.turn("front")
    await desk.pictures.put_picture("left", marked_dot(200, 300), "another")
    before = await desk.designs.get_state()
    after = await desk.pictures.swap("front", "left")
    assert texture_of(after, "left").prompt == texture_of(before, "front").prompt
    assert texture_of(after, "front").prompt == texture_of(before, "left").prompt
    assert mark(await shown(desk, "left")) == "right", "it stays turned"
    wide, high = circle(await shown(desk, "left"))
    assert abs(wide - high) <= 1, "cut anew, not stretched"
    assert texture_of(after, "left").dimensions.width == 90
    assert texture_of(after, "left").texture_url not in {
        texture_of(before, "front").texture_url,
        texture_of(first, "front").texture_url,
    }
    back = await desk.pictures.swap("left", "front")
    assert texture_of(back, "front").texture_url == texture_of(before, "front").texture_url


async def test_a_swap_with_a_bare_panel_moves_the_picture(desk: Desk, dot_file: Path) -> None:
    await desk.pictures.import_picture("front", dot_file)
    state = await desk.pictures.swap("top", "front")
    assert list(state.panel_textures) == ["top"]


async def test_one_picture_is_copied_to_several_panels_in_one_write(desk: Desk, dot_file: Path) -> None:
    await desk.pictures.import_picture("front", dot_file)
    before = desk.store.load()
    state = await desk.pictures.copy("front", "back", "top")
    assert set(state.panel_textures) == {"front", "back", "top"}
    assert texture_of(state, "back").texture_url == texture_of(state, "front").texture_url
    assert texture_of(state, "top").texture_url != texture_of(state, "front").texture_url
    assert desk.store.load() != before
    bare = await desk.pictures.clear_panels("front", "back")
    assert list(bare.panel_textures) == ["top"]


async def test_nothing_can_be_copied_from_a_bare_panel(desk: Desk) -> None:
    for work in (desk.pictures.copy("front", "back"), desk.pictures.swap("front", "back")):
        with pytest.raises(NotPossibleError, match="no picture on the panel"):
            await work
    with pytest.raises(NotPossibleError):
        await desk.pictures.copy("front", "body")
    assert desk.store.load() is None


async def test_several_are_turned_together_or_not_at_all(desk: Desk, dot_file: Path) -> None:
    for panel_id in ("front", "back"):
        await desk.pictures.import_picture(panel_id, dot_file)
    await desk.pictures.turn("front", "back")
    assert [mark(await shown(desk, panel_id)) for panel_id in ("front", "back")] == ["right", "right"]
    before = desk.store.load()
    with pytest.raises(NotPossibleError):
        await desk.pictures.turn("front", "top")
    assert desk.store.load() == before
    # Of two that need the same panels, neither waits for ever.
    await asyncio.gather(desk.pictures.swap("front", "back"), desk.pictures.swap("back", "front"))


async def test_a_resize_keeps_turns_and_fit(desk: Desk, dot_file: Path) -> None:
    await desk.pictures.import_picture("front", dot_file)
    await desk.pictures.import_picture("back", dot_file)
    for panel_id in ("front", "back"):
        await desk.pictures.turn(panel_id)
    laid = texture_of(await desk.pictures.fit("front", fit="fit"))
    await desk.designs.update_dimensions(sized("box", 200, 100, 100))
    refitted = texture_of(await desk.pictures.refit())
    assert refitted.generated_at == laid.generated_at
    front, back = await shown(desk, "front"), await shown(desk, "back")
    assert front.shape == back.shape == (142, 283, 4)
    assert (mark(front), mark(back)) == ("right", "right")
    assert (margins(front), margins(back)) == ((0, 283 - 142), (0, 0))
    assert mark(await shown_after_turn(desk)) == "below"


async def shown_after_turn(desk: Desk) -> npt.NDArray[np.uint8]:
    await desk.pictures.turn("front")
    return await shown(desk)


async def test_a_size_set_meanwhile_is_followed_by_a_refit(
    desk: Desk, dot_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.pictures.import_picture("front", dot_file)
    wider = {"width": 200, "height": 100, "depth": 100}
    for work in (desk.pictures.import_picture("front", dot_file), desk.pictures.turn("front")):
        await desk.designs.update_dimensions(sized("box", 100, 150, 100))
        await desk.pictures.refit()
        while_cutting(
            monkeypatch, lambda: change_document(desk, lambda one: one.update(package_dimensions=wider))
        )
        state = await work
        assert state.package_dimensions.width == 200
        assert texture_of(state).dimensions.width == 100  # that is what it was cut for
        await desk.pictures.refit()
        assert (await shown(desk)).shape[:2] == (142, 283)


async def test_a_picture_of_another_program_is_turned(desk: Desk) -> None:
    url = "data:image/png;base64," + base64.b64encode(DOT).decode()
    await desk.designs.update_dimensions(sized("box", 100, 150, 90))
    foreign = {"panel_id": "front", "texture_url": url, "prompt": "theirs", "colour": "kept"}
    change_document(desk, lambda one: one.update(panel_textures={"front": foreign}))
    turned = texture_of(await desk.pictures.turn("front"))
    pixels = await shown(desk)
    assert mark(pixels) == "right"
    assert pixels.shape[:2] == (213, 142)
    assert (turned.prompt, (turned.model_extra or {})["colour"]) == ("theirs", "kept")
    assert turned.generated_at
    assert turned.dimensions.width == 100
    await desk.pictures.turn("front")
    assert mark(await shown(desk)) == "below"


async def test_a_picture_that_cannot_be_had_stays(desk: Desk) -> None:
    await desk.designs.update_dimensions(sized("box", 100, 150, 90))
    foreign = {"panel_id": "front", "texture_url": "gopher://far/away", "prompt": "theirs"}
    change_document(desk, lambda one: one.update(panel_textures={"front": foreign}))
    before = desk.store.load()
    with pytest.raises(TextureUnavailableError):
        await desk.pictures.turn("front")
    assert desk.store.load() == before


async def test_what_is_shown_is_turned_where_its_source_is_not_here(desk: Desk, dot_file: Path) -> None:
    await desk.pictures.import_picture("front", dot_file)
    url = texture_of(await desk.pictures.turn("front")).texture_url
    origin = desk.library.origin(url)
    assert origin
    (desk.library.folder / f"{origin.source}.png").unlink()
    turned = texture_of(await desk.pictures.turn("front"))
    assert mark(await shown(desk)) == "below"
    now = desk.library.origin(turned.texture_url)
    assert now
    assert (now.source, now.turns) == (hash_in_url(url), 1)


async def test_somebody_elses_new_picture_is_not_overwritten(
    desk: Desk, dot_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.pictures.import_picture("front", dot_file)
    theirs = {"panel_id": "front", "texture_url": "https://example.org/a.png", "prompt": "theirs"}
    calls: list[Callable[[], Any]] = [
        lambda: desk.pictures.turn("front"),
        lambda: desk.pictures.fit("front", fit="fit"),
    ]
    for call in calls:
        await desk.pictures.import_picture("front", dot_file)
        while_cutting(
            monkeypatch, lambda: change_document(desk, lambda one: one["panel_textures"].update(front=theirs))
        )
        with pytest.raises(ChangedMeanwhileError) as caught:
            await call()
        assert "front" in caught.value.sentence
        assert texture_of(await desk.designs.get_state()).texture_url == theirs["texture_url"]


async def test_a_panel_cleared_meanwhile_stays_bare(
    desk: Desk, dot_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.pictures.import_picture("front", dot_file)
    while_cutting(monkeypatch, lambda: change_document(desk, lambda one: one["panel_textures"].pop("front")))
    with pytest.raises(ChangedMeanwhileError):
        await desk.pictures.turn("front")
    assert (await desk.designs.get_state()).panel_textures == {}


async def test_other_edits_made_meanwhile_are_kept(
    desk: Desk, dot_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.pictures.import_picture("front", dot_file)
    theirs = {"panel_id": "back", "texture_url": "https://example.org/a.png", "prompt": "theirs"}
    while_cutting(
        monkeypatch, lambda: change_document(desk, lambda one: one["panel_textures"].update(back=theirs))
    )
    state = await desk.pictures.turn("front")
    assert texture_of(state, "back").prompt == "theirs"
    assert mark(await shown(desk)) == "right"


async def test_a_saved_cut_that_comes_back_knows_its_source(
    desk: Desk, dot_file: Path, tmp_path: Path
) -> None:
    await desk.pictures.import_picture("front", dot_file)
    saved = tmp_path / "saved.png"
    await desk.pictures.save_picture("front", saved)
    state = await desk.pictures.import_picture("back", saved)
    assert texture_of(state, "back").texture_url == texture_of(state).texture_url
    origin = desk.library.origin(texture_of(state).texture_url)
    assert origin
    assert origin.source == clean_picture(DOT).sha256


async def test_a_panel_is_cleared_alone(desk: Desk, dot_file: Path) -> None:
    for panel_id in ("front", "back"):
        await desk.pictures.import_picture(panel_id, dot_file)
    state = await desk.pictures.clear_panels("front")
    assert set(state.panel_textures) == {"back"}
    raw, writes = desk.store.load(), len(desk.store.writes)
    assert raw
    assert set(decode_state(raw).panel_textures) == {"back"}
    await desk.pictures.clear_panels("front")
    assert len(desk.store.writes) == writes
    with pytest.raises(InvalidInputError):
        await desk.pictures.clear_panels("body")


async def test_what_a_panel_shows_is_saved(desk: Desk, dot_file: Path, tmp_path: Path) -> None:
    await desk.pictures.import_picture("front", dot_file)
    texture = texture_of(await desk.pictures.fit("front", fit="fit"))
    file = tmp_path / "given folder" / "front.png"
    file.parent.mkdir()
    await desk.pictures.save_picture("front", file)
    assert file.read_bytes() == await desk.pictures.read_picture(texture.texture_url)
    assert [path.name for path in file.parent.iterdir()] == ["front.png"]


async def test_a_picture_that_cannot_be_written_is_told(desk: Desk, dot_file: Path, tmp_path: Path) -> None:
    await desk.pictures.import_picture("front", dot_file)
    read_only = tmp_path / "read-only"
    read_only.mkdir()
    read_only.chmod(0o500)
    places = [Path("/proc"), dot_file] + ([] if os.access(read_only, os.W_OK) else [read_only])
    for folder in places:  # nobody writes to the first; the owner of all files writes to the last
        with pytest.raises(OutputUnwritableError) as caught:
            await desk.pictures.save_picture("front", folder / "front.png")
        assert str(folder / "front.png" if folder.is_dir() else folder) in caught.value.sentence
        assert caught.value.remedy
    assert list(read_only.iterdir()) == []


async def test_a_bare_panel_has_nothing_to_turn_or_save(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "front.png"
    for panel_id, told in (("front", "no picture on the panel “front”"), ("body", "no panel “body”")):
        for work in (
            desk.pictures.turn(panel_id),
            desk.pictures.fit(panel_id, fit="fit"),
            desk.pictures.save_picture(panel_id, file),
        ):
            with pytest.raises((InvalidInputError, NotPossibleError), match=told) as caught:
                await work
            assert caught.value.remedy
    assert desk.store.load() is None
    assert not file.exists()


async def test_which_pictures_are_our_own(desk: Desk) -> None:
    state = await desk.pictures.put_picture("front", picture_bytes(1, (60, 90)), "a.png")
    url = texture_of(state).texture_url
    sha256 = hash_in_url(url) or ""
    urls = {
        "front": url,
        "back": f"http://elsewhere.example/textures/{sha256}.png",
        "left": f"http://elsewhere.example/textures/{'a' * 64}.png",
        "right": f"file:///gone/{'b' * 64}.png",
        "top": "https://other.example/picture.png",
    }
    assert await desk.pictures.kept_here(urls) == {"front": sha256, "back": sha256, "right": "b" * 64}
    file = await desk.pictures.kept_file(sha256)
    assert file is not None
    assert file.read_bytes() == await desk.pictures.kept_picture(sha256)
    assert await desk.pictures.kept_file("a" * 64) is None
    with pytest.raises(TextureUnavailableError):
        await desk.pictures.kept_picture("a" * 64)


async def test_cuts_have_the_resolution_that_is_asked_for(desk: Desk) -> None:
    big = picture_bytes(1, (600, 900))
    for dpi, width in ((36, 142), (72, 283)):
        desk.pictures.use_resolution(dpi)
        state = await desk.pictures.put_picture("front", big, "a.png")
        png = await desk.pictures.read_picture(texture_of(state).texture_url)
        with Image.open(io.BytesIO(png)) as opened:
            assert abs(opened.width - width) <= 1


async def test_what_is_closed_begins_nothing_more(desk: Desk) -> None:
    desk.pictures.close()
    with pytest.raises(RuntimeError):
        await desk.pictures.put_picture("front", picture_bytes(1, (60, 90)), "a.png")


async def test_a_drawing_is_drawn_again_where_its_panel_has_grown(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "logo.svg"
    file.write_bytes(svg(head="viewBox='0 0 10 15'"))
    desk.pictures.use_resolution(150)
    first = texture_of(await desk.pictures.import_picture("front", file))
    await desk.designs.update_dimensions(sized("box", 300, 450, 100))
    second = texture_of(await desk.pictures.refit())
    origins = [desk.library.origin(texture.texture_url) for texture in (first, second)]
    widths = [
        desk.library.drawing(one.source) and one.dpi * one.panel[0] / 25.4
        for one in origins
        if one and one.panel
    ]
    assert [round(width) for width in widths if width] == [1181, 2731]
    await desk.designs.update_dimensions(sized("box", 290, 440, 100))
    third = desk.library.origin(texture_of(await desk.pictures.refit()).texture_url)
    assert third is not None
    assert origins[1] is not None
    assert third.source == origins[1].source, "fine enough already"


async def test_of_which_colours_a_picture_was_converted_is_kept(desk: Desk) -> None:
    inks = saved("JPEG", "CMYK", INKS)
    url = texture_of(await desk.pictures.put_picture("front", inks, "a.jpg")).texture_url
    assert await desk.pictures.came_in(url) == PLAIN_CMYK
    assert await desk.pictures.came_in("https://other.example/a.png") == ""
    url = texture_of(await desk.pictures.put_picture("front", picture_bytes(), "a.png")).texture_url
    assert await desk.pictures.came_in(url) == ""
