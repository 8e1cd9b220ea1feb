"""The letters of dimensions and legends as outlines: Qt draws no text at all without an application."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from packdesk.assets import asset_path

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTDEF = ".notdef"

Command = tuple[str, tuple[tuple[float, float], ...]]
"""`moveTo`, `lineTo`, `curveTo` or `closePath`, and its points."""


class Typeface:
    """One font file. Letters it has not are drawn as its empty box."""

    def __init__(self) -> None:
        from fontTools.ttLib import TTFont  # noqa: PLC0415  (a quarter of a second, and only exports need it)

        self._font = TTFont(asset_path("fonts", "hanken-grotesk", "HankenGrotesk-Medium.otf"))
        self._glyphs = self._font.getGlyphSet()

    @cached_property
    def _names(self) -> dict[int, str]:
        return dict(self._font.getBestCmap())

    @property
    def _units(self) -> int:
        return int(self._font["head"].unitsPerEm)

    def outlines(self, words: str, size: float) -> Iterator[tuple[float, list[Command]]]:
        """Each letter's distance from the start of the line and its outline; y runs upwards.

        Args:
            words: one line.
            size: of the font, in any unit; distances and outlines are in the same one.
        """
        from fontTools.pens.recordingPen import RecordingPen  # noqa: PLC0415  (see above)
        from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415  (see above)

        scale, x = size / self._units, 0.0
        for letter in words:
            glyph = self._glyphs[self._names.get(ord(letter), _NOTDEF)]
            pen = RecordingPen()
            glyph.draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
            yield x, pen.value
            x += glyph.width * scale

    def width(self, words: str, size: float) -> float:
        """How long a line is, in the unit of the size."""
        names = (self._names.get(ord(letter), _NOTDEF) for letter in words)
        return float(sum(self._glyphs[name].width for name in names)) * size / self._units
