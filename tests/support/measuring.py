"""Lines of written files as other people's programs read them, back in the sheet's millimetres."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from packdesk.export.flat.sheet import Sheet

Points = list[tuple[float, float]]
Layers = dict[str, list[Points]]
"""The lines of each layer by its lower-case name; curves as many short lines."""

MM_PER_POINT = 25.4 / 72


def read_svg(file: Path, sheet: Sheet) -> Layers:
    """Read by svgelements; its own arithmetic of units, view box and arcs."""
    from svgelements import SVG, Group
    from svgelements import Path as SvgPath

    svg = SVG.parse(str(file), ppi=25.4, reify=True)
    left, top, *_ = (float(word) for word in svg.values["viewBox"].split())
    found: Layers = {}
    for group in svg:
        if isinstance(group, Group) and group.id:
            paths = [item for item in group if isinstance(item, SvgPath)]
            found[group.id] = [[(x + left, y + top) for x, y in _svg_points(path)] for path in paths]
    return found


def _svg_points(path: Any) -> Points:
    points: Points = []
    for piece in path:
        if type(piece).__name__ == "Move":
            points.append((piece.end.x, piece.end.y))
            continue
        count = 720 if type(piece).__name__ == "Arc" else 1
        points += [(p.x, p.y) for p in (piece.point(n / count) for n in range(1, count + 1))]
    return points


def read_dxf(file: Path, sheet: Sheet) -> Layers:
    """Read by ezdxf, which has to find nothing to mend."""
    import ezdxf
    from ezdxf.path import make_path

    document = ezdxf.readfile(file)  # type: ignore[attr-defined]
    auditor = document.audit()
    assert not auditor.errors
    assert not auditor.fixes
    height = sheet.dieline.height
    found: Layers = {}
    for entity in document.modelspace().query("LINE ARC CIRCLE LWPOLYLINE"):
        # Its paths are Bézier curves, which are coarser than the circles and arcs themselves.
        exact: Any = entity if entity.dxftype() in {"CIRCLE", "ARC"} else make_path(entity)
        points = [(p.x, height - p.y) for p in exact.flattening(1e-4)]
        found.setdefault(entity.dxf.layer.lower(), []).append(points)
    return found


def read_pdf(file: Path, sheet: Sheet) -> Layers:
    """Parsed by pikepdf: the strokes between BDC and EMC, measured from the TrimBox."""
    import pikepdf

    with pikepdf.open(file) as pdf:
        left, _, _, top = (float(value) for value in pdf.pages[0].trimbox)
        layers = _pdf_layers(pdf.pages[0])
    return {
        name: [[((x - left) * MM_PER_POINT, (top - y) * MM_PER_POINT) for x, y in line] for line in lines]
        for name, lines in layers.items()
    }


def instructions(page: Any) -> Iterator[tuple[str, Any]]:
    """Operators and operands of a page's content; there is no inline image in it."""
    import pikepdf

    for one in pikepdf.parse_content_stream(page):
        assert isinstance(one, pikepdf.ContentStreamInstruction)
        yield str(one.operator), one.operands


def _pdf_layers(page: Any) -> Layers:
    found: Layers = {}
    layer = ""
    lines: list[Points] = []
    for word, operands in instructions(page):
        numbers = [float(value) for value in operands] if word in {"m", "l", "c"} else []
        if word == "BDC":
            assert str(operands[0]) == "/OC"
            layer = str(operands[1])[1:]
            found[layer] = []
        elif word == "m":
            lines.append([(numbers[0], numbers[1])])
        elif word == "l":
            lines[-1].append((numbers[0], numbers[1]))
        elif word == "c":
            lines[-1] += _bezier(lines[-1][-1], numbers)
        elif word == "h":
            lines[-1].append(lines[-1][0])
        elif word in {"S", "n"}:
            if word == "S":
                found[layer] += lines
            lines = []
    return found


def _bezier(start: tuple[float, float], numbers: list[float]) -> Points:
    points = np.array([start, *zip(numbers[::2], numbers[1::2], strict=True)])
    t = np.linspace(0, 1, 181)[1:, None]
    curve = (
        (1 - t) ** 3 * points[0]
        + 3 * (1 - t) ** 2 * t * points[1]
        + 3 * (1 - t) * t**2 * points[2]
        + t**3 * points[3]
    )
    return [(float(x), float(y)) for x, y in curve]


def box_of(lines: list[Points]) -> tuple[float, float, float, float]:
    """Left, upper, right and lower end of lines."""
    points = np.array([point for line in lines for point in line])
    return (*points.min(axis=0), *points.max(axis=0))


def width_between(lines: list[Points], centre: tuple[float, float]) -> tuple[float, float]:
    """How wide and high the room around a point is: to the nearest line on each of the four sides."""
    turned = [[(y, x) for x, y in line] for line in lines]
    return _clear(lines, *centre), _clear(turned, *reversed(centre))


def _clear(lines: list[Points], x: float, y: float) -> float:
    crossings = []
    for line in lines:
        for (x1, y1), (x2, y2) in pairwise(line):
            if min(y1, y2) <= y <= max(y1, y2) and y1 != y2:
                crossings.append(x1 + (x2 - x1) * (y - y1) / (y2 - y1))
    right = min((value for value in crossings if value > x), default=math.inf)
    left = max((value for value in crossings if value < x), default=-math.inf)
    return right - left
