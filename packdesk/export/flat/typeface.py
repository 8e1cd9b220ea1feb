"""The typeface of dimensions and legends: as TrueType for a PDF, as outlines for a picture.

The bundled files have PostScript outlines, which reportlab does not embed, and Qt draws no text at all
without an application.
"""

from __future__ import annotations

import io
from functools import cached_property
from typing import TYPE_CHECKING, Any

from packdesk.assets import asset_path

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "HankenGrotesk"
_MAX_ERROR = 1.0
"""How far a quadratic curve may be from the cubic one, in thousandths of the font's size."""
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

    def truetype(self) -> bytes:
        """All its letters as a TrueType file."""
        from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415  (see above)

        order = [_NOTDEF, *sorted(set(self._names.values()) - {_NOTDEF})]
        glyphs = {name: self._quadratic(name) for name in order}
        builder = FontBuilder(self._units, isTTF=True)
        builder.setupGlyphOrder(order)
        builder.setupCharacterMap(self._names)
        builder.setupGlyf(glyphs)
        left = builder.font["glyf"]
        sides = {name: (self._glyphs[name].width, getattr(left[name], "xMin", 0)) for name in order}
        builder.setupHorizontalMetrics(sides)
        line = self._font["hhea"]
        builder.setupHorizontalHeader(ascent=line.ascent, descent=line.descent)
        builder.setupNameTable({"familyName": NAME, "styleName": "Medium", "psName": f"{NAME}-Medium"})
        os2 = self._font["OS/2"]
        builder.setupOS2(
            sTypoAscender=os2.sTypoAscender, sTypoDescender=os2.sTypoDescender, usWeightClass=500, fsType=0
        )
        builder.setupPost()
        buffer = io.BytesIO()
        builder.save(buffer)
        return buffer.getvalue()

    def _quadratic(self, name: str) -> Any:
        from fontTools.pens.cu2quPen import Cu2QuPen  # noqa: PLC0415  (see above)
        from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415  (see above)

        pen = TTGlyphPen(None)
        error = _MAX_ERROR * self._units / 1000
        self._glyphs[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        return pen.glyph()
