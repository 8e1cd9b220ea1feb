"""Artwork of the inside, kept beside the design: put there, cut for its size, carried in bundles."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from support.flat import png

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.inside import seen_from_inside
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.inside import inside_of_design
from packdesk.domain.sheet.placement import PlacementChange
from packdesk.domain.size_edit import SizeEdit
from packdesk.errors import BadPictureError, NotPossibleError, TextureUnavailableError
from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt
    from services.conftest import Desk

    from packdesk.services.inside import InsideArtwork

RED = (200, 30, 30)


def plain(width: int = 300, height: int = 450) -> IncomingPicture:
    return IncomingPicture("red.png", encode=lambda: png(Image.new("RGB", (width, height), RED)))


async def shown(desk: Desk) -> InsideArtwork:
    state = await desk.shared.load()
    return await desk.inside.shown(
        state, make_dieline(state.package_type, state.package_dimensions, DielineOptions())
    )


def pixels(data: bytes) -> npt.NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


async def test_it_is_cut_for_the_size_there_is_and_bare_where_glue_is(desk: Desk) -> None:
    await desk.inside.put({"back": plain(), "top": plain()})
    first = (await shown(desk)).pictures
    back = pixels(first["back"])
    assert back.shape[:2] == (213, 142)  # 100 x 150 mm at 36 dpi
    strip = round(0.15 * back.shape[1])
    assert (back[:, : strip - 1, 3] == 0).all()
    assert (back[:, strip + 2 :] == (*RED, 255)).all()
    assert (pixels(first["top"])[..., 3] == 255).all()
    await desk.designs.update_dimensions(SizeEdit.of("box", 50, 150, 60))
    assert pixels((await shown(desk)).pictures["back"]).shape[:2] == (213, 71)
    assert (await desk.shared.load()).panel_textures == {}  # the document knows nothing of it


async def test_what_is_no_picture_is_told_and_the_others_are_taken(desk: Desk) -> None:
    bad = IncomingPicture("b.png", encode=lambda: b"no picture")
    done = await desk.inside.put({"front": bad, "left": plain()})
    assert isinstance(done.failures["front"], BadPictureError)
    assert [art.panel_id for art in done.arts] == ["left"]


async def test_turned_fitted_swapped_copied_and_taken_off(desk: Desk) -> None:
    await desk.inside.put({"front": plain()})
    assert [art.turns for art in await desk.inside.turn("front")] == [1]
    assert [art.fit for art in await desk.inside.fit("front", fit="fit")] == ["fit"]
    assert [art.panel_id for art in await desk.inside.swap("front", "back")] == ["back"]
    assert {art.panel_id for art in await desk.inside.copy("back", "left", "right")} == {
        "back",
        "left",
        "right",
    }
    with pytest.raises(NotPossibleError, match="inside"):
        await desk.inside.turn("front")
    assert await desk.inside.clear("back", "left", "right", "front") == ()


async def test_a_picture_that_has_gone_is_told(desk: Desk) -> None:
    (art,) = (await desk.inside.put({"front": plain()})).arts
    (desk.library.folder / f"{art.picture}.png").unlink()
    assert isinstance((await shown(desk)).missing["front"], TextureUnavailableError)


async def test_a_new_design_has_none_and_the_former_one_keeps_it(desk: Desk) -> None:
    await desk.designs.update_dimensions(SizeEdit.of("box", 60, 90, 60))
    before = await desk.shared.load()
    await desk.inside.put({"front": plain()})
    await desk.designs.clear()
    assert (await shown(desk)).pictures == {}
    assert list(inside_of_design(await desk.inside.kept(), before)) == ["front"]


async def test_a_sheet_drawn_as_seen_from_inside(desk: Desk) -> None:
    state = await desk.shared.load()
    blank = make_dieline(state.package_type, state.package_dimensions, DielineOptions())
    inside = seen_from_inside(blank)
    per_mm = 2
    sheet = Image.new("RGB", (round(blank.width * per_mm), round(blank.height * per_mm)), "white")
    for number, panel in enumerate(inside.panels):
        left, top = round(panel.x * per_mm), round(panel.y * per_mm)
        width, height = (round(side * per_mm) for side in panel.sheet_size)
        sheet.paste((40 * number, 90, 200 - 30 * number), (left, top, left + width, top + height))
    picture = IncomingPicture("s.png", encode=lambda: png(sheet))
    own_size = 300 / 25.4 / per_mm  # a picture that says no size is taken for one of 300 dpi
    change = PlacementChange(turns=0, mirrored=False, scale=own_size, left=0, top=0)
    arts, _ = await desk.inside.import_sheet(picture, blank, change)
    assert len(arts) == 6
    found = (await shown(desk)).pictures
    for number, panel in enumerate(inside.panels):
        middle = pixels(found[panel.panel_id])
        rows, columns = middle.shape[:2]
        assert middle[rows // 2, columns // 2, :3] == pytest.approx(
            (40 * number, 90, 200 - 30 * number), abs=3
        )


async def test_bundles_have_it(desk: Desk, tmp_path: Path) -> None:
    await desk.designs.update_dimensions(SizeEdit.of("box", 60, 90, 60))
    await desk.inside.put({"front": plain(), "back": plain()})
    assert await desk.bundles.save(tmp_path / "a.packdesk") == {}
    await desk.designs.clear()
    await desk.inside.keep(())
    for file in desk.library.folder.glob("*.*"):
        if file.is_file():
            file.unlink()
    await desk.bundles.open(tmp_path / "a.packdesk", replace_artwork=True)
    assert set((await shown(desk)).pictures) == {"front", "back"}
