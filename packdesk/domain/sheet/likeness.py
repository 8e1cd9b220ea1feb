"""How well a picture of a sheet agrees with a blank: edges where its lines are, and print where board is.

Artwork ends at the lines, or with its bleed; what is printed is the whole board, or the panels alone. Each is
looked at, and the better one counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from packdesk.domain.affine import Affine
from packdesk.domain.curves import Arc, split
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.values import LineType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from packdesk.domain.curves import Curve
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.placement import SheetPlacement

    Numbers = npt.NDArray[np.float64]
    Picture = npt.NDArray[np.uint8]

_STEP_MM = 1.0
_BESIDE_MM = 1.5
"""Between a line and the end of the bleed beside it."""
_ON_EDGE_MM = 0.6
_DRAWN_EDGE = 12.0
"""Of 255: a pale line differs so much from what is beside it."""
_CELLS = 100
"""Places of the blank that are looked at along its longer side."""


class Edges(NamedTuple):
    """(n, 2) places where a picture may change, and unit vectors across the line there."""

    on: Numbers
    normals: Numbers


class Ground(NamedTuple):
    """(n, 2) places that are printed, and places around them, within the blank's rectangle."""

    inside: Numbers
    outside: Numbers


@dataclass(frozen=True)
class BlankLines:
    """A blank as places.

    Attributes:
        drawn: points of cuts and creases.
        edges: where artwork may end: at the lines, and with its bleed.
        grounds: what may be printed: the board, and the panels alone.
    """

    drawn: Edges
    edges: tuple[Edges, ...]
    grounds: tuple[Ground, ...]


def blank_lines(dieline: Dieline) -> BlankLines:
    """Places to look at."""
    drawn = _edges(dieline, LineType.CUT, LineType.CREASE)
    edges = [drawn]
    if dieline.options.bleed > 0:
        owners = _owners(drawn.on, dieline)
        ends = _edges(dieline, LineType.BLEED)
        kept = owners != 1  # between two panels neither has a bleed, and what no panel has is a flap's
        both = (np.concatenate([one[kept], other]) for one, other in zip(drawn, ends, strict=True))
        edges.append(Edges(*both))
    return BlankLines(drawn, tuple(edges), _grounds(dieline))


def _edges(dieline: Dieline, *kinds: LineType) -> Edges:
    points: list[tuple[float, float]] = []
    normals: list[tuple[float, float]] = []
    for kind in kinds:
        for path in dieline.of_kind(kind):
            for curve in path.curves:
                _along(curve, points, normals)
    return Edges(np.array(points).reshape(-1, 2), np.array(normals).reshape(-1, 2))


def _owners(points: Numbers, dieline: Dieline) -> npt.NDArray[np.int64]:
    """Of how many panels each point lies on the edge."""
    owners = np.zeros(len(points), np.int64)
    for panel in dieline.panels:
        wide, high = panel.sheet_size
        x, y = points[:, 0] - panel.x - wide / 2, points[:, 1] - panel.y - high / 2
        if panel.shape == "rectangle":
            beyond = np.maximum(np.abs(x) - wide / 2, np.abs(y) - high / 2)
        else:
            beyond = np.hypot(x, y) - wide / 2
        owners += np.abs(beyond) < _ON_EDGE_MM
    return owners


