"""Objects on panels: kept beside the flattened picture, over whatever artwork, never lost."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import os
import re
import time
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pytest
import zxingcpp
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from support.objects import GOOD_VALUES, one_of_each
from support.placed_objects import panel_of_pdf, panel_of_svg
from support.providers import picture_bytes
from support.sizes import sized
from support.writing import put as put_raw

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.objects.inks import ink_of
from packdesk.domain.objects.lost import TakenOff
from packdesk.domain.objects.recipe import put, remove
from packdesk.domain.objects.values import Across, Barcode, PictureObject, Shape, Text
from packdesk.domain.order import GenerationOrder
from packdesk.domain.pack_words import PackWords
from packdesk.domain.preflight import preflight
from packdesk.domain.preflight.object_rules import ObjectFacts, object_findings
from packdesk.domain.state import utc_text
from packdesk.domain.transitions import put_textures
from packdesk.errors import BadRecipeError, InvalidInputError
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.svg import write_svg
from packdesk.services.archive import ArchiveQuery
from packdesk.services.bundles import place_bundle
from packdesk.services.collecting import collect_artwork, facts_of
from packdesk.services.objects import ObjectService
from packdesk.services.pictures import PictureService
from packdesk.services.placing import beneath, kept_objects, size_of
from packdesk.services.room import room_left
from packdesk.services.shared_state import SharedState
from packdesk.services.tidying import FORGET_DAYS
from packdesk.store.bundle.files import read_bundle
from packdesk.store.kept_file import KeptValue
from packdesk.textures.check import clean_picture
from packdesk.textures.library import TextureLibrary, hash_in_url
from packdesk.textures.loose_objects import LEAST_AGE_S

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt
    from services.conftest import Desk

    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.state import PackagingState


def foreign(desk: Desk, panel_id: str) -> None:
    """Another program puts a picture of its own on a panel."""
    state = json.loads(desk.store.load() or b"")
    picture = base64.b64encode(picture_bytes(8, (40, 60))).decode()
    state["panel_textures"][panel_id]["texture_url"] = f"data:image/png;base64,{picture}"
    put_raw(desk.store, json.dumps(state).encode())


RED = Shape(id="red", x=10, y=20, width=30, height=15, ink=ink_of("#ff0000"))


async def shown(desk: Desk, panel_id: str = "front") -> npt.NDArray[np.uint8]:
    state = await desk.shared.load()
    png = await desk.pictures.read_picture(state.panel_textures[panel_id].texture_url)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


def pixel(picture: npt.NDArray[np.uint8], x: float, y: float) -> tuple[int, ...]:
    """At a place in millimetres of a front panel of 100 by 150."""
    return tuple(picture[int(y / 150 * picture.shape[0]), int(x / 100 * picture.shape[1])].tolist())


async def recipe_of(desk: Desk, state: PackagingState, panel_id: str = "front") -> KeptObjects:
    return await desk.objects.objects(state, panel_id)


async def test_objects_come_on_bare_board_and_leave_it_bare(desk: Desk) -> None:
    state = await desk.objects.change("front", put(RED))
    picture = await shown(desk)
    assert pixel(picture, 11, 21) == pixel(picture, 39, 34) == (255, 0, 0, 255)
    assert pixel(picture, 9, 21)[3] == pixel(picture, 41, 34)[3] == 0
    assert picture.shape[1] == round(100 / 25.4 * 300)
    assert (await recipe_of(desk, state)).recipe.objects == (RED,)
    assert (await desk.archive.search(ArchiveQuery())).total == 0
    state = await desk.objects.change("front", remove("red"))
    assert "front" not in state.panel_textures


async def test_a_box_follows_the_words_that_are_set_in_it(desk: Desk) -> None:
    text = Text(id="name", words="Tea", x=10, y=10, width=60, height=8, size=18)
    await desk.objects.change("front", put(text))
    state = await desk.objects.change(
        "front", put(text.model_copy(update={"words": "Tea\nof the\nfirst pick"}))
    )
    kept = await recipe_of(desk, state)
    (made,) = kept.recipe.texts
    assert 3 * 18 * 1.2 * 25.4 / 72 - 3 < made.height < 3 * 18 * 1.2 * 25.4 / 72 + 3
    assert list(object_findings({"front": ObjectFacts(kept)}, 3)) == []
    state = await desk.objects.change("front", put(made.model_copy(update={"height": 8.0})))
    assert (await recipe_of(desk, state)).recipe.texts[0].height == 8


async def test_objects_stay_over_whatever_comes_beneath(desk: Desk) -> None:
    await desk.pictures.put_picture("front", picture_bytes(3, (40, 60)), "a file")
    bare = pixel(await shown(desk), 80, 100)
    await desk.objects.change("front", put(*one_of_each(), RED))
    kept = (await recipe_of(desk, await desk.shared.load())).recipe
    assert pixel(await shown(desk), 80, 100) == pytest.approx(bare, abs=3)

    async def stay() -> None:
        state = await desk.shared.load()
        assert (await recipe_of(desk, state)).recipe == kept
        assert pixel(await shown(desk), 20, 25) == (255, 0, 0, 255)

    await desk.pictures.put_picture("front", picture_bytes(5, (40, 60)), "another")
    assert pixel(await shown(desk), 80, 100) != pytest.approx(bare, abs=3)
    await stay()
    await desk.pictures.turn("front")
    await stay()
    await desk.generation.generate(GenerationOrder("green leaves", ("front", "back")))
    await stay()
    rooms = {request.panel_id: request.room for request in desk.provider.requests}
    assert rooms == {"front": ((10, 50, 40, 30), (10, 10, 80, 14), (10, 110, 37, 26)), "back": ()}
    await desk.pictures.copy("front", "back")
    assert (await recipe_of(desk, await desk.shared.load(), "back")).recipe.objects == kept.objects


async def test_a_panel_of_another_size_moves_them_by_what_they_hold_to(desk: Desk) -> None:
    right = RED.model_copy(update={"id": "right", "x": 60.0, "across": Across.RIGHT})
    await desk.objects.change("front", put(RED, right))
    await desk.designs.update_dimensions(sized("box", 120, 150, 100))
    state = await desk.pictures.refit()
    recipe = (await recipe_of(desk, state)).recipe
    assert [(one.id, one.x, one.width) for one in recipe.objects] == [("red", 10, 30), ("right", 80, 30)]
    picture = await shown(desk)
    assert picture.shape[1] == round(120 / 25.4 * 300)
    before = state.panel_textures["front"].texture_url
    await desk.designs.update_dimensions(sized("box", 100, 150, 100))
    state = await desk.pictures.refit()
    assert (await recipe_of(desk, state)).recipe.objects == (RED, right)
    assert state.panel_textures["front"].texture_url != before


async def test_what_runs_on_comes_onto_the_next_wall_in_the_same_write(desk: Desk) -> None:
    await desk.pictures.put_picture("right", picture_bytes(3, (40, 60)), "a file")
    bare = pixel(await shown(desk, "right"), 50, 100)
    band = RED.model_copy(update={"x": 90.0, "runs_on": True, "across": Across.CENTRE})
    made = await desk.objects.changed("front", put(band))
    assert made.panels == ("front", "right")
    assert pixel(await shown(desk, "right"), 19, 25) == (255, 0, 0, 255)  # the left wall is as wide as front
    assert pixel(await shown(desk, "right"), 21, 25) != (255, 0, 0, 255)
    assert pixel(await shown(desk, "right"), 50, 100) == pytest.approx(bare, abs=3)
    await desk.designs.update_dimensions(sized("box", 120, 150, 100))  # right keeps its size, the band moves
    state = await desk.pictures.refit()
    (guest,) = (await recipe_of(desk, state, "right")).recipe.objects
    assert (guest.x, guest.of) == (-20, "front")
    state = await desk.objects.change("right", remove(guest.id))
    assert (await recipe_of(desk, state, "right")).recipe.objects == (guest,)
    state = await desk.objects.change("front", remove("red"))
    assert (await recipe_of(desk, state, "right")).recipe.objects == ()


async def test_artwork_that_comes_beneath_while_objects_change_keeps_both(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.objects.change("front", put(RED))
    shared = SharedState(desk.store)
    theirs = PictureService(shared, desk.library, desk.pictures._reader, 72, desk.pictures._tidying)
    other = ObjectService(shared, desk.library, theirs, desk.objects._letterer)
    blue = RED.model_copy(update={"id": "blue", "y": 90.0})
    cut, edits, loop = desk.pictures._laid_below, [put(blue)], asyncio.get_running_loop()

    def edited_meanwhile(*given: Any) -> object:
        made = cut(*given)
        while edits:
            asyncio.run_coroutine_threadsafe(other.change("front", edits.pop()), loop).result()
        return made

    monkeypatch.setattr(desk.pictures, "_laid_below", edited_meanwhile)
    state = await desk.pictures.put_picture("front", picture_bytes(3, (40, 60)), "a file")
    assert (await recipe_of(desk, state)).recipe.objects == (RED, blue)
    assert pixel(await shown(desk), 80, 30)[3] == 255  # the artwork, where board was bare
    theirs.close()


async def test_files_of_objects_go_when_no_picture_has_them(desk: Desk) -> None:
    first = await desk.objects.change("front", put(RED))
    await desk.objects.change("front", put(RED.model_copy(update={"x": 5.0})))
    tidying, folder = desk.pictures._tidying, desk.library.folder
    there = set(folder.glob("*.objects"))
    loose, used_again, new = (desk.library.add_objects(words) for words in (b"loose", b"again", b"new"))
    age = time.time() - 2 * LEAST_AGE_S
    for name in folder.glob("*.objects"):
        if name.stem != new:
            os.utime(name, (age, age))
    assert desk.library.add_objects(b"again") == used_again
    aside = folder / f".loose-{loose}-{'0' * 32}"
    (folder / f"{loose}.objects").replace(aside)  # a program was killed while it tidied
    assert (await tidying.tidy(dry_run=True)).objects.pictures == 0
    assert (await tidying.tidy()).objects.pictures == 1
    assert set(folder.glob("*.objects")) == {
        *there,
        *(folder / f"{name}.objects" for name in (used_again, new)),
    }
    note = folder / f"{hash_in_url(first.panel_textures['front'].texture_url)}.json"
    long_ago = time.time() - (FORGET_DAYS + 1) * 86_400
    os.utime(note, (long_ago, long_ago))
    await tidying.aclose()  # nobody can undo to the first picture any more
    assert (await tidying.tidy()).removed.pictures == 1
    assert (await tidying.tidy()).objects.pictures == 1
    assert len(there & set(folder.glob("*.objects"))) == 1
    assert (await recipe_of(desk, await desk.shared.load())).recipe.get("red").x == 5


async def test_two_who_change_one_panel_lose_nothing(desk: Desk) -> None:
    other = ObjectService(SharedState(desk.store), desk.library, desk.pictures, desk.objects._letterer)
    mine = [RED.model_copy(update={"id": f"mine{number}"}) for number in range(3)]
    theirs = [RED.model_copy(update={"id": f"theirs{number}"}) for number in range(3)]
    pairs = zip(mine, theirs, strict=True)
    for one, two in pairs:
        await asyncio.gather(desk.objects.change("front", put(one)), other.change("front", put(two)))
    state = await desk.shared.load()
    assert set((await recipe_of(desk, state)).recipe.objects) == {*mine, *theirs}


async def test_what_changes_no_pixel_is_kept_as_well(desk: Desk) -> None:
    below = RED.model_copy(update={"id": "below"})
    first = await desk.objects.change("front", put(below))
    second = await desk.objects.change("front", put(RED))
    third = await desk.objects.change("front", put(RED.model_copy(update={"locked": True})))
    recipes = [(await recipe_of(desk, state)).recipe for state in (first, second, third)]
    assert [(recipe.ids, recipe.objects[-1].locked) for recipe in recipes] == [
        (("below",), False),
        (("below", "red"), False),
        (("below", "red"), True),
    ]


async def test_what_is_done_while_artwork_is_made_stays(desk: Desk) -> None:
    await desk.objects.change("front", put(RED))
    desk.provider.gate = asyncio.Event()
    making = asyncio.create_task(desk.generation.generate(GenerationOrder("green leaves", ("front",))))
    await desk.provider.started.wait()
    moved = RED.model_copy(update={"x": 60.0})
    await desk.objects.change("front", put(moved))
    desk.provider.gate.set()
    outcome = await making
    assert (await recipe_of(desk, outcome.state)).recipe.objects == (moved,)
    assert pixel(await shown(desk), 65, 25) == (255, 0, 0, 255)


async def test_a_flattened_panel_that_went_is_made_again_to_the_byte(desk: Desk) -> None:
    await desk.pictures.put_picture("front", picture_bytes(3, (40, 60)), "a file")
    state = await desk.objects.change("front", put(*one_of_each()))
    url = state.panel_textures["front"].texture_url
    sha256 = hash_in_url(url) or ""
    file = desk.library.folder / f"{sha256}.png"
    data = file.read_bytes()
    file.unlink()
    assert desk.library.read(sha256) == data
    assert beneath(desk.library, url) not in {None, data}


async def test_codes_on_a_panel_are_read(desk: Desk) -> None:
    places = [(5, 2), (53, 2), (5, 35), (5, 110), (53, 35), (5, 70), (53, 70)]
    codes = [
        Barcode(id=kind.value, x=x, y=y, symbology=kind, value=value)
        for (kind, value), (x, y) in zip(GOOD_VALUES.items(), places, strict=True)
    ]
    state = await desk.objects.change("front", put(*codes))
    png = await desk.pictures.read_picture(state.panel_textures["front"].texture_url)
    read = [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))]
    assert [value for value in GOOD_VALUES.values() if value not in " ".join(read)] == []
    with pytest.raises(InvalidInputError, match="4006381333931"):
        await desk.objects.change("front", put(codes[0].model_copy(update={"value": "4006381333932"})))
    assert await desk.shared.load() == state


async def test_damaged_objects_leave_a_picture(desk: Desk) -> None:
    state = await desk.objects.change("front", put(RED))
    for file in desk.library.folder.glob("*.objects"):
        file.write_bytes(b"damaged")
    was = await shown(desk)
    assert (await desk.shared.load()) == state
    (finding,) = object_findings(await desk.objects.facts(state, {"front": b""}), 3)
    assert (finding.rule, finding.panel_id) == ("objects-unreadable", "front")
    assert "as a picture" in finding.remedy
    await desk.pictures.copy("front", "back")
    assert np.array_equal(await shown(desk), was)
    with pytest.raises(BadRecipeError, match="are damaged"):
        await desk.objects.objects(state, "front")
    told = (await desk.objects.facts(state, (await collect_artwork(state, desk.pictures)).pictures))["front"]
    found = list(object_findings({"front": told}, 3))
    assert [(one.rule, one.panel_id) for one in found] == [("objects-unreadable", "front")]
    for file in desk.library.folder.glob("*.objects"):
        file.unlink()
    with pytest.raises(BadRecipeError, match="not on this computer"):
        await desk.objects.objects(state, "front")


async def test_lettering_is_set_once_and_kept(desk: Desk) -> None:
    text = Text(id="t", x=5, y=5, width=60, words="Tea\n\u0645\u0631\u062d e\u0301", size=20, weight=700)
    state = await desk.objects.change("front", put(text))
    kept = await recipe_of(desk, state)
    (lettering,) = kept.lettering.values()
    assert lettering.outline
    assert lettering.left_out == ""
    assert lettering.height == pytest.approx(2 * 20 * 1.2 * 25.4 / 72, abs=1e-3)
    for file in desk.library.folder.glob("*.objects"):
        assert lettering.outline.encode() not in file.read_bytes()  # packed
    moved = await desk.objects.change("front", put(text.model_copy(update={"x": 20.0})))
    assert (await recipe_of(desk, moved)).lettering == kept.lettering


async def test_objects_travel_in_bundles(desk: Desk, tmp_path: Path) -> None:
    await desk.pictures.put_picture("front", picture_bytes(3, (40, 60)), "a file")
    logo = desk.library.add(clean_picture(picture_bytes(9, (30, 30))))
    picture = PictureObject(id="logo", x=60, y=90, width=30, height=30, picture=hash_in_url(logo) or "")
    state = await desk.objects.change("front", put(*one_of_each(), picture))
    file = tmp_path / "tea.packdesk"
    assert await desk.bundles.save(file) == {}
    contents = read_bundle(file)
    assert contents.damages == ()
    other = TextureLibrary(tmp_path / "other")
    with other.holds.holding() as hold:
        opened = place_bundle(contents, other, hold)
    texture, url = opened.panel_textures["front"], state.panel_textures["front"].texture_url
    assert kept_objects(other, texture) == await recipe_of(desk, state)
    assert hash_in_url(texture.texture_url) == hash_in_url(url)
    assert beneath(other, texture.texture_url) == beneath(desk.library, url)
    assert other.read(picture.picture) == desk.library.read(picture.picture)


LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">
<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/>
</linearGradient><clipPath id="c"><circle cx="50" cy="50" r="40"/></clipPath></defs>
<style>.a{fill:url(#g)} #b { stroke: #080 }</style>
<rect class="a" width="200" height="100" clip-path="url(#c)"/>
<path id="b" d="M110 20h70v60" stroke-width="12" fill="none"/></svg>"""


