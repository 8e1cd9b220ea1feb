"""Templates: written, drawn on by other programs, and back on the package without a question."""

from __future__ import annotations

import base64
import io
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pikepdf
import pytest
from PIL import Image
from support.sheets import psnr

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import Dieline, DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.panels import FlatSize
from packdesk.domain.sheet.facts import SheetFacts
from packdesk.domain.sheet.finding import FoundSheet, find_sheet
from packdesk.domain.sheet.placement import piece_on
from packdesk.errors import InvalidInputError
from packdesk.export.template.layers import template_drawing
from packdesk.export.template.writing import ENDINGS, resolution, write_template
from packdesk.textures.check import MAX_PIXELS, MAX_SIDE, clean_sheet
from packdesk.textures.recipes import sheet_cut
from packdesk.textures.sheet_cutting import opened_sheet, small_copy

if TYPE_CHECKING:
    from pathlib import Path

DPI, MM = 150.0, 25.4
SVG = "{http://www.w3.org/2000/svg}"


def blank(style: DielineStyle, sides: tuple[float, float, float]) -> Dieline:
    kind: PackageType = "cylinder" if style is DielineStyle.WRAP else "box"
    width, height, depth = sides
    return make_dieline(
        kind,
        Dimensions(width=width, height=height, depth=width if kind == "cylinder" else depth),
        DielineOptions(style),
    )


BLANKS = [
    blank(DielineStyle.STRAIGHT_TUCK, (44, 70, 30)),
    blank(DielineStyle.REVERSE_TUCK, (40, 60.5, 31)),
    blank(DielineStyle.CROSS, (50, 40, 33.7)),
    blank(DielineStyle.WRAP, (30, 52, 30)),
]


def artwork(size: tuple[int, int], seed: int) -> Image.Image:
    """Smooth, and another one in each direction."""
    across, down = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    phases = np.random.default_rng(seed).uniform(0, 6, 3)
    waves = [120 + 60 * np.sin(3 * across + phase) + 55 * down for phase in phases]
    return Image.fromarray(np.stack(waves, axis=2).clip(0, 255).astype(np.uint8))


def pictures(dieline: Dieline, dpi: float) -> dict[str, Image.Image]:
    return {
        panel.panel_id: artwork((round(panel.width * dpi / MM), round(panel.height * dpi / MM)), number)
        for number, panel in enumerate(dieline.panels)
    }


def painted_picture(template: Image.Image, dieline: Dieline) -> Image.Image:
    """What somebody gets who pastes a picture onto every panel, with Pillow."""
    from packdesk.domain.sheet.template import template_page

    page, per_mm = template_page(dieline), template.info["dpi"][0] / MM
    sheet = template.convert("RGBA")
    for panel in dieline.panels:
        picture = pictures(dieline, template.info["dpi"][0])[panel.panel_id].rotate(
            -panel.rotation, expand=True
        )
        place = round((panel.x - page.left) * per_mm), round((panel.y - page.top) * per_mm)
        sheet.paste(picture, place)
    return sheet


def looked_at(data: bytes, dieline: Dieline) -> tuple[FoundSheet, Image.Image]:
    clean, facts = clean_sheet(data)
    sheet = opened_sheet(clean.png)
    return find_sheet(facts, np.asarray(small_copy(sheet)), dieline), sheet


def assert_every_panel_is_right(data: bytes, dieline: Dieline, how: str, least: float = 40) -> None:
    found, sheet = looked_at(data, dieline)
    assert (found.how, found.sure) == (how, True)
    for panel_id, picture in pictures(dieline, DPI).items():
        panel = dieline.panel(panel_id)
        size = FlatSize(width=panel.width, height=panel.height)
        cut = sheet_cut(
            "0" * 64, sheet, piece_on(panel, found.placement), size, dpi=DPI, wraps=panel_id == "body"
        )
        with Image.open(io.BytesIO(cut.picture.png)) as shown:
            side = min(shown.size) // 4  # of a disc the middle is artwork for sure
            middle = (side, side, shown.width - side, shown.height - side)
            same = picture.resize(shown.size, Image.Resampling.BICUBIC)
            assert psnr(shown.convert("RGB").crop(middle), same.crop(middle)) > least, panel_id


@pytest.mark.parametrize(
    ("kind", "dieline"),
    [*(("png", one) for one in BLANKS), ("tiff", BLANKS[2])],
    ids=lambda one: one if isinstance(one, str) else one.options.style.value,
)
def test_a_picture_drawn_on_comes_back_on_every_panel(kind: str, dieline: Dieline, tmp_path: Path) -> None:
    file = tmp_path / f"template.{kind}"
    write_template(dieline, file, dpi=DPI)
    with Image.open(file) as template:
        words = {"pnginfo": _words(template)} if kind == "png" else {"tiffinfo": {270: template.tag_v2[270]}}  # type: ignore[attr-defined]
        painted, buffer = painted_picture(template, dieline), io.BytesIO()
        painted.save(buffer, kind, dpi=template.info["dpi"], **words)
    assert_every_panel_is_right(buffer.getvalue(), dieline, "template")


def _words(template: Image.Image) -> object:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("packdesk-template", template.info["packdesk-template"])
    return words