def _along(curve: Curve, points: list[tuple[float, float]], normals: list[tuple[float, float]]) -> None:
    pieces = split(curve, 10) if isinstance(curve, Arc) else [curve]
    for piece in pieces:
        start, end = piece.start, piece.end
        length = math.dist(start, end)
        if length < 1e-6:
            continue
        across = (end[1] - start[1]) / length, -(end[0] - start[0]) / length
        count = max(1, int(length / _STEP_MM))
        for number in range(count):
            share = (number + 0.5) / count
            points.append((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
            normals.append(across)


def _grounds(dieline: Dieline) -> tuple[Ground, ...]:
    step = max(dieline.width, dieline.height) / _CELLS
    across = np.arange(step / 2, dieline.width, step)
    down = np.arange(step / 2, dieline.height, step)
    cells = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    board = [path.curves for path in dieline.of_kind(LineType.CUT)]
    panels = [panel.artwork.curves for panel in dieline.panels]
    return tuple(_ground(cells, outlines) for outlines in (board, panels))


def _ground(cells: Numbers, outlines: Iterable[Sequence[Curve]]) -> Ground:
    within = np.zeros(len(cells), dtype=bool)
    for curves in outlines:
        within |= _in_polygon(cells, np.array(flattened(curves)))
    return Ground(cells[within], cells[~within])


def _in_polygon(points: Numbers, corners: Numbers) -> npt.NDArray[np.bool_]:
    """By the number of edges a ray to the right meets."""
    inside = np.zeros(len(points), dtype=bool)
    x, y = points[:, 0], points[:, 1]
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y1 == y2:
            continue
        meets = (y1 > y) != (y2 > y)
        inside ^= meets & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return inside


def _scale(to_pixels: Affine) -> float:
    return math.sqrt(abs(to_pixels.a * to_pixels.d - to_pixels.b * to_pixels.c))


class SheetLook:
    """A small picture of a sheet, ready to be compared.

    Args:
        picture: (rows, columns, 4) red, green, blue and opacity, 0 to 255.
        width: of the sheet in millimetres.
        height: likewise.
    """

    def __init__(self, picture: Picture, width: float, height: float) -> None:
        rows, columns = picture.shape[:2]
        self._to_pixels = Affine.scaling(columns / width, rows / height).then(Affine.shift(-0.5, -0.5))
        opacity = picture[..., 3:].astype(np.float32) / np.float32(255)
        colours = picture[..., :3].astype(np.float32) * opacity + np.float32(255) * (1 - opacity)
        self.ink = self._ink(colours, opacity[..., 0])
        self.edges = self._differences(colours)
        self._typical = float(self.edges.mean()) + 1e-6

    @staticmethod
    def _ink(colours: npt.NDArray[np.float32], opacity: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """1 where something is printed: opaque, and of another colour than the corners.

        Where panels reach into some of them, that is the palest.
        """
        corners = np.stack([colours[0, 0], colours[0, -1], colours[-1, 0], colours[-1, -1]])
        alike = float(np.ptp(corners, axis=0).max()) <= _DRAWN_EDGE
        ground = np.median(corners, axis=0) if alike else corners[corners.sum(axis=1).argmax()]
        apart = np.abs(colours - ground).max(axis=2)
        ink: npt.NDArray[np.float32] = ((apart > 12) & (opacity > 0.02)).astype(np.float32)
        return ink

    @staticmethod
    def _differences(colours: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        down = np.zeros(colours.shape[:2], np.float32)
        across = np.zeros(colours.shape[:2], np.float32)
        down[1:-1] = np.abs(colours[2:] - colours[:-2]).max(axis=2)
        across[:, 1:-1] = np.abs(colours[:, 2:] - colours[:, :-2]).max(axis=2)
        return np.maximum(down, across)

    def likeness(self, lines: BlankLines, placement: SheetPlacement) -> float:
        """How well a placement agrees, about 0 for one that does not at all; 1 is much."""
        to_pixels = self._from_blank(placement)
        edges = max(self._standing_out(one, to_pixels) for one in lines.edges)
        return edges + max(self._printed(one, to_pixels) for one in lines.grounds)

    def _standing_out(self, edges: Edges, to_pixels: Affine) -> float:
        """How much more the picture changes there than beside it."""
        if not len(edges.on):
            return 0.0
        on = self._strongest(edges, to_pixels)
        away = _BESIDE_MM * edges.normals
        beside = (
            self._seen(self.edges, edges.on + away, to_pixels)
            + self._seen(self.edges, edges.on - away, to_pixels)
        ) / 2
        return float((on - beside).mean()) / (self._typical + 20)

    def _printed(self, ground: Ground, to_pixels: Affine) -> float:
        """How much more is printed there than around it."""
        inside, around = (
            float(self._seen(self.ink, places, to_pixels).mean()) if len(places) else 0.0 for places in ground
        )
        return inside - around

    def _from_blank(self, placement: SheetPlacement) -> Affine:
        return placement.on_blank().inverse().then(self._to_pixels)

    def pixels_per_mm(self, placement: SheetPlacement) -> float:
        """Of the blank, where a placement puts it."""
        return _scale(self._from_blank(placement))

    def met_share(self, lines: BlankLines, placement: SheetPlacement) -> float:
        """The share of the blank's lines that something is drawn on."""
        to_pixels = self._from_blank(placement)
        return float((self._strongest(lines.drawn, to_pixels) > _DRAWN_EDGE).mean())

    def met_edges(self, lines: BlankLines, placement: SheetPlacement) -> float:
        """Mean strength of the edges on the lines."""
        to_pixels = self._from_blank(placement)
        return float(self._seen(self.edges, lines.drawn.on, to_pixels).mean())

    def _strongest(self, edges: Edges, to_pixels: Affine) -> Numbers:
        reach = 0.7 / _scale(to_pixels)  # of a pixel
        tried = [
            self._seen(self.edges, edges.on + away * reach * edges.normals, to_pixels) for away in (-1, 0, 1)
        ]
        strongest: Numbers = np.maximum.reduce(tried)
        return strongest

    @staticmethod
    def _seen(values: npt.NDArray[np.float32], points: Numbers, to_pixels: Affine) -> Numbers:
        a, b, c, d, e, f = to_pixels
        columns = np.rint(a * points[:, 0] + c * points[:, 1] + e).astype(np.int64)
        rows = np.rint(b * points[:, 0] + d * points[:, 1] + f).astype(np.int64)
        within = (columns >= 0) & (rows >= 0) & (columns < values.shape[1]) & (rows < values.shape[0])
        seen = np.zeros(len(points))
        seen[within] = values[rows[within], columns[within]]
        return seen

    def printed_part(self) -> tuple[float, float, float, float] | None:
        """The rectangle around all print, in millimetres of the sheet; None where all of it is printed."""
        columns, rows = np.flatnonzero(self.ink.any(axis=0)), np.flatnonzero(self.ink.any(axis=1))
        if not len(columns):
            return None
        back = self._to_pixels.inverse()
        left, top = back.point(columns[0] - 0.5, rows[0] - 0.5)
        right, bottom = back.point(columns[-1] + 0.5, rows[-1] + 0.5)
        whole = len(columns) == self.ink.shape[1] and len(rows) == self.ink.shape[0]
        return None if whole else (left, top, right, bottom)
