"""The letters of dimensions and legends as outlines.

Qt draws no text at all without an application, and what is drawn as paths needs no font elsewhere.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from packdesk.assets import asset_path
from packdesk.domain.affine import Affine

_NOTDEF = ".notdef"
_UNMOVED = Affine()


class Typeface:
    """Hanken Grotesk Medium. Letters the font file has not are drawn as its empty box.

    Attributes:
        glyphs: what pens of fontTools are made with.
    """

    def __init__(self) -> None:
        from fontTools.ttLib import TTFont  # noqa: PLC0415  (a quarter of a second, and only exports need it)

        self._font = TTFont(asset_path("fonts", "hanken-grotesk", "HankenGrotesk-Medium.otf"))
        self.glyphs: Any = self._font.getGlyphSet()

    @cached_property
    def _names(self) -> dict[int, str]:
        return dict(self._font.getBestCmap())

    @property
    def _units(self) -> int:
        return int(self._font["head"].unitsPerEm)

    def draw(self, words: str, size: float, pen: Any, place: Affine = _UNMOVED) -> None:
        """Draw one line with a pen of fontTools; it starts at (0, 0), and y runs downwards.

        Args:
            words: the line.
            size: of the font, in any unit; the outlines are in the same one.
            pen: what draws.
            place: where that lies.
        """
        from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415  (see above)

        scale, x = size / self._units, 0.0
        for letter in words:
            glyph = self.glyphs[self._names.get(ord(letter), _NOTDEF)]
            glyph.draw(TransformPen(pen, tuple(Affine(scale, 0, 0, -scale, x, 0).then(place))))
            x += glyph.width * scale

    def width(self, words: str, size: float) -> float:
        """How long a line is, in the unit of the size."""
        names = (self._names.get(ord(letter), _NOTDEF) for letter in words)
        return float(sum(self.glyphs[name].width for name in names)) * size / self._units
