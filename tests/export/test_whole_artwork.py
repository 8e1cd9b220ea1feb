"""Artwork of the whole blank in files: on flaps and in the bleed, and a PDF sheet as it was drawn."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from support.foreign_files import pdf

from packdesk.domain.affine import Affine
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.inked import grown_outline, inked_areas
from packdesk.domain.dieline.outline import bounds
from packdesk.domain.dieline.values import LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import FlatSize
from packdesk.domain.sheet.placement import SheetPlacement, piece_on
from packdesk.domain.sheet.whole import SheetSource, ShownPiece, WholeArtwork, laid_sheets
from packdesk.domain.units import MM_PER_POINT
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.png import write_flat_png
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.svg import write_svg
from packdesk.textures.check import CleanPicture
from packdesk.textures.foreign.decoding import page_apart
from packdesk.textures.recipes import sheet_cut
from packdesk.textures.sheet_cutting import opened_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BLANK = make_dieline("box", Dimensions(width=40, height=60, depth=30))
AROUND, PER_MM = 3.0, 4.0
NO_LINES, CUTS = FlatOptions(kinds=frozenset()), FlatOptions(kinds=frozenset({LineType.CUT}))
INK, GROUND = (200, 40, 90), (20, 120, 60)


def sheet_placement() -> SheetPlacement:
    return SheetPlacement(
        BLANK.width + 2 * AROUND, BLANK.height + 2 * AROUND, BLANK.width / 2, BLANK.height / 2
    )


def sheet_png() -> bytes:
    """One colour, with a square of ink on the glue flap and one in the bleed over the front."""
    size = (round((BLANK.width + 2 * AROUND) * PER_MM), round((BLANK.height + 2 * AROUND) * PER_MM))
    sheet = Image.new("RGB", size, GROUND)
    front, left = BLANK.panel("front"), BLANK.panel("left")
    for x, y, side in ((left.x / 2 - 2, left.y + 20, 4), (front.x + 10, front.y - 2.5, 2)):
        across, down = (round((value + AROUND) * PER_MM) for value in (x, y))
        sheet.paste(INK, (across, down, across + round(side * PER_MM), down + round(side * PER_MM)))
    return CleanPicture.of(sheet).png


def whole_of(png: bytes, page: bytes = b"", panels: Iterable[str] | None = None) -> Sheet:
    """The sheet laid on the blank, on some panels only if they are named."""
    names = [panel.panel_id for panel in BLANK.panels if panels is None or panel.panel_id in panels]
    pieces, artwork, decoded = {}, {}, opened_sheet(png)
    for name in names:
        panel = BLANK.panel(name)
        piece, size = piece_on(panel, sheet_placement()), FlatSize(width=panel.width, height=panel.height)
        pieces[name] = ShownPiece("sheet", piece.shown(size))
        artwork[name] = sheet_cut("0" * 64, decoded, piece, size, dpi=PER_MM * 25.4, wraps=False).picture.png
    return Sheet(BLANK, artwork, whole=WholeArtwork(pieces, {"sheet": SheetSource(png, page)}))


def pixel(
    image: Image.Image, origin: tuple[float, float], per_mm: float, x: float, y: float
) -> tuple[int, ...]:
    on_white = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    found = on_white.convert("RGB").getpixel((int((x - origin[0]) * per_mm), int((y - origin[1]) * per_mm)))
    assert isinstance(found, tuple)
    return found


def assert_flaps_and_bleed(image: Image.Image, origin: tuple[float, float], per_mm: float) -> None:
    front, left, top = (BLANK.panel(name) for name in ("front", "left", "top"))
    for x, y, colour in (
        (left.x / 2, left.y + 22, (255, 255, 255)),  # what is glued stays bare, whatever the sheet has there
        (left.x - 1.5, left.y + 22, GROUND),  # bleed over its crease
        (front.x + 11, front.y - 1.5, INK),  # bleed over the front
        (top.x + 20, 4, GROUND),  # tuck flap
        (front.x + 20, front.y + 30, GROUND),
    ):
        assert pixel(image, origin, per_mm, x, y) == pytest.approx(colour, abs=12), (x, y)


def test_flaps_and_bleed_of_a_picture_come_from_the_sheet(tmp_path: Path) -> None:
    sheet = whole_of(sheet_png())
    write_flat_png(sheet, tmp_path / "flat.png", PER_MM * 25.4, lines=False)
    with Image.open(tmp_path / "flat.png") as image:
        assert_flaps_and_bleed(image, (sheet.bleed.left, sheet.bleed.top), PER_MM)
    write_svg(sheet, tmp_path / "flat.svg", NO_LINES)
    assert (tmp_path / "flat.svg").read_text().count("<image") == 7


def test_a_flap_of_a_panel_with_other_artwork_stays_bare(tmp_path: Path) -> None:
    write_flat_png(whole_of(sheet_png(), panels={"front"}), tmp_path / "flat.png", PER_MM * 25.4)
    with Image.open(tmp_path / "flat.png") as image:
        left = BLANK.panel("left")
        assert pixel(image, origin_of(FlatOptions()), PER_MM, left.x / 2, left.y + 22) == (255, 255, 255)


def origin_of(options: FlatOptions) -> tuple[float, float]:
    page = draw_sheet(Sheet(BLANK), options).page
    return page.left, page.top


def drawn_pdf() -> bytes:
    """The same sheet as lines and letters, with a hidden layer, a link and a script."""
    buffer = io.BytesIO()
    width, height = BLANK.width + 2 * AROUND, BLANK.height + 2 * AROUND
    canvas = Canvas(buffer, pagesize=(width / MM_PER_POINT, height / MM_PER_POINT))
    canvas.setFillColorRGB(*(one / 255 for one in GROUND))
    canvas.rect(0, 0, width / MM_PER_POINT, height / MM_PER_POINT, stroke=0, fill=1)
    canvas.setFillColorRGB(*(one / 255 for one in INK))
    front, left = BLANK.panel("front"), BLANK.panel("left")
    for x, y, side in ((left.x / 2 - 2, left.y + 20, 4), (front.x + 10, front.y - 2.5, 2)):
        place = ((x + AROUND) / MM_PER_POINT, (height - y - AROUND - side) / MM_PER_POINT)
        canvas.rect(*place, side / MM_PER_POINT, side / MM_PER_POINT, stroke=0, fill=1)
    canvas.setFont("Helvetica", 8)
    canvas.drawString((front.x + 10) / MM_PER_POINT, 120, "Words of the artwork")
    canvas.addLiteral("/OC /Guides BDC")
    canvas.rect(0, 0, 500, 500, stroke=0, fill=1)
    canvas.addLiteral("EMC")
    canvas.linkURL("https://example.org", (0, 0, 50, 50))
    canvas.save()
    with pikepdf.open(buffer) as document:
        group = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Cut (packdesk guide)"))
        document.pages[0].obj.Resources.Properties = pikepdf.Dictionary({"/Guides": group})
        document.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary())
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


def test_a_page_comes_alone_without_guides_links_and_scripts() -> None:
    page = page_apart(drawn_pdf())
    with pikepdf.open(io.BytesIO(page)) as document:
        assert "/OpenAction" not in document.Root
        assert "/Annots" not in document.pages[0].obj
        operators = [str(one.operator) for one in pikepdf.parse_content_stream(document.pages[0])]
        assert "BDC" not in operators
        assert operators.count("re") == 3
    assert page_apart(b"%PDF-1.7 nothing") == b""


def test_a_pdf_sheet_is_placed_once_as_it_was_drawn(tmp_path: Path) -> None:
    sheet = whole_of(sheet_png(), page_apart(drawn_pdf()))
    write_pdf(sheet, tmp_path / "flat.pdf", CUTS)
    with pikepdf.open(tmp_path / "flat.pdf") as document:
        page = document.pages[0]
        streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
        assert [one for one in streams if one.get("/Subtype") == "/Image"] == []
        content = pikepdf.parse_content_stream(page)
        (place,) = [n for n, one in enumerate(content) if str(one.operator) == "Do"]
        matrix = [float(number) for number in content[place - 1].operands]
        trim = [float(number) for number in page.trimbox]
        assert str(content[place - 1].operator) == "cm"
        assert "/Font" in page.obj.Resources.XObject.Sheet0.Resources
    # The sheet's corners are where the blank's are, less the bleed: within a hundredth of a millimetre.
    expected = (1.0, 1.0, trim[0] - AROUND / MM_PER_POINT, trim[1] - AROUND / MM_PER_POINT)
    assert (matrix[0], matrix[3], matrix[4], matrix[5]) == pytest.approx(expected, abs=0.01 / MM_PER_POINT)
    assert (matrix[1], matrix[2]) == (0, 0)
    shown = pypdfium2.PdfDocument(tmp_path / "flat.pdf")[0]
    assert "Words of the artwork" in shown.get_textpage().get_text_bounded()
    image = shown.render(scale=PER_MM * MM_PER_POINT).to_pil()
    assert_flaps_and_bleed(image, origin_of(CUTS), PER_MM)


@pytest.mark.parametrize("turned", [0, 90])
def test_the_page_of_a_large_blank_is_placed_at_one_to_one(tmp_path: Path, turned: int) -> None:
    """As its file says it, form and all: a share of 1.6 m needs more decimals than files of PDF keep."""
    wide = make_dieline("box", Dimensions(width=600, height=300, depth=200))
    points = (wide.width / MM_PER_POINT, wide.height / MM_PER_POINT)
    sides = points[::-1] if turned else points
    page = pdf("0 0 1 rg 0 0 9 9 re f", f"0 0 {sides[0]} {sides[1]}").replace(
        b"/Contents", b"/Rotate %d /Contents" % turned
    )
    laid = SheetPlacement(wide.width, wide.height, wide.width / 2, wide.height / 2)
    pieces = {panel.panel_id: ShownPiece("sheet", piece_on(panel, laid).place) for panel in wide.panels}
    whole = WholeArtwork(pieces, {"sheet": SheetSource(b"", page_apart(page))})
    write_pdf(Sheet(wide, {"front": sheet_png()}, whole=whole), tmp_path / "flat.pdf", CUTS)
    with pikepdf.open(tmp_path / "flat.pdf") as document:
        content = pikepdf.parse_content_stream(document.pages[0])
        place = next(n for n, one in enumerate(content) if str(one.operator) == "Do")
        form = document.pages[0].obj.Resources.XObject.Sheet0
        own = Affine(*(float(number) for number in form.Matrix))
        placed = own.then(Affine(*(float(number) for number in content[place - 1].operands)))
        trim = [float(number) for number in document.pages[0].trimbox]
        left, bottom, right, top = (float(number) for number in form.BBox)
    xs, ys = zip(*(placed.point(x, y) for x in (left, right) for y in (bottom, top)), strict=True)
    assert (min(xs), min(ys), max(xs), max(ys)) == pytest.approx(trim, abs=0.01 / MM_PER_POINT)


def test_panels_with_other_artwork_keep_it_under_a_pdf_sheet(tmp_path: Path) -> None:
    sheet = whole_of(sheet_png(), page_apart(drawn_pdf()), panels={"left"})
    other = CleanPicture.of(Image.new("RGB", (80, 120), "blue")).png
    both = Sheet(BLANK, {**sheet.artwork, "front": other}, whole=sheet.whole)
    write_pdf(both, tmp_path / "flat.pdf", NO_LINES)
    image = pypdfium2.PdfDocument(tmp_path / "flat.pdf")[0].render(scale=PER_MM * MM_PER_POINT).to_pil()
    front = BLANK.panel("front")
    for x in (front.x + 0.4, front.x + 20):
        assert pixel(image, origin_of(NO_LINES), PER_MM, x, front.y + 30)[2] > 200
    assert pixel(image, origin_of(NO_LINES), PER_MM, front.x - 1, front.y + 30) == pytest.approx(
        GROUND, abs=12
    )


def test_panels_of_one_size_share_one_place_and_grown_ones_have_their_own() -> None:
    whole = whole_of(sheet_png()).whole
    (laid,) = laid_sheets(BLANK, whole)
    assert len(laid.areas) == len(inked_areas(BLANK))
    larger = make_dieline("box", Dimensions(width=50, height=60, depth=30))
    grown = {
        panel.panel_id: ShownPiece(
            "sheet",
            piece_on(BLANK.panel(panel.panel_id), sheet_placement()).shown(
                FlatSize(width=panel.width, height=panel.height)
            ),
        )
        for panel in larger.panels
    }
    assert len(laid_sheets(larger, WholeArtwork(grown, whole.sources))) > 1


def test_an_outline_grows_by_the_bleed_on_all_sides() -> None:
    square = grown_outline([(0, 0), (10, 0), (10, 10), (0, 10)], 3)
    assert bounds(square.curves) == pytest.approx((-3, -3, 13, 13))
    for area in inked_areas(BLANK):
        corners = np.array(bounds(area.outline.curves))
        assert (corners >= -3.01).all()
        assert corners[2] <= BLANK.width + 3.01


def test_lines_in_an_ink_of_the_die_are_no_artwork_in_a_page_either() -> None:
    pink = "<< /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [1 0 1] /N 1 >>"
    spots = f"/ColorSpace << /A [/Separation /CutContour /DeviceRGB {pink}] >>"
    page = page_apart(pdf("/A cs 1 scn 0 0 50 50 re f 0 0.2 0.9 0 k 60 60 9 9 re f", more=spots))
    with pikepdf.open(io.BytesIO(page)) as document:
        operators = [str(one.operator) for one in pikepdf.parse_content_stream(document.pages[0])]
    assert operators.count("f") == 1
    assert "k" in operators  # inks stay as they are
