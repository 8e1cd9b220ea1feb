"""The guide layers of a template: lines that are no artwork, names, arrows that point up, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.dieline.values import LineColours
from packdesk.domain.dieline.wrap import rectangle
from packdesk.domain.sheet.template import (
    GUIDE,
    GUIDE_LABEL,
    MARK_MODULES,
    mark_centres,
    module_mm,
    template_page,
)
from packdesk.export.flat.drawing import LABELS, ORDER, Drawing, Layer, Stroke, Text, polyline
from packdesk.export.flat.sheet import Box
from packdesk.export.flat.styles import LineStyle, line_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.domain.curves import Path
    from packdesk.domain.dieline.values import Dieline, PlacedPanel

_NAME_STYLE = LineStyle((120, 120, 120), (0, 0, 0, 0.55))
_MARK_STYLE = LineStyle((0, 0, 0), (0, 0, 0, 1))
_PAPER_STYLE = LineStyle((255, 255, 255), (0, 0, 0, 0))
_NAME_SHARE, _MOST_NAME_MM = 0.12, 8.0  # of the panel's shorter side


def template_drawing(dieline: Dieline) -> Drawing:
    """Everything a template shows, on its page."""
    page = template_page(dieline)
    box = Box(page.left, page.top, page.left + page.width, page.top + page.height)
    return Drawing(box, (*_lines(dieline), _names(dieline), _marks(dieline)))


def _lines(dieline: Dieline) -> Iterator[Layer]:
    for kind in ORDER:
        paths = dieline.of_kind(kind)
        if paths:
            style = line_style(LineColours.PACKDESK, kind)
            strokes = tuple(Stroke(path, style) for path in paths)
            yield Layer(f"{GUIDE}-{kind.value}", f"{LABELS[kind]} {GUIDE_LABEL}", strokes, kind=kind)


def _names(dieline: Dieline) -> Layer:
    """Each panel's name as it reads, and an arrow above it that points to its upper edge."""
    strokes: list[Stroke] = []
    texts: list[Text] = []
    for panel in dieline.panels:
        size = min(_MOST_NAME_MM, _NAME_SHARE * min(panel.width, panel.height))
        x, y = _place(panel, 0, size * 0.9)
        texts.append(Text(panel.panel_id, x, y, size, _NAME_STYLE, panel.rotation, "middle"))
        strokes += [Stroke(path, _NAME_STYLE) for path in _arrow(panel, size)]
    return Layer(f"{GUIDE}-names", f"Names {GUIDE_LABEL}", tuple(strokes), tuple(texts))


def _arrow(panel: PlacedPanel, size: float) -> Iterator[Path]:
    foot, head, wing = -size * 0.3, -size * 2.3, size * 0.6
    yield polyline(_place(panel, 0, foot), _place(panel, 0, head))
    yield polyline(
        _place(panel, -wing, head + wing), _place(panel, 0, head), _place(panel, wing, head + wing)
    )


def _place(panel: PlacedPanel, right: float, down: float) -> tuple[float, float]:
    """A place on the blank, as seen from the middle of the upright panel."""
    width, height = panel.picture_size
    return panel.point(0.5 + right / width, 0.5 + down / height)


def _marks(dieline: Dieline) -> Layer:
    """Three marks as readers of QR codes look for; see `domain.sheet.marks`."""
    module = module_mm(dieline)
    centres = mark_centres(dieline)
    paper = [Stroke(_plate(x, y, module), _PAPER_STYLE) for x, y in centres]
    fills = (*paper, *(Stroke(path, _MARK_STYLE) for x, y in centres for path in _mark(x, y, module)))
    return Layer(f"{GUIDE}-marks", f"Registration {GUIDE_LABEL}", (), fills=fills)


def _plate(x: float, y: float, module: float) -> Path:
    """White under a mark and a module around it: artwork there does not hide it."""
    reach = (MARK_MODULES / 2 + 1) * module
    return rectangle(x - reach, y - reach, x + reach, y + reach)


def _mark(x: float, y: float, module: float) -> Iterator[Path]:
    outer, inner, core = MARK_MODULES / 2 * module, (MARK_MODULES / 2 - 1) * module, 1.5 * module
    yield rectangle(x - outer, y - outer, x + outer, y - inner)
    yield rectangle(x - outer, y + inner, x + outer, y + outer)
    yield rectangle(x - outer, y - inner, x - inner, y + inner)
    yield rectangle(x + inner, y - inner, x + outer, y + inner)
    yield rectangle(x - core, y - core, x + core, y + core)