# What a logo becomes in files does not depend on the store.
IN_FILES = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@IN_FILES
async def test_a_logo_of_paths_is_printed_as_paths_and_travels_as_such(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(LOGO)
    name = await desk.objects.keep_picture("front", tmp_path / "logo.svg")
    logos = [
        PictureObject(id=f"l{n}", x=5, y=10 + 60 * n, width=90, height=45, picture=name) for n in range(2)
    ]
    state = await desk.objects.change("front", put(*logos))
    taken = await desk.objects.shown(state)
    artwork = {"front": await desk.pictures.read_picture(state.panel_textures["front"].texture_url)}
    dieline = make_dieline("box", state.package_dimensions)
    sheet = Sheet(dieline, artwork, objects=taken)
    write_pdf(sheet, tmp_path / "sheet.pdf", FlatOptions(kinds=frozenset()))
    write_svg(sheet, tmp_path / "sheet.svg", FlatOptions(kinds=frozenset()))
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        pictures = [
            one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
    assert pictures == [], "nothing lies on bare board"
    flat = Image.open(io.BytesIO(artwork["front"]))
    white = Image.new("RGBA", flat.size, "#ffffff")
    white.alpha_composite(flat.convert("RGBA"))
    for drawn in (
        panel_of_pdf(tmp_path / "sheet.pdf", sheet, "front"),
        panel_of_svg(tmp_path / "sheet.svg", sheet, "front"),
    ):
        meant = np.asarray(white.convert("L").resize(drawn.size), float)
        assert np.abs(np.asarray(drawn, float) - meant).mean() < 2
    assert len(set(re.findall(r' id="([^"]+-g)"', (tmp_path / "sheet.svg").read_text()))) == 2
    file = tmp_path / "tea.packdesk"
    await desk.bundles.save(file)
    assert read_bundle(file).objects["front"].pictures[name].drawing == LOGO
    other = TextureLibrary(tmp_path / "other")
    with other.holds.holding() as hold:
        place_bundle(read_bundle(file), other, hold)
    assert other.drawing(name) == LOGO


@IN_FILES
async def test_a_logo_in_pdf_is_paths_in_svg_files(desk: Desk, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "logo.pdf"), pagesize=(200, 100))
    canvas.setFillColorCMYK(0, 0.9, 0.8, 0.1)
    canvas.circle(50, 50, 40, fill=1, stroke=0)
    canvas.drawString(110, 40, "Herbal")
    canvas.save()
    name = await desk.objects.keep_picture("front", tmp_path / "logo.pdf")
    logo = PictureObject(id="logo", x=5, y=10, width=90, height=45, picture=name)
    state = await desk.objects.change("front", put(logo))
    taken = await desk.objects.shown(state)
    artwork = {"front": await desk.pictures.read_picture(state.panel_textures["front"].texture_url)}
    sheet = Sheet(make_dieline("box", state.package_dimensions), artwork, objects=taken)
    write_svg(sheet, tmp_path / "sheet.svg", FlatOptions(kinds=frozenset()))
    written = (tmp_path / "sheet.svg").read_text()
    assert "<image" not in written, "nothing lies on bare board"
    drawn = panel_of_svg(tmp_path / "sheet.svg", sheet, "front")
    flat = Image.open(io.BytesIO(artwork["front"]))
    white = Image.new("RGBA", flat.size, "#ffffff")
    white.alpha_composite(flat.convert("RGBA"))
    meant = np.asarray(white.convert("L").resize(drawn.size), float)
    assert np.abs(np.asarray(drawn, float) - meant).mean() < 2


@pytest.mark.parametrize(
    "told",
    [{"front": 5}, {"front": {"packed": "!", "artwork": "a" * 64, "dpi": 72}}, ["front"], "objects"],
)
async def test_damaged_objects_of_a_bundle_leave_its_pictures(
    desk: Desk, told: object, tmp_path: Path
) -> None:
    await desk.objects.change("front", put(RED))
    file, damaged = tmp_path / "tea.packdesk", tmp_path / "damaged.packdesk"
    await desk.bundles.save(file)
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(damaged, "w") as changed:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "version.json":
                data = json.dumps(json.loads(data) | {"objects": told}).encode()
            changed.writestr(name, data)
    contents = read_bundle(damaged)
    assert set(contents.pictures) == {"front"}
    assert contents.objects == {}
    assert (contents.damages != ()) == isinstance(told, dict)


async def test_preflight_tells_of_coarse_artwork_below_objects(desk: Desk) -> None:
    async def coarse(panel_id: str) -> list[str]:
        state = await desk.shared.load()
        artwork = await collect_artwork(state, desk.pictures)
        facts = facts_of(artwork, {}, await desk.objects.facts(state, artwork.pictures))
        found = preflight(state, facts, DielineOptions())
        return [one.sentence for one in found if one.rule == "coarse" and one.panel_id == panel_id]

    await desk.pictures.put_picture("front", picture_bytes(3, (400, 600)), "a file")
    before = await coarse("front")
    assert before == ["The picture of the front panel is too coarse for print: 36 dpi."]
    for panel_id in ("front", "back"):
        await desk.objects.change(panel_id, put(RED))
    assert await coarse("front") == before
    assert await coarse("back") == [], "there is no artwork below"


async def test_preflight_reads_codes_and_sees_faint_lettering(desk: Desk) -> None:
    text = Text(id="faint", x=12, y=22, width=26, words="Tea", size=20, ink=ink_of("#ff2020"))
    clear = text.model_copy(update={"id": "clear", "y": 60.0, "ink": ink_of("#000")})
    code = Barcode(id="code", x=10, y=80, value="4006381333931", ink=ink_of("#fff"))
    good = Barcode(id="good", x=55, y=80, value="5901234123457")
    state = await desk.objects.change("front", put(RED, text, clear, code, good))
    artwork = await collect_artwork(state, desk.pictures)
    facts = facts_of(artwork, {}, await desk.objects.facts(state, artwork.pictures))
    told = facts["front"].objects
    assert told is not None
    assert told.contrast["faint"] < 3 < told.contrast["clear"]
    assert told.unread == frozenset(["code"])
    assert told.red["good"] == pytest.approx((0.02, 1), abs=0.03)
    assert told.red["code"] == (1, 1)
    bare = code.model_copy(update={"ink": ink_of("cmyk 0 100 100 0"), "plate": None, "y": 110.0, "x": 40.0})
    await desk.objects.change("front", put(bare))
    state = await desk.shared.load()
    pictures = (await collect_artwork(state, desk.pictures)).pictures
    bars, ground = (await desk.objects.facts(state, pictures))["front"].red["code"]
    assert bars > 0.7
    assert ground == 1


async def test_what_is_seen_and_opaque_can_be_live_text(desk: Desk) -> None:
    text = Text(id="clear", x=12, y=22, width=26, words="Tea")
    others: dict[str, dict[str, object]] = {
        "hidden": {"hidden": True, "words": "Hidden"},
        "through": {"opacity": 0.5},
        "blank": {"words": "  "},
    }
    made = (text.model_copy(update={"id": name, **values}) for name, values in others.items())
    state = await desk.objects.change("front", put(text, *made))
    live = await desk.objects.live(state)
    assert set(live.spans["front"]) == {"clear", "blank"}
    assert [font.name[7:] for font in live.fonts.values()] == ["HankenGrotesk-Regular"]
    assert live.told == ("“Tea” stays outlines: it is seen through.",)
    assert await desk.objects.live(state) is live
    shown = live.over(await desk.objects.shown(state))
    assert shown["front"].live == live.spans["front"]


async def test_the_words_on_the_pack_become_objects_and_artwork_leaves_them_room(desk: Desk) -> None:
    with pytest.raises(InvalidInputError, match="no words on the pack"):
        await desk.objects.letter("back", None)
    words = PackWords(brand="Sol Field", product="Herbal Tea", barcode="4006381333931")
    state = await desk.objects.letter("back", words, code=True)
    recipe = (await recipe_of(desk, state, "back")).recipe
    assert [text.words for text in recipe.texts] == ["Sol Field", "Herbal Tea"]
    assert [type(one).__name__ for one in recipe.objects] == ["Text", "Text", "Barcode"]
    for one in recipe.objects:
        assert 0 < one.x < one.x + one.width < recipe.panel[0]
        assert one.across == Across.CENTRE
    assert len(room_left(desk.library, state.panel_textures["back"], size_of(state, "back"))) == 3


async def test_what_another_program_took_off_waits_whatever_is_done_on_the_panel(
    desk: Desk, tmp_path: Path
) -> None:
    laid, lost = (KeptValue(tmp_path / name, "here", TakenOff) for name in ("laid", "lost"))

    def begun() -> ObjectService:
        return ObjectService(
            desk.shared, desk.library, desk.pictures, desk.objects._letterer, lost, laid=laid
        )

    service = begun()
    await service.change("back", put(RED))
    state = await service.change("front", put(RED))
    assert await service.off.pending(state) == {}  # they lie there
    foreign(desk, "front")
    state = await desk.shared.load()
    assert (await service.off.pending(state))["front"].objects == (RED,)

    other = RED.model_copy(update={"x": 40.0})  # as a first object is called on a panel that shows none
    await service.change("front", put(other))
    foreign(desk, "back")
    state = await desk.pictures.put_picture("back", picture_bytes(3, (40, 60)), "a file")
    pending = await begun().off.pending(state)  # after a restart
    assert [one.x for one in pending["front"].objects] == [RED.x]
    assert pending["front"].ids != ("red",)
    assert pending["back"].objects == (RED,)
    assert await service.off.pending(state.model_copy(update={"created_at": "another"})) == {}

    await service.off.forget(state, ["back"])
    assert [one.x for one in (await service.put_back("front")).objects] == [40.0, RED.x]
    state = await desk.shared.load()
    assert await begun().off.pending(state) == {}


async def test_a_picture_that_comes_twice_takes_objects_off_twice(
    desk: Desk,
) -> None:
    service = desk.objects
    was = await service.change("front", put(RED))
    foreign(desk, "front")
    state = await desk.shared.load()
    assert list(await service.off.follow(was, state)) == ["front"]
    await service.put_back("front")
    back = await desk.shared.load()
    foreign(desk, "front")
    again = await desk.shared.load()
    assert list(await service.off.follow(back, again)) == ["front"]

    await service.off.forget(again, ["front"])
    taken = {"front": was.panel_textures["front"]}
    now = utc_text()
    await desk.shared.commit(lambda one: put_textures(one, "box", taken, now))
    ours = await desk.shared.load()
    taken = {"front": again.panel_textures["front"]}
    await desk.shared.commit(lambda one: put_textures(one, "box", taken, now))
    assert await service.off.follow(ours, await desk.shared.load()) == {}  # that was ours
