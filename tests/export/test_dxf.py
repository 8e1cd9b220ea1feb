"""The structure of a DXF file, read by ezdxf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ezdxf
import pytest
from ezdxf import bbox
from support.flat import HEIGHT, disc_sheet, strip_sheet

from packdesk.domain.curves import Arc, Path
from packdesk.domain.dieline.values import Line, LineColours, LineType
from packdesk.export.flat.dxf import write_dxf
from packdesk.export.flat.sheet import FlatOptions, Sheet

if TYPE_CHECKING:
    from pathlib import Path as FilePath


def written(sheet: Sheet, folder: FilePath, options: FlatOptions | None = None) -> Any:
    file = folder / "sheet.dxf"
    write_dxf(sheet, file, options or FlatOptions())
    document = ezdxf.readfile(file)  # type: ignore[attr-defined]
    auditor = document.audit()
    assert (auditor.errors, auditor.fixes) == ([], [])
    return document


def on_layer(document: Any, layer: str) -> list[Any]:
    return [entity for entity in document.modelspace() if entity.dxf.layer == layer]


def test_units_are_millimetres(tmp_path: FilePath) -> None:
    header = written(strip_sheet(), tmp_path).header
    assert header["$INSUNITS"] == 4
    assert header["$MEASUREMENT"] == 1
    assert header["$ACADVER"] == "AC1024"


def test_a_layer_with_colour_and_line_type_for_each_kind(tmp_path: FilePath) -> None:
    document = written(strip_sheet(), tmp_path, FlatOptions(legend=True, marks=True))
    layers = {layer.dxf.name: layer for layer in document.layers}
    assert set(layers) - {"0", "Defpoints"} == {
        "CUT",
        "CREASE",
        "PERFORATION",
        "BLEED",
        "SAFE",
        "GLUE",
        "DIMENSION",
        "MARKS",
        "LEGEND",
    }
    assert (layers["CUT"].dxf.color, layers["CUT"].rgb, layers["CUT"].dxf.linetype) == (
        1,
        (255, 0, 0),
        "CONTINUOUS",
    )
    assert (layers["CREASE"].dxf.color, layers["CREASE"].dxf.linetype) == (5, "DASHED")
    pattern = document.linetypes.get("DASHED").pattern_tags.tags
    assert [tag.value for tag in pattern if tag.code in {40, 49}] == [4.5, 3, -1.5]


def test_black_lines_are_the_programs_foreground(tmp_path: FilePath) -> None:
    document = written(strip_sheet(), tmp_path, FlatOptions(colours=LineColours.BLACK))
    assert document.layers.get("CUT").dxf.color == 7
    assert document.layers.get("CUT").rgb is None


def test_the_cut_is_one_closed_polyline_with_arcs(tmp_path: FilePath) -> None:
    (cut,) = on_layer(written(strip_sheet(), tmp_path), "CUT")
    assert cut.dxftype() == "LWPOLYLINE"
    assert cut.closed
    assert len(cut) == 6
    points = cut.get_points("xyb")
    assert points[0][:2] == (0, HEIGHT)  # y runs upwards
    bulges = [bulge for *_, bulge in points if bulge]
    assert bulges == pytest.approx([-0.41421356] * 2)  # quarter circles, clockwise


def test_a_whole_circle_is_a_circle(tmp_path: FilePath) -> None:
    (circle,) = on_layer(written(disc_sheet(50), tmp_path), "CUT")
    assert circle.dxftype() == "CIRCLE"
    assert circle.dxf.radius == 25
    assert tuple(circle.dxf.center)[:2] == (25, 25)


@pytest.mark.parametrize("sweep", [100.0, -100.0, 250.0])
def test_a_single_arc_is_an_arc_that_ends_where_it_should(sweep: float, tmp_path: FilePath) -> None:
    sheet = strip_sheet()
    arc = Arc(30, 40, 10, 20, sweep)
    dieline = sheet.dieline
    lines = (*dieline.lines, Line(LineType.PERFORATION, Path((arc,))))
    _, found = on_layer(
        written(Sheet(type(dieline)(**{**vars(dieline), "lines": lines})), tmp_path), "PERFORATION"
    )
    assert found.dxftype() == "ARC"
    ends = {(round(p.x, 6), round(HEIGHT - p.y, 6)) for p in (found.start_point, found.end_point)}
    assert ends == {(round(x, 6), round(y, 6)) for x, y in (arc.start, arc.end)}
    swept = (found.dxf.end_angle - found.dxf.start_angle) % 360
    assert swept == pytest.approx(abs(sweep))


def test_measures_are_lines_and_words(tmp_path: FilePath) -> None:
    entities = on_layer(written(strip_sheet(), tmp_path), "DIMENSION")
    texts = [entity for entity in entities if entity.dxftype() == "TEXT"]
    assert [text.dxf.text for text in texts] == ["60", "80", "15"]
    assert texts[1].dxf.rotation == pytest.approx(90)
    assert {entity.dxftype() for entity in entities} == {"TEXT", "LINE", "LWPOLYLINE"}


def test_only_the_layers_asked_for(tmp_path: FilePath) -> None:
    document = written(strip_sheet(), tmp_path, FlatOptions(kinds=frozenset({LineType.CUT})))
    assert {entity.dxf.layer for entity in document.modelspace()} == {"CUT"}


def test_line_types_are_those_every_program_knows(tmp_path: FilePath) -> None:
    document = written(strip_sheet(), tmp_path, FlatOptions(legend=True))
    used = {entity.dxf.linetype for entity in document.modelspace()}
    used |= {layer.dxf.linetype for layer in document.layers} - {"Continuous"}
    assert used <= {"BYLAYER", "CONTINUOUS", "DASHED", "DASHED2", "DASHDOT", "DASHDOT2", "DOT"}


def test_it_says_how_far_it_reaches_and_opens_on_all_of_it(tmp_path: FilePath) -> None:
    document = written(strip_sheet(), tmp_path, FlatOptions(legend=True, marks=True))
    extents = bbox.extents(document.modelspace(), fast=True)
    low, high = document.header["$EXTMIN"], document.header["$EXTMAX"]
    assert all(low[axis] <= extents.extmin[axis] for axis in (0, 1))
    assert all(high[axis] >= extents.extmax[axis] for axis in (0, 1))
    assert high[0] - low[0] < 2 * extents.size.x
    view = document.viewports.get("*ACTIVE")[0]
    assert view.dxf.height >= high[1] - low[1]
    assert tuple(view.dxf.center)[:2] == pytest.approx([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2])
