"""Puts a sheet's layers together, page marks among them, and finds the page they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.curves import Arc, Path
from packdesk.domain.dieline.values import LineType
from packdesk.export.flat.drawing import LABELS, ORDER, Drawing, Layer, Stroke, polyline, united
from packdesk.export.flat.legend import legend_layer
from packdesk.export.flat.measure_layer import measure_layer
from packdesk.export.flat.styles import MARK_STYLE, line_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.dieline.values import Dieline
    from packdesk.export.flat.sheet import Box, FlatOptions, Sheet

LENGTH_MM = 5.0
_GAP, _RADIUS = 2.0, 1.6


def mark_layer(trim: Box, content: Box) -> Layer:
    """The marks of a sheet.

    Args:
        trim: what the crop marks point at.
        content: what the marks stay out of; around the trim.
    """
    strokes = (Stroke(path, MARK_STYLE) for path in (*_crop_marks(trim, content), *_targets(trim, content)))
    return Layer("marks", "Page marks", tuple(strokes))


def _crop_marks(trim: Box, content: Box) -> Iterator[Path]:
    for y, step in ((content.top - _GAP, -LENGTH_MM), (content.bottom + _GAP, LENGTH_MM)):
        for x in (trim.left, trim.right):
            yield polyline((x, y), (x, y + step))
    for x, step in ((content.left - _GAP, -LENGTH_MM), (content.right + _GAP, LENGTH_MM)):
        for y in (trim.top, trim.bottom):
            yield polyline((x, y), (x + step, y))


def _targets(trim: Box, content: Box) -> Iterator[Path]:
    away, half = _GAP + LENGTH_MM / 2, LENGTH_MM / 2
    middle_x, middle_y = (trim.left + trim.right) / 2, (trim.top + trim.bottom) / 2
    for x, y in (
        (middle_x, content.top - away),
        (middle_x, content.bottom + away),
        (content.left - away, middle_y),
        (content.right + away, middle_y),
    ):
        yield Path((Arc(x, y, _RADIUS),), closed=True)
        yield polyline((x - half, y), (x + half, y))
        yield polyline((x, y - half), (x, y + half))


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
