"""The second side in files: pages in register, pictures that read from inside, its own material in models."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from support.flat import BLUE, GREEN, RED, YELLOW, quarters

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.inside import glued_inside
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.dimensions import Dimensions
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions, Sheet, inside_sheet
from packdesk.export.flat.svg import write_svg
from packdesk.export.model import PackageModel, write_glb
from packdesk.textures.glue_bare import with_bare

if TYPE_CHECKING:
    from pathlib import Path

BOX = Dimensions(width=60, height=80, depth=40)
BLANK = make_dieline("box", BOX, DielineOptions())
BACK = with_bare(quarters(60, 80), glued_inside(BLANK)["back"])
INSIDE = {"front": quarters(60, 80), "back": BACK, "top": quarters(60, 40)}
SHEET = Sheet(BLANK, {"front": quarters(60, 80)}, "Box", back=inside_sheet(BLANK, INSIDE, "Box"))
_MM = 72 / 25.4


def test_both_pages_lie_on_each_other_when_the_sheet_is_turned_over(tmp_path: Path) -> None:
    write_pdf(SHEET, tmp_path / "a.pdf", FlatOptions(marks=True, legend=True))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) == 2
        boxes = [
            [[float(v) for v in page.obj[key]] for key in ("/MediaBox", "/TrimBox")] for page in pdf.pages
        ]
        names = [str(group.Name) for group in pdf.Root.OCProperties.OCGs]
        colours = [set(page.obj.Resources.ColorSpace.keys()) for page in pdf.pages]
        assert all("/Trans" not in page.obj for page in pdf.pages)
    (media, trim), (other_media, other_trim) = boxes
    assert other_media == pytest.approx(media)
    assert other_trim == pytest.approx([media[2] - trim[2], trim[1], media[2] - trim[0], trim[3]], abs=1e-3)
    assert (names.count("Artwork"), names.count("Artwork inside"), names.count("Cut")) == (1, 1, 1)
    assert all("/DefaultRGB" in spaces for spaces in colours)


def drawn(file: Path, page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(file)
    picture: Image.Image = document[page].render(scale=25.4 / 72 * 4).to_pil().convert("RGB")
    document.close()
    return picture


def test_pictures_read_from_inside_and_glue_stays_bare(tmp_path: Path) -> None:
    write_pdf(SHEET, tmp_path / "a.pdf", FlatOptions(kinds=frozenset()))
    picture = drawn(tmp_path / "a.pdf", 1)
    margin = 5 + BLANK.options.bleed  # the page's, around the bleed
    assert SHEET.back is not None

    def colour(panel_id: str, u: float, v: float) -> tuple[int, int, int]:
        assert SHEET.back is not None
        x, y = SHEET.back.dieline.panel(panel_id).point(u, v)
        found: tuple[int, int, int] = picture.getpixel((round((x + margin) * 4), round((y + margin) * 4)))  # type: ignore[assignment]  # RGB
        return found

    corners = {(0.25, 0.25): RED, (0.75, 0.25): GREEN, (0.25, 0.75): BLUE, (0.75, 0.75): YELLOW}
    for panel_id in INSIDE:
        for place, wanted in corners.items():
            if panel_id != "back" or place[0] > 0.5:
                assert colour(panel_id, *place) == pytest.approx(wanted, abs=3), (panel_id, place)
    assert colour("back", 0.1, 0.5) == (255, 255, 255)
    front, lid = SHEET.back.dieline.panel("front"), SHEET.back.dieline.panel("top")
    assert front.x == pytest.approx(BLANK.width - BLANK.panel("front").x - 60)
    assert lid.rotation == (BLANK.panel("top").rotation + 180) % 360


def test_the_legend_says_which_side_is_up(tmp_path: Path) -> None:
    assert SHEET.back is not None
    write_svg(SHEET.back, tmp_path / "a.svg", FlatOptions(legend=True))
    assert "Inside up" in (tmp_path / "a.svg").read_text("utf-8")
    write_svg(SHEET, tmp_path / "b.svg", FlatOptions(legend=True))
    assert "Printed side up" in (tmp_path / "b.svg").read_text("utf-8")


def test_a_model_with_thickness_has_it(tmp_path: Path) -> None:
    model = PackageModel("box", BOX, {}, blank=BLANK, share=0.5, inside={"front": quarters(60, 80)})
    write_glb(model, tmp_path / "a.glb")
    data = (tmp_path / "a.glb").read_bytes()
    told = json.loads(data[20 : 20 + int.from_bytes(data[12:16], "little")])
    names = [material["name"] for material in told["materials"]]
    assert "front-inside" in names
    assert "back-inside" not in names
    material = told["materials"][names.index("front-inside")]
    assert "baseColorTexture" in material["pbrMetallicRoughness"]


def test_bare_is_bare_to_the_outer_pixel() -> None:
    area = glued_inside(BLANK)["back"]
    made = Image.open(io.BytesIO(with_bare(quarters(60, 80), area)))
    edge = area[0].right * made.width
    assert made.getpixel((int(edge), 5))[3] == 0  # type: ignore[index]  # RGBA
    assert made.getpixel((int(edge) + 1, 5))[3] == 255  # type: ignore[index]  # as above
    assert with_bare(INSIDE["front"], ()) == INSIDE["front"]
