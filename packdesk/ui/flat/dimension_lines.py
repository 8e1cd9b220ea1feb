"""The dimension lines of a dieline, drawn beside the blank in rows of a few pixels each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath

from packdesk.ui.flat.camera import Margins, fitting
from packdesk.ui.flat.draft import UPRIGHT, UPWARDS, font_of, see_through, text_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.dieline.values import Dieline, Measure
    from packdesk.ui.flat.draft import Draft

_MARGIN_PX = 16.0  # around all of it
_ROW_PX = 19.0  # from the blank's edge to the first row, and from row to row
_GAP_PX = 5.0  # from the blank's edge to the extension line
_BEYOND_PX = 4.0  # from the line to the extension line's end
_ARROW_PX = (7.0, 2.4)
_LEADER_PX = 6.0  # from the line's end to a length that finds no room on it
_TICK_PX = 3.5
_TEXT_PX = 12
_TEXT_PAD_PX = 5.0
_LEAST_BLANK_PX = 60.0  # its longer side; where the measures leave it less, they are left out


def margins_for(dieline: Dieline, frame: tuple[float, float]) -> Margins:
    """The room the blank and its measures need around it; in a small frame there are none."""
    measured = _measured_margins(dieline)
    return measured if _fits(dieline, frame, measured) else Margins(*[_MARGIN_PX] * 4)


def draw_measures(
    draft: Draft,
    dieline: Dieline,
    frame: tuple[float, float],
    text_of: Callable[[float], str],
    covered: QRectF | None = None,
) -> None:
    """Draw every measure, where the frame has room for them; lengths are written by `text_of`.

    None of them is written where something lies over the sheet (`covered`, in pixels).
    """
    if not _fits(dieline, frame, _measured_margins(dieline)):
        return
    drawings: list[_Drawing] = []
    for rows in _rows(dieline):
        for measure, row in rows.items():
            # Where the next one of its row begins there is no room to write.
            free = not any(other.start == measure.end and rows[other] == row for other in rows)
            text = text_of(measure.length)
            drawings.append(_Drawing(draft, measure, row * _ROW_PX, text, text_last=free))
    for drawing in drawings:
        drawing.draw_lines()
    written: list[QRectF] = []
    for drawing in drawings:  # no line goes through a length, and no length through another one
        drawing.write(written, covered or QRectF())


def _measured_margins(dieline: Dieline) -> Margins:
    above, beside = (max(rows.values(), default=0) * _ROW_PX for rows in _rows(dieline))
    sides = _MARGIN_PX, beside + _MARGIN_PX
    left, right = reversed(sides) if any(map(_is_leftwards, dieline.measures)) else sides
    return Margins(left=left, top=above + _MARGIN_PX, right=right, bottom=_MARGIN_PX)


def _is_leftwards(measure: Measure) -> bool:
    """Whether it stands to the left of the blank: that of an inside, which is turned over."""
    return measure.end[1] < measure.start[1]


def _fits(dieline: Dieline, frame: tuple[float, float], margins: Margins) -> bool:
    scale = fitting((dieline.width, dieline.height), frame, margins).scale
    return scale * max(dieline.width, dieline.height) >= _LEAST_BLANK_PX


def _rows(dieline: Dieline) -> tuple[dict[Measure, int], dict[Measure, int]]:
    """The measures above the blank and those beside it, each with its row: 1 is the nearest."""
    above = [one for one in dieline.measures if one.start[1] == one.end[1]]
    beside = [one for one in dieline.measures if one.start[1] != one.end[1]]
    return _numbered(above), _numbered(beside)


def _numbered(measures: list[Measure]) -> dict[Measure, int]:
    offsets = sorted({one.offset for one in measures})
    return {one: offsets.index(one.offset) + 1 for one in measures}


class _Drawing:
    """One measure in pixels: `start` and `end` of the line, and the unit step along and away from it."""

    def __init__(
        self, draft: Draft, measure: Measure, distance: float, text: str, *, text_last: bool
    ) -> None:
        self._draft = draft
        self._text = text
        upright = measure.start[0] == measure.end[0]
        leftwards = upright and _is_leftwards(measure)
        ends = (measure.end, measure.start) if leftwards else (measure.start, measure.end)
        self._measured = draft.point(*ends[0]), draft.point(*ends[1])
        self._turn = UPWARDS if upright else UPRIGHT
        self._along = QPointF(0, 1) if upright else QPointF(1, 0)
        self._away = QPointF(-1 if leftwards else 1, 0) if upright else QPointF(0, -1)
        self._start, self._end = (point + self._away * distance for point in self._measured)
        self._room = QPointF.dotProduct(self._end - self._start, self._along)
        self._middle = (self._start + self._end) / 2
        self._half_text = text_size(text, font_of(_TEXT_PX))[0] / 2 + _TEXT_PAD_PX
        self._outwards: QPointF | None = None
        if self._room < 2 * self._half_text:
            self._outwards = self._along if text_last else -self._along
            tip = self._end if text_last else self._start
            self._middle = tip + self._outwards * (_LEADER_PX + self._half_text)

    def draw_lines(self) -> None:
        """Draw extension lines, and the line with its arrows, or its ticks where these find no room."""
        start, end = QPointF(self._start), QPointF(self._end)
        if self._outwards == self._along:
            end += self._along * _LEADER_PX
        elif self._outwards is not None:
            start -= self._along * _LEADER_PX
        self._line(start, end)
        arrows = self._room >= 2 * (_ARROW_PX[0] + (2 if self._outwards else self._half_text + 2))
        for tip, inwards in ((self._start, self._along), (self._end, -self._along)):
            if arrows:
                self._arrow(tip, inwards)
            else:
                slant = (self._along + self._away) * _TICK_PX
                self._line(tip - slant, tip + slant)
        for measured, tip in zip(self._measured, (self._start, self._end), strict=True):
            self._line(measured + self._away * _GAP_PX, tip + self._away * _BEYOND_PX, faint=True)

    def write(self, written: list[QRectF], covered: QRectF) -> None:
        """Write the length on bare ground: all of it inside the frame, as long as any of its line is.

        Args:
            written: where lengths stand already; one that finds no room beside them is left out.
            covered: something lies over the sheet there.
        """
        font = font_of(_TEXT_PX)
        width, height = 2 * self._half_text - _TEXT_PAD_PX, text_size(self._text, font)[1] - 2
        box = QRectF(0, 0, *((height, width) if self._turn == UPWARDS else (width, height)))
        box.moveCenter(self._middle)
        if not box.united(QRectF(self._start, self._end)).intersects(self._draft.frame):
            return
        self._slide(box)
        if self._turn != UPWARDS and box.intersects(covered):
            box.moveLeft(covered.right() + _TEXT_PAD_PX)
        if any(box.intersects(other) for other in (*written, covered)):
            return
        written.append(box)
        self._draft.painter.fillRect(box, QColor(self._draft.theme.window))
        self._draft.write(self._text, box.center(), font, QColor(self._draft.theme.text), self._turn)

    def _slide(self, box: QRectF) -> None:
        """Move a box along the line until the frame holds it."""
        frame = self._draft.frame
        if self._turn == UPWARDS:
            box.moveTop(max(frame.top(), min(box.top(), frame.bottom() - box.height())))
        else:
            box.moveLeft(max(frame.left(), min(box.left(), frame.right() - box.width())))

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
