"""What is too small to print in the drawings panels came from, PDF and SVG files kept beside them. Blocks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from packdesk.domain.affine import Affine
from packdesk.domain.panels import panel_sizes
from packdesk.domain.preflight.findings import DrawnMarks
from packdesk.domain.preflight.object_rules import LEAST_LINE_MM, LEAST_POINTS
from packdesk.domain.units import MM_PER_POINT
from packdesk.textures.changing import pixels_of
from packdesk.textures.foreign.decoding import thin_marks_apart
from packdesk.textures.kinds import DRAWINGS, kind_of

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.preflight.findings import Spot
    from packdesk.domain.state import PackagingState
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.notes import Origin

    Marks = list[tuple[str, float, float, float]]

_AROUND_MM = 4.0
_NEARLY = 0.999


class MarkFinder:
    """Remembers the drawings it has looked through.

    Args:
        library: has them.
    """

    def __init__(self, library: TextureLibrary) -> None:
        self._library = library
        self._seen: dict[str, Marks] = {}

    def find(self, state: PackagingState) -> dict[str, DrawnMarks]:
        """By panel, of those that came from a drawing."""
        sizes = panel_sizes(state.package_type, state.package_dimensions)
        found = {}
        for panel_id, url in state.texture_urls().items():
            origin = self._library.origin(url)
            if origin is not None and panel_id in sizes and (marks := self._marks(origin.source)):
                found[panel_id] = _on_panel(marks, self._place(origin, sizes[panel_id]), sizes[panel_id])
        return found

    def _marks(self, source: str) -> Marks:
        if source not in self._seen:
            drawing = self._library.drawing(source)
            kind = kind_of(drawing) if drawing else ""
            self._seen[source] = thin_marks_apart(kind, drawing) if kind in DRAWINGS else []
        return self._seen[source]

    def _place(self, origin: Origin, size: FlatSize) -> Affine:
        """From millimetres on the panel to shares of the drawing."""
        if origin.piece is not None:
            return origin.piece.value().shown(size, origin.turns)
        width, height = pixels_of(self._library.read(origin.source))
        if origin.turns % 2:
            width, height = height, width
        fit = (min if origin.fit == "fit" else max)(size.width / width, size.height / height)
        shown = Affine.shift(-size.width / 2, -size.height / 2).then(
            Affine.scaling(1 / (fit * width), 1 / (fit * height))
        )
        return shown.then(Affine.turning(-origin.turns)).then(Affine.shift(0.5, 0.5))


def _on_panel(marks: Marks, to_drawing: Affine, size: FlatSize) -> DrawnMarks:
    """The smallest of each kind within a panel, at its size there."""
    on_panel = to_drawing.inverse()
    width = math.hypot(on_panel.a, on_panel.b)  # of all of the drawing, in millimetres
    least: dict[str, tuple[float, Spot]] = {}
    for kind, share, x, y in marks:
        at, length = on_panel.point(x, y), share * width
        if not (0 <= at[0] <= size.width and 0 <= at[1] <= size.height):
            continue
        if kind not in least or length < least[kind][0]:
            least[kind] = length, _around(at, size)
    line, line_at = least.get("line", (LEAST_LINE_MM, None))
    words, words_at = least.get("words", (LEAST_POINTS * MM_PER_POINT, None))
    thin, small = line < _NEARLY * LEAST_LINE_MM, words < _NEARLY * LEAST_POINTS * MM_PER_POINT
    return DrawnMarks(
        line if thin else None,
        line_at if thin else None,
        words / MM_PER_POINT if small else None,
        words_at if small else None,
        *(least[kind][1] if kind in least else None for kind in ("linked", "lost")),
    )


def _around(at: tuple[float, float], size: FlatSize) -> Spot:
    across, down = at[0] / size.width, at[1] / size.height
    wide, high = _AROUND_MM / size.width, _AROUND_MM / size.height
    return max(0.0, across - wide), max(0.0, down - high), min(1.0, across + wide), min(1.0, down + high)
