"""DXF in millimetres: a layer for each line type, arcs as arcs, every cut contour one closed polyline.

y runs upwards here; the origin is the lower left corner of the cut outline's bounding box.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from packdesk.domain.curves import Arc, halves, is_circle
from packdesk.domain.dieline.values import LineType
from packdesk.export.flat.drawing import CAP_HEIGHT, Layer, Stroke
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.placed_objects import guide_boxes
from packdesk.export.flat.sheet import DEFAULT_OPTIONS
from packdesk.export.flat.styles import LineStyle
from packdesk.files import output_file

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from packdesk.domain.curves import Path
    from packdesk.export.flat.drawing import Text
    from packdesk.export.flat.sheet import Box, FlatOptions, Sheet

_LINEWEIGHT = 9
"""Hundredths of a millimetre: the nearest to a quarter of a point there is."""
_FOREGROUND = 7
"""Black on white and white on black, as programs of this kind have it."""
_MILLIMETRES, _METRIC = 4, 1
_FONT = "packdesk"
_GUIDE = LineStyle((150, 150, 150), (0, 0, 0, 0.4), aci=9)
"""Boxes of objects: a light grey, for nobody cuts along them."""
_VIEW_SHAPE = 3 / 4
"""Height by width of the window a drawing is opened in, at least."""


def write_dxf(sheet: Sheet, target: FilePath, options: FlatOptions = DEFAULT_OPTIONS) -> None:
    """Write a sheet's lines as DXF of AutoCAD 2010. Artwork is not part of it.

    With the dimensions, a layer of its own has the boxes of objects: where lettering, logos and codes stand.

    Args:
        sheet: what is written.
        target: the file, which is replaced.
        options: what it shows.

    Raises:
        OutputUnwritableError: the file cannot be written.
    """
    import ezdxf  # noqa: PLC0415  (a third of a second, and only exports need it)

    document = ezdxf.new("R2010")  # type: ignore[attr-defined]  # exported at run time only
    document.units = _MILLIMETRES
    document.header["$MEASUREMENT"] = _METRIC
    document.styles.add(_FONT, font="arial.ttf")
    plotter = _Plotter(document, sheet.dieline.height)
    drawing = draw_sheet(sheet, options)
    for layer in drawing.layers:
        plotter.draw(layer)
    if LineType.DIMENSION in options.kinds and (boxes := tuple(guide_boxes(sheet))):
        plotter.draw(Layer("objects", "Objects", tuple(Stroke(box, _GUIDE) for box in boxes)))
    plotter.frame(drawing.page)
    with output_file(target) as path, path.open("x", encoding="utf-8") as file:
        document.write(file)


class _Plotter:
    """Draws in the sheet's millimetres."""

    def __init__(self, document: Any, height: float) -> None:
        self._document = document
        self._space = document.modelspace()
        self._height = height

    def draw(self, layer: Layer) -> None:
        """A layer with its lines and words."""
        style = layer.strokes[0].style
        name = layer.name.upper()
        definition = self._document.layers.add(
            name, color=style.aci, linetype=self._linetype(style), lineweight=_LINEWEIGHT
        )
        if style.aci != _FOREGROUND:
            definition.rgb = style.rgb
        for stroke in layer.strokes:
            look: dict[str, Any] = {"layer": name}
            if stroke.style != style:  # a legend's samples
                look |= {"color": stroke.style.aci, "linetype": self._linetype(stroke.style)}
            self._draw_path(stroke.path, look)
        for text in layer.texts:
            self._draw_text(text, name)

    def frame(self, page: Box) -> None:
        """Say how far all of it reaches, and have it seen whole when it is opened."""
        left, lower = self._point(page.left, page.bottom)
        right, upper = self._point(page.right, page.top)
        self._space.reset_extents((left, lower, 0), (right, upper, 0))
        self._space.reset_limits((left, lower), (right, upper))
        self._document.set_modelspace_vport(
            max(page.height, page.width * _VIEW_SHAPE), ((left + right) / 2, (lower + upper) / 2)
        )

    def _linetype(self, style: LineStyle) -> str:
        if style.dash and style.linetype not in self._document.linetypes:
            # Strokes are positive, gaps negative; the whole length stands first.
            pattern = [length if number % 2 == 0 else -length for number, length in enumerate(style.dash)]
            self._document.linetypes.add(style.linetype, [sum(style.dash), *pattern])
        return style.linetype

    def _draw_path(self, path: Path, look: dict[str, Any]) -> None:
        only = path.curves[0]
        if is_circle(path) and isinstance(only, Arc):
            self._space.add_circle(self._point(only.x, only.y), only.radius, dxfattribs=look)
        elif len(path.curves) > 1:
            self._draw_polyline(path, look)
        elif isinstance(only, Arc):
            # An arc of DXF runs counter-clockwise from its first angle to its second.
            first, second = sorted((-only.start_angle, -only.start_angle - only.sweep))
            self._space.add_arc(
                self._point(only.x, only.y), only.radius, first % 360, second % 360, dxfattribs=look
            )
        else:
            self._space.add_line(self._point(*only.start), self._point(*only.end), dxfattribs=look)

    def _draw_polyline(self, path: Path, look: dict[str, Any]) -> None:
        curves = tuple(halves(path.curves))
        points = [(*self._point(*curve.start), _bulge(curve)) for curve in curves]
        if not path.closed:
            points.append((*self._point(*curves[-1].end), 0.0))
        self._space.add_lwpolyline(points, format="xyb", close=path.closed, dxfattribs=look)

    def _draw_text(self, text: Text, layer: str) -> None:
        from ezdxf.enums import TextEntityAlignment  # noqa: PLC0415  (see above)

        align = {
            "start": TextEntityAlignment.LEFT,
            "middle": TextEntityAlignment.CENTER,
            "end": TextEntityAlignment.RIGHT,
        }[text.anchor]
        look = {"layer": layer, "style": _FONT, "rotation": -text.angle}
        entity = self._space.add_text(text.words, height=text.size * CAP_HEIGHT, dxfattribs=look)
        entity.set_placement(self._point(text.x, text.y), align=align)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return x, self._height - y


def _bulge(curve: Any) -> float:
    """Tangent of a quarter of the angle, positive counter-clockwise as seen."""
    return -math.tan(math.radians(curve.sweep) / 4) if isinstance(curve, Arc) else 0.0
