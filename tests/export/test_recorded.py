"""What stands in flat files and models is what it was when somebody looked at it."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from support.flat import disc_sheet, strip_sheet
from support.recorded import assert_recorded, numbers_in

from packdesk.domain.dieline.build import shown_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.export.flat.dxf import write_dxf
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.measure_layer import length_text
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.sheet_pictures import picture_count, sheet_pictures
from packdesk.export.flat.styles import LineColours, line_style
from packdesk.export.flat.svg import write_svg
from packdesk.export.model import PackageModel, write_glb, write_obj

if TYPE_CHECKING:
    from pathlib import Path

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
def test_drawings(name: str, asked: str, tmp_path: Path) -> None:
    sheet, options = SHEETS[name], OPTIONS[asked]
    assert_recorded(f"drawing {name} {asked}", draw_sheet(sheet, options))
    write_svg(sheet, tmp_path / "a.svg", options)
    text = (tmp_path / "a.svg").read_text("utf-8")
    assert_recorded(f"svg {name} {asked}", numbers_in(text))
    write_dxf(sheet, tmp_path / "a.dxf", options)
    text = (tmp_path / "a.dxf").read_text("utf-8")
    entities = text[text.index("\nENTITIES\n") : text.index("\nOBJECTS\n")]
    assert_recorded(f"dxf {name} {asked}", numbers_in(entities))


def test_styles() -> None:
    kept = {f"{colours} {kind}": line_style(colours, kind) for colours in LineColours for kind in LineType}
    assert_recorded("styles", kept)
    assert_recorded("lengths", [length_text(length) for length in (0, 0.04, 0.05, 1, 9.96, 10.25, 1234.5)])


def test_pictures_on_sheets() -> None:
    for name, sheet in (("strip", strip_sheet()), ("disc", disc_sheet())):
        found = list(sheet_pictures(sheet))
        assert len(found) == picture_count(sheet)
        told = [(one.panel_id, np.asarray(one.image), one.box, one.outline) for one in found]
        assert_recorded(f"sheet pictures {name}", told)


@pytest.mark.parametrize(("kind", "size"), [("box", BOX), ("cylinder", TIN)])
def test_models(kind: PackageType, size: Dimensions, tmp_path: Path) -> None:
    model = PackageModel(kind, size)
    write_glb(model, tmp_path / "a.glb")
    raw = (tmp_path / "a.glb").read_bytes()
    length = struct.unpack("<I", raw[12:16])[0]
    told = json.loads(raw[20 : 20 + length])
    told["asset"].pop("generator")
    assert_recorded(f"glb {kind}", told)
    numbers = np.frombuffer(raw[28 + length :], "<f4")
    assert_recorded(f"glb numbers {kind}", np.where(np.isfinite(numbers) & (abs(numbers) < 1e6), numbers, 0))
    write_obj(model, tmp_path / "a.obj")
    text = (tmp_path / "a.obj").read_text("utf-8").split("\n", 1)[1]
    assert_recorded(f"obj {kind}", numbers_in(text))
    assert_recorded(f"mtl {kind}", numbers_in((tmp_path / "a.mtl").read_text("utf-8").split("\n", 1)[1]))
