"""What stands in flat files and models is what it was when somebody looked at it."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pytest
from support.flat import disc_sheet, strip_sheet
from support.recorded import assert_recorded, numbers_in
from support.review import blank

from packdesk.domain.curves import Arc, Path, Segment
from packdesk.domain.dieline.build import shown_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineColours, LineType
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.look import DARK_STUDIO, LIGHT_STUDIO, NOTHING, Finish, Lighting, Look
from packdesk.domain.panels import PANEL_IDS
from packdesk.export.flat.dxf import write_dxf
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.measure_layer import length_text
from packdesk.export.flat.painting import painter_path
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.sheet_pictures import picture_count, sheet_pictures
from packdesk.export.flat.styles import line_style
from packdesk.export.flat.svg import write_svg
from packdesk.export.materials import inside_material, printed_material, used_extensions
from packdesk.export.model import PackageModel, write_glb, write_obj
from packdesk.export.review.flat import flat_svg, sheet_box
from packdesk.export.review.light import HEIGHT, WIDTH, studio_hdr
from packdesk.export.review.model import FoldingModel, folding_glb, folding_steps, framings
from packdesk.export.review.page import _studio

if TYPE_CHECKING:
    from pathlib import Path as FilePath

BOX, TIN = Dimensions(width=100, height=150, depth=60), Dimensions(width=80, height=150, depth=80)
SHEETS = {
    "strip": strip_sheet(pictures=False),
    "disc": replace(disc_sheet(), artwork={}),
    "tuck": Sheet(shown_dieline("box", BOX, DielineOptions()), title="Tea & more"),
    "cross": Sheet(shown_dieline("box", BOX, DielineOptions(style=DielineStyle.CROSS, perforated=True))),
    "wrap": Sheet(shown_dieline("cylinder", TIN, DielineOptions()), title="x" * 90),
}
OPTIONS = {
    "plain": FlatOptions(),
    "marks": FlatOptions(marks=True, colours=LineColours.MAGENTA_CYAN),
    "legend": FlatOptions(legend=True),
    "all": FlatOptions(marks=True, legend=True),
    "few": FlatOptions(kinds=frozenset({LineType.CUT, LineType.DIMENSION}), legend=True, artwork=False),
}


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("asked", OPTIONS)
def test_drawings(name: str, asked: str, tmp_path: FilePath) -> None:
    sheet, options = SHEETS[name], OPTIONS[asked]
    assert_recorded(f"drawing {name} {asked}", draw_sheet(sheet, options))
    write_svg(sheet, tmp_path / "a.svg", options)
    text = (tmp_path / "a.svg").read_text("utf-8")
    assert_recorded(f"svg {name} {asked}", numbers_in(text))
    write_dxf(sheet, tmp_path / "a.dxf", options)
    text = (tmp_path / "a.dxf").read_text("utf-8")
    entities = text[text.index("\nENTITIES\n") : text.index("\nOBJECTS\n")]
    assert_recorded(f"dxf {name} {asked}", numbers_in(entities))
    write_pdf(sheet, tmp_path / "a.pdf", options)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        page = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(pdf.pages[0]))
        boxes = [[float(side) for side in box] for box in (pdf.pages[0].mediabox, pdf.pages[0].trimbox)]
    assert_recorded(f"pdf {name} {asked}", [numbers_in(page.decode("latin-1")), boxes])


def test_styles() -> None:
    kept = {f"{colours} {kind}": line_style(colours, kind) for colours in LineColours for kind in LineType}
    assert_recorded("styles", kept)
    assert_recorded("lengths", [length_text(length) for length in (0, 0.04, 0.05, 1, 9.96, 10.25, 1234.5)])


def test_pictures_on_sheets() -> None:
    for name, sheet in (("strip", strip_sheet()), ("disc", disc_sheet())):
        found = list(sheet_pictures(sheet))
        assert len(found) == picture_count(sheet)
        told = [(one.panel_id, np.asarray(one.image), one.box, one.outlines) for one in found]
        assert_recorded(f"sheet pictures {name}", told)


@pytest.mark.parametrize(("kind", "size"), [("box", BOX), ("cylinder", TIN)])
def test_models(kind: PackageType, size: Dimensions, tmp_path: FilePath) -> None:
    model = PackageModel(kind, size)
    write_glb(model, tmp_path / "a.glb")
    assert_glb_recorded(kind, (tmp_path / "a.glb").read_bytes())
    write_obj(model, tmp_path / "a.obj")
    text = (tmp_path / "a.obj").read_text("utf-8").split("\n", 1)[1]
    assert_recorded(f"obj {kind}", numbers_in(text))
    assert_recorded(f"mtl {kind}", numbers_in((tmp_path / "a.mtl").read_text("utf-8").split("\n", 1)[1]))


@pytest.mark.parametrize("lighting", Lighting)
@pytest.mark.parametrize("finish", Finish)
def test_studios_of_review_pages(lighting: Lighting, finish: Finish) -> None:
    made = studio_hdr(Look(lighting=lighting, finish=finish))
    light = np.frombuffer(made[-WIDTH * HEIGHT * 4 :], "u1").reshape(HEIGHT, WIDTH, 4)
    assert_recorded(f"studio {lighting} {finish}", [made[: -WIDTH * HEIGHT * 4], light.astype(float)])


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_models_of_review_pages(kind: PackageType) -> None:
    for finish in (Finish.MATTE, Finish.FOIL):
        model = FoldingModel(blank(kind), {}, Look(finish=finish))
        steps = folding_steps(model.dieline)
        assert_glb_recorded(f"folding {kind} {finish}", folding_glb(model, steps))
        assert_recorded(f"framings {kind}", framings(steps))


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_blanks_of_review_pages(kind: PackageType) -> None:
    sheet = blank(kind)
    drawn = flat_svg(sheet, set(PANEL_IDS[kind]), Finish.MATTE, ",")
    assert_recorded(f"review blank {kind}", [numbers_in(drawn), sheet_box(sheet)])


def assert_glb_recorded(name: str, content: bytes) -> None:
    length = struct.unpack("<I", content[12:16])[0]
    told = json.loads(content[20 : 20 + length])
    told["asset"].pop("generator")
    assert_recorded(f"glb {name}", told)
    numbers = np.frombuffer(content[28 + length :], "<f4")
    assert_recorded(f"glb numbers {name}", np.where(np.isfinite(numbers) & (abs(numbers) < 1e6), numbers, 0))


@pytest.mark.parametrize("background", [LIGHT_STUDIO, DARK_STUDIO, NOTHING, "#204060"])
def test_how_a_review_page_shows_a_look(background: str) -> None:
    for lighting in Lighting:
        shown = _studio(Look(background=background, lighting=lighting, exposure=0.5))
        shown.pop("light")
        assert_recorded(f"shown {background} {lighting}", shown)


@pytest.mark.parametrize("name", SHEETS)
def test_paths_as_qt_draws_them(name: str) -> None:
    curves = Arc(10, 20, 5, 30, 100), Segment(1, 2, 3, 4)
    drawn = [line.path for line in SHEETS[name].dieline.lines]
    drawn += [Path(curves, closed=closed) for closed in (True, False)]
    told = []
    for path in map(painter_path, drawn):
        elements = map(path.elementAt, range(path.elementCount()))
        told.append([(one.x, one.y, one.type.value) for one in elements])
    assert_recorded(f"painted {name}", told)


@pytest.mark.parametrize("finish", Finish)
def test_materials_of_review_pages(finish: Finish) -> None:
    look = Look(finish=finish)
    told = [printed_material(look, None), printed_material(look, 3), inside_material(look)]
    assert_recorded(f"materials {finish}", [told, used_extensions(look)])
