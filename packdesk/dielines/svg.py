"""Lines of an SVG drawing, by svgelements: resvg draws pixels only. In the reading process only."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

import svgelements

from packdesk.dielines.found import Found, bezier
from packdesk.textures.foreign import limits
from packdesk.textures.foreign.unpacking import unpacked
from packdesk.textures.foreign.worker import FaultError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.dielines.found import Point

_PIXELS_AN_INCH = 96.0
_MM = 25.4 / _PIXELS_AN_INCH
_LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"
_MODE = "{http://www.inkscape.org/namespaces/inkscape}groupmode"
_SHAPES = (svgelements.Path, svgelements.Shape)
_DEEPEST = 60


def lines_of(data: bytes) -> Found:
    """All that is stroked; where nothing is, the outlines of what is filled.

    Raises:
        FaultError: it is damaged, or has too many lines.
    """
    text = unpacked(data)
    limits.limit()
    try:
        drawing = svgelements.SVG.parse(io.BytesIO(text), ppi=_PIXELS_AN_INCH)
    except ParseError as error:
        raise FaultError("entities" if b"<!ENTITY" in text else "damaged") from error
    stroked, filled = Found(_unit(drawing)), Found(_unit(drawing))
    for shape, name in _shapes(drawing, "", 0):
        if not (_painted(shape.stroke) or _painted(shape.fill)):
            continue
        found = stroked if _painted(shape.stroke) else filled
        for points in _lines(shape):
            found.add(points, name)
    return stroked if stroked.lines else filled


def prepare() -> None:
    """Nothing is loaded late."""


def _unit(drawing: Any) -> str:
    width = str(drawing.values.get("width", "")).strip().lower()
    return next((unit for unit in ("mm", "cm", "in", "pt", "pc") if width.endswith(unit)), "px")


def _painted(colour: Any) -> bool:
    return colour is not None and colour.value is not None


def _shapes(group: Any, name: str, depth: int) -> Iterator[tuple[Any, str]]:
    """Everything with an outline, with the label of the layer around it, or the nearest group's id."""
    if depth > _DEEPEST:
        raise FaultError("damaged")
    for item in group:
        if isinstance(item, (svgelements.ClipPath, svgelements.Pattern)):
            continue
        own = item.values.get("attributes", {})
        if isinstance(item, (svgelements.Group, svgelements.Use)):
            yield from _shapes(item, str(own.get(_LABEL) or own.get("id") or name), depth + 1)
        elif isinstance(item, _SHAPES):
            yield item, name or str(own.get(_LABEL) or own.get("id") or "")


def _lines(shape: Any) -> Iterator[list[Point]]:
    points: list[Point] = []
    path = abs(svgelements.Path(shape))
    for part in path:
        if isinstance(part, svgelements.Move):
            yield points
            points = [_at(part.end)]
        elif isinstance(part, svgelements.Arc):
            for curve in part.as_cubic_curves(max(1, round(abs(part.sweep) / 0.35))):
                points += bezier(points[-1], _at(curve.control1), _at(curve.control2), _at(curve.end))
        elif isinstance(part, svgelements.CubicBezier):
            points += bezier(points[-1], _at(part.control1), _at(part.control2), _at(part.end))
        elif isinstance(part, svgelements.QuadraticBezier):
            points += _quadratic(points[-1], _at(part.control), _at(part.end))
        elif part.end is not None:
            points.append(_at(part.end))
    yield points


def _quadratic(start: Point, handle: Point, end: Point) -> Iterator[Point]:
    first, second = (
        (point[0] + (handle[0] - point[0]) * 2 / 3, point[1] + (handle[1] - point[1]) * 2 / 3)
        for point in (start, end)
    )
    yield from bezier(start, first, second, end)


def _at(point: Any) -> Point:
    return point.x * _MM, point.y * _MM