DIRECTIONS = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)


@pytest.mark.parametrize(
    ("dieline", "method"),
    list(zip(BLANKS, DIRECTIONS, strict=True)),
    ids=lambda one: one.options.style.value if isinstance(one, Dieline) else str(one),
)
def test_without_a_note_the_marks_are_found_in_any_direction(
    dieline: Dieline, method: Image.Transpose | None, tmp_path: Path
) -> None:
    file = tmp_path / "template.png"
    write_template(dieline, file, dpi=DPI)
    with Image.open(file) as template:
        painted = painted_picture(template, dieline)
    flat = Image.new("RGB", (painted.width + 180, painted.height + 61), "white")
    flat.paste(painted, (120, 40), painted)
    buffer = io.BytesIO()
    (flat if method is None else flat.transpose(method)).save(buffer, "PNG", compress_level=1)
    assert_every_panel_is_right(buffer.getvalue(), dieline, "marks", least=33)


@pytest.mark.parametrize("dieline", BLANKS, ids=lambda one: one.options.style.value)
def test_a_drawing_comes_back_without_its_guides(dieline: Dieline, tmp_path: Path) -> None:
    file = tmp_path / "template.svg"
    write_template(dieline, file)
    root = ET.parse(file).getroot()
    group = next(one for one in root if one.get("id") == "artwork")
    for panel in dieline.panels:
        buffer = io.BytesIO()
        pictures(dieline, DPI)[panel.panel_id].save(buffer, "PNG")
        place = f"translate({panel.centre[0]} {panel.centre[1]}) rotate({panel.rotation})"
        ET.SubElement(
            group,
            f"{SVG}image",
            {
                "transform": place,
                "x": f"{-panel.width / 2}",
                "y": f"{-panel.height / 2}",
                "width": f"{panel.width}",
                "height": f"{panel.height}",
                "preserveAspectRatio": "none",
                "href": "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode(),
            },
        )
    assert_every_panel_is_right(ET.tostring(root), dieline, "template")


def test_guides_are_locked_layers_and_the_artwork_is_one_of_its_own(tmp_path: Path) -> None:
    write_template(BLANKS[0], tmp_path / "t.svg")
    groups = [one for one in ET.parse(tmp_path / "t.svg").getroot() if one.tag == f"{SVG}g"]
    assert groups[0].get("id") == "artwork"
    locked = "{http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd}insensitive"
    assert [one.get(locked) for one in groups] == [None] + ["true"] * (len(groups) - 1)
    assert {one.get("id", "").removeprefix("packdesk-guide-") for one in groups[1:]} >= {
        "cut",
        "crease",
        "bleed",
        "safe",
        "names",
        "marks",
    }
    write_template(BLANKS[0], tmp_path / "t.pdf")
    with pikepdf.open(tmp_path / "t.pdf") as document:
        layers = document.Root.OCProperties
        names = [str(group.Name) for group in layers.OCGs]
        assert names[0] == "Artwork"
        assert len(layers.D.Locked) == len(names) - 1
        assert json.loads(str(document.docinfo["/Keywords"]).partition(" ")[2])["size"] == [44, 70, 30]


def test_a_pdf_template_shows_nothing_of_its_guides(tmp_path: Path) -> None:
    write_template(BLANKS[0], tmp_path / "t.pdf")
    found, sheet = looked_at((tmp_path / "t.pdf").read_bytes(), BLANKS[0])
    assert found.how == "template"
    assert sheet.getchannel("A").getextrema() == (0, 0)


def test_a_template_of_the_largest_blank_comes_back(tmp_path: Path) -> None:
    large = blank(DielineStyle.REVERSE_TUCK, (600, 600, 600))
    drawing = template_drawing(large)
    across, down = (side / MM * resolution(drawing) for side in (drawing.page.width, drawing.page.height))
    assert across * down < MAX_PIXELS
    assert max(across, down) < MAX_SIDE
    write_template(large, tmp_path / "t.svg")
    found, _ = looked_at((tmp_path / "t.svg").read_bytes(), large)
    assert found.how == "template"
    assert found.placement.scale == pytest.approx(1, abs=1e-6)


def test_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="cannot be written as"):
        write_template(BLANKS[0], tmp_path / "t.psd")
    assert len(ENDINGS) == 4


@pytest.mark.parametrize("turns", [0, 2])
def test_dark_artwork_hides_no_mark(turns: int, tmp_path: Path) -> None:
    """A smaller copy without a note, as messengers make them, of artwork as dark as the marks."""
    dieline = make_dieline("box", Dimensions(width=100, height=150, depth=60))
    write_template(dieline, tmp_path / "a.png", dpi=100)
    guides = Image.open(tmp_path / "a.png").convert("RGBA")
    page = Image.new("RGBA", guides.size, "#0a0a1e")
    page.alpha_composite(guides)
    sent = page.convert("RGB").resize((page.width // 2, page.height // 2)).rotate(90 * turns)
    found = find_sheet(SheetFacts(sent.width, sent.height), np.asarray(sent.convert("RGBA")), dieline)
    assert (found.how, found.placement.turns, found.sure) == ("marks", turns, True)
