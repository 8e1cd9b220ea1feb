"""Objects in PDF, SVG and pixels: the same places, the same look, paths in their own inks."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw
from support.measuring import instructions
from support.objects import one_of_each
from support.placed_objects import (
    centres_in_dxf,
    centres_in_pdf,
    centres_in_png,
    centres_in_svg,
    centres_meant,
    panel_of_pdf,
    plain_png,
    scattered,
    sheet_with,
)

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.objects.inks import ink_of
from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.lettering import Lettering, lettering_key
from packdesk.domain.objects.outline import rectangle
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.values import Shape, Text
from packdesk.domain.panels import FlatSize
from packdesk.export.flat.dxf import write_dxf
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions
from packdesk.export.flat.svg import write_svg
from packdesk.textures.objects.drawing import drawn_objects
from packdesk.textures.objects.flattening import flattened

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from packdesk.domain.dieline.values import Dieline

BOX = make_dieline("box", Dimensions(width=60, height=90, depth=40))
ARTWORK_ONLY = FlatOptions(kinds=frozenset())
TUBE = make_dieline("cylinder", Dimensions(width=50, height=80, depth=50))


@pytest.mark.parametrize(("dieline", "panels"), [(BOX, ("front", "left", "top")), (TUBE, ("body", "top"))])
def test_objects_are_where_they_were_put(dieline: Dieline, panels: tuple[str, ...], tmp_path: Path) -> None:
    rng = random.Random(7)
    objects = {}
    for panel_id in panels:
        width, height = dieline.panel(panel_id).picture_size
        objects[panel_id] = scattered(FlatSize(width=width * 0.7, height=height * 0.7), 4, rng)
    sheet = sheet_with(dieline, objects)
    meant = centres_meant(sheet, objects)
    write_pdf(sheet, tmp_path / "sheet.pdf")
    write_svg(sheet, tmp_path / "sheet.svg")
    write_dxf(sheet, tmp_path / "sheet.dxf")
    ordered = [
        f"{one.panel_id}-{name.id}" for one in dieline.panels for name in objects.get(one.panel_id, ())
    ]
    in_pdf = dict(zip(ordered, centres_in_pdf(tmp_path / "sheet.pdf", sheet), strict=True))
    in_dxf = dict(zip(ordered, centres_in_dxf(tmp_path / "sheet.dxf", sheet), strict=True))
    in_svg = centres_in_svg(tmp_path / "sheet.svg")
    for name, place in meant.items():
        assert in_pdf[name] == pytest.approx(place, abs=0.005), name
        assert in_svg[name] == pytest.approx(place, abs=0.005), name
        assert in_dxf[name] == pytest.approx(place, abs=0.005), name
    for panel_id, ones in objects.items():
        size = dieline.panel(panel_id).picture_size
        middles = {one.id: (one.x + one.width / 2, one.y + one.height / 2) for one in ones}
        found = centres_in_png(sheet.artwork[panel_id], size, middles, 8)
        for name, place in middles.items():
            assert found[name] == pytest.approx(place, abs=0.05)


def test_a_pdf_looks_like_the_flattened_panel_and_holds_paths_in_inks(tmp_path: Path) -> None:
    dieline = make_dieline("box", Dimensions(width=100, height=150, depth=40))
    objects = one_of_each()
    lettering = {
        lettering_key(one): Lettering(outline=rectangle(1, 1, one.width / 2, 5))
        for one in objects
        if isinstance(one, Text)
    }
    sheet = sheet_with(dieline, {"front": objects}, lettering)
    write_pdf(sheet, tmp_path / "sheet.pdf", ARTWORK_ONLY)
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        layers = [str(group.Name) for group in pdf.Root.OCProperties.OCGs]
        inks = [str(space[1]) for space in pdf.pages[0].Resources.ColorSpace.values() if len(space) > 2]
        pictures = [name for name, _ in instructions(pdf.pages[0])].count("Do")
    assert "Objects" in layers
    assert "/Tea Red" in inks
    assert pictures == len(dieline.panels)  # the artwork beneath, and nothing of the objects
    drawn = panel_of_pdf(tmp_path / "sheet.pdf", sheet, "front")
    assert "4006381333931" in [code.text for code in zxingcpp.read_barcodes(drawn)]
    flat = Image.open(io.BytesIO(sheet.artwork["front"])).convert("L").resize(drawn.size)
    assert np.abs(np.asarray(drawn, float) - np.asarray(flat, float)).mean() < 2


@pytest.mark.parametrize("style", [one for one in DielineStyle if one is not DielineStyle.WRAP])
def test_what_reaches_the_edge_goes_on_in_the_bleed_in_its_own_ink(
    tmp_path: Path, style: DielineStyle
) -> None:
    size = Dimensions(width=60, height=80, depth=40)
    check_bleed(make_dieline("box", size, DielineOptions(style=style)), "front", tmp_path)


def test_what_reaches_the_ends_of_a_tube_goes_on_in_its_own_ink(tmp_path: Path) -> None:
    check_bleed(TUBE, "body", tmp_path)


def check_bleed(dieline: Dieline, panel_id: str, folder: Path) -> None:
    """All that artwork of a panel covers is inked, nothing beside it, and no pixel of a picture is."""
    panel = dieline.panel(panel_id)
    width, height = panel.picture_size
    ink = ink_of("spot Tea Red: cmyk 0 100 100 0")
    plate = Shape(id="plate", x=-3, y=-1, width=width + 6, height=height + 2, ink=ink)
    far = Shape(id="far", x=10, y=10, width=5, height=5, ink=ink)  # not near an edge
    sheet = sheet_with(dieline, {panel_id: (plate, far)})
    write_pdf(sheet, folder / "sheet.pdf", ARTWORK_ONLY)
    write_svg(sheet, folder / "sheet.svg", ARTWORK_ONLY)
    assert (folder / "sheet.svg").read_text().count("<image") == len(sheet.artwork)
    with pikepdf.open(folder / "sheet.pdf") as pdf:
        images = [
            one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        pictures = [pikepdf.PdfImage(one).as_pil_image() for one in images]
    assert pictures
    assert not any(red_in(one).any() for one in pictures)
    per_mm, page = 4, draw_sheet(sheet, ARTWORK_ONLY).page
    with pypdfium2.PdfDocument(folder / "sheet.pdf") as document:
        drawn = document[0].render(scale=per_mm / 72 * 25.4).to_pil()
    meant = Image.new("1", drawn.size)
    starts = [curve.start for curve in panel.artwork.curves]
    ImageDraw.Draw(meant).polygon(
        [((x - page.left) * per_mm, (y - page.top) * per_mm) for x, y in starts], fill=1
    )
    wrong = np.asarray(meant) ^ red_in(drawn)
    assert wrong.sum() < 2 * per_mm * (width + height), "a pixel along the outline"


def red_in(picture: Image.Image) -> npt.NDArray[np.bool_]:
    levels = np.asarray(picture.convert("RGB"), int)
    return (levels[..., 0] > 150) & (levels[..., 1] < 120)


def test_a_spot_ink_is_seen_through_as_others_are(tmp_path: Path) -> None:
    faint = Shape(
        id="faint", x=5, y=5, width=40, height=60, ink=ink_of("spot Tea Red: cmyk 0 100 100 0"), opacity=0.2
    )
    sheet = sheet_with(BOX, {"front": (faint,)})
    write_pdf(sheet, tmp_path / "sheet.pdf", ARTWORK_ONLY)
    assert np.asarray(panel_of_pdf(tmp_path / "sheet.pdf", sheet, "front")).min() > 200


def test_opacity_and_even_odd_are_the_same_in_pixels() -> None:
    size = FlatSize(width=20, height=20)
    ring = Shape(
        id="ring", x=2, y=2, width=16, height=16, ink=None, border=ink_of("#000"), thickness=3, opacity=0.5
    )
    drawn = drawn_objects(KeptObjects(recipe=Recipe.empty(size).with_objects((ring,))), lambda _: None)
    picture = np.asarray(Image.open(io.BytesIO(flattened(plain_png(40, 40), drawn, size, lambda _: b"").png)))
    scale = picture.shape[0] / 20
    assert picture[int(3 * scale), int(3 * scale)].tolist() == pytest.approx([128] * 3, abs=1)
    assert picture[int(10 * scale), int(10 * scale)].tolist() == [255] * 3
