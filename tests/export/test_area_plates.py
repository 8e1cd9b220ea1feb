"""Finishes on parts of panels: what is taken, and the plates of PDF and SVG files."""

from __future__ import annotations

import base64
import io
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pikepdf
import pytest
from PIL import Image
from support.flat import BLUE, RED, disc_sheet, quarters, strip_sheet

from packdesk.domain.area_finish import AreaFinish, AreaKind, ColourRange, area_mask, with_area, without_areas
from packdesk.domain.state import default_state
from packdesk.errors import InvalidInputError
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.svg import SVG, write_svg
from packdesk.export.options import ExportOptions
from packdesk.export.writing import Besides, write_design

if TYPE_CHECKING:
    from pathlib import Path

RED_FOIL = AreaFinish("front", AreaKind.FOIL, ColourRange("#{:02x}{:02x}{:02x}".format(*RED), 10))


def hexed(rgb: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def pixels_of(png: bytes) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(io.BytesIO(png)))


def test_an_area_is_where_artwork_is_opaque_or_has_a_colour() -> None:
    pixels = pixels_of(quarters(16, 16, clear=True))
    opaque = area_mask(AreaFinish("front", AreaKind.WHITE), pixels)
    assert not opaque[24:40, 24:40].any()
    assert opaque.sum() == 64 * 64 - 16 * 16
    red = area_mask(RED_FOIL, pixels)
    assert red[:24, :24].all()
    assert red.sum() == 32 * 32 - 8 * 8  # what is clear takes none, whatever its colour


@pytest.mark.parametrize(("off", "taken"), [(10, True), (11, False), (-10, True), (-11, False)])
def test_a_colour_is_near_as_far_as_is_tolerated(off: int, taken: bool) -> None:
    one = np.array([[[100, 100 + off, 100]]], np.uint8)
    assert area_mask(AreaFinish("front", AreaKind.FOIL, ColourRange("#646464", 10)), one).all() == taken


def test_a_panel_has_one_area_of_a_kind() -> None:
    white = AreaFinish("front", AreaKind.WHITE)
    areas = with_area(with_area((white,), RED_FOIL), replace(RED_FOIL, colours=None))
    assert areas == (white, replace(RED_FOIL, colours=None))
    assert without_areas(areas, "front", AreaKind.FOIL) == (white,)
    assert without_areas(areas, "front") == ()
    assert without_areas(areas, "back") == areas


@pytest.mark.parametrize(
    ("colour", "tolerance"), [("red", 5), ("#12345", 5), ("#123456", -1), ("#123456", 256)]
)
def test_impossible_ranges_are_refused(colour: str, tolerance: int) -> None:
    with pytest.raises(InvalidInputError):
        ColourRange(colour, tolerance)


def finished(sheet: Sheet) -> Sheet:
    """White below all of every panel's artwork, foil on what is red of it."""
    white = tuple(AreaFinish(panel, AreaKind.WHITE) for panel in sheet.artwork)
    return replace(sheet, areas=(*white, *(replace(RED_FOIL, panel_id=panel) for panel in sheet.artwork)))


def test_each_finish_is_a_plate_and_a_step_of_its_own(tmp_path: Path) -> None:
    sheet = finished(strip_sheet())
    write_pdf(sheet, tmp_path / "sheet.pdf", FlatOptions())
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        groups = {str(one.Name): one for one in pdf.Root.OCProperties.OCGs}
        assert groups["White"].GTS_Metadata.GTS_ProcStepsGroup == "/White"
        foil = groups["Foil"].GTS_Metadata
        assert (str(foil.GTS_ProcStepsGroup), str(foil.GTS_ProcStepsType)) == ("/Structural", "/FoilStamping")
        stencils = [
            pdf.pages[0].Resources.XObject[f"/Area{number}"] for number in range(2 * len(sheet.artwork))
        ]
        assert all(one.ImageMask and list(one.Decode) == [1, 0] for one in stencils)
        taken = [share(one) for one in stencils]
        content = pdf.pages[0].Contents.read_bytes()
    count = len(sheet.artwork)
    assert taken[0] == 1.0
    assert 0.93 < taken[1] < 0.95  # its middle is clear
    assert all(0.2 < one < 0.3 for one in taken[count:])
    assert content.index(b"/OC /white BDC") > content.index(b"/OC /artwork BDC")
    assert b"/OC /foil BDC" in content


def share(stencil: Any) -> float:
    """How much of a stencil is painted."""
    width, height = int(stencil.Width), int(stencil.Height)
    bits = np.unpackbits(np.frombuffer(zlib.decompress(stencil.read_raw_bytes()), np.uint8))
    return float(bits.reshape(height, -1)[:, :width].mean())


def test_files_without_areas_have_no_plates(tmp_path: Path) -> None:
    elsewhere = replace(strip_sheet(), areas=(AreaFinish("body", AreaKind.FOIL),))
    write_pdf(elsewhere, tmp_path / "sheet.pdf", FlatOptions())
    write_pdf(finished(strip_sheet()), tmp_path / "bare.pdf", FlatOptions(artwork=False))
    for name in ("sheet", "bare"):
        with pikepdf.open(tmp_path / f"{name}.pdf") as pdf:
            assert not {"Foil", "White"} & {str(one.Name) for one in pdf.Root.OCProperties.OCGs}


def test_a_finish_that_takes_nothing_has_no_plate(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 60), RED).save(picture, "PNG")
    areas = (RED_FOIL, AreaFinish("front", AreaKind.VARNISH, ColourRange(hexed(BLUE), 5)))
    state, besides = default_state(), Besides(areas=areas)
    write_design(state, {"front": picture.getvalue()}, tmp_path / "a.pdf", ExportOptions(), besides=besides)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert {"Foil", "Varnish"} & {str(one.Name) for one in pdf.Root.OCProperties.OCGs} == {"Foil"}
        assert b"Varnish" not in pdf.pages[0].Resources.unparse(resolved=True)


def test_an_svg_has_a_layer_for_each_finish(tmp_path: Path) -> None:
    blue = AreaFinish("top", AreaKind.VARNISH, ColourRange(hexed(BLUE), 5))
    write_svg(replace(disc_sheet(), areas=(blue,)), tmp_path / "sheet.svg")
    root = ET.parse(tmp_path / "sheet.svg").getroot()
    (group,) = [one for one in root if one.get("id") == "varnish"]
    (image,) = group.iter(f"{{{SVG}}}image")
    (url,) = [value for key, value in image.items() if key.endswith("href")]
    seen = pixels_of(base64.b64decode(url.partition(",")[2]))
    assert 0.2 < (seen[..., 3] == 255).mean() < 0.3
    assert set(np.unique(seen[..., 3])) == {0, 255}
