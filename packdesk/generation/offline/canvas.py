"""The panel being painted: a QImage in millimetres, with cancellation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from packdesk.errors import GenerationFailedError
from packdesk.textures.encoding import encode_png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    Motif = Callable[[QPainter], None]

_SMOOTH = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
_PNG_QUALITY = 70  # Qt's scale: a fast deflate, a tenth larger than the slowest


class PaintingStoppedError(Exception):
    """The painting was cancelled."""


class Canvas:
    """A panel to paint on while it is open as a context manager.

    Attributes:
        width, height: in millimetres; the origin is the upper left corner.
        unit: how much larger than drawn motifs are painted, the same on all panels of a package.
        wraps: the left edge meets the right edge, so whatever crosses one comes back at the other.
        painter: draws in millimetres.
        panel_id: which panel it is.
        lettering: how high the capitals of the user's words became, in millimetres, by field.
        whole: whether the panel shall carry all the user's words.
        bars: whether a barcode is on it.
        module: width of its narrowest bar in millimetres.
        notes: sentences about what could not be painted as it was said.
    """

    def __init__(
        self,
        size_mm: tuple[float, float],
        size_px: tuple[int, int],
        *,
        ground: QColor,
        unit: float = 1.0,
        wraps: bool = False,
        panel_id: str = "",
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self.width, self.height = size_mm
        self.unit = unit
        self.wraps = wraps
        self.panel_id = panel_id
        self.lettering: dict[str, float] = {}
        self.whole = self.bars = False
        self.module = 0.0
        self.notes: list[str] = []
        self._cancelled = cancelled
        self.image = QImage(*size_px, QImage.Format.Format_RGB32)
        if self.image.isNull():
            raise GenerationFailedError(
                "There is not enough memory for the picture.", "Use a lower resolution."
            )
        self.image.fill(ground)
        self.painter = QPainter()

    def note_lettering(self, heights: Mapping[str, float], *, whole: bool = False) -> None:
        """Note what `draw_stack` returned, and whether all the user's words should have been there."""
        self.whole = self.whole or whole
        for name, height in heights.items():
            self.lettering[name] = min(height, self.lettering.get(name, height))

    def __enter__(self) -> Self:
        self.painter.begin(self.image)
        self.painter.setRenderHints(_SMOOTH)
        self.painter.scale(self.image.width() / self.width, self.image.height() / self.height)
        self.painter.setPen(Qt.PenStyle.NoPen)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.painter.end()

    @property
    def area(self) -> QRectF:
        """The whole panel in millimetres."""
        return QRectF(0, 0, self.width, self.height)

    @property
    def pixels_per_mm(self) -> float:
        """Resolution along the width."""
        return self.image.width() / self.width

    def check(self) -> None:
        """Raise `PaintingStoppedError` if the picture is no longer wanted. Cheap: call it between motifs."""
        if self._cancelled is not None and self._cancelled():
            raise PaintingStoppedError

    def place(
        self, x: float, y: float, motif: Motif, *, size: float = 1.0, turn: float = 0.0, reach: float
    ) -> None:
        """Paint a motif around (x, y), and once more wherever it comes back over the seam.

        Args:
            x: from the left edge to the motif's origin, in millimetres.
            y: from the upper edge, in millimetres.
            motif: draws in its own units around the origin; leaves pen and brush as it likes.
            size: millimetres per unit of the motif.
            turn: degrees clockwise.
            reach: nothing of the motif is farther than this from (x, y), in millimetres.
        """
        self.check()
        if not -reach < y < self.height + reach:
            return
        for copy_x in self._copies(x, reach):
            self.painter.save()
            self.painter.translate(copy_x, y)
            self.painter.rotate(turn)
            self.painter.scale(size, size)
            motif(self.painter)
            self.painter.restore()

    def _copies(self, x: float, reach: float) -> Iterator[float]:
        turns = math.ceil(reach / self.width) if self.wraps else 0
        for turn in range(-turns, turns + 1):
            copy_x = x + turn * self.width
            if -reach < copy_x < self.width + reach:
                yield copy_x

    def pitch(self, wanted: float) -> float:
        """The spacing nearest to the wanted one, in millimetres, that closes the pattern around a seam."""
        return self.width / max(1, round(self.width / wanted)) if self.wraps else wanted

    def columns(self, pitch: float) -> list[tuple[int, float]]:
        """Number and left edge of pattern columns: centred with one to spare on each side, or once around."""
        if self.wraps:
            return [(number, number * pitch) for number in range(max(1, round(self.width / pitch)))]
        return _centred_cells(self.width, pitch)

    def rows(self, pitch: float) -> list[tuple[int, float]]:
        """Number and upper edge of pattern rows, one spare on each side, centred."""
        return _centred_cells(self.height, pitch)

    def brick(self, pitch: float, row_pitch: float) -> Iterator[tuple[int, int, float, float]]:
        """Row, column, x and y of a pattern whose every second row is moved by half a pitch."""
        for row, top in self.rows(row_pitch):
            for column, left in self.columns(pitch):
                yield row, column, left + (pitch / 2 if row % 2 else 0), top

    def line(self, colour: QColor, width: float) -> None:
        """Draw outlines only from now on, `width` millimetres thick with round ends."""
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(outline_pen(colour, width))

    def fill(self, colour: QColor) -> None:
        """Draw filled shapes without outline from now on."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)

    def png(self) -> bytes:
        """The finished picture as PNG that knows its print resolution. Close the canvas first."""
        self.check()
        self.image.setDotsPerMeterX(round(self.pixels_per_mm * 1000))
        self.image.setDotsPerMeterY(round(self.image.height() / self.height * 1000))
        png = encode_png(self.image, _PNG_QUALITY)
        if not png:
            raise GenerationFailedError("The picture could not be written.", "Use a lower resolution.")
        return png


def shape(path: QPainterPath) -> Motif:
    """A motif that draws one path with the pen and brush at hand."""
    return lambda p: p.drawPath(path)


def circle(radius: float = 1.0) -> Motif:
    """A motif that draws a circle around its origin with the pen and brush at hand."""
    return lambda p: p.drawEllipse(QPointF(0, 0), radius, radius)


def outline_pen(colour: QColor, width: float) -> QPen:
    """A pen with round ends and corners."""
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _centred_cells(length: float, pitch: float) -> list[tuple[int, float]]:
    """Cells that cover a length symmetrically, with one cell to spare at both ends."""
    count = math.ceil(length / pitch) + 2
    start = (length - count * pitch) / 2
    return [(number, start + number * pitch) for number in range(count)]
