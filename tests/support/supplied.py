"""Dielines as suppliers send them: written by ours, by ezdxf, and by hand."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ezdxf

from packdesk.domain.curves import Path, Segment
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, Line, LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.export.flat.dxf import write_dxf
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.svg import write_svg

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from packdesk.domain.dieline.values import Dieline

WRITERS: dict[str, Any] = {"pdf": write_pdf, "svg": write_svg, "dxf": write_dxf}
BOX, CYLINDER = Dimensions(width=100, height=150, depth=60), Dimensions(width=80, height=150, depth=80)


def blank(style: DielineStyle = DielineStyle.STRAIGHT_TUCK) -> Dieline:
    options = DielineOptions(style=style, perforated=style is not DielineStyle.WRAP)
    if style is DielineStyle.WRAP:
        return make_dieline("cylinder", CYLINDER, options)
    return make_dieline("box", BOX, options)


def written(dieline: Dieline, folder: FilePath, ending: str) -> FilePath:
    """A file of ours with all there is on it: marks, legend, dimensions."""
    file = folder / f"dieline.{ending}"
    WRITERS[ending](Sheet(dieline), file, FlatOptions(marks=True, legend=True))
    return file


def with_crease_moved(dieline: Dieline, right: float) -> Dieline:
    """One upright crease elsewhere."""
    lines = list(dieline.lines)
    for number, line in enumerate(lines):
        curve = line.path.curves[0]
        if line.kind is LineType.CREASE and isinstance(curve, Segment) and curve.x1 == curve.x2:
            moved = Segment(curve.x1 + right, curve.y1, curve.x2 + right, curve.y2)
            lines[number] = Line(line.kind, Path((moved,)))
            return replace(dieline, lines=tuple(lines))
    raise AssertionError("there is one")


def dxf(unit: int, *, layer: str = "CUT", binary: bool = False) -> bytes:
    """A rectangle of 4 by 2 units, a circle in a block, and a line of a hidden layer."""
    document: Any = ezdxf.new("R2010")  # type: ignore[attr-defined]  # exported at run time only
    document.units = unit
    document.layers.add("HIDDEN").off()
    space = document.modelspace()
    space.add_lwpolyline([(0, 0), (4, 0), (4, 2), (0, 2)], close=True, dxfattribs={"layer": layer})
    block = document.blocks.new("HOLE")
    block.add_circle((0, 0), 0.5, dxfattribs={"layer": layer})
    space.add_blockref("HOLE", (2, 1))
    space.add_line((0, 0), (100, 100), dxfattribs={"layer": "HIDDEN"})
    return _written(document, binary=binary)


def nested_dxf() -> bytes:
    """A line on layer 0 in a block in a block, put on CREASE, twice on CUT, and on a hidden layer."""
    document: Any = ezdxf.new("R2010")  # type: ignore[attr-defined]  # likewise
    document.units = 4
    document.layers.add("HIDDEN").off()
    inner, outer = document.blocks.new("INNER"), document.blocks.new("OUTER")
    inner.add_line((0, 0), (10, 0))
    inner.add_line((0, 5), (10, 5), dxfattribs={"layer": "TEXT"})
    outer.add_blockref("INNER", (0, 0))
    space = document.modelspace()
    space.add_blockref("OUTER", (0, 0), dxfattribs={"layer": "CREASE"})
    space.add_blockref("OUTER", (50, 0), dxfattribs={"layer": "CUT", "column_count": 2, "column_spacing": 20})
    space.add_blockref("INNER", (0, 50), dxfattribs={"layer": "HIDDEN"})
    return _written(document)


def _written(document: Any, *, binary: bool = False) -> bytes:
    buffer: Any = io.BytesIO() if binary else io.StringIO()
    document.write(buffer, fmt="bin" if binary else "asc")
    data: bytes = buffer.getvalue() if binary else buffer.getvalue().encode()
    return data
