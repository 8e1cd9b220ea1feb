"""Artwork of a whole blank on all panels of a design."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from support.foreign_files import pdf
from support.providers import picture_bytes
from support.sheets import file_of, painted, psnr, turned

from packdesk.assets import asset_path
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.sheet.placement import PlacementChange
from packdesk.domain.sheet.template import template_page
from packdesk.domain.sheet.whole import laid_sheets
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.units import MM_PER_POINT
from packdesk.errors import PackageChangedError, SheetMismatchError
from packdesk.export.template.writing import write_template
from packdesk.services.collecting import collect_artwork, facts_of
from packdesk.textures.check import clean_sheet
from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from pathlib import Path

    from services.conftest import Desk

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.state import PackagingState

SIZE = Dimensions(width=80, height=120, depth=40)
BLANK = make_dieline("box", SIZE)
PER_MM = 36 / 25.4
"""The desk cuts at 36 dpi."""


def incoming(sheet: Image.Image, per_mm: float | None = PER_MM) -> IncomingPicture:
    return IncomingPicture("carton.png", encode=lambda: file_of(sheet, per_mm))


async def sized(desk: Desk, size: Dimensions = SIZE) -> None:
    await desk.designs.update_dimensions(SizeEdit(package_type="box", dimensions=size))


def expected(
    sheet: Image.Image, dieline: Dieline, panel_id: str, around: float, per_mm: float
) -> Image.Image:
    """A panel's part of a sheet that lies upright, cut and turned here without the code of the project."""
    panel = dieline.panel(panel_id)
    width, height = panel.sheet_size
    left, top = (panel.x + around) * per_mm, (panel.y + around) * per_mm
    box = (round(left), round(top), round(left + width * per_mm), round(top + height * per_mm))
    return turned(sheet.crop(box), -panel.rotation // 90)


def shown(desk: Desk, state: PackagingState, panel_id: str) -> Image.Image:
    sha256 = state.panel_textures[panel_id].texture_url[-68:-4]
    return Image.open(io.BytesIO(desk.library.read(sha256)))


@pytest.mark.parametrize("turns", range(4))
async def test_all_panels_get_their_piece_upright_in_one_write(desk: Desk, turns: int) -> None:
    await sized(desk)
    sheet = painted(BLANK, random.Random(3), per_mm=PER_MM)
    before = len(desk.store.writes)
    state, offer = await desk.sheets.import_sheet(incoming(turned(sheet, turns)), BLANK)
    assert [len(panels) for panels in desk.store.writes[before:]] == [6]
    assert (offer.found.how, len(state.panel_textures)) == ("size", 6)
    for panel_id in state.panel_textures:
        picture = shown(desk, state, panel_id)
        want = expected(sheet, BLANK, panel_id, 3, PER_MM).resize(picture.size, Image.Resampling.NEAREST)
        assert psnr(picture, want) > 17, (
            panel_id
        )  # discs' edges may be a pixel off; turned it would be below 12


async def test_the_sheet_is_the_origin_of_other_sizes(desk: Desk) -> None:
    await sized(desk)
    sheet = painted(BLANK, random.Random(4), per_mm=2 * PER_MM)
    state, offer = await desk.sheets.import_sheet(incoming(sheet, 2 * PER_MM), BLANK)
    first = state.panel_textures["front"].texture_url
    await sized(desk, Dimensions(width=120, height=180, depth=60))
    state = await desk.pictures.refit()
    note = desk.library.origin(state.panel_textures["front"].texture_url)
    assert note is not None
    assert (note.source, note.piece is not None) == (offer.picture.sha256, True)
    assert shown(desk, state, "front").size == (170, 255)  # finer pixels of the sheet, none enlarged
    await sized(desk)
    assert (await desk.pictures.refit()).panel_textures["front"].texture_url == first


async def test_a_turned_piece_and_one_moved_to_another_panel_come_from_the_sheet(desk: Desk) -> None:
    await sized(desk)
    sheet = painted(BLANK, random.Random(5), per_mm=PER_MM)
    before, _ = await desk.sheets.import_sheet(incoming(sheet), BLANK)
    after = await desk.pictures.swap("front", "back")
    assert psnr(shown(desk, after, "front"), shown(desk, before, "back")) > 40
    again = await desk.pictures.turn("top")
    again = await desk.pictures.turn("top")
    upside_down = shown(desk, before, "top").transpose(Image.Transpose.ROTATE_180)
    assert psnr(shown(desk, again, "top"), upside_down) > 40


async def test_artwork_on_the_template_of_another_size_is_cropped(desk: Desk, tmp_path: Path) -> None:
    await sized(desk, Dimensions(width=80, height=90, depth=40))
    write_template(BLANK, tmp_path / "t.png", dpi=36)
    with Image.open(tmp_path / "t.png") as template:
        words = PngInfo()
        words.add_text("packdesk-template", template.info["packdesk-template"])
        buffer = io.BytesIO()
        Image.new("RGB", template.size, "#a52").save(buffer, "PNG", pnginfo=words)
    present = make_dieline("box", Dimensions(width=80, height=90, depth=40))
    data = buffer.getvalue()
    state, offer = await desk.sheets.import_sheet(IncomingPicture("t.png", encode=lambda: data), present)
    assert offer.made_for == SIZE
    assert shown(desk, state, "front").size == pytest.approx((113, 128), abs=1)


async def test_artwork_on_the_template_of_another_style_comes_upright(desk: Desk, tmp_path: Path) -> None:
    """Straight tuck and cross have one size, and hang top and bottom on other panels."""
    await sized(desk)
    cross = make_dieline("box", SIZE, DielineOptions(style=DielineStyle.CROSS))
    write_template(cross, tmp_path / "t.png", dpi=36)
    around = -template_page(cross).left
    with Image.open(tmp_path / "t.png") as template:
        words = PngInfo()
        words.add_text("packdesk-template", template.info["packdesk-template"])
        sheet = painted(cross, random.Random(3), per_mm=PER_MM, around=around).resize(template.size)
        buffer = io.BytesIO()
        sheet.save(buffer, "PNG", pnginfo=words)
    data = buffer.getvalue()
    state, offer = await desk.sheets.import_sheet(IncomingPicture("t.png", encode=lambda: data), BLANK)
    assert offer.made_for is None
    for panel_id in ("front", "top", "bottom"):
        wanted = expected(sheet, cross, panel_id, around, PER_MM)
        assert psnr(shown(desk, state, panel_id), wanted) > 20


async def test_a_cut_that_went_is_made_again_from_the_sheet(desk: Desk) -> None:
    await sized(desk)
    state, _ = await desk.sheets.import_sheet(
        incoming(painted(BLANK, random.Random(6), per_mm=PER_MM)), BLANK
    )
    sha256 = state.panel_textures["left"].texture_url[-68:-4]
    before = desk.library.read(sha256)
    (desk.library.folder / f"{sha256}.png").unlink()
    assert desk.library.read(sha256) == before


async def test_what_does_not_fit_changes_nothing(desk: Desk) -> None:
    await sized(desk)
    before = await desk.shared.load()
    plain = Image.new("RGB", (500, 100), "#345")
    with pytest.raises(SheetMismatchError, match="does not have the shape"):
        await desk.sheets.import_sheet(incoming(plain), BLANK)
    assert await desk.shared.load() == before
    offer = await desk.sheets.look_at(incoming(painted(BLANK, random.Random(7), per_mm=PER_MM)), BLANK)
    await desk.designs.update_dimensions(
        SizeEdit(
            package_type="cylinder", dimensions=Dimensions(width=80, height=120, depth=80), switches=True
        )
    )
    with pytest.raises(PackageChangedError):
        await desk.sheets.put(offer, offer.found.placement)


async def test_a_design_says_which_sheet_its_panels_show(desk: Desk) -> None:
    await sized(desk)
    state, offer = await desk.sheets.import_sheet(
        incoming(painted(BLANK, random.Random(9), per_mm=PER_MM)), BLANK
    )
    whole = await desk.sheets.shown(state)
    assert {piece.source for piece in whole.pieces.values()} == {offer.picture.sha256}
    assert len(laid_sheets(BLANK, whole)) == 1
    state = await desk.pictures.fit("top", fit="fit")
    state = await desk.pictures.clear_panels("left")
    assert set((await desk.sheets.shown(state)).pieces) == {"front", "back", "right", "bottom"}
    (desk.library.folder / f"{offer.picture.sha256}.png").unlink()
    assert (await desk.sheets.shown(state)).pieces == {}


def test_a_pdf_says_its_page_and_its_trim_box() -> None:
    data = pdf(box="0 0 170 113").replace(b"/Contents", b"/TrimBox [10 20 150 100] /Contents")
    _, facts = clean_sheet(data)
    assert (facts.width, facts.height) == pytest.approx((170 * 25.4 / 72, 113 * 25.4 / 72))
    assert facts.trim == pytest.approx(tuple(v * 25.4 / 72 for v in (10, 13, 150, 93)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_pictures_say_their_size_in_print(kind: str, tmp_path: Path) -> None:
    _, facts = clean_sheet(file_of(Image.new("RGB", (300, 200)), 300 / 25.4, kind))
    assert (facts.width, facts.height) == pytest.approx((25.4, 16.93), rel=1e-3)
    assert facts.sized
    _, unsaid = clean_sheet(file_of(Image.new("RGB", (300, 200)), None))
    assert not unsaid.sized


def lettered(font: str) -> bytes:
    """A PDF sheet of the size of the blank, lettered in a form of its page as programs that draw do."""
    buffer = io.BytesIO()
    size = (BLANK.width / MM_PER_POINT, BLANK.height / MM_PER_POINT)
    canvas = Canvas(buffer, pagesize=size, trimBox=(0, 0, *size))
    if font not in canvas.getAvailableFonts():
        registerFont(TTFont(font, asset_path("fonts", "hanken-grotesk", f"{font}.ttf")))
    canvas.beginForm("words")
    canvas.setFont(font, 30)
    canvas.drawString(200, 200, "Sol Field")
    canvas.endForm()
    canvas.doForm("words")
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(("font", "loose"), [("Helvetica", ("Helvetica",)), ("HankenGrotesk-Medium", ())])
async def test_preflight_knows_which_fonts_a_sheet_does_not_carry(
    desk: Desk, font: str, loose: tuple[str, ...]
) -> None:
    await sized(desk)
    sheet = IncomingPicture("carton.pdf", encode=lambda: lettered(font))
    state, _ = await desk.sheets.import_sheet(sheet, BLANK, PlacementChange(turns=0))
    state = await desk.pictures.put_picture("top", picture_bytes(1, (60, 90)), "a.png")
    artwork = await collect_artwork(state, desk.pictures)
    fonts, objects = await desk.sheets.loose_fonts(state), await desk.objects.facts(state, artwork.pictures)
    facts = facts_of(artwork, fonts, objects)
    assert (facts["front"].drawn, facts["front"].loose_fonts) == (True, loose)
    assert (facts["top"].drawn, facts["top"].loose_fonts) == (False, ())
