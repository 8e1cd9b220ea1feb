"""Dimension lines: which lengths are shown beside the sheet, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath

from packdesk.ui.flat.camera import Margins
from packdesk.ui.flat.draft import UPRIGHT, UPWARDS, font_of, see_through, text_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.flat_layout import FlatLayout
    from packdesk.ui.flat.draft import Draft

MARGINS = Margins(left=60, top=52, right=32, bottom=36)
TUBE_MARGINS = Margins(left=60, top=52, right=32, bottom=52)
"""Room around the sheet for measures and names; a tube is measured below too."""

_AWAY_PX = 28.0  # from the sheet's edge to the line
_GAP_PX = 5.0  # from the sheet's edge to the extension line
_BEYOND_PX = 4.0  # from the line to the extension line's end
_ARROW_PX = (7.0, 2.4)
_LEADER_PX = 6.0  # from the line's end to a length that finds no room on it
_TICK_PX = 3.5
_TEXT_PX = 12
_TEXT_PAD_PX = 5.0


@dataclass(frozen=True)
class Measure:
    """One length beside the sheet, in millimetres.

    Attributes:
        length: what is written.
        start: the left or upper end of what is measured: where its extension line begins.
        end: the other end.
        side: `above` or `below` for a level line, `left` for an upright one.
        level: the y (of an upright line the x) from which the line keeps its distance.
        text_last: whether a length that finds no room on the line stands at its end, else at its start.
    """

    length: float
    start: tuple[float, float]
    end: tuple[float, float]
    side: str
    level: float
    text_last: bool = True


def margins_for(layout: FlatLayout) -> Margins:
    """The room the measures and names of a sheet need."""
    return TUBE_MARGINS if _is_tube(layout) else MARGINS


def measures(layout: FlatLayout) -> tuple[Measure, ...]:
    """Width, height and depth of a box; diameter, height and circumference of a cylinder."""
    top = layout.panel("top")
    if _is_tube(layout):
        body, widest = layout.panel("body"), top.centre[1]
        low = body.y + body.height
        return (
            Measure(top.width, (top.x, widest), (top.x + top.width, widest), "above", top.y),
            Measure(body.height, (body.x, body.y), (body.x, low), "left", body.x),
            Measure(body.width, (body.x, low), (body.x + body.width, low), "below", layout.height),
        )
    left = layout.panel("left")
    return (
        Measure(top.width, (top.x, top.y), (top.x + top.width, top.y), "above", top.y),
        Measure(left.height, (left.x, left.y), (left.x, left.y + left.height), "left", left.x),
        # At its end the edge of the top is its extension line.
        Measure(left.width, (left.x, left.y), (top.x, top.y), "above", left.y, text_last=False),
    )


def _is_tube(layout: FlatLayout) -> bool:
    return layout.panels[0].panel_id == "body"


def draw_measures(draft: Draft, layout: FlatLayout, text_of: Callable[[float], str]) -> None:
    """Draw every measure of the sheet; lengths are written by `text_of`."""
    for measure in measures(layout):
        _Drawing(draft, measure).draw(text_of(measure.length))


class _Drawing:
    """One measure in pixels: `start` and `end` of the line, and the unit step along and away from it."""

    def __init__(self, draft: Draft, measure: Measure) -> None:
        self._draft = draft
        self._text_last = measure.text_last
        upright = measure.side == "left"
        self._turn = UPWARDS if upright else UPRIGHT
        self._along = QPointF(0, 1) if upright else QPointF(1, 0)
        away = -1.0 if measure.side in {"left", "above"} else 1.0
        self._away = QPointF(away, 0) if upright else QPointF(0, away)
        self._measured = draft.point(*measure.start), draft.point(*measure.end)
        base = draft.point(measure.level, measure.level) + self._away * _AWAY_PX
        start, end = self._measured
        self._start = QPointF(base.x(), start.y()) if upright else QPointF(start.x(), base.y())
        self._end = QPointF(base.x(), end.y()) if upright else QPointF(end.x(), base.y())

    def draw(self, text: str) -> None:
        """Draw extension lines, the line with its arrows, and the length."""
        font = font_of(_TEXT_PX)
        half_text = text_size(text, font)[0] / 2 + _TEXT_PAD_PX
        room = QPointF.dotProduct(self._end - self._start, self._along)
        middle = (self._start + self._end) / 2
        if room >= 2 * (half_text + _ARROW_PX[0] + 2):
            self._line(self._start, middle - self._along * half_text)
            self._line(middle + self._along * half_text, self._end)
        else:
            middle = self._lead_out(half_text)
        self._ends(room)
        self._extensions()
        self._draft.write(text, middle, font, QColor(self._draft.theme.text), self._turn)

    def _lead_out(self, half_text: float) -> QPointF:
        """Draw the line on to a place for the length beside it."""
        outwards = self._along if self._text_last else -self._along
        tip, other = (self._end, self._start) if self._text_last else (self._start, self._end)
        self._line(other, tip + outwards * _LEADER_PX)
        return tip + outwards * (_LEADER_PX + half_text)

    def _ends(self, room: float) -> None:
        for tip, inwards in ((self._start, self._along), (self._end, -self._along)):
            if room >= 2 * _ARROW_PX[0] + 3:
                self._arrow(tip, inwards)
            else:
                slant = (self._along + self._away) * _TICK_PX
                self._line(tip - slant, tip + slant)

    def _extensions(self) -> None:
        for measured, tip in zip(self._measured, (self._start, self._end), strict=True):
            start, end = measured + self._away * _GAP_PX, tip + self._away * _BEYOND_PX
            if QPointF.dotProduct(end - start, self._away) > 0:
                self._line(start, end, faint=True)

    def _line(self, start: QPointF, end: QPointF, *, faint: bool = False) -> None:
        path = QPainterPath(start)
        path.lineTo(end)
        self._draft.stroke(path, see_through(self._draft.theme.muted, 0.55 if faint else 1.0), 1.0)

    def _arrow(self, tip: QPointF, inwards: QPointF) -> None:
        length, half = _ARROW_PX
        across = QPointF(inwards.y(), inwards.x())
        path = QPainterPath(tip)
        path.lineTo(tip + inwards * length + across * half)
        path.lineTo(tip + inwards * length - across * half)
        path.closeSubpath()
        self._draft.painter.fillPath(path, QColor(self._draft.theme.muted))
