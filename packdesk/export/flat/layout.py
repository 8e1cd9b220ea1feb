"""Puts a sheet's layers together and finds the page they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.dieline.values import LineType
from packdesk.export.flat.drawing import LABELS, ORDER, Drawing, Layer, Stroke, united
from packdesk.export.flat.legend import legend_layer
from packdesk.export.flat.marks import LENGTH_MM, mark_layer
from packdesk.export.flat.measures import measure_layer
from packdesk.export.flat.styles import line_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.dieline.values import Dieline
    from packdesk.export.flat.sheet import FlatOptions, Sheet

MARGIN_MM = 5.0


def draw_sheet(sheet: Sheet, options: FlatOptions) -> Drawing:
    """Everything over the artwork that the options ask for; line types the dieline has not are left out."""
    layers = list(_line_layers(sheet.dieline, options))
    content = united([sheet.bleed, *(layer.box() for layer in layers)])
    page = content
    if options.marks:
        layers.append(mark_layer(sheet.trim, content))
        page = united([content, layers[-1].box()])
    if options.legend:
        layers.append(legend_layer(sheet, layers, (content.left, page.bottom + LENGTH_MM)))
        page = united([page, layers[-1].box()])
    return Drawing(page.grown(MARGIN_MM), tuple(layers))


def _line_layers(dieline: Dieline, options: FlatOptions) -> Iterator[Layer]:
    for kind in ORDER:
        if kind not in options.kinds:
            continue
        style = line_style(options.colours, kind)
        if kind is LineType.DIMENSION:
            if dieline.measures:
                yield measure_layer(dieline.measures, style)
        elif paths := dieline.of_kind(kind):
            strokes = tuple(Stroke(path, style) for path in paths)
            yield Layer(kind.value, LABELS[kind], strokes, kind=kind)
