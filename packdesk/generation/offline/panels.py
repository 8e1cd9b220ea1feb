"""Paints a panel: the pattern, then the label of that panel."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF

from packdesk.domain.panels import panel_sizes
from packdesk.generation.offline.bands import paint_band
from packdesk.generation.offline.canvas import Canvas
from packdesk.generation.offline.carrying import LONG, is_long
from packdesk.generation.offline.families import FAMILIES
from packdesk.generation.offline.labels import (
    CONTENTS,
    STORY,
    paint_backprint,
    paint_base,
    paint_lockup,
    paint_medallion,
)
from packdesk.generation.offline.lettering import ensure_typefaces, settable
from packdesk.generation.offline.patterns import PatternKey, patterns
from packdesk.generation.offline.plates import OVAL, LabelPlate, text_shape
from packdesk.generation.offline.rooms import paint_rooms
from packdesk.generation.offline.style import Style, read_prompt, seeded_random
from packdesk.generation.offline.telling import tell_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.request import PanelRequest

_USUAL_EDGE = 100.0
_MOST_MOTIF_AREA = 90_000.0
_TRIED_DPI = 40.0


class Painted(NamedTuple):
    """What came of painting: the PNG, sentences about it, and whether a barcode is on it."""

    png: bytes
    notes: tuple[str, ...]
    bars: bool


class TriedLabel(NamedTuple):
    """What would come of painting: sentences about it, and pixels of its narrowest bar; 0 without bars."""

    notes: tuple[str, ...]
    module_px: float


def paint_panel(request: PanelRequest, cancelled: Callable[[], bool] | None = None) -> bytes:
    """Paint one panel and return it as PNG of exactly the request's pixel size.

    Raises: as `paint_and_tell`.
    """
    return paint_and_tell(request, cancelled).png


def paint_and_tell(request: PanelRequest, cancelled: Callable[[], bool] | None = None) -> Painted:
    """As `paint_panel`, with sentences about words that are not on the panel as they were said.

    Raises:
        PaintingStoppedError: it was cancelled meanwhile.
        DisplayError: there is no QGuiApplication.
        GenerationFailedError: no memory, or the typefaces are missing.
    """
    ensure_typefaces()
    style = read_prompt(request.prompt, request.seed, request.words, settable)
    canvas = _patterned(request, style, cancelled)
    _letter(canvas, request, style)
    return Painted(canvas.png(), tuple(canvas.notes), canvas.bars)


def label_tried(request: PanelRequest) -> TriedLabel:
    """What `paint_and_tell` would say of a panel, without its pattern and its PNG: in a few milliseconds.

    Lettering is measured in millimetres, so that few pixels tell the same; bars fill whole pixels.

    Raises: as `paint_and_tell`.
    """
    ensure_typefaces()
    barred = request.words is None or request.words.barcode
    coarse = request if barred else request.model_copy(update={"dpi": _TRIED_DPI})
    style = read_prompt(request.prompt, request.seed, request.words, settable)
    canvas = _canvas(coarse, style, motif_unit(request))
    _letter(canvas, coarse, style)
    module_px = canvas.module * canvas.pixels_per_mm
    return TriedLabel(tuple(canvas.notes), round(module_px, 3))


def _letter(canvas: Canvas, request: PanelRequest, style: Style) -> None:
    """The label over the pattern, and what is to be said of it."""
    with canvas:
        if request.room:
            paint_rooms(canvas, style, request.room)
        else:
            _label_painter(request)(canvas, style)
    if not request.room:  # else the user letters it
        tell_words(canvas, style)


def _patterned(request: PanelRequest, style: Style, cancelled: Callable[[], bool] | None) -> Canvas:
    """The panel with nothing but its pattern, which is painted unless it was lately."""
    unit = motif_unit(request)
    canvas = _canvas(request, style, unit, cancelled)
    key = PatternKey.of(request, style, unit)
    kept = patterns.get(key)
    if kept is not None:
        canvas.image = kept
        return canvas
    with canvas:
        FAMILIES[style.family](canvas, style, seeded_random(style.seed, request.panel_id))
        canvas.check()
    patterns.keep(key, canvas.image)
    return canvas


def _canvas(
    request: PanelRequest, style: Style, unit: float, cancelled: Callable[[], bool] | None = None
) -> Canvas:
    return Canvas(
        (request.size.width, request.size.height),
        request.pixel_size(),
        ground=style.palette.ground,
        unit=unit,
        wraps=request.panel_id == "body",
        panel_id=request.panel_id,
        cancelled=cancelled,
    )


def motif_unit(request: PanelRequest) -> float:
    """How much motifs are enlarged. All panels of a package agree, and no panel holds too many motifs."""
    sizes = panel_sizes(request.package_type, request.package_dimensions).values()
    width, height, depth = request.package_dimensions.as_tuple()
    largest = max(request.size.width * request.size.height, *(size.width * size.height for size in sizes))
    usual = math.sqrt((width * height * depth) ** (1 / 3) / _USUAL_EDGE)
    return max(usual, math.sqrt(largest / _MOST_MOTIF_AREA))


def _label_painter(request: PanelRequest) -> Callable[[Canvas, Style], None]:
    if request.package_type == "cylinder":
        return {"top": _lid, "bottom": _round_base}.get(request.panel_id, _body)
    if request.panel_id != "bottom" and is_long(request):
        return partial(_side, turn=-90, share=0.6, whole=request.panel_id == "front")
    if request.panel_id in {"left", "right"}:
        return partial(_side, turn=-90 if request.panel_id == "left" else 90)
    return {"back": _back, "top": _lid, "bottom": _base}.get(request.panel_id, _front)


def _front(canvas: Canvas, style: Style) -> None:
    paint_lockup(canvas, style, _front_rect(canvas, style))


def _front_rect(canvas: Canvas, style: Style) -> QRectF:
    width, height = canvas.width * 0.7, canvas.height * 0.68
    if canvas.height < canvas.width * 0.8:
        width, height = min(width, canvas.height * 1.2), canvas.height * 0.8
    elif style.family == "botanical":
        width = canvas.width * 0.78
        height = min(canvas.height * 0.86, width * 1.25)
    return _centred(canvas.area.center(), width, min(height, width * 1.6))


def _centred(middle: QPointF, width: float, height: float) -> QRectF:
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)


def _back(canvas: Canvas, style: Style) -> None:
    width, height = canvas.width * 0.8, canvas.height * 0.84
    rect = _centred(canvas.area.center(), min(width, height * 1.3), min(height, width * 1.9))
    paint_backprint(canvas, style, rect)


def _side(canvas: Canvas, style: Style, turn: int, share: float = 0.42, *, whole: bool = False) -> None:
    """A band along the longer side of the panel; where that is the width, the lettering stays level."""
    middle = canvas.area.center()
    if canvas.width > canvas.height * 1.15:
        paint_band(canvas, style, _centred(middle, canvas.width, canvas.height * share), 0, whole=whole)
    else:
        paint_band(canvas, style, _centred(middle, canvas.width * share, canvas.height), turn, whole=whole)


def _lid(canvas: Canvas, style: Style) -> None:
    paint_medallion(canvas, style, canvas.area.center(), min(canvas.width, canvas.height) * 0.72)


def _base(canvas: Canvas, style: Style) -> None:
    height = canvas.height * 0.82
    rect = _centred(canvas.area.center(), min(canvas.width * 0.86, height * 1.9), height)
    paint_base(canvas, style, LabelPlate(text_shape(style.family), rect))


def _round_base(canvas: Canvas, style: Style) -> None:
    diameter = min(canvas.width, canvas.height) * 0.78
    paint_base(canvas, style, LabelPlate(OVAL, _centred(canvas.area.center(), diameter, diameter)))


def _body(canvas: Canvas, style: Style) -> None:
    """Front label in the middle, text plates a third of a turn to both sides, nothing over the seam."""
    width = min(canvas.width * 0.3, canvas.height * 0.72)
    middle = canvas.area.center()
    if canvas.height > width * 2 * LONG:
        paint_band(canvas, style, _centred(middle, width * 0.8, canvas.height), -90, whole=True)
        return
    height = min(canvas.height * 0.78, width * 1.6)
    paint_lockup(canvas, style, _centred(middle, width, height))
    aside, text_width = canvas.width * 0.32, min(canvas.width * 0.21, width * 0.9)
    text_height = min(height, text_width * 1.5)
    for direction, content in ((-1, STORY), (1, CONTENTS)):
        spot = QPointF(middle.x() + direction * aside, middle.y())
        paint_backprint(canvas, style, _centred(spot, text_width, text_height), content)
