"""Dimension lines: two extension lines, a line with arrowheads, and the length in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from packdesk.domain.dieline.values import LineType
from packdesk.export.flat.drawing import CAP_HEIGHT, LABELS, Layer, Stroke, Text, polyline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packdesk.domain.curves import Path, Point2
    from packdesk.domain.dieline.values import Measure
    from packdesk.export.flat.styles import LineStyle

TEXT_MM = 3.0
_GAP = 0.9
"""Between a line and its words, in millimetres."""
_OVERSHOOT = 1.5
"""How far extension lines run past the dimension line."""
_HEAD, _HEAD_DEGREES = 2.2, 12.0


def measure_layer(measures: Iterable[Measure], style: LineStyle) -> Layer:
    """All dimension lines of a dieline."""
    measures = tuple(measures)
    strokes = tuple(Stroke(path, style) for measure in measures for path in _lines(measure))
    texts = tuple(_words(measure, style) for measure in measures)
    kind = LineType.DIMENSION
    return Layer(kind.value, LABELS[kind], strokes, texts, kind)


def length_text(millimetres: float) -> str:
    """A length to a hundredth of a millimetre, without noughts at its end."""
    return f"{millimetres:.2f}".rstrip("0").rstrip(".")


def _shifted(point: Point2, degrees: float, length: float) -> Point2:
    angle = math.radians(degrees)
    return point[0] + length * math.cos(angle), point[1] + length * math.sin(angle)


def _heading(measure: Measure) -> float:
    (x1, y1), (x2, y2) = measure.start, measure.end
    return math.degrees(math.atan2(y2 - y1, x2 - x1))


def _outwards(measure: Measure) -> float:
    """The direction from what is measured to the dimension line."""
    return _heading(measure) - math.copysign(90, measure.offset)


def _lines(measure: Measure) -> Iterator[Path]:
    heading, outwards, reach = _heading(measure), _outwards(measure), abs(measure.offset)
    ends = [_shifted(point, outwards, reach) for point in (measure.start, measure.end)]
    yield polyline(*ends)
    for point in (measure.start, measure.end):
        yield polyline(
            _shifted(point, outwards, min(1.0, reach / 2)), _shifted(point, outwards, reach + _OVERSHOOT)
        )
    length = math.dist(*ends)
    inside = length > 3 * _HEAD
    for end, back in zip(ends, (heading, heading + 180) if inside else (heading + 180, heading), strict=True):
        sides = (_shifted(end, back + turn, _HEAD) for turn in (-_HEAD_DEGREES, _HEAD_DEGREES))
        first, second = sides
        yield polyline(first, end, second)


def _words(measure: Measure, style: LineStyle) -> Text:
    heading, outwards = _heading(measure), _outwards(measure)
    angle = (heading + 90) % 180 - 90  # read from below or from the right
    (x1, y1), (x2, y2) = measure.start, measure.end
    middle = _shifted(((x1 + x2) / 2, (y1 + y2) / 2), outwards, abs(measure.offset))
    above = math.cos(math.radians(outwards - angle + 90)) > 0
    x, y = _shifted(middle, outwards, _GAP if above else _GAP + CAP_HEIGHT * TEXT_MM)
    words = Text(length_text(measure.length), x, y, TEXT_MM, style, angle, "middle")
    if words.room < math.dist(measure.start, measure.end) - 1:
        return words
    # No room between the extension lines: beyond the end that lies ahead as it is read.
    ahead = math.dist(measure.start, measure.end) / 2 + _HEAD + _GAP
    x, y = _shifted((x, y), angle, ahead)
    return Text(words.words, x, y, TEXT_MM, style, angle)
